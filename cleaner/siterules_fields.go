package cleaner

import (
	"slices"
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/dates"
	"github.com/dechaff/dechaff/cleaner/internal/judge"
	"github.com/dechaff/dechaff/cleaner/internal/metadata"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// A ruledFields contains the values that site rules set in place of the page's metadata.
type ruledFields struct {
	title, image, byline string
	authors              []string
	published            dates.Date
	// The field from maps the keys of Provenance to the names of the rules that set these fields.
	from map[string]string
	// hasLines reports whether some field's value came from an element.
	hasLines bool
}

// ruleOptions sets the kind of page, and whether precision or recall is favored, if the rules specify them.
func (p *page) ruleOptions() {
	if p.ruled.KindRule != "" {
		p.Options.Kind = judge.Kind(p.ruled.Kind)
	}
	if p.ruled.FavorRule != "" {
		p.Options.Favored = p.ruled.Favor.gain()
	}
}

// ruleFields reads the fields that the rules select. Later stages compare the page with them.
func (p *page) ruleFields() {
	r := p.ruled
	r.from = make(map[string]string)
	take := func(field string, s *Selected) {
		r.from[field] = s.Rule
		r.add(s, ruling{field: s})
		r.hasLines = r.hasLines || s.Node != nil
	}
	for i := range r.Title {
		if r.title = metadata.Clean(r.Title[i].Text); r.title != "" {
			take("title", &r.Title[i])
			break
		}
	}
	style := dates.StyleOf(p.Meta.Language)
	for i := range r.Date {
		if span, ok := dates.Parse(r.Date[i].Text, style); ok && (p.opts.Now.IsZero() || !span.Time.After(p.opts.Now)) {
			r.published = span.Date
			take("published", &r.Date[i])
			break
		}
	}
	for i := range r.Image {
		if src, ok := p.resolver()(strings.TrimSpace(r.Image[i].Text)); ok && strings.HasPrefix(src, "http") {
			r.image = src
			take("image", &r.Image[i])
			break
		}
	}
	var lines []string
	for i := range r.Authors {
		if line := metadata.Clean(r.Authors[i].Text); line != "" && !slices.Contains(lines, line) && len(lines) < maxAuthors {
			lines = append(lines, line)
			r.authors = append(r.authors, namesOn(line)...)
			take("byline", &r.Authors[i])
		}
	}
	r.byline = strings.Join(lines, ", ")
	r.nameFields(&p.Meta)
}

// maxAuthors is the maximum number of lines with authors that are used.
const maxAuthors = 50

// namesOn returns the names on an author line, which may begin with "by".
func namesOn(line string) []string {
	if names := metadata.BylineNames(line); len(names) > 0 {
		return names
	}
	return []string{text.FoldSpace(metadata.StripBy(line))}
}

// nameFields copies the values that the rules set into the page's metadata.
func (f *ruledFields) nameFields(m *metadata.Fields) {
	if f.title != "" {
		m.Title, m.Dish = f.title, ""
	}
	if f.image != "" {
		m.Image = f.image
	}
	if len(f.authors) > 0 {
		m.Byline, m.Authors = f.byline, f.authors
		m.Provenance["authors"] = f.from["byline"]
	}
	if !f.published.IsZero() {
		m.Published = f.published
	}
	for field, rule := range f.from {
		m.Provenance[field] = rule
	}
}

// applyRules copies the values that the rules set into the page's metadata again, after the stages that may change it.
// It also records in Provenance the rules for "kind", "favor", "paywalled" and "sponsored".
func (p *page) applyRules() {
	r := p.ruled
	if r == nil {
		return
	}
	r.nameFields(&p.Meta)
	for field, rule := range map[string]string{
		"kind": r.KindRule, "favor": r.FavorRule, "paywalled": r.Paywalled, "sponsored": r.Sponsored,
	} {
		if rule != "" {
			p.Meta.Provenance[field] = rule
		}
	}
	p.Meta.Paywalled = p.Meta.Paywalled || r.Paywalled != ""
}
