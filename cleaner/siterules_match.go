package cleaner

import (
	"net/url"

	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

// SiteRules are hand-written rules for sites. Package siterules reads them from files. They must be safe for concurrent
// use.
type SiteRules interface {
	// Match returns the parts of a page that its rules select, or nil if there are no rules for its address. address is
	// the page's own address or, if that is unknown, the canonical address that the page declares; address is nil if the
	// page has neither. Match must not change doc.
	Match(doc *htmldoc.Document, address *url.URL) *SiteMatch
}

// A SiteMatch is what the site rules select in one page. The rules overrule the judge, the chaff rules, and the
// detection of text that other pages of the host repeat. Scripts, styles and form fields are never rendered, even if
// they are selected.
type SiteMatch struct {
	// Doc is the page as rewritten by the rules, with all selected nodes; nil if the rules do not rewrite it.
	Doc *htmldoc.Document
	// Keep lists nodes that stay in the article with everything below them, even if hidden. Remove lists nodes that are
	// removed with everything below them. If one is inside the other, the inner one decides. A removal is attributed to
	// the first rule in the list. A node that is in both lists stays.
	Keep, Remove []Selected
	// Content, together with Keep, is the whole article. Hidden parts, controls and the headline in it are left out. If
	// it is empty, or nothing in it is visible, the judge decides.
	Content []Selected
	// HasChaff reports whether the chaff rules apply within Content. Strict means that there is no article if Content
	// is empty; StrictRule then names the rule.
	HasChaff, Strict bool
	StrictRule       string
	// Title, Date and Image are candidate values of fields; the first usable one is taken. Authors are all authors. A line
	// of the content that consists of one of these nodes is removed, because the field already has its text.
	Title, Date, Image, Authors []Selected
	// Kind and Favor replace those of Options, unless KindRule and FavorRule, the names of their rules, are empty.
	Kind                Kind
	Favor               Favor
	KindRule, FavorRule string
	// Paywalled and Sponsored name the rules that say that part of the page is missing or that the page is an
	// advertisement; empty if there are none. Provenance lists them as "paywalled" and "sponsored".
	Paywalled, Sponsored string
}

// Selected is something that a site rule selects.
type Selected struct {
	// Node is a node of the page; nil for a value that is not a node.
	Node *html.Node
	// Text is the value of a field.
	Text string
	// Rule names the rule, as in Removal.Rule and Provenance: "site-rule: example.org.yaml:4". Reason is the text of
	// the rule, for Removal.Reason.
	Rule, Reason string
}
