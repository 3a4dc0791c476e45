package content

import (
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// The fast path copies text in pieces that are as long as possible. The result must be the same as if it copied one
// character at a time.
func TestInlineTextIsCollapsed(t *testing.T) {
	collapsed := func(pieces []string) string {
		var b, space strings.Builder
		for _, r := range strings.Join(pieces, "") {
			switch {
			case isInvisible(r):
			case strings.ContainsRune(" \t\n\r\f", r):
				if !strings.HasSuffix(space.String(), " ") {
					space.WriteByte(' ')
				}
			case unicode.IsSpace(r):
				space.WriteRune(r)
			default:
				if b.Len() > 0 {
					b.WriteString(space.String())
				}
				space.Reset()
				b.WriteRune(r)
			}
		}
		return b.String()
	}
	for _, pieces := range [][]string{
		{"the tide is late"},
		{" the  tide "},
		{"\u00AD tide"},
		{"ti\u00ADde \u200B late"},
		{"tide\u00A0is", " late\t", "\n again"},
		{"tide ", " is", "", " ", "late"},
		{"a\u2009b", "\u2028c", "\u205F d"},
		{"Café — ouvert", "\u3000の 潮"},
		{"tide \u00AD late"},
		{"\uFEFF", " ", "x "},
		{"a \t b"},
		{"\xFFa \xFF"},
	} {
		p := dom.NewElement(atom.P)
		s := inlineNormalizer{parent: dom.NewElement(atom.Article), target: p}
		for _, piece := range pieces {
			s.text(dom.NewText(piece))
		}
		require.NotNil(t, p.FirstChild)
		assert.Equal(t, collapsed(pieces), p.FirstChild.Data, "%q", pieces)
		assert.Nil(t, p.FirstChild.NextSibling)
	}
}
