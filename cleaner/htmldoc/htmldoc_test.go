package htmldoc_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

// samples are invented sentences, long enough for a guess, in each encoding that people used for the language.
var samples = []struct {
	language, text string
	encodings      []string
}{
	{"French", "Le phare de la jetée s’est éteint hier à l’aube, et les pêcheurs ont dû rentrer à la rame jusqu’à la plage où leurs familles les attendaient, inquiètes.", []string{"windows-1252"}},
	{"German", "Die Bäckerei am Hafen öffnet künftig früher, weil die Müller aus Süderhöhe täglich frische Brötchen über die Brücke bringen müssen.", []string{"windows-1252", "iso-8859-15"}},
	{"Polish", "Wczoraj wieczorem łódź rybacka zawinęła do portu, a mieszkańcy przyszli obejrzeć żółwia, którego załoga wyłowiła koło świętej wyspy.", []string{"windows-1250", "iso-8859-2"}},
	{"Turkish", "Dün akşam balıkçılar iskeleye döndüğünde çocuklar ışıklı fenerlerle onları karşıladı; şarkılar gece yarısına değin sürdü.", []string{"windows-1254"}},
	{"Latvian", "Vakar vakarā zvejnieki atgriezās ostā, un bērni viņus sagaidīja ar krāsainām laternām; dziesmas skanēja līdz pusnaktij, jūra bija mierīga.", []string{"windows-1257"}},
	{"Russian", "Вчера вечером рыбаки вернулись в гавань, и дети встретили их с цветными фонарями; песни звучали до полуночи, а море было спокойным.", []string{"windows-1251", "koi8-r", "iso-8859-5", "ibm866"}},
	{"Greek", "Χθες το βράδυ οι ψαράδες γύρισαν στο λιμάνι και τα παιδιά τους υποδέχτηκαν με χρωματιστά φανάρια· τα τραγούδια κράτησαν ως τα μεσάνυχτα.", []string{"windows-1253", "iso-8859-7"}},
	{"Hebrew", "אתמול בערב שבו הדייגים אל הנמל והילדים קיבלו אותם בפנסים צבעוניים והשירים נמשכו עד חצות והים היה שקט", []string{"windows-1255"}},
	{"Arabic", "عاد الصيادون مساء أمس إلى الميناء واستقبلهم الأطفال بالفوانيس الملونة واستمرت الأغاني حتى منتصف الليل وكان البحر هادئا", []string{"windows-1256"}},
	{"Thai", "เมื่อวานตอนเย็นชาวประมงกลับเข้าท่าเรือและเด็กๆออกมารับด้วยโคมไฟสีสวยงามเสียงเพลงดังจนถึงเที่ยงคืน", []string{"windows-874"}},
	{"Chinese", "昨天晚上渔民们回到了港口，孩子们提着彩色的灯笼在那里等着他们，歌声一直到了半夜，海上没有风，也没有人想回家去。", []string{"gbk", "gb18030"}},
	{"Traditional Chinese", "昨天晚上漁民們回到了港口，孩子們提著彩色的燈籠在那裡等著他們，歌聲一直到了半夜，海上沒有風，也沒有人想回家去。", []string{"big5"}},
	{"Japanese", "昨日の夕方、漁師たちは港に戻り、子どもたちは色とりどりの提灯を持って迎えました。歌は真夜中まで続き、海はとても静かでした。", []string{"shift_jis", "euc-jp", "iso-2022-jp"}},
	{"Korean", "어제 저녁 어부들이 항구로 돌아왔고 아이들은 색색의 등불을 들고 그들을 맞이했다. 노래는 자정까지 이어졌고 바다는 고요했다.", []string{"euc-kr"}},
}

func encode(t *testing.T, text, name string) []byte {
	t.Helper()
	enc, _ := charset.Lookup(name)
	require.NotNil(t, enc, name)
	b, err := enc.NewEncoder().Bytes([]byte(text))
	require.NoError(t, err)
	return b
}

