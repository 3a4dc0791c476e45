package listing

// A text whose links lead to more than maxSameText pages only names an action. For a text of at most maxActionWords
// words, maxSameText pages are enough.
const (
	maxSameText    = 2
	maxActionWords = 3
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
		if n := len(pages[l.text]); n > maxSameText || n == maxSameText && l.words <= maxActionWords {
			actions[l.text] = true
		}
	}
	return actions
}

// maxLabeled is the maximum number of entries that share a line that is not a label. maxLabelShare is their maximum
// share.
const (
	maxLabeled    = 3
	maxLabelShare = 0.3
)

// labelsOf returns the lines that many of the items have: "In stock", "Brand name".
func (f *finder) labelsOf(items []item) map[string]bool {
	count := make(map[string]int)
	labels := make(map[string]bool)
	for _, it := range items {
		for b := f.blocksIn(it.from, it.to); b[0] < b[1]; b[0]++ {
			line := f.Blocks[b[0]].Text
			if count[line]++; count[line] > maxLabeled && float64(count[line]) > maxLabelShare*float64(len(items)) {
				labels[line] = true
			}
		}
	}
	return labels
}
