package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	readability "github.com/go-shiori/go-readability"
	"github.com/gocolly/colly/v2"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/scraper"
)

// The benchmark's site has pages of about 50 KB with 280 links each. They are on many hosts, all on one loopback
// server, because dechaff sends only one request at a time to each host.
const (
	benchHosts   = 16
	benchPages   = 320
	benchWorkers = 16
)

func benchAddress(page int) string {
	return fmt.Sprintf("http://h%02d.bench.example/story-%d", page%benchHosts, page%benchPages)
}

func benchBody(page int) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>Plank %d of the pier | The Quay</title></head><body><nav><ul>", page)
	for i := range 40 {
		fmt.Fprintf(&b, `<li class="menu-item menu-item-%d"><a href="%s">Section %d</a></li>`, i, benchAddress(page+i), i)
	}
	fmt.Fprintf(&b, "</ul></nav><main><article class=post><h1>Plank %d of the pier</h1><p class=byline>By Una Petrie</p>", page)
	for i := range 30 {
		fmt.Fprintf(&b, "<p>Paragraph %d. The pier of Sandry has been growing by one plank a year, which is slow for a pier, and fast for a town that has only two carpenters, "+
			"one of whom <a href=\"%s\">will not speak</a> to the other; so that the planks, when they come, come at night, and are never quite straight. "+
			"Nobody has asked for them, and nobody, as the harbour master says, would know where to send them back.</p>\n", i, benchAddress(7*page+i))
	}
	b.WriteString(`</article><aside class="related sidebar"><h3>Read also</h3>`)
	for i := range 170 {
		fmt.Fprintf(&b, `<div class="teaser card"><a class="teaser__link" href="%s?utm_source=side"><span class="teaser__title">What the gulls of plank %d said</span></a></div>`+"\n", benchAddress(3*page+i), i)
	}
	b.WriteString("</aside></main><footer><ul>")
	for i := range 40 {
		fmt.Fprintf(&b, `<li><a href="%s">Footer %d</a></li>`, benchAddress(11*page+i), i)
	}
	b.WriteString("</ul><p>© The Quay</p></footer></body></html>")
	return b.Bytes()
}

// benchSite serves the pages, which are generated beforehand, and returns a transport that connects to this server for
// every host.
func benchSite(b *testing.B) *http.Transport {
	b.Helper()
	bodies := make(map[string][]byte, benchPages)
	for page := range benchPages {
		bodies[fmt.Sprintf("/story-%d", page)] = benchBody(page)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, ok := bodies[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(body)
	}))
	b.Cleanup(server.Close)
	dialer := &net.Dialer{}
	transport := &http.Transport{
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return dialer.DialContext(ctx, network, server.Listener.Addr().String())
		},
		MaxIdleConns: 4 * benchWorkers, MaxIdleConnsPerHost: benchWorkers, DisableCompression: true,
	}
	b.Cleanup(transport.CloseIdleConnections)
	return transport
}

// BenchmarkCrawl crawls a whole site, fetching each page, reading its links and extracting its text, in three ways:
// with dechaff; with the usual hand-written program (colly's OnHTML and Visit, readability.FromReader); and with only
// net/http, one html.Parse per page and dechaff's cleaner, which is the least that a crawl can cost. Compare pages/s
// within one run:
//
//	go test ./examples/crawler -run '^$' -bench Crawl -benchtime 3x
func BenchmarkCrawl(b *testing.B) {
	for _, contestant := range []struct {
		name  string
		crawl func(*http.Transport) (pages int, text int64, err error)
	}{{"dechaff", crawlWithDechaff}, {"colly", crawlWithColly}, {"bare", crawlBare}} {
		b.Run(contestant.name, func(b *testing.B) {
			transport := benchSite(b)
			began := time.Now()
			for b.Loop() {
				pages, text, err := contestant.crawl(transport)
				require.NoError(b, err)
				if pages != benchPages || text < benchPages*5000 {
					b.Fatalf("%d pages and %d bytes of text", pages, text)
				}
			}
			b.ReportMetric(float64(b.N*benchPages)/time.Since(began).Seconds(), "pages/s")
		})
	}
}

