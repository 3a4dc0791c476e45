package cleaner

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

// besideAll cleans each page alone and with all pages of its host, and checks that the second run only removes text and
// that Removed lists that text.
func besideAll(t *testing.T, docs []*htmldoc.Document) (alone, beside []*Article) {
	t.Helper()
	site := NewSite()
	for _, doc := range docs {
		site.Observe(doc)
	}
	snap := site.Snapshot()
	for i, doc := range docs {
		a, err := CleanDocument(doc)
		require.NoError(t, err, i)
		b, err := New(Options{}).ForSite(snap).CleanDocument(doc)
		require.NoError(t, err, i)
		checkOnlyLess(t, a, b, i)
		alone, beside = append(alone, a), append(beside, b)
	}
	return alone, beside
}

// checkOnlyLess checks that an article with a Site is the article without one, minus the text that Removed lists.
func checkOnlyLess(t *testing.T, alone, beside *Article, page int) {
	t.Helper()
	show := RenderOptions{Headline: ToggleHide, Links: ToggleHide}
	lost := wordCounts(alone.Markdown(show))
	for word, n := range wordCounts(beside.Markdown(show)) {
		if lost[word] -= n; lost[word] < 0 {
			assert.Fail(t, "a word came back", "page %d: %q", page, word)
		}
	}
	listed := make(map[string]int)
	for _, r := range beside.Removed {
		if r.Stage == "site" {
			assert.Equal(t, "site-repeated", r.Rule)
			assert.NotEmpty(t, r.Reason)
			assert.NotEmpty(t, r.Text)
		}
		if r.Stage == "site" || r.Stage == "text" {
			for word, n := range wordCounts(r.Text) {
				listed[word] += n
			}
		}
	}
	for word, n := range lost {
		assert.LessOrEqual(t, n, listed[word], "page %d: %q is gone but not in Removed", page, word)
	}
}

// wordCounts counts the words of Markdown, without structural characters.
func wordCounts(markdown string) map[string]int {
	counts := make(map[string]int)
	for word := range strings.FieldsSeq(strings.NewReplacer("](", "] ", "![", " ", "|", " ", "*", " ", "\\", "").Replace(markdown)) {
		if word = strings.Trim(word, "#-`[]()<>.:"); word != "" {
			counts[word]++
		}
	}
	return counts
}

// ownText returns prose that is unique to page i.
func ownText(i, paragraphs int) string {
	var b strings.Builder
	for k := range paragraphs {
		fmt.Fprintf(&b, "<p>%s asked %s whether the %s of the %s had been counted before the %s came in, and nobody at the quay could say who had the book that year.</p>",
			word(i, 3*k), word(i, 3*k+7), word(i, 3*k+13), word(i, 3*k+19), word(i, 3*k+29))
	}
	return b.String()
}

// sitePages returns a host of n pages with the given bodies.
func sitePages(t *testing.T, n int, body func(i int) string) []*htmldoc.Document {
	t.Helper()
	docs := make([]*htmldoc.Document, n)
	for i := range docs {
		page := "<!DOCTYPE html><html lang=en><title>" + word(i, 1) + " - Quay Register</title><body><header><a href=/>Quay Register</a></header>" + body(i)
		doc, err := htmldoc.ParseBytes([]byte(page), htmldoc.Source{URL: fmt.Sprintf("https://quay.example/%d/%s", i, word(i, 1))})
		require.NoError(t, err)
		docs[i] = doc
	}
	return docs
}

