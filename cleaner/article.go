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
	// Byline is the authors' line as the page writes it; Authors is the same as a list of names. That of a thread is who
	// wrote its first post.
	Byline  string
	Authors []string
	// Publisher is the organization that publishes the page, and the one named in Byline where no person is.
	Publisher string
	// SiteName is the publication's name; Excerpt is a summary in a sentence or two, or the content's first sentences;
	// Image is the lead image's address.
	SiteName, Excerpt, Image string
	// Language is a BCP 47 tag.
	Language string
	// Section is the part of the publication that the page belongs to; Tags are the topics that the page lists for
	// itself.
	Section string
	Tags    []string
	// Published and Modified are zero when unknown. If an article gives only the date of its last change, both hold that
	// date, and Provenance has "modified" for "published". Manuals and wikis have no day of publication then: they
	// are kept up to date.
	Published, Modified Date
	// Paywalled reports whether the page declares that part of it is behind a paywall. False means that it declares
	// nothing.
	Paywalled bool
	// Kind is the kind of page; KindProbability is how probable that kind is, from 0 to 1.
	Kind            Kind
	KindProbability float64
	// Confidence is how probable it is, from 0 to 1, that the text is right: that its words have an F1 of 0.9 or more
	// against what a person would keep. On pages of collections that it was not fitted to, four fifths were right, the
	// expected calibration error was 0.03, and six tenths of the articles with an F1 below 0.5 were among the tenth with
	// the lowest confidence.
	Confidence float64
	// Product and Recipe are what the page is about, if Options asks for them; nil if it is about none, or about
	// several.
	Product *Product
	Recipe  *Recipe
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

	// blocks are those of Blocks, if Options asked for their places; else nil.
	blocks []Block
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
	// Path, CSS and XPath say where the text is on the page, as a Block's do, if Options.Blocks asks. Path has headings
	// that were removed too; it is empty for what is before the article, and begins anew behind it.
	Path  string `json:"path,omitempty"`
	CSS   string `json:"css,omitempty"`
	XPath string `json:"xpath,omitempty"`
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
	Kind BlockKind `json:"kind"`
	// Level is 1 to 6 for headings, the nesting depth from 1 for items, and 0 otherwise.
	Level int `json:"level,omitempty"`
	// Text is the block's text as Article.Text renders it, without a list's marker and a code block's fence; for images,
	// the alternative text.
	Text string `json:"text"`
	// URL is an image's address.
	URL string `json:"url,omitempty"`

	// The fields below are empty unless Options.Blocks asks for them.

	// Path is the headings above the block in the article, outermost first: "Install › Linux". Each is cut at 120 bytes.
	Path string `json:"path,omitempty"`
	// CSS and XPath select the nearest HTML element that holds the block in the page as it was parsed, and no other.
	// They are empty for text from JSON-LD or page state, for a page that Article.Append added to another they are those
	// of its own page, and they end being given when all paths of a page would have more than 32 MB.
	CSS   string `json:"css,omitempty"`
	XPath string `json:"xpath,omitempty"`
	// From and To are the block's place in Text without options, in bytes: Text()[From:To] is the block's text. Both are
	// 0 for what Text does not show: images, captions.
	From int `json:"from"`
	To   int `json:"to"`
	// Probability is how probable it is that the text is content, from 0 to 1, by the judge; 0 for images and for text
	// that it did not see. A rule or the extractor may have kept what the judge would not.
	Probability float64 `json:"probability,omitempty"`
}
