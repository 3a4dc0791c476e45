package cleaner

// A mark says why a node can never be content, whatever stands in it. The zero mark is "can be".
type mark uint8

const (
	unmarked    mark = iota
	markCode         // scripts, styles, the document's head: never visible
	markHidden       // hidden by attribute or style
	markControl      // form controls: what a visitor types or presses
	markConsent      // dialogs about cookies and consent
	markEmbed        // players and frames with their fallback texts
	markAnchor       // signs that link to where they stand
	markEdit         // links to edit a wiki's section
)

// shown is what a page says that its tabs and buttons show.
type shown struct {
	ids  map[string]bool // of what aria-controls names
	tabs map[string]bool // of the tabs that a panel says it is labeled by
}

// A label is a rule's match with a block: the rule's name, and why. The zero label has no reason, and matches nothing.
type label struct{ name, reason string }

// A verdict says whether a block is in the article, and if not, which stage, by which rule and for which reason.
type verdict struct {
	keep              bool
	stage, by, reason string
	probability       float32 // that it is chaff, of what the judge decided
}

// keptAlone reports whether the block is in the article by the page alone.
func (v *verdict) keptAlone() bool { return v.keep || v.stage == siteStage }

// shareFact is what is known of a block's shares, computed once: its neighbors ask too.
type shareFact struct {
	known, onlyLinks bool
	names            int32
}

// An occurrence counts what an article has one or two of and a list of articles has one of for each: there it is part
// of the list.
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

// markRules are the rules under which visible marked text is reported, with the reason; hidden text is not reported.
var markRules = map[mark]struct{ name, doc string }{
	markControl: {"form-control", "a control: a visitor types into it or presses it"},
	markConsent: {"consent-dialog", "a dialog about cookies and consent"},
	markEmbed:   {"embed-fallback", "the fallback text of a player, a frame or a picture"},
	markAnchor:  {"permalink", "a sign that only links to a heading, a note or a post"},
	markEdit:    {"tool-row", "a link to edit a section of a wiki"},
}

// siteRuleName and siteStage are how Removed names what other pages took.
const (
	siteRuleName = "site-repeated"
	siteStage    = "site"
)
