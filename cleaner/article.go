package cleaner

import (
	"golang.org/x/net/html"
)

// An Article is the clean content of a page, together with the page's metadata. Several goroutines may read it, but
// none may change it at the same time.
type Article struct {
	// URL is the page's address as given, after redirects; Canonical is the address that the page declares for itself.
	URL, Canonical string
	// Title is the headline.
	Title string
	// Byline is the authors' line as the page writes it; Authors is the same as a list of names.
	Byline  string
	Authors []string
	// SiteName is the publication's name; Excerpt is a summary in a sentence or two; Image is the lead image's address.
	SiteName, Excerpt, Image string
	// Language is a BCP 47 tag.
	Language string
	// Section is the part of the publication that the page belongs to; Tags are the topics that the page lists for
	// itself.
	Section string
	Tags    []string
	// Published and Modified are zero when unknown. If a page gives only the date of its last change, both hold that
	// date, and Provenance has "modified" for "published".
	Published, Modified Date
	// Paywalled reports whether the page declares that part of it is behind a paywall. False means that it declares
	// nothing.
	Paywalled bool
	// Kind is the kind of page; KindProbability is how probable that kind is, from 0 to 1.
	Kind            Kind
	KindProbability float64
	// Provenance names the source of each field, such as "title" → "json-ld". The key "content" names what found the
	// content: "judge"; "readability", if the judge was not sure and the extractor ran; "articleBody", "main" or
	// "densest", if neither found any; or, if the page does not show its content, where it was hidden: "noscript",
	// "template", "json-ld" or "page state".
	// "recipe" is there if the ingredients or steps come from JSON-LD, since the page does not show them.
	Provenance map[string]string
	// Removed lists all visible text, all pictures and all frames that were taken out, in page order; Declined lists
	// what a rule matched but left in, because removing it would have exceeded the rule's limit.
	Removed, Declined []Removal
	// Posts are the contributions to a thread, in page order: a forum's posts, a question and its answers, messages.
	// Comments are the readers' below an article; they are no part of the content. Options asks for them.
	Posts, Comments []Post
	// Entries are the items of a list page, in page order: the stories of a front page, the products of a category, the
	// threads of a forum. Options asks for them.
	Entries []Entry

	// content is the root of a safe tree: internal/content decides which elements and attributes it may hold.
	content *html.Node
}

// A Removal is a piece of visible text that is not in the article, and why.
type Removal struct {
	// Rule is the name of the rule; or "judge" for text that is probably not content, "vote" for text that the
	// extractor left out, "placeholder" for text that a page shows until its scripts have run, "site-repeated" for text
	// that other pages of the host have too. README.md lists all of them with their source files.
	Rule string `json:"rule"`
	// Stage is the stage that decided: "mark", "vote", "label", "judge", "decide", "site" (the stage apply) or "text"
	// (the rules of CleanText, which run at the end of assemble).
	Stage string `json:"stage"`
	// Reason explains the removal in words.
	Reason string `json:"reason,omitempty"`
	// Probability is how probable it is that this is chaff, from 0 to 1. Only the judge computes one; for all other
	// stages it is 0.
	Probability float64 `json:"probability,omitempty"`
	// Text is the removed text, with white space collapsed; of a picture its alternative text and its address as the
	// page has it, of a frame what it shows and its address.
	Text string `json:"text"`
}

// BlockKind is the kind of a block.
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
	// Level is 1 to 6 for headings, the nesting depth from 1 for items, and 0 otherwise.
	Level int
	// Text is the block's text as Article.Text renders it; for images, the alternative text.
	Text string
	// URL is an image's address.
	URL string
}
