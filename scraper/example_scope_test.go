package scraper_test

import (
	"context"
	"fmt"
	"log"
	"net/url"

	"github.com/dechaff/dechaff/scraper"
)

// Job.Scope decides which links a crawl follows. The scopes of this package can be combined in a function.
func ExampleScope() {
	seed, err := url.Parse("https://www.harbour.example/news/")
	if err != nil {
		log.Fatal(err)
	}
	notDrafts := func(u, seed *url.URL) bool {
		return scraper.SameDomain(u, seed) && u.Path != "/drafts"
	}
	for _, address := range []string{
		"http://harbour.example/tides", "https://blog.harbour.example/gulls", "https://blog.harbour.example/drafts",
		"https://quay.example/",
	} {
		u, err := url.Parse(address)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(u.Host+u.Path, scraper.SameHost(u, seed), scraper.SameDomain(u, seed), notDrafts(u, seed),
			scraper.AnyHost(u, seed))
	}
	// Output:
	// harbour.example/tides true true true true
	// blog.harbour.example/gulls false true true true
	// blog.harbour.example/drafts false true false true
	// quay.example/ false false false true
}

// Reasons are the keys of Stats, so they can also be looked up there.
func ExampleReason() {
	web := newHarbour()
	defer web.Close()
	s, err := scraper.New(harbourOptions)
	if err != nil {
		log.Fatal(err)
	}
	defer s.Close()

	stats, err := s.Crawl(context.Background(), scraper.Job{Seeds: []string{web.URL}}, nil)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(stats.Handled, stats.Skipped[scraper.Reason(scraper.ErrRobots)])
	// Output: 3 1
}

// The pace of a host that responds as usual is the delay of the options.
func ExampleScraper_HostPace() {
	web := newHarbour()
	defer web.Close()
	s, err := scraper.New(harbourOptions)
	if err != nil {
		log.Fatal(err)
	}
	defer s.Close()

	if _, err := s.Fetch(context.Background(), web.URL+"/ferry"); err != nil {
		log.Fatal(err)
	}
	pace := s.HostPace(web.URL)
	fmt.Println(pace.Failures, pace.SetAside.IsZero(), pace.Latency > 0)
	fmt.Println(s.HostPace("https://quay.example/") == scraper.HostPace{})
	// Output:
	// 0 true true
	// true
}
