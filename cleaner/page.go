package cleaner

import (
	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/judge"
	"github.com/dechaff/dechaff/cleaner/internal/zone"
)

// A page is one document on its way through the stages. Each stage reads what the earlier ones wrote and writes its own
// notes: nothing is deleted, and the document is never changed. What the judge reads too is in judge.Page.
type page struct {
	judge.Page

	// placeholders are the blocks that a page shows instead of content that is elsewhere; nil where it shows its
	// content; by segmentPage.
	placeholders []bool
	// marks is, for each node, whether it can be content; by mark.
	marks []mark
	// weight is the number of text bytes, white space left out, at or below each node: all text, hidden or not. linkWeight
	// is that of text in links.
	weight, linkWeight []int32
	// controlled is what tabs and buttons show; nil until first used. By mark.
	controlled *shown
	// memory is that for the notes; nil until first used.
	memory *scratch
	// opts and extractor are the cleaner's. known is what is known about the page's host, nil for nothing; observer is the
	// Site that observes the page, nil for none.
	opts      *Options
	extractor Extractor
	known     *Snapshot
	observer  *Site
	// interrupted is the context's Err, nil for one that cannot be canceled; stopped is the error that it returned. By
	// isStopped.
	interrupted func() error
	stopped     error
	// ownZones is, for each node, what its own names make it, unchecked; by classify.
	ownZones []zone.Zone
	// judged reports whether the judge found content; by decide.
	judged bool
	// authors are the metadata's, folded; by label, on first use.
	authors []string
	// tagBoxes are boxes of topics, and readingTimes times to read; by settleFields.
	tagBoxes, readingTimes occurrence
	// texts is how many such blocks there are; by settleFields.
	texts int
	// allWords are the words that were voted for, textWords those of them that stand in running text; by settleFields.
	allWords, textWords int32
	// top is the one headline that the article stands below, -1 if there is none or several; by settleFields.
	top int
	// siteRuns is, for each block of nothing but links to the site, how many such blocks are in a row; by settleFields.
	siteRuns []int32
	// tabLabels are the folded labels of tabs; by label, on first use.
	tabLabels map[string]bool
	// shares are what is known of blocks as share buttons; by label, on first use.
	shares []shareFact
	// zones is, for each node, the kinds of box that it is in, blockZones, for each block, the kinds of box that contain
	// all of it; by settleFields. labels is, for each block, which rules match it, and why; by label.
	zones, blockZones []zone.Zone
	labels            []label
	// boxes counts words at or below each node; nil until a rule needs it.
	boxes []block.Count
	// site is the page beside the other pages of its host, nil where nothing is known of them; by observeSite.
	site *siteView
	// verdicts is the decision on each block; by decide. declined is what rules matched and their limits left in; by
	// label.
	verdicts []verdict
	declined []Removal
	// keep reports for each node whether it is in the article; by decide. applySite takes nodes out of it. siteLines are
	// the lines that the text rules take out of the page alone, and emptyAlone reports whether the page alone has no
	// article: then it has none. By applySite.
	keep       []bool
	siteLines  []Removal
	emptyAlone bool
	// article is the result, or failure is the error; by assemble.
	article *Article
	failure error
}
