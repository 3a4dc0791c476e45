package metadata

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/publicsuffix"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// resolveSite decides the publication's name, the excerpt, the section, the tags, and whether all may read the page.
func (m *Fields) resolveSite(f *Findings, article Object) {
	m.SiteName = m.first("site_name", Clean,
		source{"opengraph", f.meta["og:site_name"]},
		source{"json-ld", article.names("publisher")},
		source{"json-ld", f.siteNames()},
		source{"meta", f.metaOf("application-name", "apple-mobile-web-app-title", "citation_journal_title", "dc.publisher", "dcterms.publisher")})
	if m.SiteName == "" {
		m.SiteName = m.first("site_name", m.Names.inTitle, source{"title", []string{f.Title}})
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
		source{"json-ld", []string{article.Text("description")}},
		source{"twitter", f.meta["twitter:description"]},
		source{"meta", f.metaOf("dc.description", "dcterms.description", "dcterms.abstract", "sailthru.description")})
	m.Section = m.first("section", func(s string) string { return text.PlainText(s, maxTag) },
		source{"opengraph", f.metaOf("article:section", "og:article:section")},
		source{"json-ld", stringsOf(article["articleSection"], "name")},
		source{"meta", f.metaOf("parsely-section", "section", "sailthru.section", "cxenseparse:section")},
		source{"microdata", f.meta["articlesection"]},
		source{"json-ld", []string{f.breadcrumb(title)}})
	for _, s := range []source{
		{"opengraph", f.meta["article:tag"]},
		{"json-ld", article.keywords()},
		{"meta", f.metaOf("parsely-tags", "sailthru.tags")},
		{"meta", f.meta["news_keywords"]},
		{"meta", f.meta["keywords"]},
		{"link", f.relTags},
	} {
		if m.Tags = splitTags(s.values); len(m.Tags) > 0 {
			m.Provenance["tags"] = s.name
			break
		}
	}
	m.resolvePaywall(f, article)
}

// resolvePaywall reads schema.org's isAccessibleForFree, and OpenGraph's tier.
func (m *Fields) resolvePaywall(f *Findings, article Object) {
	closed := func(s string) string {
		switch strings.ToLower(s[strings.LastIndexByte(s, '/')+1:]) {
		case "false", "0", "no", "locked":
			return "closed"
		}
		return ""
	}
	free := article.Text("isAccessibleForFree")
	if is, ok := article["isAccessibleForFree"].(bool); ok && !is {
		free = "false"
	}
	m.Paywalled = m.first("paywalled", closed,
		source{"json-ld", []string{free}},
		source{"json-ld", closedParts(article)},
		source{"microdata", f.meta["isaccessibleforfree"]},
		source{"opengraph", f.meta["article:content_tier"]}) != ""
}

// closedParts is what JSON-LD says of the page's parts, where it says nothing of the whole.
func closedParts(article Object) []string {
	part := article.object("hasPart")
	if article["isAccessibleForFree"] != nil || !part.isType("WebPageElement") {
		return nil
	}
	if is, ok := part["isAccessibleForFree"].(bool); ok && !is {
		return []string{"false"}
	}
	return []string{part.Text("isAccessibleForFree")}
}

// breadcrumb is the last step of JSON-LD's way from the front page to this one that is neither of them.
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
			if folded := text.FoldLetters(Clean(name)); folded != "" && folded != title && !strings.Contains(title, folded) && len(name) <= maxTag {
				return name
			}
		}
	}
	return ""
}

// inTitle is the part of a page's title that the host is named by: "… | The Gazette" of gazette.example.
func (n SiteNames) inTitle(title string) string {
	domain := strings.ReplaceAll(n.domain, "-", "")
	parts := strings.Split(titleParts.Replace(title), "\n")
	if len(parts) < 2 || len(domain) < minHostName {
		return ""
	}
	for _, part := range slices.Backward(parts) { // most often it is the last
		folded := text.FoldLetters(part)
		named := n.isAddress(folded) || strings.HasSuffix(latinLetters(strings.ReplaceAll(folded, " ", "")), domain)
		if named && len(folded) >= minHostName && len(part) <= maxTag && strings.Count(part, " ") <= maxSiteSpaces {
			return strings.TrimSpace(part)
		}
	}
	return ""
}

// titleParts puts a line break for the signs between the names in a title.
var titleParts = func() *strings.Replacer {
	pairs := []string{"\n", " "}
	for _, sign := range CutSeparators {
		pairs = append(pairs, sign, "\n")
	}
	return strings.NewReplacer(pairs...)
}()

// Bounds of a site's name in a title: letters of the host that it is known by, and spaces in it. Headlines end in the host's name as well.
const (
	minHostName   = 4
	maxSiteSpaces = 5
)

// Bounds of tags: characters of one, and how many there are.
const (
	maxTag  = 80
	maxTags = 32
)

// splitTags makes a bounded list without repetitions.
func splitTags(values []string) []string {
	var tags []string
	seen := make(map[string]bool)
	for _, v := range values {
		v = html.UnescapeString(v[:min(len(v), maxTags*maxTag*4)])
		semicolons := !strings.ContainsRune(v, ',')
		for tag := range strings.FieldsFuncSeq(v, func(r rune) bool {
			return r == ',' || r == '，' || r == '、' || r == '،' || (r == ';' || r == '；') && semicolons
		}) {
			tag = text.PlainText(tag, maxTag)
			if key := strings.ToLower(tag); tag != "" && !seen[key] && len(tags) < maxTags {
				seen[key] = true
				tags = append(tags, tag)
			}
		}
	}
	return tags
}

// maxURL bounds addresses in bytes.
const maxURL = 2048

// resolveLinks decides the canonical address and the lead image.
func (m *Fields) resolveLinks(f *Findings, article Object, doc *htmldoc.Document) {
	absolute := func(ref string) string {
		ref = strings.TrimSpace(ref)
		if ref == "" || len(ref) > maxURL {
			return ""
		}
		abs, ok := doc.Resolve(ref)
		if !ok || len(abs) > maxURL || !strings.HasPrefix(abs, "http://") && !strings.HasPrefix(abs, "https://") {
			return ""
		}
		return abs
	}
	m.Canonical = m.first("canonical", func(ref string) string {
		abs := absolute(ref)
		if abs == "" || !isOwnAddress(abs, doc.URL) {
			return ""
		}
		return abs
	}, source{"link", []string{f.canonical}}, source{"opengraph", f.meta["og:url"]})
	m.resolveImage(f, article, absolute)
}

// isOwnAddress reports whether an address can be that of the page: on the same site, and not the front page of another page.
func isOwnAddress(address string, page *url.URL) bool {
	u := ParseURL(address)
	if u == nil || page == nil || page.Host == "" {
		return u != nil
	}
	if strings.Trim(u.Path, "/") == "" && u.RawQuery == "" && strings.Trim(page.Path, "/") != "" {
		return false
	}
	return strings.EqualFold(u.Hostname(), page.Hostname()) || registered(u) == registered(page)
}

// registered is the part of a host's name that somebody registered, or all of it.
func registered(u *url.URL) string {
	host := strings.ToLower(u.Hostname())
	if name, err := publicsuffix.EffectiveTLDPlusOne(host); err == nil {
		return name
	}
	return host
}
