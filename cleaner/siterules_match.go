package cleaner

import (
	"net/url"

	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

// SiteRules are rules that people wrote for sites. Package siterules reads them from files. They must be safe for
// concurrent use.
type SiteRules interface {
	// Match returns what the rules for a page select in it, or nil if there are none for its address. address is where
	// the page is from: its own address or, if that is unknown, the one that it declares; nil if it has neither. Match
	// must not change doc.
	Match(doc *htmldoc.Document, address *url.URL) *SiteMatch
}

// A SiteMatch is what the rules for a site select in one page. The rules have the last word: over the judge, over the
// rules on chaff, and over what other pages of the host repeat. Scripts, styles and form fields are never rendered,
// also if they are selected.
type SiteMatch struct {
	// Doc is the page as the rules rewrite it, with all nodes that are selected; nil if they do not.
	Doc *htmldoc.Document
	// Keep is what stays in the article with everything below it, even if it is hidden; Remove is what goes. Where one
	// is inside the other, the inner one decides. The first in its list names the removal; a node that is in both
	// stays.
	Keep, Remove []Selected
	// Content is all that is in the article, besides Keep. What is hidden in it, the controls, and the headline stay
	// out. If nothing is selected, or nothing that the page shows, the judge decides.
	Content []Selected
	// HasChaff says that the rules on chaff are in force within Content. Strict says that there is no article if Content
	// selects nothing; then StrictRule names the rule.
	HasChaff, Strict bool
	StrictRule       string
	// Title, Date and Image are values of fields: the first that can be used is taken. Authors are all authors. A line
	// of the content that consists of such a node is removed, since the field has it.
	Title, Date, Image, Authors []Selected
	// Kind and Favor take the place of those of Options, unless KindRule and FavorRule, the names of the rules, are
	// empty.
	Kind                Kind
	Favor               Favor
	KindRule, FavorRule string
	// Paywalled and Sponsored are the names of the rules by which a part of the page is missing, or by which it is an
	// advertisement; empty for none. Provenance has them as "paywalled" and "sponsored".
	Paywalled, Sponsored string
}

// Selected is something that a rule for a site selects.
type Selected struct {
	// Node is a node of the page; nil for a value that is no node.
	Node *html.Node
	// Text is the value of a field.
	Text string
	// Rule names the rule, as Removal.Rule and Provenance have it: "site-rule: example.org.yaml:4". Reason is the rule
	// in words, for Removal.Reason.
	Rule, Reason string
}