func crawlWithDechaff(transport *http.Transport) (int, int64, error) {
	s, err := scraper.New(scraper.Options{
		AllowPrivate: true, Delay: -1, Workers: benchWorkers, Transport: transport,
		IgnoreRobots: true,
	})
	if err != nil {
		return 0, 0, err
	}
	c := cleaner.New(cleaner.Options{})
	var text atomic.Int64
	stats, err := s.Crawl(context.Background(),
		scraper.Job{Seeds: []string{benchAddress(0)}, Scope: scraper.SameDomain},
		func(_ context.Context, p *scraper.Page) error {
			a, err := c.CleanDocument(p.Document)
			if err != nil {
				return err
			}
			text.Add(int64(len(a.Text())))
			return nil
		})
	return stats.Handled, text.Load(), err
}

func crawlWithColly(transport *http.Transport) (int, int64, error) {
	c := colly.NewCollector(colly.Async(true), colly.IgnoreRobotsTxt())
	c.WithTransport(transport)
	if err := c.Limit(&colly.LimitRule{DomainGlob: "*", Parallelism: benchWorkers}); err != nil {
		return 0, 0, err
	}
	var pages, text atomic.Int64
	// Colly checks whether a page was visited, and marks it as visited, in two separate steps. It therefore fetches
	// some pages twice. That costs time, but each page is counted only once.
	var met sync.Map
	var failed atomic.Pointer[error]
	c.OnHTML("a[href]", func(e *colly.HTMLElement) {
		u, err := url.Parse(e.Request.AbsoluteURL(e.Attr("href")))
		if err != nil {
			return
		}
		u.RawQuery = ""
		_ = e.Request.Visit(u.String()) // returns an error if the address was already visited
	})
	c.OnResponse(func(r *colly.Response) {
		article, err := readability.FromReader(bytes.NewReader(r.Body), r.Request.URL)
		if err != nil {
			failed.Store(&err)
			return
		}
		if _, twice := met.LoadOrStore(r.Request.URL.String(), true); !twice {
			pages.Add(1)
			text.Add(int64(len(article.TextContent)))
		}
	})
	if err := c.Visit(benchAddress(0)); err != nil {
		return 0, 0, err
	}
	c.Wait()
	if err := failed.Load(); err != nil {
		return 0, 0, *err
	}
	return int(pages.Load()), text.Load(), nil
}

// bareCrawl does the least that a crawl must do.
type bareCrawl struct {
	client      http.Client
	mu          sync.Mutex
	seen        map[string]bool
	queue       chan string
	left        sync.WaitGroup
	pages, text int64
	err         error
}

func crawlBare(transport *http.Transport) (int, int64, error) {
	c := &bareCrawl{
		client: http.Client{Transport: transport}, seen: make(map[string]bool),
		queue: make(chan string, benchPages*2),
	}
	c.add(benchAddress(0))
	var workers sync.WaitGroup
	for range benchWorkers {
		workers.Go(func() {
			for address := range c.queue {
				if err := c.page(address); err != nil {
					c.mu.Lock()
					c.err = errors.Join(c.err, err)
					c.mu.Unlock()
				}
				c.left.Done()
			}
		})
	}
	c.left.Wait()
	close(c.queue)
	workers.Wait()
	return int(c.pages), c.text, c.err
}

func (c *bareCrawl) add(address string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.seen[address] {
		c.seen[address] = true
		c.left.Add(1)
		c.queue <- address
	}
}

func (c *bareCrawl) page(address string) error {
	res, err := c.client.Get(address)
	if err != nil {
		return err
	}
	body, err := io.ReadAll(res.Body)
	_ = res.Body.Close()
	if err != nil {
		return err
	}
	doc, err := htmldoc.ParseBytes(body, htmldoc.Source{URL: address})
	if err != nil {
		return err
	}
	for _, link := range doc.Links() {
		target, _, _ := strings.Cut(link.URL, "?")
		c.add(target)
	}
	a, err := cleaner.CleanDocument(doc)
	if err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pages++
	c.text += int64(len(a.Text()))
	return nil
}