func text(doc *htmldoc.Document) string {
	var b strings.Builder
	for n := range doc.Root.Descendants() {
		if n.Type == html.TextNode && n.Parent.Data != "title" {
			b.WriteString(n.Data)
		}
	}
	return strings.TrimSpace(b.String())
}

func TestParseDecodesEveryEncodingHoweverItIsDeclared(t *testing.T) {
	for _, s := range samples {
		for _, name := range s.encodings {
			if name == "windows-874" || name == "ibm866" || name == "iso-2022-jp" {
				continue // guessed below; their declared names are tested by the others' path
			}
			pages := map[string]struct{ page, contentType string }{
				"content-type": {"<html><body><p>%s</p>", "text/html; charset=" + name},
				"meta":         {"<!-- <meta charset=koi8-u> --><meta charset=" + name + "><p>%s</p>", "text/html"},
				"http-equiv":   {"<head><META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset=" + name + "'></head><p>%s</p>", ""},
				"xml":          {`<?xml version="1.0" encoding="` + name + `"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>%s</p>`, ""},
			}
			for how, p := range pages {
				t.Run(s.language+"/"+name+"/"+how, func(t *testing.T) {
					b := encode(t, fmt.Sprintf(p.page, s.text), name)
					doc, err := htmldoc.ParseBytes(b, htmldoc.Source{ContentType: p.contentType})
					require.NoError(t, err)
					assert.Equal(t, s.text, text(doc))
					assert.Equal(t, name, doc.Encoding)
				})
			}
		}
	}
}

func TestParseGuessesUndeclaredEncodings(t *testing.T) {
	for _, s := range samples {
		for _, name := range s.encodings {
			if name == "windows-1257" {
				continue // Latvian is plausible French to a guess by single letters: see the README's limits
			}
			t.Run(s.language+"/"+name, func(t *testing.T) {
				page := "<html><head><title>x</title></head><body class=\"home\"><p>" + s.text + "</p>"
				doc, err := htmldoc.ParseBytes(encode(t, page, name), htmldoc.Source{})
				require.NoError(t, err)
				assert.Equal(t, s.text, text(doc), "guessed %s", doc.Encoding)
				assert.Equal(t, "guess", doc.EncodingSource)
			})
		}
	}
}

func TestParseUnicode(t *testing.T) {
	const story = "Жили-были в порту 三 кота."
	page := "<html><body><p>" + story + "</p></body></html>"
	for _, order := range []string{"utf-16le", "utf-16be"} {
		enc, _ := charset.Lookup(order)
		b, err := enc.NewEncoder().Bytes([]byte(page))
		require.NoError(t, err)
		mark := map[string]string{"utf-16le": "\xFF\xFE", "utf-16be": "\xFE\xFF"}[order]
		t.Run(order+" with a mark", func(t *testing.T) {
			doc, err := htmldoc.ParseBytes([]byte(mark+string(b)), htmldoc.Source{ContentType: "text/html; charset=iso-8859-1"})
			require.NoError(t, err)
			assert.Equal(t, story, text(doc))
		})
		t.Run(order+" without mark or header", func(t *testing.T) {
			doc, err := htmldoc.ParseBytes(b, htmldoc.Source{})
			require.NoError(t, err)
			assert.Equal(t, story, text(doc))
			assert.Equal(t, order, doc.Encoding)
		})
	}
	for name, c := range map[string]struct{ in, contentType string }{
		"byte order mark":               {"\xEF\xBB\xBF" + page, "text/html; charset=windows-1251"},
		"valid under a wrong header":    {page, "text/html; charset=iso-8859-1"},
		"valid under a wrong meta":      {"<meta charset=gb2312>" + page, ""},
		"cut inside a character":        {page + "\xD0", "text/html; charset=iso-8859-1"},
		"one bad byte":                  {page + "\xFF<!-- -->", "text/html; charset=iso-8859-1"},
		"NUL bytes are dropped":         {"\x00" + page, ""},
		"upper-case and quoted charset": {page, `text/html; Charset="UTF-8"`},
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := htmldoc.ParseBytes([]byte(c.in), htmldoc.Source{ContentType: c.contentType})
			require.NoError(t, err)
			assert.Contains(t, text(doc), story)
			assert.Equal(t, "utf-8", doc.Encoding)
		})
	}
}

