package scraper

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Limits, in words, that decide whether a page needs its scripts. Chinese, Japanese and Korean characters count as
// words; see appendWords.
const (
	// fewWords is the maximum number of words of a page that has practically no text.
	fewWords = 30
	// someWords is the maximum number of words of a page that needs its scripts although it has some text, such as a
	// menu and a footer. Such a page says so in a <noscript>, or it has an empty element for the output of its scripts.
	someWords = 300
	// noscriptWords is the minimum number of words of a <noscript> that is meant for readers.
	noscriptWords = 3
	// placeWords is the maximum number of words in an empty element for the output of scripts: "Loading, please wait".
	placeWords = 8
	// proseWords is the minimum number of words of a string in a script that counts as article text.
	proseWords = 25
	// stateWords is the minimum number of words that all strings with article text have together if the text of the
	// page counts as being in its scripts.
	stateWords = 100
)

// isShell reports whether the page shows its content only after scripts have run. words is the number of its words, and
// links are the addresses to which it links.
func (p *Page) isShell(words int, links []string) bool {
	if words > someWords && p.leadsOn(links) {
		return false
	}
	var hasScript, wantsScripts bool
	state := 0
	for n := next(p.Root, p.Root); n != nil; n = next(p.Root, n) {
		switch {
		case n.Type != html.ElementNode:
		case n.DataAtom == atom.Script:
			hasScript = hasScript || isProgram(n)
			if state < stateWords {
				state += proseIn(n)
			}
		case n.DataAtom == atom.Noscript:
			wantsScripts = wantsScripts || n.FirstChild != nil && textWords(n.FirstChild.Data) >= noscriptWords
		default:
			wantsScripts = wantsScripts || isEmptyPlace(n)
		}
	}
	switch {
	case !hasScript || state >= stateWords:
		return false
	case words <= fewWords || words <= someWords && wantsScripts:
		return true
	}
	return !p.leadsOn(links)
}

// leadsOn reports whether one of the links leads to another page of the host. If none does, either a script adds the
// page's menu, or no further pages can be reached from the page.
func (p *Page) leadsOn(links []string) bool {
	own := DedupKey(p.Request.URL)
	for _, link := range links {
		if u, err := url.Parse(link); err == nil && p.URL != nil && SameHost(u, p.URL) && DedupKey(link) != own {
			return true
		}
	}
	return false
}

// isProgram reports whether a <script> is executed: it has no type, or the type is JavaScript or a module.
func isProgram(script *html.Node) bool {
	kind := strings.ToLower(attribute(script, "type"))
	return kind == "" || kind == "module" || strings.Contains(kind, "javascript") || strings.Contains(kind, "ecmascript")
}

// places are the IDs that the templates of frameworks give to the element that scripts fill.
var places = map[string]bool{
	"root": true, "app": true, "__next": true, "__nuxt": true, "___gatsby": true, "svelte": true, "q-app": true,
	"main-nav": true,
}

// isEmptyPlace reports whether an element is meant to be filled by scripts: it has one of the IDs in places or is a
// custom element, and it has at most placeWords words.
func isEmptyPlace(n *html.Node) bool {
	if !places[attribute(n, "id")] && (n.DataAtom != 0 || !strings.Contains(n.Data, "-")) {
		return false
	}
	words := 0
	for child := next(n, n); child != nil; child = next(n, child) {
		if child.Type == html.TextNode && isShown(child.Parent) {
			if words += len(appendWords(nil, child.Data)); words > placeWords {
				return false
			}
		}
	}
	return true
}

// textWords counts the words in markup, except in <style>, <script> and <iframe>.
func textWords(markup string) int {
	words := 0
	tokens := html.NewTokenizer(strings.NewReader(markup))
	hidden := false
	for kind := tokens.Next(); kind != html.ErrorToken; kind = tokens.Next() {
		switch kind {
		case html.StartTagToken, html.EndTagToken:
			switch name, _ := tokens.TagName(); atom.Lookup(name) {
			case atom.Style, atom.Script, atom.Iframe:
				hidden = kind == html.StartTagToken
			}
		case html.TextToken:
			if !hidden {
				words += len(appendWords(nil, string(tokens.Text())))
			}
		}
	}
	return words
}

// proseIn counts the words of article text in the double-quoted strings of a script. The text between two strings is
// code, which rarely has so many words without a brace or a line break.
func proseIn(script *html.Node) int {
	text := script.FirstChild
	if text == nil {
		return 0
	}
	words := 0
	for part := range strings.SplitSeq(text.Data, `"`) {
		if n := len(appendWords(nil, part)); n >= proseWords && !strings.ContainsAny(part, "{}\n") {
			words += n
		}
	}
	return words
}
