package block

// Kind is the kind of a block, such as a paragraph or a heading.
type Kind uint8

// The kinds of block. Segmentation assigns the kinds from Paragraph to Label by markup alone. The cleaner assigns
// Headline and Byline, because it knows the page's metadata. Nothing assigns Date; it exists because the judge's models
// have a column for it.
const (
	Paragraph Kind = iota
	Heading
	Item
	Quote
	Code
	Cell
	Caption
	Label
	Headline
	Byline
	Date
)

var kindNames = [...]string{
	"paragraph", "heading", "item", "quote", "code", "cell", "caption", "label", "headline",
	"byline", "date",
}

// String returns the kind's name in lower case.
func (k Kind) String() string { return kindNames[k] }

// IsData reports whether a block of this kind is code or a cell of a table. A date, a name or a menu in it is data,
// even if the same line would be chaff elsewhere.
func (k Kind) IsData() bool { return k == Code || k == Cell }

// A Block is a run of inline text and the block element that contains it.
type Block struct {
	Kind Kind
	// Level is 1 to 6 for headings, else 0.
	Level int8
	// Elem is the index of the block element in Tree.Nodes.
	Elem int32
	// First and End are indexes in Tree.Nodes. The nodes of the run are in [First, End).
	First, End int32
	// Text is the run's text. White space is collapsed and trimmed, and a line break is "\n", but code is verbatim.
	Text string
	// Words is the number of words in Text, and LinkWords is the number of those words that are in links.
	Words, LinkWords int32
}

// LinkDensity is the share of the block's words that are in links, 0 to 1, or 0 if it has no words (Kohlschütter,
// Fankhauser and Nejdl: Boilerplate Detection using Shallow Text Features, WSDM 2010).
func (b *Block) LinkDensity() float64 {
	if b.Words == 0 {
		return 0
	}
	return float64(b.LinkWords) / float64(b.Words)
}
