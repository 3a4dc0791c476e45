package htmldoc_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

// samples are invented sentences that are long enough for a guess, with the encodings that were used for each language.
// The labels are spelled as on pages; for some, the WHATWG name is different (see whatwg).
var samples = []struct {
	language, text string
	labels         []string
}{
	{"French", "Le phare de la jetée s’est éteint hier à l’aube, et les pêcheurs ont dû rentrer à la rame jusqu’à la plage où leurs familles les attendaient, inquiètes.", []string{"windows-1252"}},
	{"French without quotes", "Le cœur du phare s'est éteint hier à l'aube, et les pêcheurs ont dû rentrer à la rame pour quelques centimes d'€.", []string{"iso-8859-15"}},
	{"German", "Die Bäckerei am Hafen öffnet künftig früher, weil die Müller aus Süderhöhe täglich frische Brötchen über die Brücke bringen müssen.", []string{"windows-1252", "iso-8859-1"}},
	{"Spanish", "Anoche el faro se apagó y los pescadores volvieron remando; los niños los esperaban en el muelle con farolillos de papel, y nadie durmió hasta el amanecer.", []string{"windows-1252", "iso-8859-1"}},
	{"Polish", "Wczoraj wieczorem łódź rybacka zawinęła do portu, a mieszkańcy przyszli obejrzeć żółwia, którego załoga wyłowiła koło świętej wyspy.", []string{"windows-1250", "iso-8859-2"}},
	{"Czech", "Včera večer se rybáři vrátili do přístavu a děti je vítaly s barevnými lucernami; zpívalo se až do půlnoci a moře bylo klidné.", []string{"windows-1250", "iso-8859-2"}},
	{"Hungarian", "Tegnap este a halászok visszatértek a kikötőbe, a gyerekek színes lámpásokkal várták őket, és éjfélig szólt az ének a kőmóló fölött, hűvös szélben.", []string{"windows-1250", "iso-8859-2"}},
	{"Romanian", "Aseară pescarii s-au întors în port şi copiii i-au întâmpinat cu felinare colorate; cântecele au ţinut până la miezul nopţii, iar marea era liniştită.", []string{"windows-1250", "iso-8859-2"}},
	{"Turkish", "Dün akşam balıkçılar iskeleye döndüğünde çocuklar ışıklı fenerlerle onları karşıladı; şarkılar gece yarısına değin sürdü.", []string{"windows-1254", "iso-8859-9"}},
	{"Latvian", "Vakar vakarā zvejnieki atgriezās ostā, un bērni viņus sagaidīja ar krāsainām laternām; dziesmas skanēja līdz pusnaktij, jūra bija mierīga.", []string{"windows-1257"}},
	{"Lithuanian", "Vakar vakare žvejai grįžo į uostą, vaikai juos pasitiko su spalvotais žibintais; dainos skambėjo iki vidurnakčio, o jūra buvo rami ir šviesi.", []string{"windows-1257"}},
	{"Russian", "Вчера вечером рыбаки вернулись в гавань, и дети встретили их с цветными фонарями; песни звучали до полуночи, а море было спокойным.", []string{"windows-1251", "koi8-r", "iso-8859-5"}},
	{"Ukrainian", "Учора ввечері рибалки повернулися до гавані, і діти зустріли їх із кольоровими ліхтарями; пісні лунали до півночі, а море було спокійне.", []string{"windows-1251", "koi8-u"}},
	{"Greek", "Χθες το βράδυ οι ψαράδες γύρισαν στο λιμάνι και τα παιδιά τους υποδέχτηκαν με χρωματιστά φανάρια. Άρχισαν τραγούδια που κράτησαν ως τα μεσάνυχτα.", []string{"windows-1253", "iso-8859-7"}},
	{"Hebrew", "אתמול בערב שבו הדייגים אל הנמל והילדים קיבלו אותם בפנסים צבעוניים והשירים נמשכו עד חצות והים היה שקט", []string{"windows-1255"}},
	{"Arabic", "عاد الصيادون مساء أمس إلى الميناء واستقبلهم الأطفال بالفوانيس الملونة واستمرت الأغاني حتى منتصف الليل وكان البحر هادئا", []string{"windows-1256", "iso-8859-6"}},
	{"Thai", "เมื่อวานตอนเย็นชาวประมงกลับเข้าท่าเรือและเด็กๆออกมารับด้วยโคมไฟสีสวยงามเสียงเพลงดังจนถึงเที่ยงคืน", []string{"windows-874"}},
	{"Chinese", "昨天晚上渔民们回到了港口，孩子们提着彩色的灯笼在那里等着他们，歌声一直到了半夜，海上没有风，也没有人想回家去。", []string{"gb2312", "gbk", "gb18030"}},
	{"Traditional Chinese", "昨天晚上漁民們回到了港口，孩子們提著彩色的燈籠在那裡等著他們，歌聲一直到了半夜，海上沒有風，也沒有人想回家去。", []string{"big5"}},
	{"Japanese", "昨日の夕方、漁師たちは港に戻り、子どもたちは色とりどりの提灯を持って迎えました。歌は真夜中まで続き、海はとても静かでした。", []string{"shift_jis", "euc-jp", "iso-2022-jp"}},
	{"Korean", "어제 저녁 어부들이 항구로 돌아왔고 아이들은 색색의 등불을 들고 그들을 맞이했다. 노래는 자정까지 이어졌고 바다는 고요했다.", []string{"euc-kr", "ks_c_5601-1987"}},
}

