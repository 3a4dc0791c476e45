package scraper

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// long is a text that is too long for a page that only announces a redirect.
var long = strings.Repeat("<p>The ferry waits for the tide at the quay, and the keeper counts the lamps.</p>", 8)

// Each site has markup or headers as they occur in practice. The field want lists the paths that a crawl delivers.
func TestOddSites(t *testing.T) {
	html := func(text string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			_, _ = io.WriteString(w, "<!doctype html><title>"+r.URL.Path+"</title>"+text)
		}
	}
	header := func(name, value, text string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			w.Header()[name] = []string{value}
			html(text)(w, r)
		}
	}
	location := func(value string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header()["Location"] = []string{value}
			w.WriteHeader(http.StatusFound)
		}
	}
	short := func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "<!doctype html><title>x</title><p>Short.</p>")
	}
	for name, c := range map[string]struct {
		pages map[string]http.HandlerFunc
		want  string
	}{
		"links with tabs, line breaks and spaces inside": {map[string]http.HandlerFunc{
			"/":   html("<a href=' \n/a\tb\n'>x</a><a href='/c\r\n d'>x</a><a href='\\e\\f'>x</a>"),
			"/ab": html("1"), "/c d": html("2"), "/e/f": html("3"),
		}, "/ /ab /c%20d /e/f"},
		"the first base counts": {map[string]http.HandlerFunc{
			"/":      html("<base href=dir/><base href=/other/><a href=a>x</a><a href=../b>x</a><a href=?q=1>x</a>"),
			"/dir/a": html("1"), "/b": html("2"), "/dir/": html("3"),
		}, "/ /b /dir/?q=1 /dir/a"},
		"a base that is not a page's address": {map[string]http.HandlerFunc{
			"/": html("<base href='javascript:void(0)'><a href=a>x</a>"), "/a": html("<base href=''><a href=b>x</a>"),
			"/b": html("<base target=_top><a href=c>x</a>"), "/c": html("4"),
		}, "/ /a /b /c"},
		"translations": {map[string]http.HandlerFunc{
			"/":   html("<link rel=alternate hreflang=de href=/de><link rel=alternate hreflang=x-default href=/>" + long),
			"/de": html("<p>Die Fähre wartet.</p>"),
		}, "/ /de"},
		"a canonical in a header": {map[string]http.HandlerFunc{
			"/":  html("<a href=/a?print=1>x</a><a href=/a>x</a>" + long),
			"/a": header("Link", `</style.css>; rel=preload, </a>; rel="canonical"`, "<p>a</p>"+long),
		}, "/ /a"},
		"a cookie and a refresh to itself": {map[string]http.HandlerFunc{
			"/": func(w http.ResponseWriter, r *http.Request) {
				if r.Header.Get("Cookie") == "" {
					w.Header().Set("Set-Cookie", "seen=1")
					html("<meta http-equiv=refresh content='0; url=/'><p>One moment</p>")(w, r)
					return
				}
				html("<a href=/a>x</a>"+long)(w, r)
			}, "/a": html("1"),
		}, "/ /a"},
		"a cookie and a reload": {map[string]http.HandlerFunc{
			"/": func(w http.ResponseWriter, r *http.Request) {
				if r.Header.Get("Cookie") == "" {
					w.Header().Set("Set-Cookie", "seen=1")
					header("Refresh", "0", "<p>One moment</p>")(w, r)
					return
				}
				html("<a href=/a>x</a>"+long)(w, r)
			}, "/a": html("1"),
		}, "/ /a"},
		"refreshes": {map[string]http.HandlerFunc{
			"/":    html("<a href=/1>x</a><a href=/2>x</a><a href=/3>x</a><a href=/4>x</a>" + long),
			"/1":   html("<META CONTENT=\"0,URL=&quot;/one&quot;\" HTTP-EQUIV=REFRESH>"),
			"/2":   html("<base href=/dir/><meta http-equiv='refresh' content='0;\n URL = two'>"),
			"/3":   html("<body><p>Moved</p><meta http-equiv=Refresh content=0;/three></body>"),
			"/4":   header("Refresh", "3;URL=four", "<noscript><meta http-equiv=refresh content='0;url=/none'></noscript>"),
			"/one": html("1"), "/dir/two": html("2"), "/three": html("3"), "/four": html("4"),
		}, "/ /dir/two /four /one /three"},
		"locations": {map[string]http.HandlerFunc{
			"/":    html("<a href=/d/1>x</a><a href=/d/2>x</a><a href=/d/3>x</a><a href=/d/4>x</a><a href=/d/5>x</a><a href=/d/6>x</a>"),
			"/d/1": location("a b"), "/d/2": location("?q=1 2"), "/d/3": location("../c#top"), "/d/4": location("/caf\xe9?x=\xe9"),
			"/d/5": location(""), "/d/6": location("\\e"),
			"/d/a b": html("1"), "/c": html("3"), "/caf\xe9": html("4"), "/e": html("6"),
		}, "/ /c /caf%E9?x=%E9 /d/a%20b /e"},
		"encodings that do not exist": {map[string]http.HandlerFunc{
			"/":  header("Content-Encoding", "iso-8859-1", "<a href=/1>x</a><a href=/2>x</a><a href=/3>x</a>"),
			"/1": header("Content-Encoding", "chunked", "1"), "/2": header("Content-Encoding", "text/html; charset=utf-8", "2"),
			"/3": header("Content-Encoding", "gzip;q=1.0", "3"),
		}, "/ /1 /2 /3"},
		"legacy queries": {map[string]http.HandlerFunc{
			"/": func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "text/html; charset=windows-1251")
				_, _ = io.WriteString(w, "<title>x</title><a href=\"?q=\xc4\xe0\">x</a><a href=\"/s?a=1&q=\xe4#top\">x</a>")
			}, "/s": html("1"),
		}, "/ /?q=%C4%E0 /s?a=1&q=%E4"},
		"one folder at many addresses": {map[string]http.HandlerFunc{
			"/":       html("<a href=/folder>x</a><a href=/folder/>x</a><a href=/folder/index.html>x</a><a href=/folder/index.php?>x</a><a href=/folder/#a>x</a>"),
			"/folder": short, "/folder/": short, "/folder/index.html": short,
			"/folder/index.php": short,
		}, "/ /folder"},
		"frames": {map[string]http.HandlerFunc{
			"/": html("<frameset cols=*><frame src=menu.html><frameset><frame src=main.html></frameset>" +
				"<noframes><a href=/plain>x</a></noframes></frameset>"),
			"/menu.html": html("<a href=/a target=main>x</a>"), "/main.html": html("2"), "/plain": html("3"), "/a": html("4"),
		}, "/ /a /main.html /menu.html /plain"},
		"maps, nested links and svg": {map[string]http.HandlerFunc{
			"/": html("<map><area href=/area></map><a href=/a><table><tr><td><a href=/b>x</a></table></a>" +
				"<svg><a href=/svg><text>x</text></a></svg>"),
			"/area": html("1"), "/a": html("2"), "/b": html("3"), "/svg": html("4"),
		}, "/ /a /area /b /svg"},
		"robots in UTF-8 with a mark": {map[string]http.HandlerFunc{
			"/robots.txt": func(w http.ResponseWriter, _ *http.Request) {
				_, _ = io.WriteString(w, "\xef\xbb\xbfUser-agent: *\rDisallow: /private\rAllow: /private/open$\r")
			},
			"/": html("<a href=/private/x>x</a><a href=/private/open>x</a>"), "/private/x": html("1"), "/private/open": html("2"),
		}, "/ /private/open"},
		"robots in UTF-16": {map[string]http.HandlerFunc{
			"/robots.txt": func(w http.ResponseWriter, _ *http.Request) {
				_, _ = io.WriteString(w, "\xff\xfe"+strings.Join(strings.Split("User-agent: *\nDisallow: /private\n", ""), "\x00")+"\x00")
			},
			"/": html("<a href=/private>x</a>"), "/private": html("1"),
		}, "/"},
	} {
		t.Run(name, func(t *testing.T) {
			web := newSite(t)
			for path, page := range c.pages {
				web.handle(path, page)
			}
			paths, _, _ := crawlAll(t, web, func(j *Job) { j.Cookies = NewCookies() })
			// Pages with the same text may be compared in any order, so each of the folder's addresses may be the one.
			folder := strings.NewReplacer("/folder/index.html", "/folder", "/folder/index.php", "/folder", "/folder/", "/folder")
			assert.Equal(t, c.want, folder.Replace(strings.Join(paths, " ")), fmt.Sprint(web.asked()))
		})
	}
}

