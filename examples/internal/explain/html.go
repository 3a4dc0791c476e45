package explain

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"time"

	"github.com/dechaff/dechaff/cleaner"
)

//go:embed report.tmpl
var reportTemplate string

var report = template.Must(template.New("report").Funcs(template.FuncMap{
	"cut":     func(s string) string { return cut(fold(s), maxShown) },
	"percent": func(f float64) string { return fmt.Sprintf("%.0f %%", 100*f) },
	"ms":      func(d time.Duration) string { return fmt.Sprintf("%.2f ms", float64(d.Microseconds())/1000) },
}).Parse(reportTemplate))

// maxShown is the maximum number of characters of a text in a report.
const maxShown = 300

// HTML writes the page as one static HTML file that loads nothing: the colored copy of the page, the items, the fields
// and the article. name is the name of the page in the report.
func (p *Page) HTML(w io.Writer, name string) error {
	verdicts := make(map[string]*Item, len(p.Items))
	counts := make(map[string]int)
	for i := range p.Items {
		verdicts[p.Items[i].ID] = &p.Items[i]
		counts[string(p.Items[i].Verdict)]++
	}
	kept, all := p.Kept()
	return report.Execute(w, struct {
		*Page

		Name, View, Policy string
		Trace              *cleaner.PageTrace
		Counts             map[string]int
		KeptWords, Words   int
	}{p, name, p.view(ViewOptions{}, verdicts), Policy, p.Trace, counts, kept, all})
}

// ArticleView returns the article as HTML that loads nothing, for a frame under Policy. Pictures become boxes with
// their alternative texts, and links have no targets.
func (p *Page) ArticleView() (string, error) {
	if p.Failure == nil {
		return copyOf("<!doctype html><title>" + template.HTMLEscapeString(p.Article.Title) + "</title>" + p.Article.HTML())
	}
	return copyOf("<!doctype html><title>No article</title><p>No article was found.</p>")
}

// Shade returns the confidence of the verdict, from 0 to 4. It is 3 if the verdict does not depend on the judge.
func (it *Item) Shade() int {
	sure := 0.75
	switch {
	case !it.IsBlock || it.Verdict == ByRule && it.Probability == 0 || it.Verdict == Kept && it.Rule != "":
	case it.Verdict == Kept:
		sure = it.Probability
	default:
		sure = 1 - it.Probability
	}
	return min(int(5*sure), 4)
}
