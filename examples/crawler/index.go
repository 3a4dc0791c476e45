package main

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner"
)

// minProse is how many words outside links and headings a list must have to be an article. It was chosen on 5,700
// labeled pages: isList reports 16 of them as lists, none of which holds an article of more than 45 words.
const minProse = 25

// isList reports whether a page has no article but only links to articles: a category, an index, the page that a
// redirect leaves behind. Two judgments must agree: the kind of page, and how little of it is text. Kinds whose pages
// can be that short are never lists: a forum post, a notice, a product, a command.
func isList(a *cleaner.Article) bool {
	switch a.Kind {
	case cleaner.KindArticle, cleaner.KindForum, cleaner.KindProduct, cleaner.KindDocumentation:
		return false
	}
	prose, linked := 0, 0
	inLinks, inHeadings := 0, 0
	for z := html.NewTokenizer(strings.NewReader(a.HTML())); ; {
		token := z.Next()
		if token == html.ErrorToken {
			return 2*linked > prose
		}
		step := 0
		switch token {
		case html.StartTagToken:
			step = 1
		case html.EndTagToken:
			step = -1
		case html.TextToken:
			switch words := countWords(string(z.Text())); {
			case inHeadings > 0:
			case inLinks > 0:
				linked += words
			default:
				prose += words
			}
			if prose >= minProse {
				return false
			}
		}
		if step != 0 {
			name, _ := z.TagName()
			switch atom.Lookup(name) {
			case atom.A:
				inLinks += step
			case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
				inHeadings += step
			}
		}
	}
}

// isListing reports whether a page only leads to others: one of kind listing, and a front page that is no article
// itself. Such pages are followed and not written. Of 3,000 labeled articles and posts, one is held for a listing.
func isListing(a *cleaner.Article) bool {
	switch a.Kind {
	case cleaner.KindListing:
		return true
	case cleaner.KindCollection, cleaner.KindUnknown:
		u, err := url.Parse(a.URL)
		return err == nil && strings.Trim(u.Path, "/") == "" && u.RawQuery == "" && a.Published.IsZero()
	}
	return false
}

// countWords counts words separated by spaces; in long runs without spaces, as in Chinese, every six characters count
// as one word.
func countWords(text string) int {
	words := 0
	for run := range strings.FieldsSeq(text) {
		words += max(1, utf8.RuneCountInString(run)/6)
	}
	return words
}
