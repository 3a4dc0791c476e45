package cleaner

import (
	"golang.org/x/net/html"
)

// An Article is the clean content of a page and what the page says about itself. It is not safe for
// changing from several goroutines; reading it is.
type Article struct {
	// URL is the page's address as given, after redirects; Canonical is the address that the page gives itself.
	URL, Canonical string
	// Title is the headline.
	Title string
	// Byline is the authors as the page writes them; Authors is the same as a list of names.
	Byline  string
	Authors []string
	// SiteName is the publication; Excerpt a summary in a sentence or two; Image the lead image's address.
	SiteName, Excerpt, Image string
	// Language is a BCP 47 tag.
	Language string
	// Section is the part of the publication that the page stands in; Tags are the topics that it files itself under.
	Section string
	Tags    []string
	// Published and Modified are zero when unknown. Of a page that says only when it was last changed, both are that,
	// and Provenance has "modified" for "published".
	Published, Modified Date
	// Paywalled reports whether the page says that not all of it may be read for free. False means that it says nothing
	// about that.
	Paywalled bool
	// Kind is what sort of page this is, and KindProbability how probably, 0 to 1.
	Kind            Kind
	KindProbability float64
	// Provenance says where each field was found: "title" → "json-ld". The key "content" names what found the content:
	// "judge"; "readability", where the judge was not sure and the extractor ran; "articleBody", "main" or "densest",
	// where neither found any; or, where the page does not show its content, what holds it: "noscript", "template",
	// "json-ld" or "page state".
	Provenance map[string]string
	// Removed lists everything visible that was taken out, in the page's order; Declined what a rule wanted
	// to take and its limit refused.
	Removed, Declined []Removal

	// content is the root of a safe tree: see safe.go for what may stand in it.
	content *html.Node
}

// A Removal is a piece of visible text that is not in the article, and why.
type Removal struct {
	// Rule is the name of the rule; or "judge" for what is probably not content, "vote" for what the extractor left out,
	// "placeholder" for what a page shows until its scripts have run, "site-repeated" for what other pages of the host
	// have too. README.md lists all of them with their source files.
	Rule string `json:"rule"`
	// Stage is the stage that decided: "mark", "vote", "label", "judge", "site" (called apply in the list of stages) or
	// "text" (the rules of CleanText, at the end of assemble).
	Stage string `json:"stage"`
	// Reason says why in words.
	Reason string `json:"reason,omitempty"`
	// Probability that this is chaff, from 0 to 1; 0 where none was computed: the judge alone computes one.
	Probability float64 `json:"probability,omitempty"`
	// Text is what was taken, white space collapsed.
	Text string `json:"text"`
}

// BlockKind says what part of an article a block is.
type BlockKind string

// The kinds of block.
const (
	BlockHeading   BlockKind = "heading"
	BlockParagraph BlockKind = "paragraph"
	BlockItem      BlockKind = "item"
	BlockQuote     BlockKind = "quote"
	BlockCode      BlockKind = "code"
	BlockTable     BlockKind = "table"
	BlockCaption   BlockKind = "caption"
	BlockImage     BlockKind = "image"
)

// A Block is one piece of an article's content, in reading order.
type Block struct {
	Kind BlockKind
	// Level is 1 to 6 for headings, the nesting depth from 1 for items, else 0.
	Level int
	// Text is the block's text as Text renders it; for images the alternative text.
	Text string
	// URL is an image's address.
	URL string
}
