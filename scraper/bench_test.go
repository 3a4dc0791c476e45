package scraper

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
)

// benchPage returns a page of about 50 KB with 280 links.
func benchPage() []byte {
	var b strings.Builder
	b.WriteString("<!DOCTYPE html><html><head><title>The pier</title><link rel=canonical href=/pier></head><body>")
	for i := range 280 {
		fmt.Fprintf(&b, "<div class=\"teaser card\"><a href=\"/news/2026/03/%02d/story-of-the-pier-%d?utm_source=front\">The story of plank %d</a></div>\n", i%28, i, i)
	}
	for range 25 {
		fmt.Fprintf(&b, "<p>%s</p>\n", strings.Repeat("The pier has been growing by one plank a year since the war. ", 12))
	}
	b.WriteString("</body></html>")
	return []byte(b.String())
}

// BenchmarkPage shows how much time a page takes in addition to parsing its HTML:
//
//	go test ./scraper -run '^$' -bench Page
func BenchmarkPage(b *testing.B) {
	body := benchPage()
	b.Run("parse", func(b *testing.B) {
		b.SetBytes(int64(len(body)))
		b.ReportAllocs()
		for b.Loop() {
			if _, err := html.Parse(strings.NewReader(string(body))); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("page and links", func(b *testing.B) {
		s, err := New(Options{})
		require.NoError(b, err)
		res := &response{
			status: http.StatusOK, header: http.Header{"Content-Type": {"text/html; charset=utf-8"}},
			body: body, end: time.Now(),
		}
		b.SetBytes(int64(len(body)))
		b.ReportAllocs()
		for b.Loop() {
			page, err := s.newPage(Request{URL: "https://quay.example/pier"}, res)
			if err != nil {
				b.Fatal(err)
			}
			if follow, _ := page.links(); len(follow) != 280 {
				b.Fatal(len(follow))
			}
		}
	})
	b.Run("words, print and watch", func(b *testing.B) {
		s, err := New(Options{})
		require.NoError(b, err)
		res := &response{status: http.StatusOK, header: http.Header{}, body: body, end: time.Now()}
		page, err := s.newPage(Request{URL: "https://quay.example/pier/17"}, res)
		require.NoError(b, err)
		watch := NewWatch(Job{})
		b.SetBytes(int64(len(body)))
		b.ReportAllocs()
		for b.Loop() {
			text := page.text()
			watch.observe(page, &text, nil)
			if len(page.print(text.words)) < printSketch || page.view() == "" {
				b.Fatal("no print")
			}
		}
	})
}
