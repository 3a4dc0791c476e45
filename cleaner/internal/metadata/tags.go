package metadata

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

const (
	maxTag      = 80 // characters in a tag
	maxTags     = 32 // tags of a page
	maxTagWords = 10 // words in a tag; a longer text is a sentence, or a list without commas
	minSpelled  = 3  // words of a headline that are no tags if they are given one by one
)

// topics returns the tags in the given values, apart from those that only repeat a headline: the whole headline, or its
// words one by one in their order. Some generators fill keywords in this way.
func (m *Fields) topics(values []string) []string {
	tags := splitTags(values)
	for _, headline := range m.Headlines {
		folded := text.FoldLetters(headline)
		if spells(tags, folded) {
			return nil
		}
		if isTitleLong(folded) {
			tags = slices.DeleteFunc(tags, func(tag string) bool { return text.EqualFolded(tag, folded) })
		}
	}
	return tags
}

// spells reports whether tags are the words of a folded headline in their order, and at least half of them.
func spells(tags []string, headline string) bool {
	words := strings.Fields(headline)
	if len(tags) < minSpelled || 2*len(tags) < len(words) {
		return false
	}
	for _, tag := range tags {
		at := slices.Index(words, text.FoldLetters(tag))
		if at < 0 {
			return false
		}
		words = words[at+1:]
	}
	return true
}

// splitTags splits each value at commas, or at semicolons if it has no comma. It returns at most maxTags tags, without
// duplicates and longer texts.
func splitTags(values []string) []string {
	var tags []string
	seen := make(map[string]bool)
	for _, v := range values {
		v = html.UnescapeString(v[:min(len(v), maxTags*maxTag*4)])
		semicolons := !strings.ContainsRune(v, ',')
		for tag := range strings.FieldsFuncSeq(v, func(r rune) bool {
			return r == ',' || r == '，' || r == '、' || r == '،' || (r == ';' || r == '；') && semicolons
		}) {
			tag = text.PlainText(tag, maxTag+1)
			if key := strings.ToLower(tag); tag != "" && !seen[key] && len(tags) < maxTags &&
				utf8.RuneCountInString(tag) <= maxTag && strings.Count(tag, " ") < maxTagWords {
				seen[key] = true
				tags = append(tags, tag)
			}
		}
	}
	return tags
}
