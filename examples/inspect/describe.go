package main

import (
	"strings"
	"time"

	"github.com/dechaff/dechaff/examples/internal/explain"
)

// A description is what the browser shows about a page.
type description struct {
	URL             string          `json:"url"`
	Title           string          `json:"title"`
	Failure         string          `json:"failure,omitempty"`
	Kind            string          `json:"kind"`
	KindProbability float64         `json:"kindProbability"`
	Confidence      float64         `json:"confidence"`
	Threshold       float64         `json:"threshold"`
	F1              float64         `json:"f1"`
	Voted           bool            `json:"voted"`
	Kept            int             `json:"kept"`
	Words           int             `json:"words"`
	Bytes           int64           `json:"bytes"`
	Items           []itemShown     `json:"items"`
	Fields          []explain.Field `json:"fields"`
	Stages          []stage         `json:"stages"`
	Took            float64         `json:"took"` // milliseconds
	// Layout identifies how the page is split into items. When it changes, the copy of the page must be loaded again.
	Layout string `json:"layout"`
}

// An itemShown is an item as the browser gets it: its text is shortened, and it has no XPath.
type itemShown struct {
	explain.Item

	Shade int `json:"shade"`
}

type stage struct {
	Name string  `json:"name"`
	Took float64 `json:"took"` // milliseconds
}

// maxItemText is the maximum number of characters of an item's text that the browser gets.
const maxItemText = 400

func describe(p *explain.Page) description {
	a, t := p.Article, p.Trace
	d := description{
		URL: a.URL, Title: a.Title, Kind: t.Kind.String(), KindProbability: t.Probability, Confidence: a.Confidence,
		Threshold: t.Threshold, F1: t.F1, Voted: t.Voted, Fields: p.Fields, Took: milliseconds(p.Took), Bytes: p.Bytes(),
		Layout: p.Layout(),
		Items:  make([]itemShown, len(p.Items)),
	}
	d.Kept, d.Words = p.Kept()
	for i := range p.Items {
		d.Items[i] = itemShown{p.Items[i], p.Items[i].Shade()}
		d.Items[i].XPath = ""
		if text := []rune(p.Items[i].Text); len(text) > maxItemText {
			d.Items[i].Text = strings.TrimSpace(string(text[:maxItemText])) + "…"
		}
	}
	for _, s := range t.Stages {
		d.Stages = append(d.Stages, stage{s.Stage, milliseconds(s.Took)})
	}
	if p.Failure != nil {
		d.Failure = "No article was found on this page."
	}
	return d
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
