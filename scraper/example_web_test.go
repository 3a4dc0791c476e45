package scraper_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"

	"github.com/dechaff/dechaff/scraper"
)

// This site requires a cookie before it shows its pages.
func ExampleNewCookies() {
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := r.Cookie("welcome"); err != nil && r.URL.Path != "/robots.txt" {
			http.SetCookie(w, &http.Cookie{Name: "welcome", Value: "1", Path: "/"})
			http.Redirect(w, r, r.URL.Path, http.StatusFound)
			return
		}
		_, _ = io.WriteString(w, "<!doctype html><title>Harbour Times</title>")
	}))
	defer web.Close()
	s, err := scraper.New(harbourOptions)
	if err != nil {
		log.Fatal(err)
	}
	defer s.Close()
	_, err = s.Crawl(context.Background(), scraper.Job{Seeds: []string{web.URL}}, nil)
	fmt.Println(errors.Is(err, scraper.ErrRedirectLoop))
	job := scraper.Job{Seeds: []string{web.URL}, Cookies: scraper.NewCookies()}
	stats, err := s.Crawl(context.Background(), job, nil)
	fmt.Println(stats.Handled, err)
	// Output:
	// true
	// 1 <nil>
}

func ExampleCookies_Read() {
	cookies := scraper.NewCookies()
	err := cookies.Read(strings.NewReader("quay.example\tFALSE\t/\tTRUE\t0\tmember\tyes\n"))
	fmt.Println(err)
	err = cookies.Read(strings.NewReader("member=yes\n"))
	fmt.Println(errors.Is(err, scraper.ErrOptions), err)
	// Output:
	// <nil>
	// true scraper: bad options: line 1 of the cookies has 1 fields, not 7
}

// A schedule can store the cookies of a host and use them again later.
func ExampleCookies_HostState() {
	before := scraper.NewCookies()
	state := before.HostState("quay.example:443")
	fmt.Println(len(state))
	after := scraper.NewCookies()
	after.SetHostState("quay.example:443", state)
	// Output: 0
}

func ExampleNewPattern() {
	for _, text := range []string{"/blog/**", "**?print=*", "re:/20[0-9]{2}/"} {
		pattern, err := scraper.NewPattern(text)
		if err != nil {
			log.Fatal(err)
		}
		for _, address := range []string{"https://quay.example/blog/2026/tides", "https://quay.example/tides?print=1"} {
			u, err := url.Parse(address)
			if err != nil {
				log.Fatal(err)
			}
			fmt.Print(pattern.Match(u), " ")
		}
		fmt.Println(text)
	}
	// Output:
	// true false /blog/**
	// false true **?print=*
	// true false re:/20[0-9]{2}/
}

// A custom schedule decides which pages to deliver: see Hooks.Claim.
func ExampleWatch_Folds() {
	page := func(text, canonical string) string {
		return `<!doctype html><title>Tides</title><link rel=canonical href="` + canonical + `">` + text
	}
	pages := map[string]string{
		"/tides": page("High water at six.", "/tides"), "/print/tides": page("High water at six.", "/tides"),
		"/gulls": page("The gulls are back.", "/tides"),
	}
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, pages[r.URL.Path])
	}))
	defer web.Close()
	s, err := scraper.New(harbourOptions)
	if err != nil {
		log.Fatal(err)
	}
	defer s.Close()
	watch := scraper.NewWatch(scraper.Job{})
	var tides scraper.Print
	for _, path := range []string{"/tides", "/print/tides", "/gulls"} {
		hooks := scraper.Hooks{Watch: watch, Claim: func(_ context.Context, c *scraper.Claim) error {
			if c.Canonical == "" {
				tides = c.Print
				return nil
			}
			if watch.Folds("quay.example:443", c.Print, tides) {
				return scraper.DuplicateOf("/tides")
			}
			c.Refused = true
			return nil
		}}
		request := scraper.Request{URL: web.URL + path}
		for {
			out, err := s.VisitHooked(context.Background(), request, nil, hooks)
			if err != nil {
				log.Fatal(err)
			}
			if out.Kind != scraper.OutcomeRetry { // a retry means that only robots.txt was fetched
				fmt.Println(path, out.Kind, errors.Is(out.Err, scraper.ErrDuplicate))
				break
			}
			request = out.Request
		}
	}
	// Output:
	// /tides done false
	// /print/tides skipped true
	// /gulls done false
}

func ExampleDuplicateOf() {
	err := scraper.DuplicateOf("https://quay.example/tides")
	fmt.Println(errors.Is(err, scraper.ErrDuplicate), err)
	// Output: true scraper: the same page as one that was handled: https://quay.example/tides
}
