package listing

// A text of at most maxActionWords words is an action if links with that text lead to at least maxSameText pages. A
// longer text may be the name of a product in several colors. It is an action only if its links lead to more than
// maxSameText pages, and to at least minActionShare pages per entry.
const (
	maxSameText    = 2
	maxActionWords = 3
	minActionShare = 0.25
)

// actionsOf returns the texts of links that only name an action: "read more".
func (f *finder) actionsOf(items []item) map[string]bool {
	pages := make(map[string]map[string]bool)
	actions := make(map[string]bool)
	for _, it := range items {
		l := &f.links[it.link]
		if pages[l.text] == nil {
			pages[l.text] = make(map[string]bool)
		}
		pages[l.text][l.address] = true
		n := len(pages[l.text])
		if n >= maxSameText && l.words <= maxActionWords ||
			n > maxSameText && float64(n) >= minActionShare*float64(len(items)) {
			actions[l.text] = true
		}
	}
	return actions
}

// A line is a label if more than maxLabeled entries and more than maxLabelShare of all entries have it.
const (
	maxLabeled    = 3
	maxLabelShare = 0.3
)

// labelsOf returns the lines that many of the items have: "In stock", "Brand name". It also sets f.numbered to the
// lines that many of the items have when digits are ignored: "3 formats" and "5 formats" count as the same line. The
// lines in f.numbered are without their digits.
func (f *finder) labelsOf(items []item) map[string]bool {
	count := make(map[string]int)
	numbered := make(map[string]int)
	f.numbered = make(map[string]bool)
	labels := make(map[string]bool)
	for _, it := range items {
		for b := f.blocksIn(it.from, it.to); b[0] < b[1]; b[0]++ {
			line := f.Blocks[b[0]].Text
			if count[line]++; count[line] > maxLabeled && float64(count[line]) > maxLabelShare*float64(len(items)) {
				labels[line] = true
			}
			line = unnumbered(line)
			if numbered[line]++; numbered[line] > maxLabeled && float64(numbered[line]) > maxLabelShare*float64(len(items)) {
				f.numbered[line] = true
			}
		}
	}
	return labels
}
