package cleaner_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/scraper"
)

// Package scraper delivers the pages of a site already parsed. This program crawls a site and writes its articles as
// lines of JSON.
func ExampleCleanDocument_crawl() {
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/":
			_, _ = io.WriteString(w, `<!DOCTYPE html><title>The Pellow Gazette</title><a href="/2026/ferry">The ferry is back</a>`)
		case "/2026/ferry":
			_, _ = io.WriteString(w, ferry)
		default:
			http.NotFound(w, r)
		}
	}))
	defer site.Close()

	// On the Internet, leave AllowPrivate and Delay unset.
	s, err := scraper.New(scraper.Options{AllowPrivate: true, Delay: time.Millisecond})
	if err != nil {
		log.Fatal(err)
	}
	defer s.Close()
	var lines strings.Builder
	output := json.NewEncoder(&lines)
	job := scraper.Job{Seeds: []string{site.URL}, MaxDepth: 1} // the seed and the pages that it links to
	for page, err := range s.Pages(context.Background(), job) {
		if err != nil {
			log.Print(err) // the error of one page; the loop continues with the others
			continue
		}
		article, err := cleaner.CleanDocument(page.Document)
		if errors.Is(err, cleaner.ErrNoArticle) {
			fmt.Println(page.URL.Path, "has no article")
			continue
		}
		if err != nil {
			log.Fatal(err)
		}
		if err := output.Encode(article); err != nil {
			log.Fatal(err)
		}
		fmt.Println(page.URL.Path, article.Title)
	}
	fmt.Println(strings.Count(lines.String(), "\n"), "line")
	// Output:
	// / has no article
	// /2026/ferry The ferry is back
	// 1 line
}
