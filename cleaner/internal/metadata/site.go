package metadata

import (
	"slices"
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// resolveSite decides the publication's name, the excerpt, the section, the tags, and whether access is restricted.
func (m *Fields) resolveSite(f *Findings) {
	m.SiteName = m.first("site_name", Clean,
		source{"opengraph", f.meta["og:site_name"]},
		source{"json-ld", f.article.names("publisher")},
		source{"json-ld", f.siteNames()},
		source{"meta", f.metaOf("application-name", "apple-mobile-web-app-title", "citation_journal_title", "dc.publisher",
			"dcterms.publisher")})
	if m.SiteName == "" {
		m.SiteName = m.first("site_name", m.Names.inTitle, source{"title", []string{f.Title}})
	}
	if m.SiteName == "" {
		m.SiteName = m.first("site_name", Clean, source{"title", []string{f.homeInTitle()}})
	}
	title := text.FoldLetters(m.Title)
	m.Excerpt = m.first("excerpt", func(s string) string {
		if s = Clean(s); text.FoldLetters(s) == title && title != "" {
			return ""
		}
		return s
	},
		source{"meta", f.meta["description"]},
		source{"opengraph", f.meta["og:description"]},
		source{"json-ld", []string{f.article.summary()}},
		source{"twitter", f.meta["twitter:description"]},
		source{"meta", f.metaOf("dc.description", "dcterms.description", "dcterms.abstract", "sailthru.description")})
	m.Section = m.first("section", func(s string) string { return text.PlainText(s, maxTag) },
		source{"opengraph", f.metaOf("article:section", "og:article:section")},
		source{"json-ld", stringsOf(f.article["articleSection"], "name")},
		source{"meta", f.metaOf("parsely-section", "section", "sailthru.section", "cxenseparse:section")},
		source{"microdata", f.meta["articlesection"]},
		source{"json-ld", []string{f.breadcrumb(title)}})
	for _, s := range []source{
		{"opengraph", f.meta["article:tag"]},
		{"json-ld", f.article.keywords()},
		{"meta", f.metaOf("parsely-tags", "sailthru.tags")},
		{"meta", f.meta["news_keywords"]},
		{"meta", f.meta["keywords"]},
		{"meta", f.metaOf("citation_keywords", "citation_keyword", "dc.subject", "dcterms.subject", "dc:subject")},
		{"link", f.relTags},
	} {
		if m.Tags = m.topics(s.values); len(m.Tags) > 0 {
			m.Provenance["tags"] = s.name
			break
		}
	}
	m.resolvePaywall(f)
}

// summary returns the description of an object, unless that is the whole text, as in a JobPosting.
func (o Object) summary() string {
	if o.isType("JobPosting") {
		return ""
	}
	return o.Text("description")
}

// breadcrumb returns the name of the last step in a JSON-LD breadcrumb that is neither the front page nor this page, or
// "". title is the page's title, folded.
func (f *Findings) breadcrumb(title string) string {
	for _, o := range f.ld {
		if !o.isType("BreadcrumbList") {
			continue
		}
		steps := asList(o["itemListElement"])
		for i := len(steps) - 1; i > 0; i-- {
			step, _ := steps[i].(map[string]any)
			name := Object(step).Text("name")
			if name == "" {
				name = Object(step).object("item").Text("name")
			}
			if folded := text.FoldLetters(Clean(name)); folded != "" && folded != title &&
				!strings.Contains(title, folded) && len(name) <= maxTag {
				return name
			}
		}
	}
	return ""
}

// inTitle returns the part of a page's title that matches the host name, or "". For "… | The Gazette" on
// gazette.example it is "The Gazette".
func (n SiteNames) inTitle(title string) string {
	domain := strings.ReplaceAll(n.domain, "-", "")
	parts := strings.Split(titleParts.Replace(title), "\n")
	if len(parts) < 2 || len(domain) < minHostName {
		return ""
	}
	for _, part := range slices.Backward(parts) { // usually the name is the last part
		folded := text.FoldLetters(part)
		named := n.isAddress(folded) || strings.HasSuffix(latinLetters(strings.ReplaceAll(folded, " ", "")), domain)
		if named && len(folded) >= minHostName && len(part) <= maxTag && strings.Count(part, " ") <= maxSiteSpaces {
			return strings.TrimSpace(part)
		}
	}
	return ""
}

// titleParts replaces each separator in a title with a line break.
var titleParts = func() *strings.Replacer {
	pairs := []string{"\n", " "}
	for _, sign := range CutSeparators {
		pairs = append(pairs, sign, "\n")
	}
	return strings.NewReplacer(pairs...)
}()

// Limits for a site's name in a title. They are needed because a headline may also end with the host's name.
const (
	minHostName   = 4 // bytes in the host's name and in the part of the title
	maxSiteSpaces = 5 // spaces in the part of the title
)