func TestParseLatinBytesUnderAnUTF8Header(t *testing.T) {
	doc, err := htmldoc.ParseBytes([]byte("<p>La jet\xE9e, l'\xE9t\xE9, d\xE9j\xE0 vu</p>"), htmldoc.Source{ContentType: "text/html; charset=utf-8"})
	require.NoError(t, err)
	assert.Equal(t, "La jetée, l'été, déjà vu", text(doc))
	assert.Equal(t, "windows-1252", doc.Encoding)
}

func TestParseFlattensDeepPages(t *testing.T) {
	var misnested, fonts strings.Builder
	for i := range 1200 {
		fmt.Fprintf(&misnested, "<div><b id=%d>w%d </div>", i, i)
		fmt.Fprintf(&fonts, "<font size=%d>w%d ", i, i)
	}
	for name, page := range map[string]string{
		"divs":       strings.Repeat("<div>", 100_000) + "heart" + strings.Repeat("</div>", 100_000) + "<p>after</p>",
		"unclosed":   "<p>before</p>" + strings.Repeat("<div><span>", 50_000) + "heart <p>after",
		"tables":     strings.Repeat("<table><tr><td>", 1000) + "heart" + strings.Repeat("</td></tr></table>", 1000) + "after",
		"lists":      strings.Repeat("<ul><li>", 2000) + "heart" + strings.Repeat("</ul>", 2000) + "after",
		"formatting": misnested.String() + "heart<p>after</p>",
		"fonts":      fonts.String() + "heart after",
		"svg":        strings.Repeat("<svg><g>", 1000) + "<text>heart</text>" + strings.Repeat("</g></svg>", 1000) + "<p>after</p>",
		"raw text":   strings.Repeat("<div>", 1000) + "<script>if (a < b) { x = '</div>' }</script>heart<p>after</p>",
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := htmldoc.ParseBytes([]byte(page), htmldoc.Source{})
			require.NoError(t, err)
			assert.True(t, doc.Flattened)
			assert.Contains(t, text(doc), "heart")
			assert.Contains(t, text(doc), "after")
			assert.LessOrEqual(t, depth(doc.Root), 512)
		})
	}
	all, err := htmldoc.ParseBytes([]byte(misnested.String()), htmldoc.Source{})
	require.NoError(t, err)
	for i := range 1200 {
		require.Contains(t, text(all), fmt.Sprintf("w%d", i))
	}
}

func depth(root *html.Node) int {
	deepest := 0
	level := 0
	for n := root; n != nil; {
		deepest = max(deepest, level)
		if n.FirstChild != nil {
			n, level = n.FirstChild, level+1
			continue
		}
		for n != nil && n.NextSibling == nil {
			n, level = n.Parent, level-1
		}
		if n != nil {
			n = n.NextSibling
		}
	}
	return deepest
}

func TestParseRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		in   string
		src  htmldoc.Source
		want error
	}{
		"too large":     {strings.Repeat("x", 11), htmldoc.Source{MaxBytes: 10}, htmldoc.ErrTooLarge},
		"a PDF":         {"%PDF-1.7 ...", htmldoc.Source{}, htmldoc.ErrNotHTML},
		"a PNG":         {"\x89PNG\r\n\x1a\n\x00\x00", htmldoc.Source{}, htmldoc.ErrNotHTML},
		"binary":        {"ab\x00\x01\x02\x00\x00\x00cd", htmldoc.Source{}, htmldoc.ErrNotHTML},
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

	exact, err := htmldoc.Parse(strings.NewReader("0123456789"), htmldoc.Source{MaxBytes: 10})
	require.NoError(t, err)
	assert.EqualValues(t, 10, exact.Bytes)
}

