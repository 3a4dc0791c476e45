package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/examples/internal/record"
)

var formats = []string{"text", "markdown", "html", "json", "jsonl"}

// A printer writes results one after the other.
type printer struct {
	config
	out, stderr io.Writer
	printed     int
}

func (p *printer) print(r result) error {
	if r.article == nil {
		r.article = &cleaner.Article{}
		if p.format != "jsonl" && p.format != "json" {
			return p.write(r.text)
		}
		return p.writeJSON(record.Record{
			Schema: cleaner.SchemaVersion, ID: r.page.id, Authors: []string{}, Text: r.text,
			Markdown: r.text,
		})
	}
	if p.removed && p.format != "json" {
		p.explain(r)
	}
	switch p.format {
	case "text":
		return p.write(r.article.Text())
	case "html":
		return p.write(r.article.HTML())
	case "json":
		if !p.removed {
			r.article.Removed, r.article.Declined = nil, nil
		}
		return p.writeJSON(r.article)
	case "jsonl":
		return p.writeJSON(record.New(r.page.id, r.article))
	}
	return p.write(r.article.Markdown())
}

// write writes an article in a text format, separated from the previous one by an empty line.
func (p *printer) write(article string) error {
	if p.printed > 0 {
		if _, err := io.WriteString(p.out, "\n"); err != nil {
			return err
		}
	}
	p.printed++
	_, err := io.WriteString(p.out, strings.TrimRight(article, "\n")+"\n")
	return err
}

func (p *printer) writeJSON(v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	_, err = p.out.Write(append(b, '\n'))
	return err
}

// explain prints what was removed, and what rules matched but declined to remove.
func (p *printer) explain(r result) {
	for _, removal := range r.article.Removed {
		fmt.Fprintf(p.stderr, "%s: removed: %s: %s: %q\n", r.page.name, removal.Rule, removal.Reason, removal.Text)
	}
	for _, removal := range r.article.Declined {
		fmt.Fprintf(p.stderr, "%s: kept: %s: %s: %q\n", r.page.name, removal.Rule, removal.Reason, removal.Text)
	}
}
