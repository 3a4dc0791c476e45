package metadata

import "strings"

// resolvePublisher decides which organization publishes the page. The argument author is the byline if that names an
// organization, and "" otherwise. The publisher that the markup names comes first, then the author, unless the author
// is the site itself. If there is neither, and the page has no other author, the publisher is the site.
func (m *Fields) resolvePublisher(f *Findings, author string) {
	sources := []source{
		{"json-ld", f.article.names("publisher")},
		{"json-ld", oneRecipe(f.ld).names("publisher")},
		{"microdata", append(f.meta["publisher"], f.publishers...)},
		{"meta", f.metaOf("dc.publisher", "dcterms.publisher", "citation_publisher")},
	}
	if author != "" && !m.Names.IsName(author) { // other sources give the site's own name in full
		sources = append(sources, source{m.Provenance["byline"], []string{author}})
	}
	if len(m.Authors) == 0 || author != "" {
		sources = append(sources, source{m.Provenance["site_name"], []string{m.SiteName}},
			source{m.Provenance["byline"], []string{author}})
	}
	m.Publisher = m.first("publisher", func(s string) string {
		if s = Clean(s); strings.Contains(s, "://") {
			return ""
		}
		return s
	}, sources...)
}
