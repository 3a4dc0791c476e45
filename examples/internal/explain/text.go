package explain

import (
	"fmt"
	"io"

	"github.com/dechaff/dechaff/cleaner"
)

// WriteBlocks prints the blocks of a page, one per line, and the reasons for removals. inTruth reports whether the text
// of a block is in the human-labeled text. inTruth is nil if there is no human-labeled text.
func WriteBlocks(w io.Writer, t *cleaner.PageTrace, inTruth func(text string) bool) {
	truth, indent := "", "                      "
	if inTruth != nil {
		truth, indent = "truth  ", "                              "
	}
	fmt.Fprintf(w, "\nkept  %sjudge  block\n", truth)
	mark := func(yes bool) string {
		if yes {
			return "+"
		}
		return "·"
	}
	for i := range t.Blocks {
		b := &t.Blocks[i]
		fmt.Fprintf(w, "  %s     ", mark(b.Kept))
		if inTruth != nil {
			fmt.Fprintf(w, "%s    ", mark(inTruth(b.Text)))
		}
		fmt.Fprintf(w, "%.2f   %-9s %s\n", b.Probability, b.Kind, cut(fold(b.Text), 110))
		if !b.Kept && b.Reason != "" {
			fmt.Fprintf(w, "%s%s: %s\n", indent, b.Rule, b.Reason)
		}
	}
}

// Text prints the decisions about a page: the page as a whole, its fields, its blocks, and other removals.
func (p *Page) Text(w io.Writer) {
	t := p.Trace
	fmt.Fprintf(w, "%s (%.2f); confidence %.2f; threshold %.2f, expected F1 %.2f; extractor ran: %t\n",
		t.Kind, t.Probability, p.Article.Confidence, t.Threshold, t.F1, t.Voted)
	if p.Failure != nil {
		fmt.Fprintln(w, p.Failure)
	}
	for _, f := range p.Fields {
		fmt.Fprintf(w, "%-10s %s", f.Name, cut(fold(f.Value), 100))
		if f.Source != "" {
			fmt.Fprintf(w, "  (%s)", f.Source)
		}
		fmt.Fprintln(w)
	}
	WriteBlocks(w, t, nil)
	first := true
	for i := range p.Items {
		it := &p.Items[i]
		if it.Verdict == Kept || it.IsBlock && it.Stage != "text" {
			continue
		}
		if first {
			fmt.Fprintln(w, "\nalso removed")
			first = false
		}
		fmt.Fprintf(w, "  %-8s %s\n           %s\n", it.Kind, cut(fold(it.Text), 110),
			it.Explanation())
	}
}
