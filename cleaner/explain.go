package cleaner

// A PageTrace says what was decided of a page, and by what.
type PageTrace struct {
	// Kind is what sort of page it is held for, Probability how probably, 0 to 1.
	Kind        Kind
	Probability float64
	// Threshold is the probability above which blocks are content on this page. F1 is how near to a person's choice the
	// judge expects to be, 0 to 1, over words.
	Threshold, F1 float64
	// Voted reports whether the extractor ran.
	Voted bool
	// Blocks are the page's blocks, in order.
	Blocks []BlockTrace
}

// A BlockTrace is the decision on one block of a page, and what led to it.
type BlockTrace struct {
	// Text is the block's text, Kind what it is: "paragraph", "heading", "item", "quote", "code", "cell", "caption",
	// "label", "headline", "byline" or "date".
	Text, Kind string
	// Words is the number of words in Text.
	Words int
	// Kept reports whether the block is in the article. Where it is not, Rule and Reason say why.
	Kept         bool
	Rule, Reason string
	// Label is the rule that wants the block out, "" if none does. The judge may have kept it all the same.
	Label string
	// First and Probability say how probably the block is content, 0 to 1, by the judge's first look and by its last.
	First, Probability float64
	// Vote is the share of the block that the extractor kept, 0 to 1.
	Vote float64
	// Pages is how many pages of the host have the block's text, this one counted; 0 where no other is known to have it.
	Pages int
}
