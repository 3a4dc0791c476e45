package scraper

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// opens matches a script that opens the page at a literal address, and the character after the statement:
// "location.href='/a'", "window.open('/a', '_blank')".
var opens = regexp.MustCompile(`\b(?:location(?:\.href)?\s*=|location\.(?:assign|replace)\(|window\.open\()\s*` +
	`(?:'([^'"<>\s]+)'|"([^'"<>\s]+)")\s*([^\s]?)`)

// readScriptLink reads the address that an element opens by its own script: in onclick, in "javascript:", or the
// addresses of a menu that opens what is selected. Many sites link to their pages in no other way. An address that the
// script composes is unknown, and what must be confirmed is an action, not a page.
func (p *Page) readScriptLink(node *html.Node) {
	if node.DataAtom == atom.Option {
		p.readOption(node)
		return
	}
	for _, a := range node.Attr {
		script := a.Val
		switch a.Key {
		case "onclick":
		case "href":
			var isScript bool
			if script, isScript = cutFold(strings.TrimSpace(script), "javascript:"); !isScript {
				continue
			}
		default:
			continue
		}
		if strings.Contains(script, "confirm(") {
			continue
		}
		for _, match := range opens.FindAllStringSubmatch(script, -1) {
			if match[3] != "+" {
				p.addReference(match[1]+match[2], strings.ToLower(attribute(node, "rel")), false)
			}
		}
	}
}

// readOption reads the address of an option in a menu whose onchange opens the selected page.
func (p *Page) readOption(node *html.Node) {
	menu := node.Parent
	if menu != nil && menu.DataAtom == atom.Optgroup {
		menu = menu.Parent
	}
	value := attribute(node, "value")
	if menu == nil || menu.DataAtom != atom.Select || !strings.HasPrefix(value, "/") && !strings.HasPrefix(value, "?") &&
		!strings.HasPrefix(value, "http") {
		return
	}
	if script := attribute(menu, "onchange"); strings.Contains(script, "location") && !strings.Contains(script, "+") {
		p.addReference(value, "", false)
	}
}

// cutFold is strings.CutPrefix for any case of ASCII letters.
func cutFold(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}
