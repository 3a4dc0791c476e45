package htmldoc_test

import (
	"bytes"
	"errors"
	"io"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

func TestParseRefuses(t *testing.T) {
	noise := make([]byte, 3000)
	_, _ = rand.NewChaCha8([32]byte{'q', 'u', 'a', 'y'}).Read(noise)
	for name, c := range map[string]struct {
		in   string
		src  htmldoc.Source
		want error
	}{
		"too large":     {strings.Repeat("x", 11), htmldoc.Source{MaxBytes: 10}, htmldoc.ErrTooLarge},
		"a PDF":         {"%PDF-1.7 ...", htmldoc.Source{}, htmldoc.ErrNotHTML},
		"a PNG":         {"\x89PNG\r\n\x1a\n\x00\x00", htmldoc.Source{}, htmldoc.ErrNotHTML},
		"a JPEG":        {"\xFF\xD8\xFF\xE0..JFIF", htmldoc.Source{}, htmldoc.ErrNotHTML},
		"a WebP":        {"RIFF....WEBPVP8 ", htmldoc.Source{}, htmldoc.ErrNotHTML},
		"MHTML":         {"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\"\r\n\r\n--b", htmldoc.Source{}, htmldoc.ErrNotHTML},
		"a web archive": {"bplist00\xd2\x01\x02_\x10\x0fWebMainResource", htmldoc.Source{}, htmldoc.ErrNotHTML},
		"a film":        {"\x00\x00\x00\x18ftypmp42", htmldoc.Source{}, htmldoc.ErrNotHTML},
		"gzip":          {"\x1F\x8B\x08\x00", htmldoc.Source{}, htmldoc.ErrNotHTML},
		"ZIP":           {"PK\x03\x04....", htmldoc.Source{}, htmldoc.ErrNotHTML},
		"a program":     {"\x7FELF\x02", htmldoc.Source{}, htmldoc.ErrNotHTML},
		"binary":        {"ab\x00\x01\x02\x00\x00\x00cd", htmldoc.Source{}, htmldoc.ErrNotHTML},
		"noise":         {string(noise), htmldoc.Source{}, htmldoc.ErrNotHTML},
		"a bad address": {"<p>x", htmldoc.Source{URL: "http://[::1"}, htmldoc.ErrBadURL},
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := htmldoc.Parse(strings.NewReader(c.in), c.src)
			require.ErrorIs(t, err, c.want)
			assert.Nil(t, doc)
		})
	}
	broken := errors.New("the line went dead")
	_, err := htmldoc.Parse(iotest.ErrReader(broken), htmldoc.Source{})
	require.ErrorIs(t, err, broken)
}

// Some control characters in a page are faults of a template or of a copied text.
func TestControlCharacters(t *testing.T) {
	page := strings.Repeat("<p>The ferry\x0B was late\x02 again.</p>\n", 100)
	_, err := htmldoc.Parse(strings.NewReader(page), htmldoc.Source{})
	require.NoError(t, err)
	shifted := strings.Repeat("<p>\x0E1b\x0F \x0Ebi\x0F</p>", 100) // as in ISO-2022-KR
	_, err = htmldoc.Parse(strings.NewReader(shifted), htmldoc.Source{})
	require.NoError(t, err)
}

// An address without a scheme that begins with the name of a host is read as https. A file's name stays relative.
func TestAddressWithoutScheme(t *testing.T) {
	for address, want := range map[string]string{
		"quay.com/news/tide":      "https://quay.com/news/tide",
		"quay.co.uk":              "https://quay.co.uk",
		"quay.org:8080/tide?x=1":  "https://quay.org:8080/tide?x=1",
		"//quay.org/tide":         "//quay.org/tide",
		"/news/tide":              "/news/tide",
		"tide.html":               "tide.html",
		"http://quay.example/a b": "http://quay.example/a%20b",
	} {
		doc, err := htmldoc.Parse(strings.NewReader("<p>x"), htmldoc.Source{URL: address})
		require.NoError(t, err, address)
		assert.Equal(t, want, doc.URL.String())
	}
}