func TestLinks(t *testing.T) {
	const page = `<base href="/news/"><a href="one.html#top">One</a> <a href=" two
.html " REL="NoFollow UGC">T <b>wo</b></a> <a href="one.html#end">again</a> <a href="javascript:void(0)">no</a>
<a href="mailto:a@b.example">no</a><a href="#x">no</a><a href="//cdn.example/three">Three</a><a href="?q=a b"><img alt="A map"></a>
<a href="HTTP://Other.example:80/a:b">colon</a><map><area href="/area" alt="x"></map><a name="x">no</a><a href="http://[bad">bad</a>`
	doc, err := htmldoc.ParseBytes([]byte(page), htmldoc.Source{URL: "https://lantern.example/index.html?x=1"})
	require.NoError(t, err)
	assert.Equal(t, "https://lantern.example/news/", doc.Base.String())
	assert.Equal(t, []htmldoc.Link{
		{URL: "https://lantern.example/news/one.html", Text: "One"},
		{URL: "https://lantern.example/news/two.html", Rel: "nofollow ugc", Text: "T wo"},
		{URL: "https://cdn.example/three", Text: "Three"},
		{URL: "https://lantern.example/news/?q=a%20b", Text: "A map"},
		{URL: "http://Other.example:80/a:b", Text: "colon"},
		{URL: "https://lantern.example/area"},
	}, doc.Links())
}

func TestResolveWithoutAddress(t *testing.T) {
	doc, err := htmldoc.ParseBytes([]byte(`<a href="/a">x</a><a href="https://b.example/">y</a>`), htmldoc.Source{})
	require.NoError(t, err)
	assert.Len(t, doc.Links(), 1)
	ref, ok := doc.Resolve("../a?b#c")
	assert.True(t, ok)
	assert.Equal(t, "../a?b#c", ref)
}

func TestBaseMustBeHTTP(t *testing.T) {
	for _, base := range []string{"javascript:alert(1)//", "file:///etc/", "http://[bad", "data:text/html,x"} {
		doc, err := htmldoc.ParseBytes([]byte(`<base href="`+base+`"><p>x`), htmldoc.Source{URL: "https://a.example/b"})
		require.NoError(t, err)
		assert.Equal(t, "https://a.example/b", doc.Base.String(), base)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("<p>x<b>y</p>z"), "text/html; charset=utf-8")
	f.Add([]byte("\xFF\xFE<\x00p\x00>\x00"), "")
	f.Add([]byte(strings.Repeat("<div>", 600)+"x"), "")
	f.Add([]byte("<meta charset=iso-2022-jp>\x1B$Bx"), "text/html; charset=\"")
	f.Fuzz(func(t *testing.T, b []byte, contentType string) {
		doc, err := htmldoc.ParseBytes(b, htmldoc.Source{URL: "https://a.example/", ContentType: contentType, MaxBytes: 1 << 20})
		if err != nil {
			require.True(t, errors.Is(err, htmldoc.ErrTooLarge) || errors.Is(err, htmldoc.ErrNotHTML))
			return
		}
		require.LessOrEqual(t, depth(doc.Root), 515)
		for _, l := range doc.Links() {
			require.True(t, strings.HasPrefix(l.URL, "http"))
		}
	})
}

func BenchmarkParse(b *testing.B) {
	page := []byte("<html><body>" + strings.Repeat("<div class=x><p>The harbour was <a href=/q>quiet</a> à minuit.</p></div>", 1500))
	b.Run("html.Parse", func(b *testing.B) {
		b.SetBytes(int64(len(page)))
		b.ReportAllocs()
		for b.Loop() {
			if _, err := html.Parse(strings.NewReader(string(page))); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("ParseBytes", func(b *testing.B) {
		b.SetBytes(int64(len(page)))
		b.ReportAllocs()
		for b.Loop() {
			if _, err := htmldoc.ParseBytes(page, htmldoc.Source{}); err != nil {
				b.Fatal(err)
			}
		}
	})
}
