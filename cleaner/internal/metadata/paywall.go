package metadata

import (
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// resolvePaywall sets Paywalled according to schema.org's isAccessibleForFree and OpenGraph's content tier.
func (m *Fields) resolvePaywall(f *Findings) {
	closed := func(s string) string {
		switch strings.ToLower(text.AfterSlash(s)) {
		case "false", "0", "no", "locked":
			return "closed"
		}
		return ""
	}
	free := f.article.Text("isAccessibleForFree")
	if is, ok := f.article["isAccessibleForFree"].(bool); ok && !is {
		free = "false"
	}
	m.Paywalled = m.first("paywalled", closed,
		source{"json-ld", []string{free}},
		source{"json-ld", closedParts(f.article)},
		source{"microdata", f.meta["isaccessibleforfree"]},
		source{"opengraph", f.meta["article:content_tier"]}) != ""
}

// closedParts returns what JSON-LD says about access to a part of the page: "false" if the part is not free. It returns
// nil if JSON-LD describes no part of the page, or says whether the whole page is free.
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
