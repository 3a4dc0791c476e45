package cleaner

// A BlockTrace says what became of one block of a page, and what that was decided by.
type BlockTrace struct {
	// Text is the block's text, Kind what it is: "paragraph", "heading", "item", "quote", "code", "cell", "caption", "label",
	// "headline", "byline" or "date".
	Text, Kind string
	// Words is the number of words in Text.
	Words int
	// Kept tells that the block is in the article. Where it is not, Rule and Reason say why.
	Kept         bool
	Rule, Reason string
	// Vote is the share of the block that the extractor kept, 0 to 1.
	Vote float64
	// Features describe the block in numbers, in the order of FeatureNames.
	Features []float32
}

// trace lists the blocks.
func (p *page) trace() []BlockTrace {
	table := p.describe()
	traces := make([]BlockTrace, len(p.blocks))
	for b := range p.blocks {
		v := &p.verdicts[b]
		traces[b] = BlockTrace{
			Text: p.blocks[b].Text, Kind: p.blocks[b].Kind.String(), Words: int(p.blocks[b].Words),
			Kept: v.keep, Rule: v.rule, Reason: v.reason, Vote: float64(p.votes[b]), Features: table.row(b),
		}
	}
	return traces
}
