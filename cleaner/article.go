package cleaner

import (
	"golang.org/x/net/html"
)

// An Article is the clean content of a page, together with the page's metadata. Several goroutines may read it, but
// none may change it at the same time.
type Article struct {
	// URL is the page's address as the caller gave it. Canonical is the address that the page declares for itself.
	URL, Canonical string
	// Title is the headline.
	Title string
	// Byline is the line with the authors' names, as the page writes it; Authors is the list of the names. A thread's
	// byline is the author of its first post.
	Byline  string
	Authors []string
	// Publisher is the organization that publishes the page. If no person is named, Publisher is the organization in
	// Byline.
	Publisher string
	// SiteName is the publication's name. Excerpt is the page's own summary or, if it has none, the content's first
	// sentences. Image is the lead image's address.
	SiteName, Excerpt, Image string
	// Language is the page's language as a BCP 47 tag.
	Language string
	// Section is the part of the publication that the page belongs to; Tags are the topics that the page lists for
	// itself.
	Section string
	Tags    []string
	// Published and Modified are zero when unknown. If an article gives only the date of its last change, both contain
	// that date, and Provenance names "modified" as the source of "published". In that case, Published stays zero for
	// manuals and wikis, because they are kept up to date.
	Published, Modified Date
	// Paywalled reports whether the page declares that part of it is behind a paywall. False means that the page does not
	// declare that.
	Paywalled bool
	// Kind is the kind of page. KindProbability is the probability of that kind, from 0 to 1.
	Kind            Kind
	KindProbability float64
	// Confidence is the probability, from 0 to 1, that the text is right: that its words have an F1 of 0.9 or more against
	// a person's choice. It was measured on pages of collections that it was not fitted to: four fifths of the texts were
	// right, the expected calibration error was 0.03, and 60 % of the articles with an F1 below 0.5 were among the 10 % of
	// articles with the lowest confidence.
	Confidence float64
	// Product and Recipe describe the product or the recipe that the page is about, if Options asks for them. Each is nil
	// unless the page is about exactly one product or recipe.
	Product *Product
	Recipe  *Recipe
	// Provenance names the source of each field, such as "title" → "json-ld". The key "content" names the source of the
	// content: "judge", if the extractor did not run; "readability" or, for the caller's Extractor, "extractor", if it
	// ran; "below the headline", if its choice missed the text below the headline and was replaced by that;
	// "articleBody", "main" or "densest", if the extractor or, when it did not run, the judge found nothing; the name
	// of the site rule that selects the content, if there is one; or, if the page does not show its content, the place
	// where it was: "frame", "noscript", "template", "json-ld" or "page state". The key "recipe" exists if the
	// ingredients or steps come from JSON-LD because the page does not show them.
	Provenance map[string]string
	// Removed lists the visible text, the pictures and the frames that were removed, in page order; icons are not
	// listed. Lines that the text rules removed come last. Declined lists text that a rule matched but that stays,
	// because removing it would have exceeded the rule's limit.
	Removed, Declined []Removal
	// Posts are the contributions to a thread, in page order: posts in a forum, a question and its answers, messages.
	// Comments are readers' comments below an article; they are not part of the content. Both are empty unless Options
	// asks for them.
	Posts, Comments []Post
	// Entries are the items of a list page, in page order: the stories of a front page, the products of a category, the
	// threads of a forum. Entries is empty unless Options asks for them.
	Entries []Entry

	// blocks is the result of the method Blocks if Options.Blocks was set, and nil otherwise.
	blocks []Block
	// content is the root of a safe tree: internal/content decides which elements and attributes it may contain.
	content *html.Node
}

// A Removal describes a piece of visible text, a picture or a frame that is not in the article, and the reason.
type Removal struct {
	// Rule is the name of the rule, or "judge" for text that is probably not content, "vote" for text that the
	// extractor left out, "placeholder" for text that a page shows until its scripts have run, and "site-repeated" for
	// text that other pages of the host also have. The package's README.md lists all of them with their source files.
	Rule string `json:"rule"`
	// Stage is the stage that decided: "rules" (the site rules), "mark", "vote", "label", "judge", "decide", "site" (the
	// apply stage) or "text" (the rules of CleanText, which run at the end of assemble).
	Stage string `json:"stage"`
	// Reason explains the removal in words.
	Reason string `json:"reason,omitempty"`
	// Probability is the judge's probability that this is chaff, from 0 to 1. It is 0 if the removal did not depend on
	// the judge.
	Probability float64 `json:"probability,omitempty"`
	// Text is the removed text, with white space collapsed. For a picture it is the alternative text and the address as
	// the page has it; for a frame, a description of its content and its address.
	Text string `json:"text"`
	// Path, CSS and XPath are the position of the text on the page, as in a Block, if Options.Blocks is set. Path
	// includes headings that were also removed. Paths start over where the article begins and where it ends, so
	// headings before the article are not in the path of text after it.
	Path  string `json:"path,omitempty"`
	CSS   string `json:"css,omitempty"`
	XPath string `json:"xpath,omitempty"`
}

// BlockKind is the kind of a block.
type BlockKind string

// The kinds of blocks.
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
	// Text is the block's text as Article.Text renders it, without a list marker or a code fence. For images it is the
	// alternative text.
	Text string `json:"text"`
	// URL is an image's address.
	URL string `json:"url,omitempty"`

	// The fields below are empty unless Options.Blocks asks for them.

	// Path contains the headings above the block in the article, outermost first: "Install › Linux". Each heading is
	// truncated to 120 bytes.
	Path string `json:"path,omitempty"`
	// CSS and XPath each select exactly one element of the page as it was parsed: the nearest HTML element that
	// contains the block. They are empty for text from JSON-LD or page state. If Article.Append joined several pages,
	// they refer to the page from which the block comes. They are omitted once the paths of a page exceed 32 MB in
	// total.
	CSS   string `json:"css,omitempty"`
	XPath string `json:"xpath,omitempty"`
	// From and To are the block's byte offsets in the result of Text without options: Text()[From:To] is the block's
	// text. Both are 0 for images and captions, which Text does not show.
	From int `json:"from"`
	To   int `json:"to"`
	// Probability is the judge's probability that the text is content, from 0 to 1. It is 0 for images and for text that
	// the judge did not see. A rule or the extractor may have kept text that the judge would remove.
	Probability float64 `json:"probability,omitempty"`
}
