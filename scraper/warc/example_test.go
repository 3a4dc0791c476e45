package warc_test

import (
	"bufio"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"

	"github.com/dechaff/dechaff/scraper"
	"github.com/dechaff/dechaff/scraper/warc"
)

// A crawl is written to a WARC file, with a metadata record for each page.
func ExampleWriter() {
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, "<title>Harbour Times</title><p>The ferry was late.</p>")
	}))
	defer web.Close()
	dir, err := os.MkdirTemp("", "archive-*")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = os.RemoveAll(dir) }()

	w, err := warc.NewWriter(warc.Options{Dir: dir, Prefix: "harbour", Info: map[string]string{"operator": "the harbour"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	s, err := scraper.New(scraper.Options{AllowPrivate: true, OnExchange: w.Write})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer s.Close()
	page, err := s.Fetch(context.Background(), web.URL)
	if err == nil {
		err = w.WriteMetadata(page.Raw, "application/json", []byte(`{"words": 4}`))
	}
	if err := errors.Join(err, w.Close()); err != nil {
		fmt.Println(err)
		return
	}

	printTypes(dir)
	// Output:
	// WARC-Type: warcinfo
	// WARC-Type: response
	// WARC-Type: request
	// WARC-Type: response
	// WARC-Type: request
	// WARC-Type: metadata
}

// printTypes prints the types of the records in a folder's files.
func printTypes(dir string) {
	files, _ := filepath.Glob(filepath.Join(dir, "*.warc.gz"))
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			fmt.Println(err)
			return
		}
		defer f.Close()
		unpacked, err := gzip.NewReader(f)
		if err != nil {
			fmt.Println(err)
			return
		}
		for lines := bufio.NewScanner(unpacked); lines.Scan(); {
			if strings.HasPrefix(lines.Text(), "WARC-Type: ") {
				fmt.Println(lines.Text())
			}
		}
	}
}

func ExampleNewWriter() {
	_, err := warc.NewWriter(warc.Options{Dir: "no/such/folder"})
	fmt.Println(errors.Is(err, warc.ErrOptions))
	// Output: true
}
