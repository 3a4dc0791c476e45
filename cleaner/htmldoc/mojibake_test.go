package htmldoc

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"golang.org/x/text/encoding/charmap"
)

// misread returns a text as a browser writes it that has read UTF-8 as windows-1252. Other programs write U+FFFD for the
// bytes that windows-1252 does not define.
func misread(s string, lossy bool) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		r := charmap.Windows1252.DecodeByte(c)
		if r == utf8.RuneError && !lossy {
			r = rune(c)
		}
		b.WriteRune(r)
	}
	return b.String()
}

func TestDecodeTwice(t *testing.T) {
	for _, s := range []string{
		"The hens’ ferry “Ada” is back – again.",
		"Die Fähre fährt über die Bucht, sagt Jörg.",
		"Паром снова пересёк залив во вторник.",
		"渡轮又横渡了海湾, 船上有十一名乘客, 还有一箱母鸡。",
	} {
		assert.Equal(t, s, string(decodeTwice([]byte(misread(s, false)))))
		assert.Equal(t, s, string(decodeTwice([]byte(s))), "encoded once")
	}
	assert.Equal(t, "“Ada”, “Bay” – “Cove”", string(decodeTwice([]byte(misread("“Ada”, “Bay” – “Cove”", true)))))
	assert.Equal(t, "Паром \uFFFDнова пере\uFFFDёк залив во вторник.",
		string(decodeTwice([]byte(misread("Паром снова пересёк залив во вторник.", true)))))
}

// A page that mentions such text, and has other text beyond ASCII, stays as it is.
func TestMentionsOfMisreadText(t *testing.T) {
	for _, s := range []string{
		"If “’” becomes " + misread("’ or é or ä", false) + ", the page was encoded twice.",
		misread("’", false) + " is wrong",
		"Ã Â â", "© 2026 Â© Pell", "",
	} {
		assert.Equal(t, s, string(decodeTwice([]byte(s))))
	}
}

func FuzzDecodeTwice(f *testing.F) {
	f.Add("â€™ Ã© Ã¤ \uFFFD")
	f.Fuzz(func(t *testing.T, s string) {
		assert.LessOrEqual(t, len(decodeTwice([]byte(s))), len(s)+3)
	})
}