// Numbers are content: a table that differs only in its numbers is unique to each page, wherever it is and whatever
// its header says.
func TestSiteKeepsFigures(t *testing.T) {
	for name, row := range map[string]struct {
		header string
		cells  func(r *rand.Rand, k int) string
	}{
		"numbers": {"<tr><th>Year<th>Ships<th>Tons", func(r *rand.Rand, k int) string {
			return fmt.Sprintf("<td>%d<td>%d<td>%d", 1900+10*k, r.IntN(90)+9, r.IntN(9000)+999)
		}},
		"units": {"<tr><th>Largo<th>Peso<th>Calado", func(r *rand.Rand, _ int) string {
			return fmt.Sprintf("<td>%d m<td>%d kg<td>%d,%d m", r.IntN(90)+9, r.IntN(900), r.IntN(9), r.IntN(9))
		}},
		"prices": {"<tr><th>Ware<th>Preis", func(r *rand.Rand, k int) string {
			return fmt.Sprintf("<td>%s<td>%d,%d0 €", []string{"Netze", "Taue", "Fässer", "Segel"}[k], r.IntN(90)+9, r.IntN(9))
		}},
		"times": {"<tr><th>Départ<th>Arrivée", func(r *rand.Rand, _ int) string {
			return fmt.Sprintf("<td>%02d:%02d<td>%02dh%02d", r.IntN(24), r.IntN(60), r.IntN(24), r.IntN(60))
		}},
		"dashes": {"<tr><th>Befehl<th>Start<th>Ende", func(r *rand.Rand, k int) string {
			return fmt.Sprintf("<td>%s<td>%d<td>-", []string{"auf", "ab", "halt", "los"}[k], r.IntN(99))
		}},
		"words": {"<tr><th>Лоцман<th>Баржа", func(r *rand.Rand, _ int) string {
			return []string{"<td>да<td>нет", "<td>нет<td>да", "<td>да<td>да"}[r.IntN(3)]
		}},
		"row heads": {"", func(r *rand.Rand, k int) string {
			return fmt.Sprintf("<th>%s<td>%d", []string{"Masts", "Guns", "Crew", "Boats"}[k], r.IntN(400))
		}},
		"no header": {"", func(r *rand.Rand, k int) string {
			return fmt.Sprintf("<td>%s<td>%d<td>%d", []string{"Spring", "Summer", "Autumn", "Winter"}[k], r.IntN(400), r.IntN(400))
		}},
		"comparison": {"<tr><th>船<th>灯台丸<th>汐丸", func(r *rand.Rand, k int) string {
			return fmt.Sprintf("<td>%s<td>%d<td>%d", []string{"全長", "重量", "定員", "速力"}[k], r.IntN(99), r.IntN(99))
		}},
	} {
		for where, layout := range map[string]string{"amid": "TEXTTABLE<p>It was so until ENDED.</p>", "last": "TEXTTABLE", "above a line": "TEXTTABLE<p>Printed on the quay by whoever is on watch.</p>", "first": "TABLETEXT"} {
			t.Run(name+", "+where, func(t *testing.T) {
				docs := sitePages(t, 40, func(i int) string {
					r := rand.New(rand.NewPCG(uint64(i), 1))
					table := "<table>" + row.header
					for k := range 4 {
						table += "<tr>" + row.cells(r, k)
					}
					table += "</table>"
					return "<main><article><h1>" + word(i, 1) + "</h1>" +
						strings.NewReplacer("TEXT", ownText(i, 5), "TABLE", table, "ENDED", word(i, 99)).Replace(layout) + "</article></main>"
				})
				alone, beside := besideAll(t, docs)
				kept := 0
				for i := range alone {
					kept += strings.Count(alone[i].Markdown(), "| --- |")
					want := strings.ReplaceAll(alone[i].Markdown(), "\n\nPrinted on the quay by whoever is on watch.", "")
					assert.Equal(t, want, beside[i].Markdown(), i)
				}
				assert.GreaterOrEqual(t, kept, 36, "the judge keeps too few tables for this test")
			})
		}
	}
}

// Facts in a list are content, as they are in a table.
func TestSiteKeepsFacts(t *testing.T) {
	docs := sitePages(t, 20, func(i int) string {
		return fmt.Sprintf("<article><h1>%s</h1>%s<h2>Facts</h2><ul><li>Built in %d<li>Length: %d m<li>Crew: %d</ul></article>", word(i, 1), ownText(i, 5), 1800+7*i, 20+i, 3+i%5)
	})
	alone, beside := besideAll(t, docs)
	for i := range alone {
		assert.Equal(t, alone[i].Markdown(), beside[i].Markdown(), i)
		assert.Contains(t, beside[i].Text(), "Length:", i)
	}
}

// A picture is removed only if other pages have the same picture. It stays if they only have the same credit, the same
// placeholder, or a picture of the same name in a folder of their own.
func TestSiteKeepsPictures(t *testing.T) {
	for name, c := range map[string]struct{ picture, caption string }{
		"credit":      {"<img src=/photo-NUMBER.jpg alt='The quay'>", "Photo: Ada Quill / Quay Register"},
		"alt":         {"<img src=/photo-NUMBER.jpg alt='Φωτογραφία αρχείου'>", "Φωτογραφία αρχείου"},
		"lazy":        {"<img src=/blank.gif data-src=/photo-NUMBER.jpg alt='The quay'>", "Archives du port"},
		"unknown":     {"<img src=/empty.gif data-src=/photo-NUMBER.jpg alt='The quay'>", "Archivo del muelle"},
		"sizes":       {"<img src=/empty.gif srcset='/photo-NUMBER.jpg 800w, /small-NUMBER.jpg 300w' alt='The quay'>", "Archiv des Kais"},
		"noscript":    {"<img src=/empty.gif alt='The quay'><noscript><img src=/photo-NUMBER.jpg></noscript>", "Archief van de kade"},
		"data":        {"<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw=' data-src=/photo-NUMBER.jpg alt='The quay'>", "港の写真"},
		"own folder":  {"<img src=lead.jpg alt='The quay'>", "Снимок: архив причала"},
		"no caption":  {"<img src=/photo-NUMBER.jpg alt='The quay'>", ""},
		"long credit": {"<img src=/photo-NUMBER.jpg>", "The picture was lent by the harbour museum, which keeps it in the second room."},
	} {
		t.Run(name, func(t *testing.T) {
			docs := sitePages(t, 12, func(i int) string {
				figure := strings.ReplaceAll("<figure>"+c.picture+"<figcaption>"+c.caption+"</figcaption></figure>", "NUMBER", fmt.Sprint(i))
				return "<article><h1>" + word(i, 1) + "</h1>" + figure + ownText(i, 6) + "</article>"
			})
			alone, beside := besideAll(t, docs)
			for i := range alone {
				assert.Equal(t, 1, strings.Count(alone[i].Markdown(), "!["), i)
				assert.Equal(t, alone[i].Markdown(), beside[i].Markdown(), i)
			}
		})
	}
}

