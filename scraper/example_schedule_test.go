package scraper_test

import (
	"context"
	"fmt"
	"log"
	"time"

	"github.com/dechaff/dechaff/scraper"
)

// A custom schedule reserves the host of each request.
func ExampleScraper_VisitHooked() {
	web := newHarbour()
	defer web.Close()
	s, err := scraper.New(harbourOptions)
	if err != nil {
		log.Fatal(err)
	}
	defer s.Close()

	hooks := scraper.Hooks{
		Enter: func(context.Context, string) (func(), time.Time, error) {
			fmt.Println("the host is ours")
			return func() { fmt.Println("the host is anybody's") }, time.Time{}, nil
		},
		Claim: func(context.Context, *scraper.Claim) error { return nil },
	}
	request := scraper.Request{URL: web.URL + "/gulls"}
	for range 2 { // the first visit fetches robots.txt
		outcome, err := s.VisitHooked(context.Background(), request, nil, hooks)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(outcome.Kind)
		time.Sleep(time.Until(outcome.At))
	}
	// Output:
	// the host is ours
	// the host is anybody's
	// retry
	// the host is ours
	// the host is anybody's
	// done
}

// Another process continues with what this one knows about a host: it need not request robots.txt.
func ExampleScraper_SetHostState() {
	web := newHarbour()
	defer web.Close()
	first, err := scraper.New(harbourOptions)
	if err != nil {
		log.Fatal(err)
	}
	defer first.Close()
	if _, err := first.Fetch(context.Background(), web.URL+"/gulls"); err != nil {
		log.Fatal(err)
	}
	host := web.Listener.Addr().String()
	state := first.HostState(host)

	second, err := scraper.New(harbourOptions)
	if err != nil {
		log.Fatal(err)
	}
	defer second.Close()
	second.SetHostState(host, state)
	time.Sleep(time.Until(state.Due))
	outcome, err := second.Visit(context.Background(), scraper.Request{URL: web.URL + "/drafts/1"}, nil)
	fmt.Println(outcome.Kind, scraper.Reason(outcome.Err), err)
	// Output: skipped forbidden by robots.txt <nil>
}

func ExampleJob_Findings() {
	job := scraper.Job{Seeds: []string{"https://harbour.example"}, MaxDepth: 1}
	seeds, err := job.Begin()
	if err != nil {
		log.Fatal(err)
	}
	outcome := scraper.Outcome{
		Kind:  scraper.OutcomeDone,
		Links: []string{"https://harbour.example/ferry", "https://elsewhere.example/", "https://harbour.example/map.pdf"},
	}
	for _, found := range job.Findings(seeds[0].Request, outcome, nil) {
		fmt.Printf("%s %q\n", found.Host, scraper.Reason(found.Err))
	}
	// Output:
	// harbour.example:443 ""
	// elsewhere.example:443 "out of scope"
	// harbour.example:443 "the file extension is not a page's: a PDF"
}

// A schedule need not know how each kind of outcome is counted.
func ExampleOutcome_Account() {
	request := scraper.Request{URL: "https://harbour.example/ferry"}
	outcome := scraper.Outcome{Kind: scraper.OutcomeSkipped, Request: request, Err: scraper.ErrDuplicate}
	account := outcome.Account(request, nil)
	fmt.Println(account.State, account.FollowLinks, scraper.Reason(account.Err))
	// Output: skipped true the same page as one that was handled
}

func ExampleDedupKey() {
	fmt.Println(scraper.DedupKey("HTTPS://Harbour.example:443/ferry?to=b&from=a&utm_source=x#top"))
	// Output: https://harbour.example/ferry?from=a&to=b
}
