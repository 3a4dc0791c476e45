package htmldoc

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestCloseEmpty(t *testing.T) {
	for _, c := range []struct{ name, page, want string }{
		{
			"saved as XML", `<p><img src="a.png"/><i class="icon"/>Harbor</p><a name="x" />Ferry<br/>`,
			`<p><img src="a.png"/><i class="icon"></i>Harbor</p><a name="x"></a>Ferry<br/>`,
		},
		{"script", `<script src="a.js"/><p>Text</p>`, `<script src="a.js"></script><p>Text</p>`},
		{"text of a script", `<script>if (a<b) x = "<i/>"</script><i/>`, `<script>if (a<b) x = "<i/>"</script><i></i>`},
		{"slash in a value", `<a href="/a/>b">Text</a><br/><b/>`, `<a href="/a/>b">Text</a><br/><b></b>`},
		{"drawing", `<svg><path d="M0"/></svg><i/>`, `<svg><path d="M0"/></svg><i></i>`},
		{"comment", `<!-- <br> --><i/>`, `<!-- <br> --><i></i>`},
		{"void without slash", `<br><i class="icon"/>Text`, ""},
		{"value without quotes", `<a href=/quay/>Text</a><br/>`, ""},
		{"sign that XML escapes", `<p>1 < 2</p><i/>`, ""},
		{"nothing empty", `<p>Text</p><br/>`, ""},
		{"cut in a tag", `<i/><p class="`, `<i></i><p class="`},
		{"cut in a value", `<i/><p class=`, ""},
	} {
		if c.want == "" {
			c.want = c.page
		}
		assert.Equal(t, c.want, string(closeEmpty([]byte(c.page))), c.name)
	}
}

// Text after a self-closing icon such as <i/>, which is XML syntax, does not become part of the icon.
func TestSavedAsXML(t *testing.T) {
	page := `<html xmlns="http://www.w3.org/1999/xhtml"><body>` + strings.Repeat(`<i aria-hidden="true"/><p>Quay</p>`, 600) +
		`</body></html>`
	doc, err := ParseBytes([]byte(page), Source{})
	if assert.NoError(t, err) {
		assert.False(t, doc.Flattened)
		depth := measure(doc.Root, 1e6).depth
		assert.LessOrEqual(t, depth, 4)
	}
}

func FuzzCloseEmpty(f *testing.F) {
	for _, seed := range []string{`<i/>`, `<i a="/>"/>x`, `<svg><g/></svg>`, `<`, `</`, `<a b=`, `<script/>`, "<i\n/ >", `<i//>`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, page []byte) {
		out := closeEmpty(page)
		assert.GreaterOrEqual(t, len(out)+8, len(page)/2)
		assert.Equal(t, string(out), string(closeEmpty(out)), "a second pass changes nothing")
	})
}
