package cleaner

import (
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// headings contains the headings above a position, outermost first.
type headings struct {
	open []openHeading
	path string
}

type openHeading struct {
	level int
	name  string
}

// pathSeparator is between the headings of a path.
const pathSeparator = " › "

// maxHeadingBytes is the maximum number of bytes of a heading in a path.
const maxHeadingBytes = 120

// leave closes the sections that end at a heading of the given level.
func (h *headings) leave(level int) {
	n := len(h.open)
	for n > 0 && h.open[n-1].level >= level {
		n--
	}
	if n < len(h.open) {
		h.open = h.open[:n]
		h.join()
	}
}

// enter begins the section of a heading.
func (h *headings) enter(level int, name string) {
	if len(name) > maxHeadingBytes {
		end := maxHeadingBytes - len("…")
		for !utf8.RuneStart(name[end]) {
			end--
		}
		name = strings.TrimSpace(name[:end]) + "…"
	}
	h.open = append(h.open, openHeading{level, text.FoldSpace(name)})
	h.join()
}

func (h *headings) join() {
	names := make([]string, len(h.open))
	for i := range h.open {
		names[i] = h.open[i].name
	}
	h.path = strings.Join(names, pathSeparator)
}

// An outline contains the headings above each part of a page, in page order.
type outline []outlined

// An outlined value is a path of headings and the first node that is below them.
type outlined struct {
	from int32
	path string
}

// at returns the path of the headings above a node.
func (o outline) at(i int32) string {
	k := sort.Search(len(o), func(k int) bool { return o[k].from > i })
	if k == 0 {
		return ""
	}
	return o[k-1].path
}

// outline returns the paths of the page's visible headings. The headline is not part of any path, because it is above
// the whole article. Paths start over where the article begins, and again where it ends.
func (p *page) outline() outline {
	first, end := len(p.Blocks), 0
	for b := range p.Blocks {
		if p.verdicts[b].keep {
			first, end = min(first, b), b+1
		}
	}
	var o outline
	var above headings
	for b := range p.Blocks {
		bl := &p.Blocks[b]
		level := int(bl.Level)
		if level > 0 && p.IsFolded(b) && !p.verdicts[b].keep {
			level = 0
		}
		before := above.path
		if b == first || b == end {
			above.leave(1)
		} else if level > 0 {
			above.leave(level)
		}
		if above.path != before {
			o = append(o, outlined{bl.First, above.path})
		}
		if level > 0 && bl.Kind != block.Headline {
			above.enter(level, bl.Text)
			o = append(o, outlined{bl.End, above.path})
		}
	}
	return o
}
