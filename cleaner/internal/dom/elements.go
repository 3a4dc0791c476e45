package dom

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// IsBlockElement reports whether a browser starts a new line for the element (WHATWG HTML, "Rendering", flow content).
// Parts of tables and forms count as block elements too, because a sentence never continues from one to the next. <hr>,
// which has no content, does not count.
func IsBlockElement(tag atom.Atom) bool {
	switch tag {
	case atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Caption, atom.Center, atom.Dd,
		atom.Details, atom.Dialog, atom.Dir, atom.Div, atom.Dl, atom.Dt, atom.Fieldset, atom.Figcaption, atom.Figure,
		atom.Footer, atom.Form, atom.Frameset, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Header,
		atom.Hgroup, atom.Html, atom.Legend, atom.Li, atom.Listing, atom.Main, atom.Menu, atom.Nav, atom.Ol,
		atom.Optgroup, atom.Option, atom.P, atom.Plaintext, atom.Pre, atom.Search, atom.Section, atom.Select,
		atom.Summary, atom.Table, atom.Tbody, atom.Td, atom.Textarea, atom.Tfoot, atom.Th, atom.Thead, atom.Tr,
		atom.Ul, atom.Xmp, atom.Marquee:
		return true
	}
	return false
}

// IsProgram reports whether the content of an element is written for the browser: a script or a style sheet.
func IsProgram(tag atom.Atom) bool { return tag == atom.Script || tag == atom.Style }

// HeadingLevel returns 1 to 6 for h1 to h6, and 0 for other elements.
func HeadingLevel(tag atom.Atom) int8 {
	switch tag {
	case atom.H1:
		return 1
	case atom.H2:
		return 2
	case atom.H3:
		return 3
	case atom.H4:
		return 4
	case atom.H5:
		return 5
	case atom.H6:
		return 6
	}
	return 0
}

// IsBlockNode reports whether a node in the content of an article is a block element. Content has fewer kinds of block
// elements than pages have.
func IsBlockNode(n *html.Node) bool {
	if n.Type != html.ElementNode || n.Namespace != "" {
		return false
	}
	switch n.DataAtom {
	case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Ul, atom.Ol, atom.Li, atom.Dl, atom.Dt,
		atom.Dd, atom.Blockquote,
		atom.Pre, atom.Table, atom.Caption, atom.Thead, atom.Tbody, atom.Tfoot, atom.Tr, atom.Td, atom.Th,
		atom.Figure, atom.Figcaption, atom.Hr:
		return true
	}
	return false
}

// IsHeadingNode reports whether n is one of h1 to h6.
func IsHeadingNode(n *html.Node) bool { return HeadingLevel(n.DataAtom) > 0 }
