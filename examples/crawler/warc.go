package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/scraper"
	"github.com/dechaff/dechaff/scraper/warc"
)

// warcFolder is the folder of the WARC files, inside the output folder.
const warcFolder = "warc"

type warcFlags struct{ warcSize byteSize }

// warc defines the flags for the warc format.
func (c *config) warc(fs *flag.FlagSet) {
	c.warcSize = 1_000_000_000
	fs.Var(&c.warcSize, "warc-size", "`size` after which -format warc begins the next file, such as 500M")
}

// A byteSize is the value of a flag: a number of bytes, such as 800000, 500M or 2GB. The suffixes are decimal.
type byteSize int64

func (b *byteSize) String() string { return strconv.FormatInt(int64(*b), 10) }

func (b *byteSize) Set(value string) error {
	value = strings.ToUpper(value)
	digits := strings.TrimRight(value, "BKMGT")
	n, err := strconv.ParseInt(digits, 10, 64)
	factor, known := map[string]int64{
		"": 1, "B": 1, "K": 1e3, "KB": 1e3, "M": 1e6, "MB": 1e6, "G": 1e9, "GB": 1e9, "T": 1e12, "TB": 1e12,
	}[value[len(digits):]]
	if err != nil || !known || n <= 0 || n > 1<<62/factor {
		return errors.New("must be a number of bytes such as 800000, 500M or 2G")
	}
	*b = byteSize(n * factor)
	return nil
}

// A warcSink writes everything that is sent and received to WARC files, and the extracted articles as metadata records.
type warcSink struct{ *warc.Writer }

func openWARC(c *config) (pageSink, error) {
	dir := filepath.Join(c.out, warcFolder)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	w, err := warc.NewWriter(warc.Options{
		Dir: dir, Prefix: "crawl", MaxSize: int64(c.warcSize), Durable: c.state != "",
		Info: map[string]string{"description": "seeds: " + strings.Join(c.seeds, " ")},
	})
	if err != nil {
		return nil, err
	}
	return warcSink{w}, nil
}

// onExchange returns the function that the scraper calls with each request and response; it returns nil if no format
// needs them. If a request or response cannot be written, the crawl stops, and the page remains unfinished.
func (s *session) onExchange() func(context.Context, *scraper.Exchange) error {
	for _, sink := range s.sinks {
		if w, ok := sink.(warcSink); ok {
			return func(ctx context.Context, x *scraper.Exchange) error {
				err := w.Write(ctx, x)
				if err == nil {
					return nil
				}
				err = fmt.Errorf("%w: %w", errOutput, err)
				s.stop(err)
				return fmt.Errorf("%w: %w", context.Canceled, err)
			}
		}
	}
	return nil
}

// A cleaning is the content of a metadata record: the result of cleaning a page.
type cleaning struct {
	// ID is the article's ID in articles.jsonl.
	ID        string       `json:"id"`
	URL       string       `json:"url"`
	Title     string       `json:"title"`
	Byline    string       `json:"byline,omitempty"`
	Published cleaner.Date `json:"published,omitzero"`
	Modified  cleaner.Date `json:"modified,omitzero"`
	Language  string       `json:"language,omitempty"`
	Kind      cleaner.Kind `json:"kind"`
	Words     int          `json:"words"`
	// Hash is the SHA-256 of the page's bytes, after the Content-Encoding was removed.
	Hash      string    `json:"hash"`
	FetchedAt time.Time `json:"fetched_at"`
	// Parts are the addresses of the article's other parts, if it spans several pages.
	Parts []string `json:"parts,omitempty"`
	// Removed counts the removals by each rule.
	Removed map[string]int `json:"removed"`
}

// add writes the metadata record of an article; it does nothing if a is nil. The page's requests and responses were
// already written.
func (w warcSink) add(p *scraper.Page, a *cleaner.Article, id string) error {
	if a == nil {
		return nil
	}
	c := cleaning{
		ID: id, URL: a.URL, Title: a.Title, Byline: a.Byline, Published: a.Published, Modified: a.Modified,
		Language: a.Language, Kind: a.Kind, Words: a.Words(), Hash: p.Hash, FetchedAt: p.FetchedAt.UTC(),
		Removed: make(map[string]int),
	}
	for _, part := range p.Parts {
		c.Parts = append(c.Parts, part.Request.URL)
	}
	for _, r := range a.Removed {
		c.Removed[r.Rule]++
	}
	block, err := json.Marshal(c)
	if err != nil {
		return err
	}
	if err := w.WriteMetadata(p.Raw, "application/json", append(block, '\n')); err != nil {
		return fmt.Errorf("%w: %w", errOutput, err)
	}
	return nil
}

// addFile does nothing: the request for a file, and the response, were written when it was fetched.
func (w warcSink) addFile(*scraper.File) error { return nil }
