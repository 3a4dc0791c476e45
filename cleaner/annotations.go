package cleaner

import "github.com/dechaff/dechaff/cleaner/internal/canon"

// A mark is the reason why a node can never be content. The zero mark means that the node can be content.
type mark uint8

const (
	unmarked    mark = iota
	markCode         // scripts, styles, the document's head: never visible
	markHidden       // hidden by an attribute, a class or a style
	markControl      // form controls: elements that a visitor types into or presses
	markConsent      // dialogs about cookies and consent
	markEmbed        // players, frames and elements with the role of a picture, with their fallback text
	markAnchor       // permalinks: symbols, addresses or numbers that link to a heading, a note or a post
	markEdit         // links that edit a section of a wiki
	markRule         // elements that a site rule removes
)

// The panelIDs of a page are the ids with which its tabs, buttons and panels refer to each other.
type panelIDs struct {
	controlled map[string]bool // ids in aria-controls attributes
	tabs       map[string]bool // ids of tabs that label a panel
}

// The stages that a verdict or a Removal names; see Removal.Stage.
const (
	rulesStage  = "rules"
	markStage   = "mark"
	voteStage   = "vote"
	labelStage  = "label"
	judgeStage  = "judge"
	decideStage = "decide"
	siteStage   = "site"
	textStage   = "text"
)

// The rules that a verdict names if no rule of dechaff or of the site decided, but the judge or the vote.
const (
	judgeRule = "judge"
	voteRule  = "vote"
)

// A label is a rule's match with a block: the rule's name and its reason. The zero label means no match.
type label struct{ name, reason string }

// A verdict records whether a block is in the article and, if not, which stage and rule removed it and why.
type verdict struct {
	keep              bool
	stage, by, reason string
	probability       float32 // that the block is chaff, if the judge decided
}

// keptAlone reports whether the block would be in the article if no other pages of the host were known.
func (v *verdict) keptAlone() bool { return v.keep || v.stage == siteStage }

// A shareFact caches whether a block is a share button, because the rules also check the neighbors of a block. The
// field known is true once the others are set. onlyLinks is the result of hasOnlyShareLinks, and names is the number of
// networks that the block names.
type shareFact struct {
	known, onlyLinks bool
	names            int32
}

// An occurrence counts elements of one kind, such as reading times. An article has one or two of them; a list of
// articles has one for each entry. The field all is their number, and voted is the number of those in voted blocks.
type occurrence struct{ all, voted int }

func (t *occurrence) count(voted bool) {
	t.all++
	if voted {
		t.voted++
	}
}

// exceed reports whether the count is greater than a maximum. The parameter voted selects the count for voted blocks.
func (t *occurrence) exceed(most int, voted bool) bool {
	if voted {
		return t.voted > most
	}
	return t.all > most
}

// A namedRule is a rule outside the table rules: a part of a stage's code, with the name and the reason that Removed
// gives for what it removes.
type namedRule struct{ stage, name, doc string }

// removal returns the removal of a text by the rule.
func (r namedRule) removal(text string) Removal {
	return Removal{Rule: r.name, Stage: r.stage, Reason: r.doc, Text: text}
}

// verdict returns the verdict on a block that the rule drops.
func (r namedRule) verdict() verdict { return verdict{stage: r.stage, by: r.name, reason: r.doc} }

// markRules are the rules under which visible marked text is reported. Hidden text is not reported.
var markRules = map[mark]namedRule{
	markControl: {markStage, "form-control", "a form control that visitors type into or press"},
	markConsent: {markStage, "consent-dialog", "a dialog about cookies and consent"},
	markEmbed:   {markStage, "embed-fallback", "the fallback text of a player, a frame or a picture"},
	markAnchor:  {markStage, "permalink", "a symbol that only links to a heading, a note or a post"},
	markEdit:    {markStage, "tool-row", "a link to edit a section of a wiki"},
}

// partRules are the rules for the parts that the plain forms of widgets leave out.
var partRules = [...]namedRule{
	canon.Tools:     markRules[markControl],
	canon.Numbers:   {markStage, "line-numbers", "the line numbers next to code"},
	canon.Credit:    {markStage, "code-credit", "where a block of code is hosted"},
	canon.EmbedText: {markStage, "embed-text", "text shown in place of a player, or on a card in addition to its title"},
}