// Each sitemap has a peculiarity that occurs in practice, and lists the page /deep, which a crawl must deliver.
func TestOddSitemaps(t *testing.T) {
	const urls = "<urlset><url><loc>/deep</loc></url></urlset>"
	comment := "<!--" + strings.Repeat(" a licence that nobody reads ", 60) + "-->"
	for name, text := range map[string]string{
		"a long comment":             "<?xml version='1.0'?>" + comment + urls,
		"a long comment before RSS":  "<?xml version='1.0'?>" + comment + "<rss version='2.0'><channel><item><link>/deep</link></item></channel></rss>",
		"a long comment before Atom": comment + "<feed xmlns='http://www.w3.org/2005/Atom'><entry><link href='/deep'/></entry></feed>",
		"a style sheet":              "<?xml version='1.0'?><?xml-stylesheet type='text/xsl' href='/rss.xsl'?>" + urls,
		"a warning before it":        "Deprecated: strftime() in /srv/map.php on line 12\n<?xml version='1.0'?>" + urls,
		"a warning in HTML":          "<br />\n<b>Notice</b>: no index in <b>/srv/map.php</b><br />\n<?xml version='1.0'?>" + urls,
		"an address without scheme":  "<urlset><url><loc>//HOST/deep</loc></url></urlset>",
		"windows-1251":               "<?xml version='1.0' encoding='windows-1251'?><!-- \xea\xe0\xf0\xf2\xe0 -->" + urls,
		"escaped twice":              "<urlset><url><loc>http://HOST/deep?a=1&amp;amp;b=2</loc></url><url><loc>/deep</loc></url></urlset>",
		"an index that lists itself": "<sitemapindex><sitemap><loc>/sitemap.xml</loc></sitemap><sitemap><loc>/more.xml</loc></sitemap></sitemapindex>",
		"text and tabs":              "http://HOST/deep\t\r\n\r\nhttp://HOST/\r\n",
		"an entry that is cut off":   "<urlset><url><loc>/deep</loc></url><url><loc>/de",
		"a namespace of its own":     "<s:urlset xmlns:s='x'><s:url><s:loc>/deep</s:loc></s:url></s:urlset>",
		"UTF-16 declared by mistake": "<?xml version='1.0' encoding='utf-16'?>" + urls,
		"UTF-16 without a mark":      strings.Join(strings.Split("<?xml version='1.0' encoding='utf-16'?>"+urls, ""), "\x00") + "\x00",
		"an encoding of a database":  "<?xml version='1.0' encoding='utf8mb4'?>" + urls,
		"XML 1.1":                    "<?xml version='1.1' encoding='UTF-8'?>" + urls,
		"a byte that is not UTF-8":   "<urlset><url><loc>/caf\xe9</loc></url><url><loc>/deep</loc></url></urlset>",
		"a control character":        "<urlset><url><loc>/a\x00b\x01</loc></url><url><loc>/deep</loc></url></urlset>",
		"an entry with a bare sign":  "<urlset><url><loc>/a?x<3</loc></url><url><loc>/deep</loc></url></urlset>",
		"an entry with a wrong end":  "<urlset><url><loc>/a</loc></ur><url><loc>/deep</loc></url></urlset>",
		"a comment with hyphens":     "<urlset><url><loc>/a</loc></url><!-- 2 ms -- cached --><s:url xmlns:s='x'><s:loc>/deep</s:loc></s:url></urlset>",
		"entities of HTML":           "<urlset><url><loc>&nbsp;/other</loc></url><url><loc>/deep</loc></url></urlset>",
	} {
		t.Run(name, func(t *testing.T) {
			web := newSite(t)
			web.page("/")
			web.page("/deep")
			serve := func(text string) http.HandlerFunc {
				return func(w http.ResponseWriter, r *http.Request) {
					w.Header().Set("Content-Type", "text/xml")
					_, _ = io.WriteString(w, strings.ReplaceAll(text, "HOST", r.Host))
				}
			}
			web.handle("/sitemap.xml", serve(text))
			web.handle("/more.xml", serve("<sitemapindex><sitemap><loc>/sitemap.xml</loc></sitemap><sitemap><loc>/last.xml</loc></sitemap></sitemapindex>"))
			web.handle("/last.xml", serve(urls))
			paths, _, _ := crawlAll(t, web, func(j *Job) { j.Sitemaps = true })
			assert.Contains(t, paths, "/deep", fmt.Sprint(web.asked()))
		})
	}
}

