package cleaner

import (
	"net/url"

	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

// SiteRules are hand-written rules for sites. Package siterules reads them from files. They must be safe for concurrent
// use.
type SiteRules interface {
	// Match returns the parts of a page that the rules for its address select, or nil if there are no such rules.
	// address is the page's own address or, if that is unknown, the canonical address that the page declares. It is nil
	// if the page has neither. Match must not change doc.
	Match(doc *htmldoc.Document, address *url.URL) *SiteMatch
}

// A SiteMatch is what the site rules select in one page. The rules overrule the judge, the chaff rules, and the
// detection of text that other pages of the host repeat. Scripts, styles and form fields are never rendered, even if
// they are selected.
type SiteMatch struct {
	// Doc is the page as rewritten by the rules; nil if they do not rewrite it. If it is set, it contains all selected
	// nodes.
	Doc *htmldoc.Document
	// Keep lists nodes that stay in the article with everything below them, even if hidden. Remove lists nodes that are
	// removed with everything below them. If a node of one list is inside a node of the other, the list with the inner
	// node decides. A node that is in both lists stays. If several rules remove a node, the removal is attributed to
	// the first of them in the list.
	Keep, Remove []Selected
	// Content, together with Keep, is the whole article. Hidden parts, controls and the headline in it are left out. If
	// it is empty, or nothing in it is visible, the judge decides, unless Strict is set.
	Content []Selected
	// HasChaff reports whether the chaff rules apply within Content. With Strict, if Content is empty or nothing in it
	// is visible, the article is only what Keep lists. StrictRule is the name of the rule that sets Strict.
	HasChaff, Strict bool
	StrictRule       string
	// Title, Date and Image list candidates for the article's fields; the first usable one of each is taken. Authors
	// lists the authors, and all of them are taken. If a line of the content is just one of the nodes that were taken,
	// it is removed, because the field already has its text.
	Title, Date, Image, Authors []Selected
	// Kind replaces Options.Kind, unless KindRule, the name of the rule for it, is empty. Favor replaces Options.Favor,
	// unless FavorRule, the name of the rule for it, is empty.
	Kind                Kind
	Favor               Favor
	KindRule, FavorRule string
	// Paywalled is the name of the rule that says that part of the page is missing. Sponsored is the name of the rule
	// that says that the page is an advertisement. Each is empty if there is no such rule. Provenance lists them as
	// "paywalled" and "sponsored".
	Paywalled, Sponsored string
}

// Selected is something that a site rule selects.
type Selected struct {
	// Node is a node of the page; nil for a field's value that the page does not show as the text of a node.
	Node *html.Node
	// Text is the value of a field; empty if the node is not for a field.
	Text string
	// Rule names the rule, as in Removal.Rule and Provenance: "site-rule: example.org.yaml:4". Reason is the text of
	// the rule, for Removal.Reason.
	Rule, Reason string
}