func whatwg(t *testing.T, label string) string {
	t.Helper()
	enc, name := charset.Lookup(label)
	require.NotNil(t, enc, label)
	return name
}

func encode(t *testing.T, text, label string) []byte {
	t.Helper()
	enc, _ := charset.Lookup(label)
	require.NotNil(t, enc, label)
	b, err := enc.NewEncoder().Bytes([]byte(text))
	require.NoError(t, err)
	return b
}

// text returns the visible text of a document, without its title.
func text(doc *htmldoc.Document) string {
	var b strings.Builder
	for n := range doc.Root.Descendants() {
		if n.Type != html.TextNode {
			continue
		}
		switch n.Parent.Data {
		case "title", "script", "style":
		default:
			b.WriteString(n.Data)
		}
	}
	return strings.TrimSpace(b.String())
}

func TestParseDecodesDeclaredEncodings(t *testing.T) {
	for _, s := range append(samples, struct {
		language, text string
		labels         []string
	}{"Russian of DOS", samples[11].text, []string{"ibm866"}}) {
		for _, label := range s.labels {
			for how, p := range map[string]struct{ page, contentType, source string }{
				"content-type":        {"<html><body><p>%s</p>", "text/html; charset=" + label, "content-type"},
				"content-type, loose": {"<meta charset=koi8-u><p>%s</p>", `text/html;;Charset = "` + strings.ToUpper(label) + `" ; x`, "content-type"},
				"meta":                {"<!-- <meta charset=koi8-u> --><meta charset=" + label + "><p>%s</p>", "text/html", "meta"},
				"meta, quoted":        {"<script>'<meta charset=koi8-u>'</script><META  CharSet = ' " + label + "'/><p>%s</p>", "text/html; charset=", "meta"},
				"http-equiv":          {"<head><META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset=" + label + "'></head><p>%s</p>", "", "meta"},
				"http-equiv, swapped": {`<meta content="charset = ` + label + `; text/html" http-equiv=content-type><p>%s</p>`, "x", "meta"},
				"xml":                 {`<?xml version="1.0" encoding="` + label + `"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>%s</p>`, "", "meta"},
			} {
				t.Run(s.language+"/"+label+"/"+how, func(t *testing.T) {
					b := encode(t, fmt.Sprintf(p.page, s.text), label)
					doc, err := htmldoc.ParseBytes(b, htmldoc.Source{ContentType: p.contentType})
					require.NoError(t, err)
					assert.Equal(t, s.text, text(doc))
					assert.Equal(t, whatwg(t, label), doc.Encoding)
					assert.Equal(t, p.source, doc.EncodingSource)
				})
			}
		}
	}
}

func TestParseGuessesUndeclaredEncodings(t *testing.T) {
	for _, s := range samples {
		for _, label := range s.labels {
			t.Run(s.language+"/"+label, func(t *testing.T) {
				page := "<html><head><title>x</title></head><body class=\"home\"><p>" + s.text + "</p>"
				doc, err := htmldoc.ParseBytes(encode(t, page, label), htmldoc.Source{})
				require.NoError(t, err)
				assert.Equal(t, s.text, text(doc), "guessed %s", doc.Encoding)
				assert.Equal(t, "guess", doc.EncodingSource)
			})
		}
	}
}

// Characters that templates put on every page must not outweigh the text or decide the language alone.
func TestParseGuessesPagesWithFewAccents(t *testing.T) {
	for name, want := range map[string]string{
		"signs only":     "© 2024 – 17 £ … “tides”",
		"fractions":      "2½ cups of flour, ½ a spoon, 1½ lemons, 1¼ pints, £3",
		"one name":       "The café on the pier is closed.",
		"nothing breaks": strings.Repeat("\u00A0 ", 200) + "Das Rathaus in Süderhöhe",
		"soft hyphens":   "Fi\u00ADsche\u00ADrei\u00ADha\u00ADfen und Bä\u00ADcke\u00ADrei",
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := htmldoc.ParseBytes(encode(t, "<p>"+want+"</p>", "windows-1252"), htmldoc.Source{})
			require.NoError(t, err)
			assert.Equal(t, "windows-1252", doc.Encoding)
			assert.Equal(t, strings.TrimSpace(want), text(doc))
		})
	}
	doc, err := htmldoc.ParseBytes([]byte("<p>The pier is closed.</p>"), htmldoc.Source{ContentType: "text/html; charset=iso-8859-2"})
	require.NoError(t, err)
	assert.Equal(t, "utf-8", doc.Encoding, "plain ASCII")
}

