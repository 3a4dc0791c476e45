package cleaner

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/cleaner/internal/metadata"
)

// read reads the metadata of a page at a fixed address.
func read(t *testing.T, page string) metadata.Fields {
	t.Helper()
	doc, err := htmldoc.ParseBytes([]byte(page), htmldoc.Source{URL: "https://gazette.example/news/story.html"})
	require.NoError(t, err)
	return readAll(doc)
}

// readAll reads the metadata, and then the fields that visible text can also provide. Blocks of at least minText words
// count as voted.
func readAll(doc *htmldoc.Document) metadata.Fields {
	p := New(Options{}).page(doc)
	runThrough(p, "classify")
	p.Votes = make([]float32, len(p.Blocks))
	for b := range p.Blocks {
		if p.Blocks[b].Words >= minText {
			p.Votes[b] = 1
		}
	}
	p.settleFields()
	return p.Meta
}

func ld(json string) string { return `<script type="application/ld+json">` + json + `</script>` }

func TestTitle(t *testing.T) {
	for name, c := range map[string]struct{ page, want, from string }{
		"h1 confirmed by the title": {`<title>The tide is late | The Gazette</title><h1>The tide is late</h1>`, "The tide is late", "h1"},
		"h1 is the site's name":     {`<title>The tide is late</title><meta property="og:site_name" content="The Gazette"><meta property="og:title" content="The tide is late"><h1>The Gazette</h1>`, "The tide is late", "opengraph"},
		"JSON-LD":                   {ld(`{"@type":"NewsArticle","headline":"The tide is late"}`) + `<title>Gazette</title>`, "The tide is late", "json-ld"},
		"site's name cut off":       {`<meta property="og:site_name" content="The Gazette"><title>The tide is late - The Gazette</title>`, "The tide is late", "title"},
		"site's name at the front":  {`<meta property="og:site_name" content="The Gazette"><title>The Gazette: The tide is late</title>`, "The Gazette: The tide is late", "title"},
		"dash in the headline":      {`<title>The tide – late again – The Gazette</title><h1>The tide – late again</h1>`, "The tide – late again", "h1"},
		"entities and tags":         {`<title>Tea &amp;amp; &lt;b&gt;tide&lt;/b&gt;</title>`, "Tea & tide", "title"},
		"white space":               {"<title>\n The\u00A0tide\n is late </title>", "The tide is late", "title"},
		"none":                      {`<p>x`, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			m := read(t, c.page)
			assert.Equal(t, c.want, m.Title)
			assert.Equal(t, c.from, m.Provenance["title"])
		})
	}
}

func TestAuthors(t *testing.T) {
	for name, c := range map[string]struct {
		page string
		want []string
		from string
	}{
		"JSON-LD person":        {ld(`{"@type":"Article","author":{"@type":"Person","name":"Ada Pell"}}`), []string{"Ada Pell"}, "json-ld"},
		"JSON-LD list":          {ld(`{"@type":"Article","author":[{"@type":"Person","name":"Ada Pell"},{"@type":"Person","name":"Bo Ek"}]}`), []string{"Ada Pell", "Bo Ek"}, "json-ld"},
		"JSON-LD reference":     {ld(`{"@graph":[{"@type":"Article","author":{"@id":"#p"}},{"@type":"Person","@id":"#p","name":"Ada Pell"}]}`), []string{"Ada Pell"}, "json-ld"},
		"JSON-LD string":        {ld(`{"@type":"Article","author":"Ada Pell"}`), []string{"Ada Pell"}, "json-ld"},
		"organization last":     {ld(`{"@type":"Article","author":{"@type":"Organization","name":"Tide Board"}}`) + `<a rel="author">Ada Pell</a>`, []string{"Ada Pell"}, "rel author"},
		"meta":                  {`<meta name="author" content="Ada Pell">`, []string{"Ada Pell"}, "meta"},
		"rel":                   {`<a rel="author" href="/ada">Ada Pell</a>`, []string{"Ada Pell"}, "rel author"},
		"microdata":             {`<span itemprop="author">Ada Pell</span>`, []string{"Ada Pell"}, "rel author"},
		"'by' and 'and'":        {`<p class="byline">By Ada Pell and Bo Ek</p>`, []string{"Ada Pell", "Bo Ek"}, "visible byline"},
		"German":                {`<p class="byline">Von Ada Pell und Bo Ek</p>`, []string{"Ada Pell", "Bo Ek"}, "visible byline"},
		"Arabic":                {`<p class="byline">كتب: سلمى الحداد</p>`, []string{"سلمى الحداد"}, "visible byline"},
		"Japanese":              {`<p class="byline">文：水島かおり</p>`, []string{"水島かおり"}, "visible byline"},
		"name that begins by":   {`<p class="byline">Byron Ek</p>`, []string{"Byron Ek"}, "visible byline"},
		"account, not a name":   {`<meta name="author" content="admin"><p class="byline">By Ada Pell</p>`, []string{"Ada Pell"}, "visible byline"},
		"address, not a name":   {`<meta property="article:author" content="https://network.example/ada">`, nil, ""},
		"the site, nobody else": {`<meta property="og:site_name" content="The Gazette"><meta name="author" content="The Gazette">`, []string{"The Gazette"}, "meta"},
		"none":                  {`<p>x`, nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			m := read(t, c.page)
			assert.Equal(t, c.want, m.Authors)
			assert.Equal(t, strings.Join(c.want, ", "), m.Byline)
			assert.Equal(t, c.from, m.Provenance["authors"])
		})
	}
}