// A repeated picture is removed together with its caption, and Removed lists both.
func TestSiteListsPictures(t *testing.T) {
	docs := sitePages(t, 12, func(i int) string {
		return "<article><h1>" + word(i, 1) + "</h1><figure><img src=/quill.jpg alt='A quill'><figcaption>The quill of the house</figcaption></figure>" + ownText(i, 6) + "</article>"
	})
	_, beside := besideAll(t, docs)
	for i, a := range beside {
		assert.NotContains(t, a.Markdown(), "quill", i)
		var listed []string
		for _, r := range a.Removed {
			if r.Rule == "site-repeated" {
				listed = append(listed, r.Text+": "+r.Reason)
			}
		}
		assert.Equal(t, []string{
			"![A quill](https://quay.example/quill.jpg): a picture on 12 of 12 pages of this host",
			"The quill of the house: the caption of a picture that is on other pages of this host",
		}, listed, i)
	}
}

// Text that the pages of a manual share belongs to each page: options, licenses, sections under their headings, code.
func TestSiteKeepsTextSharedByManuals(t *testing.T) {
	const options = "<dl><dt>-q, --quiet</dt><dd>Suppress all output.</dd><dt>-h, --help</dt><dd>Show this help and exit.</dd>"
	for name, body := range map[string]string{
		"options amid":    "<h2>OPTIONS</h2>" + options + "<dt>--WORD</dt><dd>Do it to WORD alone.</dd></dl>TEXT",
		"options last":    "TEXT<h2>OPTIONS</h2><dl><dt>--WORD</dt><dd>Do it to WORD alone.</dd>" + options[len("<dl>"):] + "</dl>",
		"shared section":  "TEXT<h2>GLOBAL OPTIONS</h2>" + options + "</dl>",
		"licence section": "TEXT<h2>LICENSE</h2><p>This program may be copied and changed under the terms of the harbour's public licence.</p>",
		"first section":   "<h2>NOTES</h2><p>All commands read the same file of settings.</p><h2>DESCRIPTION</h2>TEXT",
		"long licence": "TEXT<p>Permission is given to copy this program and its sheets to whoever wants them, provided that this notice is left where it is on all copies.</p>" +
			"<p>The program is given away in the hope that it is of use, and without any promise that it is fit for the sea, for a river or for anything else at all.</p>" +
			"<p>You should have received the licence with the program; if not, write to the harbour office, which has one in the drawer below the tide tables and will copy it by hand.</p>",
		"steps last":   "TEXT<h2>What goes wrong</h2><p>With WORD it goes wrong an hour before low water, when the light is poor.</p><ol><li>look at the slate<li>ring the office<li>write down the hour</ol>",
		"own contents": "<ul><li><a href=#a>WORD</a><li><a href=#b>Routine</a><li><a href=#c>What goes wrong</a></ul>TEXT",
		"code":         "TEXT<pre>windlass --help\nwindlass --version</pre>",
	} {
		t.Run(name, func(t *testing.T) {
			docs := sitePages(t, 20, func(i int) string {
				return "<div id=content><h1>" + word(i, 1) + "</h1>" + strings.NewReplacer("TEXT", ownText(i, 5), "WORD", word(i, 77)).Replace(body) + "</div>"
			})
			alone, beside := besideAll(t, docs)
			for i := range alone {
				assert.Equal(t, alone[i].Markdown(), beside[i].Markdown(), i)
			}
		})
	}
}

// Text that a few pages of a large host share, at a place that only they have, is about their subject.
func TestSiteKeepsNoticesOfFewPages(t *testing.T) {
	docs := sitePages(t, 120, func(i int) string {
		notice := ""
		if i < 4 {
			notice = "<div class=availability><p>This command works on ships with two masts or more.</p></div>"
		}
		return "<div id=content><h1>" + word(i, 1) + "</h1>" + notice + ownText(i, 5) + "</div>"
	})
	_, beside := besideAll(t, docs)
	for i := range 4 {
		assert.Contains(t, beside[i].Text(), "two masts", i)
	}
}
