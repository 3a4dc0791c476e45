package cleaner

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestCleanTextOnTheSeed cleans the article that dechaff was started for. It is third-party text, so it is not in the
// repository but next to the labeled corpus.
func TestCleanTextOnTheSeed(t *testing.T) {
	corpus := os.Getenv("DECHAFF_CORPUS")
	if corpus == "" {
		t.Skip("DECHAFF_CORPUS is not set: the seed article is next to the corpus")
	}
	seed := filepath.Join(corpus, "..", "seed")
	source, err := os.ReadFile(filepath.Join(seed, "source-article.txt"))
	require.NoError(t, err)
	want, err := os.ReadFile(filepath.Join(seed, "expected.txt"))
	require.NoError(t, err)
	assertSame(t, "the seed", string(want), CleanText(string(source)))
}

func TestCleanTextLeavesCleanTextAlone(t *testing.T) {
	for name, text := range map[string]string{
		"empty":               "",
		"blank":               " \n\n\t\n",
		"no line break":       "One line.",
		"white space kept":    "  A title  \n\n\n\n\nA  sentence with  spaces.\t\n \n",
		"Windows line breaks": "A title\r\n\r\nA sentence.\r\n",
		"invalid UTF-8":       "A \xFF title\n\nA sentence.\n",
		"networks in prose":   "A title\n\nFacebook, Twitter and LinkedIn all refused to comment.\n",
		"an attribute quoted": "A title\n\nHe typed data-script=\"\" and pressed enter.\n",
		"a short last line":   "A title\n\nA sentence of some length stands here.\n\nThe end.\n",
		"code":                "A title\n\n```html\n\" data-script=\" >\nFacebook\nTwitter\n```\n",
		"indented code":       "A title\n\n    \" data-script=\" >\n",
		"table":               "A title\n\nFacebook\tTwitter\n12\t13\n",
		"refrain":             "Row the boat, row the boat\nRow the boat ashore\nRow the boat, row the boat\n",
		"list of names":       "Who was there:\n\n- Ada\n- Email (her brother)\n- Line\n",
		"a heading":           "A title\n\nComments\n\nThe clerk’s comments fill nine pages, and he was not even there that day.\n",
		"a signature":         "A title\n\nA sentence of some length stands here.\n\nEditor\n",
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, text, CleanText(text))
		})
	}
}

func TestCleanTextKeepsLineBreaks(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"Windows":            {"A title\r\n\r\nA sentence.\r\n\r\nFacebook\r\nTwitter\r\n", "A title\r\n\r\nA sentence.\r\n"},
		"no break at end":    {"A title\n\nA sentence.\n\nFacebook\nTwitter", "A title\n\nA sentence.\n"},
		"chaff only":         {"Facebook\nTwitter\nLinkedIn\n", ""},
		"chaff in the midst": {"One sentence.\n\nFacebook\nTwitter\n\nAnother sentence.\n", "One sentence.\n\nAnother sentence.\n"},
		"chaff first":        {"Facebook\nTwitter\n\nA sentence.\n", "A sentence.\n"},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, c.want, CleanText(c.in))
		})
	}
}

// The time of CleanText grows linearly with the text, not quadratically, even for a megabyte of lines that all look
// like chaff or like headlines. If the time grew faster, the test would time out.
func TestCleanTextOnHostileText(t *testing.T) {
	for name, line := range map[string]string{
		"share names": "Facebook\n", "headline": "The same headline over and over\n", "residue": "” data-script=” >\n",
		"quotes": strings.Repeat("“", 60) + "\n", "attributes": strings.Repeat("a=b ", 30) + "\n", "blank": "\n", "fences": "```\n",
		"brackets": strings.Repeat("[a](", 200) + "\n", "footer": "Privacy policy\nContact us\nA title\n",
		"isolated sentences": "The ferry came back on Sunday with nine passengers.\nNews\nSport\n",
		"wrapped":            "the ferry came back on Sunday, with nine passengers, and a crate of hens\n",
	} {
		t.Run(name, func(t *testing.T) {
			text := CleanText(strings.Repeat(line, 1<<20/len(line)))
			assert.Equal(t, text, CleanText(text))
		})
	}
}
