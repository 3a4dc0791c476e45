package cleaner

import (
	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/metadata"
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/zone"
)

// A page is one document on its way through the stages. Each stage reads what the earlier ones wrote
// and writes its own notes: nothing is deleted, and the document is never touched.
type page struct {
	doc  *htmldoc.Document
	meta metadata.Fields
	tree *block.Tree

	// revealed names where the page's content stands if it is not shown: "noscript", "template", "json-ld" or "page state"; by segmentPage.
	revealed string

	// placeholders are the blocks that a page shows instead of content that stands elsewhere; nil where it shows its content; by segmentPage.
	placeholders []bool

	// marks says of each node whether it can be content; by mark.
	marks []mark
	// weight is the number of text bytes, white space left out, at or below each node: all text, hidden or not. linkWeight is that of
	// text in links.
	weight, linkWeight []int32
	// folds says of each node that can be content how it, or a box around it, is hidden; by mark.
	folds []hiddenBy
	// controlled is what tabs and buttons show; nil until an element asks. By mark.
	controlled *shown

	// memory is that for the notes; nil until somebody asks. names are what classes and ids say; by mark.
	memory *scratch
	names  *names

	// blocks are the page's text blocks; by segmentation.
	blocks []block.Block

	// opts and extractor are the cleaner's. known is what is known about the page's host, nil for nothing; observer is the Site that is
	// told about the page, nil for none.
	opts      *Options
	extractor Extractor
	known     *Snapshot
	observer  *Site
	// interrupted is the context's Err, nil for one that cannot be canceled; stopped is the error that it returned. By isStopped.
	interrupted func() error
	stopped     error

	// features are the numbers that the judge reads; by describe. kindRow are those of the page.
	features *describer
	kindRow  []float32
	// rawZones say of each node what the boxes around it are named after, unchecked; headlines are found, and phrases; by classify.
	// ownZones are what each node says itself.
	rawZones, ownZones []zone.Zone
	// kinds are the probabilities of the kinds of page; kind is the most probable one; by the judge.
	kinds           [pageKinds]float32
	kind            Kind
	kindProbability float32
	// first are the judge's opinions by the page alone, probabilities its last; by the judge.
	first, probabilities      []float32
	firstThreshold, threshold threshold
	// forum is 1 where the page does not say that it is a forum's and 2 where it does; 0 until somebody asks.
	forum uint8
	// opinions sum up the first look; by the judge.
	opinions *opinions
	// judged reports whether the judge found content; by decide.
	judged bool
	// voted reports whether the extractor ran; by vote.
	voted bool

	// votes is the share of each block's text that the extractor kept, 0 to 1; by vote.
	votes []float32
	// source names what voted: "readability", or the fallback that stood in for it.
	source string

	// firstText and lastText are the first and the last block that were voted for and are surely text; by settleFields.
	firstText, lastText int
	// authors are the metadata's, folded; by label, as a rule asks.
	authors []string
	// tagBoxes are boxes of topics, and readingTimes times to read; by settleFields.
	tagBoxes, readingTimes occurrence
	// texts is how many such blocks there are; by settleFields.
	texts int
	// allWords are the words that were voted for, textWords those of them that stand in running text; by settleFields.
	allWords, textWords int32
	// top is the one headline that the article stands below, -1 if there is none or several; by settleFields.
	top int
	// siteRuns says of each block that is nothing but links to the site how many such stand in a row; by settleFields.
	siteRuns []int32
	// tabLabels are the folded labels of tabs; by label, as a rule asks.
	tabLabels map[string]bool
	// title is the metadata's, to compare with; by label.
	title phrase.Headline
	// shares are what is known of blocks as share buttons; by label, as rules ask.
	shares []shareFact

	// phrases says of each block what kind of chaff its words alone make it; by classify.
	phrases []phrase.Kind

	// zones says of each node in what sort of box it is, blockZones of each block what sorts of box hold all of it; by settleFields.
	// labels says of each block which rules match it, and why; by label.
	zones, blockZones []zone.Zone
	labels            []label
	// boxes counts words at or below each node; nil until a rule asks for it.
	boxes []block.Count

	// site is the page beside the other pages of its host, nil where nothing is known of them; by observeSite.
	site *siteView

	// verdicts says of each block whether it stays; by decide. declined is what rules wanted and their limits refused; by label.
	verdicts []verdict
	declined []Removal

	// keep says of each node whether it is in the article; by decide. applySite takes nodes out of it. siteLines are the lines that the
	// text rules take out of the page alone, and emptyAlone reports whether the page alone has no article: then it has none. By applySite.
	keep       []bool
	siteLines  []Removal
	emptyAlone bool

	// article is the result, or failure is the error; by assemble.
	article *Article
	failure error
}

// An occurrence counts what an article has one or two of and a list of articles has one of for each: there it is part of the list.
type occurrence struct{ all, voted int }

func (t *occurrence) count(voted bool) {
	t.all++
	if voted {
		t.voted++
	}
}

// exceed reports whether there are more than most: of what was voted for, for something that was, and else of all.
func (t *occurrence) exceed(most int, voted bool) bool {
	if voted {
		return t.voted > most
	}
	return t.all > most
}
