package main

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner"
)

// maxIntro is the maximum number of words before the first post in a list of posts, such as the description of a
// category.
const maxIntro = 40

// linkedHeadings returns the pages of the same host to which the headings of an article's content link. It returns nil
// unless all headings, starting with the first linked one, are links to other pages of the host, and hardly any text
// comes before them. A page for which it returns addresses shows those other pages, in full or in part.
func linkedHeadings(a *cleaner.Article) []string {
	own, err := url.Parse(a.URL)
	if err != nil {
		return nil
	}
	var targets []string
	intro, level := 0, 0
	var heading, linked int // words of the heading, and of the links in it
	inLink, href := false, ""
	for z := html.NewTokenizer(strings.NewReader(a.HTML(cleaner.RenderOptions{Headline: cleaner.ToggleHide}))); ; {
		switch z.Next() {
		case html.ErrorToken:
			return targets
		case html.TextToken:
			words := countWords(string(z.Text()))
			switch {
			case level > 0:
				heading += words
				if inLink {
					linked += words
				}
			case len(targets) == 0:
				if intro += words; intro > maxIntro {
					return nil
				}
			}
		case html.StartTagToken:
			token := z.Token()
			switch {
			case isHeading(token.DataAtom):
				level, heading, linked, href = 1, 0, 0, ""
			case token.DataAtom == atom.A && level > 0:
				inLink = true
				href = attributeOf(&token, "href")
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			switch tag := atom.Lookup(name); {
			case tag == atom.A:
				inLink = false
			case isHeading(tag) && level > 0:
				level = 0
				target, err := url.Parse(href)
				if heading == 0 || linked == 0 && len(targets) == 0 { // empty, or the list's own title
					continue
				}
				if err != nil || linked < heading || target.Host != own.Host || pageKey(href) == pageKey(a.URL) {
					return nil
				}
				targets = append(targets, href)
			}
		}
	}
}

func isHeading(tag atom.Atom) bool {
	switch tag {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

func attributeOf(token *html.Token, key string) string {
	for _, a := range token.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
