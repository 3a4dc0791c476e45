package metadata

import (
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// maxHomeLinks is the maximum number of links to the front page that are read.
const maxHomeLinks = 8

// addHome records the text of a link to the site's front page, or the alternative text of the logo in it.
func (f *Findings) addHome(n *html.Node) {
	if len(f.homes) >= maxHomeLinks || !f.isHome(strings.TrimSpace(dom.Attr(n, "href"))) {
		return
	}
	name := Clean(textUpTo(n, maxTag))
	for d := range n.Descendants() {
		if name != "" {
			break
		}
		if d.DataAtom == atom.Img {
			name = Clean(dom.Attr(d, "alt"))
		}
	}
	if name != "" && len(name) <= maxTag && phrase.Match(name) != phrase.Navigation {
		f.homes = append(f.homes, name)
	}
}

// isHome reports whether an address is that of the site's front page.
func (f *Findings) isHome(href string) bool {
	if href == "/" {
		return true
	}
	if f.url == nil || f.url.Host == "" || !strings.HasPrefix(href, "http") {
		return false
	}
	_, rest, _ := strings.Cut(href, "://")
	return strings.EqualFold(strings.TrimSuffix(rest, "/"), f.url.Host)
}

// homeInTitle returns the longest text of a link to the front page that also begins or ends the page's title, apart
// from the headline: "The Gazette: The tide is late". It returns "" on the front page, whose title may begin with the
// word for it.
func (f *Findings) homeInTitle() string {
	best := ""
	if f.isFront() {
		return best
	}
	for _, name := range f.homes {
		rest, ok := cutPrefixFold(f.Title, name)
		if ok {
			r, _ := utf8.DecodeRuneInString(strings.TrimSpace(rest))
			ok = isDivider(r)
		} else if at := len(f.Title) - len(name); at > 0 && strings.EqualFold(f.Title[at:], name) {
			ok = isDivider(lastRune(strings.TrimSpace(f.Title[:at])))
		}
		if ok && len(name) >= minHostName && len(name) > len(best) {
			best = name
		}
	}
	return best
}

// titleWithoutHome returns the page's title without the name that homeInTitle finds, unless a heading has that name
// too, next to other text: then the name belongs to the headline.
func (f *Findings) titleWithoutHome() string {
	if f.isFileName(f.Title) {
		return ""
	}
	home := f.homeInTitle()
	if home == "" || slices.ContainsFunc(f.h1, func(h heading) bool {
		return len(h.text) > len(home) && strings.Contains(h.text, home)
	}) {
		return f.Title
	}
	if rest, ok := cutPrefixFold(f.Title, home); ok {
		rest = strings.TrimSpace(rest)
		divider, _ := utf8.DecodeRuneInString(rest)
		return strings.TrimSpace(strings.TrimLeft(rest, string(divider)))
	}
	rest := strings.TrimSpace(f.Title[:len(f.Title)-len(home)])
	return strings.TrimSpace(strings.TrimRight(rest, string(lastRune(rest))))
}

// cutPrefixFold is strings.CutPrefix, but ignores the case.
func cutPrefixFold(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

// isDivider reports whether a character can separate a site's name from a headline.
func isDivider(r rune) bool { return strings.ContainsRune(text.SeparatorSigns+"_~", r) }

// isFileName reports whether a title is only the name of the page's file, although the page has an h1: programs that
// convert notebooks write it if they know no title.
func (f *Findings) isFileName(title string) bool {
	if f.url == nil || len(f.h1) != 1 || f.h1[0].linked || f.h1[0].hidden || title == "" {
		return false
	}
	file := path.Base(f.url.Path)
	return title == strings.TrimSuffix(file, path.Ext(file))
}
