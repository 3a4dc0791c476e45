package scraper_test

import (
	"context"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	"github.com/dechaff/dechaff/scraper"
)

// newHarbour serves a small invented site on loopback.
func newHarbour() *httptest.Server {
	pages := map[string]string{
		"/":         `<title>Harbour Times</title><a href="/ferry#top">Ferry</a> <a href="/ferry?utm_source=front">again</a> <a href="/old">Gulls</a>`,
		"/ferry":    `<title>The ferry was late</title><a href="/">Home</a> <a href="/drafts/1">Draft</a>`,
		"/gulls":    `<title>Gulls learn to queue</title>`,
		"/drafts/1": `<title>Not for crawlers</title>`,
	}
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch text, ok := pages[r.URL.Path]; {
		case r.URL.Path == "/robots.txt":
			_, _ = io.WriteString(w, "User-agent: *\nDisallow: /drafts/\n")
		case r.URL.Path == "/old":
			http.Redirect(w, r, "/gulls", http.StatusMovedPermanently)
		case ok:
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = io.WriteString(w, text)
		default:
			http.NotFound(w, r)
		}
	}))
}

// harbourOptions are for a test server. On the Internet, leave AllowPrivate and Delay unset.
var harbourOptions = scraper.Options{AllowPrivate: true, Delay: 5 * time.Millisecond}

func ExampleNew() {
	s, err := scraper.New(scraper.Options{
		UserAgent: "HarbourBot/1.0 (+https://harbour.example/bot)",
		Delay:     2 * time.Second,
	})
	if err != nil {
		log.Fatal(err)
	}
	defer s.Close()
	_, err = s.Fetch(context.Background(), "http://169.254.169.254/latest/meta-data")
	fmt.Println(scraper.Reason(err))
	// Output: private or local address
}

func ExampleScraper_FetchFile() {
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "GIF89a")
	}))
	defer web.Close()
	s, err := scraper.New(harbourOptions)
	if err != nil {
		log.Fatal(err)
	}
	defer s.Close()

	file, err := s.FetchFile(context.Background(), web.URL+"/gull.gif", scraper.FileOptions{MaxBytes: 1 << 20})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(file.Status, http.DetectContentType(file.Body))
	// Output: 200 image/gif
}

func ExampleScraper_Fetch() {
	web := newHarbour()
	defer web.Close()
	s, err := scraper.New(harbourOptions)
	if err != nil {
		log.Fatal(err)
	}
	defer s.Close()

	page, err := s.Fetch(context.Background(), web.URL+"/old")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(page.Status, page.URL.Path, len(page.Request.Via))

	_, err = s.Fetch(context.Background(), web.URL+"/drafts/1")
	fmt.Println(scraper.Reason(err))
	// Output:
	// 200 /gulls 1
	// forbidden by robots.txt
}

func ExampleScraper_Visit() {
	web := newHarbour()
	defer web.Close()
	s, err := scraper.New(harbourOptions)
	if err != nil {
		log.Fatal(err)
	}
	defer s.Close()

	request := scraper.Request{URL: web.URL + "/old"}
	for {
		outcome, err := s.Visit(context.Background(), request, func(_ context.Context, p *scraper.Page) error {
			fmt.Println("page", p.URL.Path)
			return nil
		})
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(outcome.Kind)
		switch outcome.Kind {
		case scraper.OutcomeRetry: // the host's turn is not due yet
			time.Sleep(time.Until(outcome.At))
		case scraper.OutcomeRedirect:
		default:
			return
		}
		request = outcome.Request
	}
	// Output:
	// retry
	// redirect
	// retry
	// page /gulls
	// done
}

func ExampleScraper_Crawl() {
	web := newHarbour()
	defer web.Close()
	s, err := scraper.New(harbourOptions)
	if err != nil {
		log.Fatal(err)
	}
	defer s.Close()

	job := scraper.Job{Seeds: []string{web.URL}, MaxPages: 100}
	stats, err := s.Crawl(context.Background(), job, func(_ context.Context, p *scraper.Page) error {
		fmt.Println(p.URL.Path, len(p.Links()))
		return nil
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(stats.Handled, "pages, skipped:", stats.Skipped)
	// Unordered output:
	// / 3
	// /ferry 2
	// /gulls 0
	// 3 pages, skipped: map[forbidden by robots.txt:1]
}

func ExampleScraper_Pages() {
	web := newHarbour()
	defer web.Close()
	s, err := scraper.New(harbourOptions)
	if err != nil {
		log.Fatal(err)
	}
	defer s.Close()

	for page, err := range s.Pages(context.Background(),
		scraper.Job{Seeds: []string{web.URL + "/ferry"}, MaxDepth: scraper.SeedsOnly}) {
		if err != nil {
			log.Print(err) // the error of one page; the loop continues with the others
			continue
		}
		title, _, _ := strings.Cut(string(page.Body), "</title>")
		fmt.Println(page.URL.Path, strings.TrimPrefix(title, "<title>"))
	}
	// Output: /ferry The ferry was late
}

func ExampleNoIndex() {
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if r.URL.Path == "/archive" {
			_, _ = io.WriteString(w, `<meta name="robots" content="noindex"><a href="/gulls">Gulls</a>`)
			return
		}
		_, _ = io.WriteString(w, `<title>Harbour Times</title><a href="/archive">Archive</a>`)
	}))
	defer web.Close()
	s, err := scraper.New(harbourOptions)
	if err != nil {
		log.Fatal(err)
	}
	defer s.Close()

	for _, choice := range []scraper.NoIndex{scraper.NoIndexSkip, scraper.NoIndexKeep} {
		job := scraper.Job{Seeds: []string{web.URL}, NoIndex: choice}
		stats, err := s.Crawl(context.Background(), job, func(_ context.Context, p *scraper.Page) error {
			fmt.Println(choice, p.URL.Path, p.NoIndex)
			return nil
		})
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(stats.Handled, "handled, skipped:", stats.Skipped)
	}
	// Output:
	// skip / false
	// skip /gulls false
	// 2 handled, skipped: map[marked noindex:1]
	// keep / false
	// keep /archive true
	// keep /gulls false
	// 3 handled, skipped: map[]
}

func ExamplePathPrefix() {
	web := newHarbour()
	defer web.Close()
	s, err := scraper.New(harbourOptions)
	if err != nil {
		log.Fatal(err)
	}
	defer s.Close()

	job := scraper.Job{Seeds: []string{web.URL}, Scope: scraper.PathPrefix("/ferry")}
	stats, err := s.Crawl(context.Background(), job, nil)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(stats.Handled, stats.Skipped)
	// Output: 2 map[out of scope:2]
}
