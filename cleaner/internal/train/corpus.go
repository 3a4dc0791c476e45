package main

import (
	"bufio"
	"compress/gzip"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/cleaner/internal/judge"
)

// entry is a line of truth.jsonl.
type entry struct {
	ID   string  `json:"id"`
	URL  string  `json:"url"`
	Type string  `json:"type"`
	Lang string  `json:"lang"`
	Text *string `json:"text"`
	// Title is the headline, if the corpus has it.
	Title string `json:"title"`
}

// group returns the name of the group with which the page's score is printed: the page's language, or the page's type
// if the language is unknown.
func (e *entry) group() string {
	if e.Lang != "" {
		return e.Lang
	}
	return e.Type
}

func readTruth(corpus string) ([]entry, error) {
	return readLines[entry](filepath.Join(corpus, "truth.jsonl"))
}

// parsePage parses a page of a corpus as if it had been fetched from url.
func parsePage(corpus string, e *entry, url string) (*htmldoc.Document, error) {
	f, err := os.Open(filepath.Join(corpus, "pages", e.ID+".html.gz"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	return htmldoc.Parse(z, htmldoc.Source{URL: url})
}

// errTooFew means that there are opinions for fewer pages or blocks than the corpus has.
var errTooFew = errors.New("fewer opinions than blocks")

// pageKinds is the number of kinds for which a page has a probability.
const pageKinds = int(judge.KindService)

// readPriors reads the opinions for a corpus's pages: one number per block, and seven per page. pagesFile, which
// describe wrote, has the number of blocks of each page.
func readPriors(blocksFile, kindsFile, pagesFile string, pages int) ([]judge.Prior, error) {
	kinds, err := readFloats(kindsFile)
	if err != nil {
		return nil, err
	}
	blocks, err := readFloats(blocksFile)
	if err != nil {
		return nil, err
	}
	described, err := readLines[struct{ Blocks []struct{} }](pagesFile)
	if err != nil {
		return nil, err
	}
	if len(described) < pages {
		return nil, fmt.Errorf("%s: %w", pagesFile, errTooFew)
	}
	priors := make([]judge.Prior, pages)
	for i := range priors {
		n := len(described[i].Blocks)
		if len(blocks) < n || len(kinds) < pageKinds {
			return nil, fmt.Errorf("%s: %w", blocksFile, errTooFew)
		}
		priors[i] = judge.Prior{Kinds: kinds[:pageKinds], Blocks: blocks[:n]}
		kinds, blocks = kinds[pageKinds:], blocks[n:]
	}
	return priors, nil
}

// readLines reads one JSON value per line.
func readLines[T any](name string) ([]T, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var list []T
	d := json.NewDecoder(bufio.NewReader(f))
	for {
		var value T
		if err := d.Decode(&value); errors.Is(err, io.EOF) {
			return list, nil
		} else if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		list = append(list, value)
	}
}

func readFloats(name string) ([]float32, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	values := make([]float32, len(data)/4)
	_, err = binary.Decode(data, binary.LittleEndian, values)
	return values, err
}
