package main

import (
	"bytes"
	"net/url"
	"time"

	readability "github.com/go-shiori/go-readability"
	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner"
)

// compare times html.Parse, dechaff and go-readability on a page's bytes, and returns go-readability's answer and the
// times.
func compare(c *cleaner.Cleaner, page []byte, address string) (answer, times) {
	t := times{bytes: len(page)}
	start := time.Now()
	_, _ = html.Parse(bytes.NewReader(page))
	t.parse = time.Since(start)

	start = time.Now()
	if article, err := c.Clean(bytes.NewReader(page), address); err == nil {
		_ = article.Text()
	}
	t.dechaff = time.Since(start)

	u, err := url.Parse(address)
	if err != nil {
		u = nil
	}
	start = time.Now()
	article, err := readability.FromReader(bytes.NewReader(page), u)
	t.readability = time.Since(start)
	if err != nil {
		return answer{missing: true}, t
	}
	got := answer{
		missing: article.TextContent == "", text: article.TextContent, title: article.Title,
		author: article.Byline,
	}
	if article.PublishedTime != nil {
		got.date = article.PublishedTime.Format(time.DateOnly)
	}
	return got, t
}
