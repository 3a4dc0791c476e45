package cleaner

import (
	"net/url"
	"strconv"
	"time"

	"golang.org/x/net/html"
)

// Options configures a Cleaner. The zero value is the recommended behavior.
type Options struct {
	// MaxBytes is the maximum size in bytes of a page that Clean reads; 0 means htmldoc.DefaultMaxBytes, 16 MiB. For a
	// larger page, Clean returns ErrTooLarge.
	MaxBytes int64
	// MaxNodes is the maximum number of nodes in a page's tree; 0 means htmldoc.DefaultMaxNodes, 160,000. For a larger
	// tree, Clean returns ErrTooLarge. CleanDocument ignores MaxNodes and MaxBytes, since a document is already parsed.
	MaxNodes int
	// ContentType is the value of the HTTP header Content-Type that came with the pages that Clean reads. It may name
	// the charset. Empty means unknown. CleanDocument ignores it, since a document is already decoded.
	ContentType string
	// Extractor votes on which blocks are content; nil means go-readability.
	Extractor Extractor
	// Kind is the kind of page, if the caller knows it. With KindUnknown, the default, the judge decides.
	Kind Kind
	// Vote says when the extractor runs. By default it runs if the judge is not sure and its choice differs from the
	// part of the page that, by its shape, holds the article. It also runs if the page is very short, and always if
	// Extractor is set. It never runs on pages of more than 30,000 nodes or 200,000 bytes of text, more than any
	// labeled page has.
	Vote Voting
	// Favor moves the judge's threshold; the default FavorBalanced maximizes the expected F1 of each page.
	Favor Favor
	// Product and Recipe request Article.Product and Article.Recipe. By default neither is set.
	Product, Recipe bool
	// Now is the current time: dates after it are not accepted as dates of the page. The zero value means no upper
	// bound; the package itself reads the clock only to measure stages for Explain.
	Now time.Time
	// Posts and Comments request Article.Posts and Article.Comments. By default neither is set.
	Posts, Comments bool
	// Blocks requests the locations and probabilities in Article.Blocks, and the locations in Removed and Declined. By
	// default, none of these is computed.
	Blocks bool
	// Entries requests Article.Entries. By default the page is not searched for them.
	Entries bool
	// SiteRules are hand-written rules that say what is content on a site, such as a siterules.Rules. nil means no
	// rules.
	SiteRules SiteRules
	// Explain is called for each page with the decisions about it and its blocks, and the reasons; nil means no call.
	// If Blocks is set, the trace includes the locations of the blocks. Explain is for debugging. It may be called from
	// several goroutines at once.
	Explain func(*PageTrace)
}

// Voting says on which pages the extractor runs.
type Voting uint8

// The values of Voting.
const (
	VoteWhenUnsure Voting = iota
	VoteAlways
	VoteNever
)

// Favor says whether the judge prefers precision or recall.
type Favor uint8

// The values of Favor.
const (
	// FavorBalanced keeps the blocks that maximize the expected F1.
	FavorBalanced Favor = iota
	// FavorPrecision keeps less: its threshold is 0.2 higher. On blogs that the judge had not seen, precision over
	// words rises from 0.950 to 0.956 and recall falls from 0.904 to 0.889; on news, precision is 0.976 instead of
	// 0.966 and recall 0.987 instead of 0.989.
	FavorPrecision
	// FavorRecall keeps more: its threshold is 0.2 lower. On the same blogs, precision is 0.937 and recall 0.921; on
	// news, precision is 0.957 and recall 0.991.
	FavorRecall
)

var votingNames = [...]string{"when unsure", "always", "never"}

// String returns "when unsure", "always" or "never".
func (v Voting) String() string { return enumName("Voting", votingNames[:], int(v)) }

var favorNames = [...]string{"balanced", "precision", "recall"}

// String returns "balanced", "precision" or "recall".
func (f Favor) String() string { return enumName("Favor", favorNames[:], int(f)) }

// enumName returns the name of an enumeration's value, or Type(7) for a value without a name.
func enumName(typeName string, names []string, value int) string {
	if value < 0 || value >= len(names) {
		return typeName + "(" + strconv.Itoa(value) + ")"
	}
	return names[value]
}

// An Extractor is an engine that finds the main content of a page. Its result counts as a vote; the rules have the last
// word on every block. It must be safe for concurrent use.
type Extractor interface {
	// Extract returns the text nodes below root that are main content, in any order. An empty result means that it
	// found no main content. root is a private copy of the page without scripts, styles and hidden parts; Extract may
	// change it, but the text nodes that it returns must come from root. pageURL is nil if unknown. An error or a panic
	// counts as an empty result.
	Extract(root *html.Node, pageURL *url.URL) ([]*html.Node, error)
}

// Toggle is a choice that has a default.
type Toggle int8

// The values of a Toggle.
const (
	ToggleDefault Toggle = iota
	ToggleShow
	ToggleHide
)

var toggleNames = [...]string{"default", "show", "hide"}

// String returns "default", "show" or "hide".
func (t Toggle) String() string { return enumName("Toggle", toggleNames[:], int(t)) }

// RenderOptions selects which parts of an article are rendered. With the zero value, each format follows its own
// convention. A method to which several are passed uses only the first.
type RenderOptions struct {
	// Headline is the title above the content. Default: hidden in Text, shown in Markdown and HTML.
	Headline Toggle
	// Captions are the captions of figures and tables. Default: hidden in Text, shown in Markdown and HTML.
	Captions Toggle
	// Images are pictures. They are always hidden in Text. Default: shown in Markdown and HTML.
	Images Toggle
	// Links are the targets of links; the text of a link is always shown. Targets are always hidden in Text. Default:
	// shown in Markdown and HTML.
	Links Toggle
	// Comments are readers' comments, below the article, if Options.Comments was set. Default: hidden.
	Comments Toggle
	// Tables selects how Markdown shows tables that GitHub's tables cannot express: those with cells over several
	// columns or rows, or with lists, paragraphs, quotes, tables or several lines of code in cells. Default: a GitHub
	// table with each cell on one line, or text in reading order if a cell has a table or more than five lines of code.
	// A table that refers to notes always has the default form, since HTML cannot refer to the notes of Markdown.
	Tables TableForm
}

// TableForm is the form of a table in Markdown.
type TableForm uint8

// The values of a TableForm.
const (
	// TextWhereNeeded never uses HTML. It renders tables that GitHub's tables cannot express as RenderOptions.Tables
	// describes the default.
	TextWhereNeeded TableForm = iota
	// HTMLWhereNeeded uses HTML for tables that GitHub's tables cannot express, with the elements and attributes that
	// Article.HTML uses.
	HTMLWhereNeeded
)

var tableForms = [...]string{"text where needed", "HTML where needed"}

// String returns "text where needed" or "HTML where needed".
func (f TableForm) String() string { return enumName("TableForm", tableForms[:], int(f)) }
