package htmldoc_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

// In each page, an element or a comment is never closed. So the rest of the page is inside it, with the end tags.
func TestUnclosedElementsEndAtTheNextTag(t *testing.T) {
	rest := "<p>" + strings.Repeat("The ferry is late. ", 20) + "</p>\n</body>\n</html>\n"
	for name, page := range map[string]string{
		"a title":           "<html><head><title>The ferry\n<script>var a = 1</script></head><body>" + rest,
		"a title, in caps":  "<HTML><HEAD><TITLE lang=en>The ferry\n<META name=a content=b></HEAD><BODY>" + rest,
		"a broken end tag":  `<html><head><title>The ferry</titlevalue="a" --></head><body>` + rest,
		"a script":          "<html><head><script>var a = 1\nif (a < 2) a = 3\n</head>\n<body>" + rest,
		"a style sheet":     "<html><head><style>p { color: red }\n\n  <body>" + rest,
		"a text area":       "<html><body><form><textarea>\n</form>" + rest,
		"a comment":         "<html><head><!-- the head --></head><body><!-- the text>" + rest,
		"two of them":       "<html><head><title>The ferry<style>p { color: red }\n</head><body>" + rest,
		"a closed one":      "<html><head><title>A</title><title>The ferry</head><body>" + rest + "<!-- a -->",
		"something after":   "<html><head><title>The ferry</head><body>" + rest + "<!-- served in 2 ms -->\n",
		"text in title tag": "<html><head><title>The &amp; ferry</head><body>" + rest,
	} {
		doc, err := htmldoc.Parse(strings.NewReader(page), htmldoc.Source{})
		require.NoError(t, err, name)
		paragraphs := 0
		for n := range doc.Root.Descendants() {
			if n.Data == "p" && strings.HasPrefix(n.FirstChild.Data, "The ferry is late.") {
				paragraphs++
			}
		}
		assert.Equal(t, 1, paragraphs, name)
	}
}

// These pages are shown by browsers as their authors want them, or they were cut off.
func TestOtherLastElementsStay(t *testing.T) {
	long := strings.Repeat("<p>The ferry is late.</p> ", 20)
	for name, page := range map[string]string{
		"a script that writes a page": `<body><script>w.write("` + long + `</body></html>")</script></body></html>`,
		"a script at the end":         `<body><script>w.write("` + long + `</body></html>")</script>`,
		"a comment at the end":        `<body><!-- ` + long + `</body></html> -->`,
		"a page that was cut off":     `<body><script>` + "\n" + long,
	} {
		doc, err := htmldoc.Parse(strings.NewReader(page), htmldoc.Source{})
		require.NoError(t, err, name)
		for n := range doc.Root.Descendants() {
			assert.NotEqual(t, "p", n.Data, name)
		}
	}
}

func TestUnclosedElementsCostLinearTime(t *testing.T) {
	began := time.Now()
	for _, page := range []string{
		strings.Repeat("<title>", 400_000) + "</title><title>" + strings.Repeat("</body>", 100_000),
		strings.Repeat("<!-- a --><script></script>", 100_000) + "<script>\n" + strings.Repeat("<</body>\n", 100_000),
	} {
		_, err := htmldoc.ParseBytes([]byte(page), htmldoc.Source{MaxNodes: 500_000})
		require.NoError(t, err)
	}
	assert.Less(t, time.Since(began), 30*time.Second)
}