func TestDates(t *testing.T) {
	for name, c := range map[string]struct{ page, want, from string }{
		"JSON-LD with a zone":     {ld(`{"@type":"Article","datePublished":"2026-03-14T06:12:00+01:00"}`), "2026-03-14T06:12:00+01:00", "json-ld"},
		"JSON-LD without a zone":  {ld(`{"@type":"Article","datePublished":"2026-03-14T06:12:00"}`), "2026-03-14T06:12:00", "json-ld"},
		"JSON-LD day":             {ld(`{"@type":"Article","datePublished":"2026-03-14"}`), "2026-03-14", "json-ld"},
		"OpenGraph":               {`<meta property="article:published_time" content="2026-03-14T06:12+0100">`, "2026-03-14T06:12:00+01:00", "opengraph"},
		"time":                    {`<time datetime="2026-03-14">Saturday</time>`, "2026-03-14", "visible date"},
		"time without datetime":   {`<html lang="de"><time>14. März 2026</time>`, "2026-03-14", "visible date"},
		"English":                 {`<time>March 14, 2026</time>`, "2026-03-14", "visible date"},
		"ordinal":                 {`<time>14th of March, 2026</time>`, "2026-03-14", "visible date"},
		"Japanese":                {`<time>2026年3月14日</time>`, "2026-03-14", "visible date"},
		"Arabic-Indic digits":     {`<time>١٤ مارس ٢٠٢٦</time>`, "2026-03-14", "visible date"},
		"day first":               {`<html lang="en-GB"><time>04/03/2026</time>`, "2026-03-04", "visible date"},
		"month first":             {`<html lang="en-US"><time>04/03/2026</time>`, "2026-04-03", "visible date"},
		"only one order fits":     {`<html lang="en-US"><time>14/03/2026</time>`, "2026-03-14", "visible date"},
		"two-digit year":          {`<html lang="de"><time>14.03.26</time>`, "2026-03-14", "visible date"},
		"RFC 1123":                {`<meta name="date" content="Sat, 14 Mar 2026 06:12:00 GMT">`, "2026-03-14T06:12:00Z", "meta"},
		"the first source wins":   {ld(`{"@type":"Article","datePublished":"2026-03-14"}`) + `<time datetime="2026-03-20">`, "2026-03-14", "json-ld"},
		"a bad source is skipped": {ld(`{"@type":"Article","datePublished":"soon"}`) + `<time datetime="2026-03-20">yesterday</time>`, "2026-03-20", "visible date"},
		"a placeholder's year":    {`<time datetime="0001-01-01">`, "", ""},
		"a far year":              {`<time datetime="9999-12-31">`, "", ""},
		"no such day":             {`<time>31. Februar 2026</time>`, "", ""},
		"a pager":                 {`<time>1 2 3 4</time>`, "", ""},
		"none":                    {`<p>x`, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			m := read(t, c.page)
			assert.Equal(t, c.want, m.Published.String())
			assert.Equal(t, c.from, m.Provenance["published"])
		})
	}
	m := read(t, ld(`{"@type":"Article","datePublished":"2026-03-14","dateModified":"2026-03-15T08:00:00Z"}`))
	assert.Equal(t, "2026-03-15T08:00:00Z", m.Modified.String())
}