// Without a host, links cannot be made absolute.
func TestAddressWithoutHost(t *testing.T) {
	for _, address := range []string{
		"localhost:8080/tide", "mailto:ada@quay.example", "http://", "https:tide", `C:\tide.html`,
		"c:/tide.html", "javascript:tide()",
	} {
		_, err := htmldoc.Parse(strings.NewReader("<p>x"), htmldoc.Source{URL: address})
		require.ErrorIs(t, err, htmldoc.ErrBadURL, address)
		require.ErrorContains(t, err, "needs a scheme", address)
	}
	doc, err := htmldoc.Parse(strings.NewReader("<p>x"), htmldoc.Source{URL: "file:///home/ada/tide.html"})
	require.NoError(t, err)
	assert.Equal(t, "file", doc.URL.Scheme)
}

func TestParseLimits(t *testing.T) {
	for name, limit := range map[string]int64{"default": 0, "exact": 10, "none": math.MaxInt64} {
		t.Run(name, func(t *testing.T) {
			doc, err := htmldoc.Parse(iotest.OneByteReader(strings.NewReader("0123456789")), htmldoc.Source{MaxBytes: limit})
			require.NoError(t, err)
			assert.EqualValues(t, 10, doc.Bytes)
			assert.Equal(t, "0123456789", text(doc))
		})
	}
}

func TestParseAcceptsTextWithoutMarkup(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"nothing":                  {"", ""},
		"a mark alone":             {"\xEF\xBB\xBF", ""},
		"plain text":               {"Tides: 3 < 4 & rising", "Tides: 3 < 4 & rising"},
		"text about ID3":           {"ID3 tags and BZh files", "ID3 tags and BZh files"},
		"a NUL in a long template": {"a\x00b" + strings.Repeat(" x", 9), "ab" + strings.Repeat(" x", 9)},
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := htmldoc.ParseBytes([]byte(c.in), htmldoc.Source{})
			require.NoError(t, err)
			assert.Equal(t, c.want, text(doc))
			assert.Equal(t, "utf-8", doc.Encoding)
			assert.False(t, doc.Flattened)
		})
	}
}

func TestParseBytesLeavesItsInputAlone(t *testing.T) {
	for name, in := range map[string]string{
		"UTF-8":  "<P>Été\x00</P>",
		"Latin":  "<P>\xC9t\xE9</P>",
		"nested": strings.Repeat("<DIV>", 1000) + "é",
	} {
		t.Run(name, func(t *testing.T) {
			b := []byte(in)
			_, err := htmldoc.ParseBytes(b, htmldoc.Source{})
			require.NoError(t, err)
			assert.Equal(t, in, string(b))
		})
	}
}

