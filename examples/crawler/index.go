package main

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner"
)

// A page with at least minProse words outside links and headings is not a list; see isList. The number was chosen on
// 5,700 labeled pages: isList reports 16 of these pages as lists, and none of the 16 has an article of more than 45
// words.
const minProse = 25

// isList reports whether a page has no article but only links to articles: a category, an index, or the page that a
// redirect leaves behind. Such a page has fewer than minProse words outside links and headings, and more than half as
// many words in links. Articles, forum pages, products and documentation can be that short, and are never lists.
func isList(a *cleaner.Article) bool {
	switch a.Kind {
	case cleaner.KindArticle, cleaner.KindForum, cleaner.KindProduct, cleaner.KindDocumentation:
		return false
	}
	prose, linked := wordsAndLinks(a, minProse)
	return prose < minProse && 2*linked > prose
}

// isListing reports whether a page only leads to other pages. Its links are then followed, but it is not written. A
// listing is a list of posts, a page of kind listing, or of kind article with several entries, that has little text or
// many links, an undated front page that is a collection or of unknown kind, or a page that contains almost nothing but
// links and is not an article. A page of documentation is never a listing. Of 3,245 labeled articles and posts, four
// are mistaken for listings.
func isListing(a *cleaner.Article) bool {
	if a.Kind == cleaner.KindDocumentation {
		return false
	}
	if len(linkedHeadings(a)) > 1 {
		return true
	}
	switch a.Kind {
	case cleaner.KindArticle:
		if len(a.Entries) < minEntries {
			return false
		}
		fallthrough // an archive of posts
	case cleaner.KindListing:
		prose, linked := wordsAndLinks(a, muchProse)
		return prose < muchProse || 8*linked > prose
	case cleaner.KindCollection, cleaner.KindUnknown:
		u, err := url.Parse(a.URL)
		if err == nil && strings.Trim(u.Path, "/") == "" && u.RawQuery == "" && a.Published.IsZero() {
			return true
		}
	}
	prose, linked := wordsAndLinks(a, minProse)
	return prose < minProse && linked > 10*prose
}

// minEntries is the number of entries from which a page may be a listing although its kind is article.
const minEntries = 3

// A page of kind listing is a listing if it has fewer than muchProse words outside links and headings, or more than an
// eighth as many words in links.
const muchProse = 150

// wordsAndLinks counts an article's words outside links and headings, and its words in links outside headings. It stops
// when it has counted the given number of words outside links and headings.
func wordsAndLinks(a *cleaner.Article, enough int) (prose, linked int) {
	inLinks, inHeadings := 0, 0
	for z := html.NewTokenizer(strings.NewReader(a.HTML())); ; {
		token := z.Next()
		if token == html.ErrorToken || prose >= enough {
			return prose, linked
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

// countWords counts words separated by spaces. In long runs without spaces, as in Chinese, every six characters count
// as one word.
func countWords(text string) int {
	words := 0
	for run := range strings.FieldsSeq(text) {
		words += max(1, utf8.RuneCountInString(run)/6)
	}
	return words
}