func TestDateInTheAddress(t *testing.T) {
	doc, err := htmldoc.ParseBytes([]byte("<p>x"), htmldoc.Source{URL: "https://gazette.example/2026/03/14/tide"})
	require.NoError(t, err)
	m := readAll(doc)
	assert.Equal(t, "2026-03-14", m.Published.String())
	assert.Equal(t, "url", m.Provenance["published"])
}

func TestOtherFields(t *testing.T) {
	m := read(t, `<html lang="pt_BR"><link rel="canonical" href="../tide"><meta property="og:site_name" content="The Gazette">
		<meta name="description" content="It was &quot;late&quot;."><meta property="og:image" content="/tide.jpg"><meta name="keywords" content="Tide, tide , Sea,">`)
	assert.Equal(t, "pt-BR", m.Language)
	assert.Equal(t, "https://gazette.example/tide", m.Canonical)
	assert.Equal(t, "The Gazette", m.SiteName)
	assert.Equal(t, `It was "late".`, m.Excerpt)
	assert.Equal(t, "https://gazette.example/tide.jpg", m.Image)
	assert.Equal(t, []string{"Tide", "Sea"}, m.Tags)
	assert.Equal(t, map[string]string{
		"language": "html lang", "canonical": "link", "site_name": "opengraph", "publisher": "opengraph", "excerpt": "meta", "image": "opengraph", "tags": "meta",
	}, m.Provenance)

	bad := read(t, `<html lang="not a language"><link rel="canonical" href="javascript:x()"><meta property="og:image" content="data:image/gif;base64,AA">`)
	assert.Empty(t, bad.Language+bad.Canonical+bad.Image)
}

// JSON-LD is written by hand and by templates. Text that is nearly JSON is read; the rest is skipped.
func TestBrokenJSONLD(t *testing.T) {
	for name, script := range map[string]string{
		"trailing commas": `{"@type":"Article","headline":"Late",}`,
		"CDATA":           `//<![CDATA[` + "\n" + `{"@type":"Article","headline":"Late"}` + "\n" + `//]]>`,
		"HTML comment":    `<!-- {"@type":"Article","headline":"Late"} -->`,
		"line break":      "{\"@type\":\"Article\",\"headline\":\"Late\",\"description\":\"two\nlines\"}",
		"array":           `[{"@type":"WebSite"},{"@type":"Article","headline":"Late"}]`,
		"graph":           `{"@graph":[{"@type":["Article","Thing"],"headline":"Late"}]}`,
		"full type":       `{"@type":"http://schema.org/NewsArticle","headline":"Late"}`,
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, "Late", read(t, ld(script)).Title)
		})
	}
	for name, script := range map[string]string{
		"nonsense": `{{{`, "number": `12`, "null": `null`, "deep": strings.Repeat(`[`, 100_000), "deep objects": strings.Repeat(`{"a":`, 10_000) + "1" + strings.Repeat("}", 10_000),
		"circle": `{"@graph":[{"@type":"Article","@id":"#a","author":{"@id":"#a"}}]}`, "wrong types": `{"@type":7,"headline":["x"],"author":7,"image":{"url":[{}]}}`,
		"large": `{"@type":"Thing","x":"` + strings.Repeat("x", 5<<20) + `"}`,
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, "Late", read(t, ld(script)+"<title>Late</title>").Title)
		})
	}
}

// The length of fields is bounded, whatever a page contains.
func TestFieldsAreBounded(t *testing.T) {
	long := strings.Repeat("tide ", 100_000)
	m := read(t, `<title>`+long+`</title><meta name="description" content="`+long+`"><meta name="keywords" content="`+strings.Repeat("x,", 1000)+long+`"><meta name="author" content="`+long+`">`)
	assert.LessOrEqual(t, len(m.Title), metadata.MaxField)
	assert.LessOrEqual(t, len(m.Excerpt), metadata.MaxField)
	assert.LessOrEqual(t, len(m.Tags), 32)
	assert.Empty(t, m.Authors)
}
