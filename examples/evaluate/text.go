package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/examples/internal/parallel"
)

// A textResult contains the scores of the text of one whole page, before and after CleanText.
type textResult struct {
	entry         *entry
	before, after ratio
	err           error
}

// evaluateText scores CleanText on the texts of whole pages, as a tool extracts them that only removes the markup.
func (c *corpus) evaluateText(ctx context.Context, o options, w io.Writer) error {
	var results []textResult
	for i := range c.entries {
		if e := &c.entries[i]; e.Text != nil && *e.Text != "" {
			results = append(results, textResult{entry: e})
		}
	}
	parallel.Each(ctx, results, o.workers, c.scoreText)
	groups := make(map[string][]textResult)
	for _, r := range results {
		if r.err != nil {
			return r.err
		}
		groups[r.entry.group()] = append(groups[r.entry.group()], r)
	}
	printTexts(w, "all", results)
	if len(groups) > 1 {
		for _, name := range slices.Sorted(maps.Keys(groups)) {
			printTexts(w, name, groups[name])
		}
	}
	return ctx.Err()
}

func (c *corpus) scoreText(r *textResult) {
	page, err := c.read(r.entry.ID)
	if err != nil {
		r.err = err
		return
	}
	doc, err := htmldoc.Parse(bytes.NewReader(page), htmldoc.Source{URL: r.entry.URL})
	if err != nil {
		r.err = fmt.Errorf("%s: %w", r.entry.ID, err)
		return
	}
	text := plainText(doc.Root)
	r.before, r.after = wordRatio(text, *r.entry.Text), wordRatio(cleaner.CleanText(text), *r.entry.Text)
}

func printTexts(w io.Writer, name string, results []textResult) {
	var before, after ratio
	for _, r := range results {
		before.add(r.before)
		after.add(r.after)
	}
	n := len(results)
	fmt.Fprintf(w, "  %-16s%5d pages", name, n)
	for _, s := range []struct {
		name string
		sum  ratio
	}{{"page", before}, {"CleanText", after}} {
		fmt.Fprintf(w, "  %s: precision %.4f recall %.4f word F1 %.4f",
			s.name, per(s.sum.precision, n), per(s.sum.recall, n), per(s.sum.f1, n))
	}
	fmt.Fprintln(w)
}

func (r *ratio) add(other ratio) {
	r.precision += other.precision
	r.recall += other.recall
	r.f1 += other.f1
}

// plainText returns the text of a page, with the text of each block on a line of its own.
func plainText(root *html.Node) string {
	var text, line strings.Builder
	end := func() {
		if s := squeeze(line.String()); s != "" {
			text.WriteString(s + "\n")
		}
		line.Reset()
	}
	for n := root; n != nil; {
		switch {
		case n.Type == html.TextNode:
			line.WriteString(n.Data)
		case !isInline(n.DataAtom):
			end()
		}
		if n.FirstChild != nil && !isUnseen(n.DataAtom) {
			n = n.FirstChild
			continue
		}
		for n != nil && n.NextSibling == nil {
			if n = n.Parent; n != nil && !isInline(n.DataAtom) {
				end()
			}
		}
		if n != nil {
			n = n.NextSibling
		}
	}
	end()
	return text.String()
}

func isInline(tag atom.Atom) bool {
	switch tag {
	case 0, atom.A, atom.Abbr, atom.B, atom.Bdi, atom.Bdo, atom.Cite, atom.Code, atom.Del, atom.Dfn, atom.Em, atom.Font,
		atom.I, atom.Img, atom.Ins, atom.Kbd, atom.Label, atom.Mark, atom.Q, atom.S, atom.Samp, atom.Script, atom.Small,
		atom.Span, atom.Strong, atom.Style, atom.Sub, atom.Sup, atom.Time, atom.Tt, atom.U, atom.Var:
		return true
	}
	return false
}

func isUnseen(tag atom.Atom) bool {
	switch tag {
	case atom.Head, atom.Iframe, atom.Noscript, atom.Script, atom.Style, atom.Svg, atom.Template, atom.Textarea:
		return true
	}
	return false
}
