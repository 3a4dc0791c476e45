package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// A printer is the sink that writes articles to standard output, one after the other. It reports failures on standard
// error.
type printer struct {
	config

	out, stderr io.Writer
	counts      *counts
	printed     int
}

func (p *printer) begin(*unit) (pages int, done bool, err error) { return 0, false, nil }

func (p *printer) end(*unit) error { return nil }

func (p *printer) abandon(*unit) {}

// broken does nothing: the input has already been reported.
func (p *printer) broken(item) error { return nil }

func (p *printer) page(r *result) error {
	p.counts.add(r)
	switch r.outcome {
	case outcomeFailed:
		fmt.Fprintf(p.stderr, "clean: %s: %v\n", r.page.ID, r.err)
	case outcomeNoArticle:
		fmt.Fprintf(p.stderr, "clean: %s: no article\n", r.page.ID)
	case outcomeArticle:
		return p.print(r)
	}
	return nil
}

func (p *printer) print(r *result) error {
	if p.removed && p.format != "json" {
		p.explain(r)
	}
	article := r.row.Article
	switch {
	case p.format == "jsonl" || p.format == "json" && article == nil:
		line, err := p.fields.JSON(r.row)
		if err != nil {
			return err
		}
		_, err = p.out.Write(line)
		return err
	case article == nil:
		return p.write(r.row.Text)
	}
	switch p.format {
	case "text":
		return p.write(article.Text())
	case "html":
		return p.write(article.HTML())
	case "json":
		if !p.removed {
			article.Removed, article.Declined = nil, nil
		}
		b, err := json.Marshal(article)
		if err == nil {
			_, err = p.out.Write(append(b, '\n'))
		}
		return err
	}
	return p.write(article.Markdown())
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

// explain prints, to standard error, the text that was removed, and the text that matched a rule but was kept.
func (p *printer) explain(r *result) {
	for _, removal := range r.removed {
		fmt.Fprintf(p.stderr, "%s: removed: %s: %s: %q\n", r.page.ID, removal.Rule, removal.Reason, removal.Text)
	}
	if r.row.Article == nil {
		return
	}
	for _, removal := range r.row.Article.Declined {
		fmt.Fprintf(p.stderr, "%s: kept: %s: %s: %q\n", r.page.ID, removal.Rule, removal.Reason, removal.Text)
	}
}