func TestParseUTF16AndUTF32(t *testing.T) {
	const story = "Жили-были в порту 三 кота."
	for name, c := range map[string]struct {
		encoding     encoding.Encoding
		contentType  string
		want, source string
	}{
		"utf-16le with a mark":       {unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "text/html; charset=iso-8859-1", "utf-16le", "bom"},
		"utf-16be with a mark":       {unicode.UTF16(unicode.BigEndian, unicode.UseBOM), "text/html; charset=utf-8", "utf-16be", "bom"},
		"utf-16le without one":       {unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "", "utf-16le", "guess"},
		"utf-16be without one":       {unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), "text/html; charset=utf-8", "utf-16be", "guess"},
		"utf-16le as the header has": {unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "text/html; charset=utf-16", "utf-16le", "content-type"},
		"utf-32le":                   {utf32.UTF32(utf32.LittleEndian, utf32.UseBOM), "", "utf-32le", "bom"},
		"utf-32be":                   {utf32.UTF32(utf32.BigEndian, utf32.UseBOM), "", "utf-32be", "bom"},
	} {
		t.Run(name, func(t *testing.T) {
			b, err := c.encoding.NewEncoder().Bytes([]byte("<html><body><p>" + story + "</p></body></html>"))
			require.NoError(t, err)
			doc, err := htmldoc.ParseBytes(b, htmldoc.Source{ContentType: c.contentType})
			require.NoError(t, err)
			assert.Equal(t, story, text(doc))
			assert.Equal(t, c.want, doc.Encoding)
			assert.Equal(t, c.source, doc.EncodingSource)
		})
	}
}

func TestParseUTF8(t *testing.T) {
	const story = "Жили-были в порту 三 кота."
	const page = "<html><body><p>" + story + "</p></body></html>"
	for name, c := range map[string]struct{ in, contentType, source string }{
		"byte order mark":               {"\xEF\xBB\xBF" + page, "text/html; charset=windows-1251", "bom"},
		"valid under a wrong header":    {page, "text/html; charset=iso-8859-1", "utf-8"},
		"valid under a wrong meta":      {"<meta charset=gb2312>" + page, "", "utf-8"},
		"cut inside a character":        {page + "\xD0", "text/html; charset=iso-8859-1", "utf-8"},
		"one bad byte":                  {page + "\xFF<!-- -->", "text/html; charset=iso-8859-1", "utf-8"},
		"NUL bytes are dropped":         {"\x00" + page, "", "utf-8"},
		"upper-case and quoted charset": {page, `text/html; Charset="UTF-8"`, "utf-8"},
		"many bad bytes, declared":      {page + strings.Repeat(" \xFF", 8), "text/html; charset=utf-8", "content-type"},
		"declared UTF-16 in ASCII":      {"<meta charset=utf-16>" + page + strings.Repeat(" \xFF", 8), "", "meta"},
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := htmldoc.ParseBytes([]byte(c.in), htmldoc.Source{ContentType: c.contentType})
			require.NoError(t, err)
			assert.Contains(t, text(doc), story)
			assert.Equal(t, "utf-8", doc.Encoding)
			assert.Equal(t, c.source, doc.EncodingSource)
		})
	}
}

func TestParseMislabeledPages(t *testing.T) {
	const page, want = "<p>La jet\xE9e, l'\xE9t\xE9, d\xE9j\xE0 vu</p>", "La jetée, l'été, déjà vu"
	for name, c := range map[string]struct{ in, contentType, source string }{
		"Latin bytes under a UTF-8 header":   {page, "text/html; charset=utf-8", "guess"},
		"Latin bytes under a UTF-8 meta":     {"<meta charset=utf-8>" + page, "", "guess"},
		"a true meta under a UTF-8 header":   {"<meta charset=latin1>" + page, "text/html; charset=utf-8", "meta"},
		"an unknown label":                   {page, "text/html; charset=tide-1", "guess"},
		"an unknown meta before a known one": {"<meta charset=tide-1><meta charset=latin1>" + page, "", "meta"},
		"an encoding that is refused":        {"<meta charset=hz-gb-2312>" + page, "", "guess"},
		"user-defined":                       {"<meta charset=x-user-defined>" + page, "", "meta"},
		"no value":                           {"<meta http-equiv=content-type content='text/html; charset='>" + page, "text/html; charset=", "guess"},
		"no value, open quote":               {page, `text/html; charset="`, "guess"},
		"a letter that grows in lower case":  {page, "İİİİ; charset=latin1", "content-type"},
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := htmldoc.ParseBytes([]byte(c.in), htmldoc.Source{ContentType: c.contentType})
			require.NoError(t, err)
			assert.Equal(t, want, text(doc))
			assert.Equal(t, "windows-1252", doc.Encoding)
			assert.Equal(t, c.source, doc.EncodingSource)
		})
	}
}
