package block

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html/atom"
)

var tables = []struct {
	name, markup string
	data         bool
}{
	{"a grid", `<table><tr><td>a<td>1<tr><td>b<td>2</table>`, true},
	{"one row", `<table><tr><td>a<td>1</table>`, false},
	{"one column", `<table><tr><td>a<tr><td>b<tr><td>c</table>`, false},
	{"a header", `<table><tr><th>a<tr><td>b</table>`, true},
	{"a caption", `<table><caption>a</caption><tr><td>b</table>`, true},
	{"a head", `<table><thead><tr><td>a</thead></table>`, true},
	{"a foot", `<table><tr><td>a</tr><tfoot><tr><td>b</tfoot></table>`, true},
	{"columns", `<table><colgroup><col></colgroup><tr><td>a</table>`, true},
	{"its role", `<table role="grid"><tr><td>a</table>`, true},
	{"its role says layout", `<table role="Presentation"><tr><th>a</th></tr></table>`, false},
	{"long cells", `<table><tr><td>` + strings.Repeat("the hens slept ", 40) + `<td>a<tr><td>b<td>c</table>`, false},
	{"headings in cells", `<table><tr><td><h2>a</h2><td>b<tr><td>c<td>d</table>`, false},
	{"a form", `<table><tr><td><form>a</form><td>b<tr><td>c<td>d</table>`, false},
	{"a table inside", `<table><tr><td><table><tr><td>x</table><td>b<tr><td>c<td>d</table>`, false},
	{"a table inside, below a header", `<table><tr><th>a<th>b<tr><td><table><tr><td>x</table><td>d</table>`, true},
	{"nothing", `<table></table>`, false},
}

func TestIsDataTable(t *testing.T) {
	for _, test := range tables {
		t.Run(test.name, func(t *testing.T) {
			tree := newTree(t, test.markup)
			table := find(t, tree, atom.Table)
			for range 2 { // the result is cached
				assert.Equal(t, test.data, tree.IsDataTable(table))
			}
		})
	}
	assert.False(t, newTree(t, "").IsDataTable(None))
}

func TestCells(t *testing.T) {
	tests := []struct {
		name, markup string
		want         []string
	}{
		{"of data", `<table><tr><td>a<td><p>1</p><tr><td>b<td>2</table>`, []string{"cell td: a", "cell p: 1", "cell td: b", "cell td: 2"}},
		{"of a layout", `<table><tr><td>a<td><p>b</p></table>`, []string{"paragraph td: a", "paragraph p: b"}},
		{"a list in data", `<table><tr><th>a<tr><td><ul><li>b</ul></table>`, []string{"cell th: a", "item li: b"}},
		{"data in a layout", `<table><tr><td>a<td><table><tr><th>b<tr><td>c</table></table>`, []string{"paragraph td: a", "cell th: b", "cell td: c"}},
		{"a caption", `<table><caption>a</caption><tr><td>b</table>`, []string{"caption caption: a", "cell td: b"}},
		{"a caption by its name", `<table class="tr-caption-container"><tbody><tr><td><img src=a></td></tr><tr><td class="tr-caption">Ada at the helm</td></tr></tbody></table>`, []string{"caption td: Ada at the helm"}},
		{"a framed image", `<table align=right><tr><td><img src=a><tr><td>Ada at the helm</table>`, []string{"caption td: Ada at the helm"}},
		{"an image in a table of the page", `<table><tr><td><img src=a><tr><td>Ada at the helm</table>`, []string{"paragraph td: Ada at the helm"}},
		{"a frame without an image", `<table align=left><tr><td>Ada at the helm</table>`, []string{"paragraph td: Ada at the helm"}},
		{"too much text for a frame", `<table align=left><tr><td><img src=a>` + strings.Repeat("Ada ", 100) + `</table>`, []string{"paragraph td: " + strings.TrimSpace(strings.Repeat("Ada ", 100))}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			tree, blocks := segment(t, test.markup)
			assert.Equal(t, test.want, describe(tree, blocks))
		})
	}
}

// bigTable returns a table that looks like neither a data table nor a frame until its last cell is read.
func bigTable(cells int) string {
	return `<table align="left">` + strings.Repeat("<tr><td></td></tr>", cells/2) + strings.Repeat("<tr><td>a</td></tr>", cells/2) + `</table>`
}

// A table is examined once. Examining it again for each cell took minutes.
func TestBigTablesAreExaminedOnce(t *testing.T) {
	tree := newTree(t, bigTable(50_000))
	began := time.Now()
	blocks := Segment(tree, make([]bool, len(tree.Nodes)))
	require.Len(t, blocks, 25_000)
	assert.Less(t, time.Since(began), 5*time.Second)
}

// BenchmarkBigTable shows that the time per cell does not grow with the table.
func BenchmarkBigTable(b *testing.B) {
	for _, cells := range []int{500, 5_000, 50_000} {
		markup := bigTable(cells)
		root := parse(b, markup)
		b.Run(fmt.Sprintf("%d-cells", cells), func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(markup)))
			for b.Loop() {
				tree := NewTree(root, nil)
				Segment(tree, make([]bool, len(tree.Nodes)))
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(cells), "ns/cell")
		})
	}
}