// Each feed has a peculiarity that occurs in practice. It lists the page /a, and perhaps others behind the peculiarity.
func TestOddFeeds(t *testing.T) {
	const items = "<item><title>one</title><link>/a</link></item></channel></rss>"
	const start = "<rss version='2.0'><channel><item><title>one</title><link>/a</link></item>"
	for name, text := range map[string]string{
		"a warning before it":        "Warning: no cache in /srv/feed.php\n<?xml version='1.0'?><rss version='2.0'><channel>" + items,
		"UTF-16 declared by mistake": "<?xml version='1.0' encoding='utf-16'?><rss version='2.0'><channel>" + items,
		"an unknown encoding":        "<?xml version='1.0' encoding='utf8mb4'?><rss version='2.0'><channel>" + items,
		"a declaration in a text":    "<rss version='2.0'><channel><title><![CDATA[<?xml version='1.0'?>]]></title>" + items,
		"a byte that is not UTF-8":   "<rss version='2.0'><channel><title>caf\xe9</title>" + items,
		"cut off":                    start + "<item><title>two</title><li",
		"cut off by an error":        start + "<item><title>two<br />\n<b>Fatal error</b>: out of memory",
		"a malformed item":           start + "<item><title>1 <3 2</title></item></channel></rss>",
		"RDF, cut off": "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>" +
			"<channel></channel><item><link>/a</link></item><item>",
		"Atom with a prefix, cut off": "<atom:feed xmlns:atom='http://www.w3.org/2005/Atom'><atom:entry><atom:link href='/a'/></atom:entry><",
	} {
		t.Run(name, func(t *testing.T) {
			entries, err := parseFeed([]byte(text), "https://quay.example/feed")
			require.NoError(t, err)
			require.Len(t, entries, 1)
			assert.Equal(t, "https://quay.example/a", entries[0].URL)
		})
	}
}