func TestParseIsTheSameEveryTime(t *testing.T) {
	const page = "<p>\xE1\xE9\xED \xF5 \xFB \xF3\xF6\xFC \xBA \xAA"
	first, err := htmldoc.ParseBytes([]byte(page), htmldoc.Source{})
	require.NoError(t, err)
	for range 50 {
		again, err := htmldoc.ParseBytes([]byte(page), htmldoc.Source{})
		require.NoError(t, err)
		require.Equal(t, first.Encoding, again.Encoding)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("<p>x<b>y</p>z"), "text/html; charset=utf-8")
	f.Add([]byte("\xFF\xFE<\x00p\x00>\x00"), "")
	f.Add([]byte(strings.Repeat("<div>", 600)+"x"), "")
	f.Add([]byte(strings.Repeat("<div>", 510)+"x"), "") // the text was one level below 512 open elements
	f.Add([]byte(strings.Repeat("<table><tr><td><a href=x>", 300)+"<svg><![CDATA[x]]><p>"), "")
	f.Add([]byte("<meta charset=iso-2022-jp>\x1B$Bx"), "text/html; charset=\"")
	f.Add([]byte("<base href=//%41:80><a href='http:\\\\x%'>\x81\x30\x81\x30"), "text/html; charset=")
	f.Fuzz(func(t *testing.T, b []byte, contentType string) {
		src := htmldoc.Source{URL: "https://a.example/", ContentType: contentType, MaxBytes: 1 << 20}
		// With many wrappers around them, the same bytes go through the flattener.
		for _, page := range [][]byte{b, append(bytes.Repeat([]byte("<div>"), 600), b...)} {
			doc, err := htmldoc.ParseBytes(page, src)
			if err != nil {
				require.True(t, errors.Is(err, htmldoc.ErrTooLarge) || errors.Is(err, htmldoc.ErrNotHTML))
				continue
			}
			require.LessOrEqual(t, depth(doc.Root), 512)
			for n := range doc.Root.Descendants() {
				if n.Type == html.TextNode {
					require.True(t, utf8.ValidString(n.Data))
					require.NotContains(t, n.Data, "\x00")
				}
			}
			for _, l := range doc.Links() {
				require.Regexp(t, "^https?://[^/]", l.URL)
				require.NotContains(t, l.URL, "#")
				require.True(t, utf8.ValidString(l.Text))
			}
		}
	})
}

func BenchmarkParse(b *testing.B) {
	const story = "<div class=x><p>The harbour was <a href=/q>quiet</a> à minuit.</p></div>"
	page := []byte("<html><body>" + strings.Repeat(story, 1500))
	nested := []byte(strings.Repeat("<div>", 600) + strings.Repeat(story, 1500))
	latin := []byte(strings.ReplaceAll(string(page), "à", "\xE0"))
	run := func(name string, page []byte, parse func([]byte) error) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(page)))
			b.ReportAllocs()
			for b.Loop() {
				if err := parse(page); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	parseBytes := func(page []byte) error {
		_, err := htmldoc.ParseBytes(page, htmldoc.Source{URL: "https://a.example/"})
		return err
	}
	run("html.Parse alone", page, func(page []byte) error {
		_, err := html.Parse(bytes.NewReader(page))
		return err
	})
	run("UTF-8", page, parseBytes)
	run("guessed", latin, parseBytes)
	run("flattened", nested, parseBytes)
	run("UTF-8 and links", page, func(page []byte) error {
		doc, err := htmldoc.ParseBytes(page, htmldoc.Source{URL: "https://a.example/"})
		if err == nil && len(doc.Links()) != 1 {
			err = errors.New("not one link")
		}
		return err
	})
}

// Readers of bytes in memory are read from where they are to their end, without a copy. The document does not refer to
// the bytes.
func TestParseBytesInMemory(t *testing.T) {
	const junk, page = "HTTP/1.1 200 OK\r\n\r\n", "<title>The old pier of Sandry</title><p>The pier has a new plank.</p>"
	for _, newReader := range []func([]byte) io.Reader{
		func(b []byte) io.Reader { return bytes.NewReader(b) },
		func(b []byte) io.Reader { return bytes.NewBuffer(b) },
	} {
		b := []byte(junk + page)
		r := newReader(b)
		_, err := io.CopyN(io.Discard, r, int64(len(junk)))
		require.NoError(t, err)
		doc, err := htmldoc.Parse(r, htmldoc.Source{})
		require.NoError(t, err)
		rest, err := io.ReadAll(r)
		require.NoError(t, err)
		assert.Empty(t, rest, "%T is at its end", r)
		clear(b)
		var out strings.Builder
		require.NoError(t, html.Render(&out, doc.Root))
		assert.Contains(t, out.String(), page[:len("<title>The old pier of Sandry</title>")])
		assert.NotContains(t, out.String(), "HTTP")

		_, err = htmldoc.Parse(newReader([]byte(page)), htmldoc.Source{MaxBytes: int64(len(page)) - 1})
		require.ErrorIs(t, err, htmldoc.ErrTooLarge, "%T", r)
	}
}
