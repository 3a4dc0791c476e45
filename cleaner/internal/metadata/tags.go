package metadata

import (
	"strings"

	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

const (
	maxTag  = 80 // characters in a tag
	maxTags = 32 // tags of a page
)

// splitTags splits each value at commas, or at semicolons if it has no comma. It returns at most maxTags tags, without
// duplicates.
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
