package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"runtime"

	readability "github.com/go-shiori/go-readability"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/cleaner/internal/judge"
)

// A prediction is the article that users would get, based on the opinions of models that had not seen the page.
type prediction struct {
	ID        string `json:"id"`
	Title     string `json:"title"`
	Byline    string `json:"byline"`
	Published string `json:"published"`
	Language  string `json:"language"`
	Text      string `json:"text"`
	// Peer is the text that go-readability alone extracts from the page.
	Peer string `json:"peer"`
	// Signals are the values from which the confidence is computed.
	Signals judge.Signals `json:"signals"`
	err     error
}

// predict cleans the pages of each corpus, based on the opinions that train.py wrote. It writes one prediction per page
// to NAME.jsonl in the folder of -predict. The text is the one that users get, after all rules and the decision.
func predict(o *options) error {
	if err := os.MkdirAll(o.predict, 0o755); err != nil {
		return err
	}
	for _, corpus := range o.corpora {
		name := filepath.Base(corpus)
		entries, err := readTruth(corpus)
		if err != nil {
			return err
		}
		from := filepath.Join(o.opinions, name)
		priors, err := readPriors(from+".out.f32", from+".kinds.f32", from+".jsonl", len(entries))
		if err != nil {
			return err
		}
		if err := writePredictions(filepath.Join(o.predict, name+".jsonl"), corpus, entries, priors, o.favor); err != nil {
			return err
		}
	}
	return nil
}

func writePredictions(file, corpus string, entries []entry, priors []judge.Prior, favor cleaner.Favor) (err error) {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	queue := make(chan chan prediction, 2*runtime.NumCPU())
	go func() {
		defer close(queue)
		for i := range entries {
			one := make(chan prediction, 1)
			queue <- one
			go func() { one <- predictPage(corpus, &entries[i], &priors[i], favor) }()
		}
	}()
	w := bufio.NewWriter(f)
	for one := range queue {
		p := <-one
		line, failed := json.Marshal(p)
		if failed = cmp.Or(p.err, failed); failed != nil { // the queue is read to its end, so that no goroutine waits
			err = errors.Join(err, failed)
			continue
		}
		_, _ = w.Write(append(line, '\n')) // Flush returns the error
	}
	return errors.Join(err, w.Flush())
}

func predictPage(corpus string, e *entry, prior *judge.Prior, favor cleaner.Favor) (p prediction) {
	p.ID = e.ID
	doc, err := parsePage(corpus, e, e.URL)
	if err != nil {
		p.err = err
		return p
	}
	probe := &judge.Probe{Prior: prior, Read: func(page *judge.Page) { p.Signals = page.Signals }}
	ctx := judge.WithProbe(context.Background(), probe)
	article, err := cleaner.New(cleaner.Options{Favor: favor}).CleanDocumentContext(ctx, doc)
	switch {
	case err == nil:
		p.Title, p.Byline, p.Language, p.Text = article.Title, article.Byline, article.Language, article.Text()
		p.Published = article.Published.String()
	case !errors.Is(err, cleaner.ErrNoArticle):
		p.err = err
	}
	p.Peer = readPeer(corpus, e)
	return p
}

// readPeer returns go-readability's text of a page, or "" if it finds none.
func readPeer(corpus string, e *entry) string {
	doc, err := parsePage(corpus, e, e.URL)
	if err != nil {
		return ""
	}
	u, err := url.Parse(e.URL)
	if err != nil {
		u = nil
	}
	article, err := readability.FromDocument(doc.Root, u)
	if err != nil {
		return ""
	}
	return article.TextContent
}
