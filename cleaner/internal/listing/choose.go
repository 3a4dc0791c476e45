package listing

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

const (
	// usualTitle and usualText are the numbers of words for which an entry gets the full value of its title and of its
	// text.
	usualTitle = 8
	usualText  = 20
	// minDistinct is the minimum number of different pages that a group's links lead to, as a share of the links.
	// minLikely is the minimum mean probability that the group's text is content.
	minDistinct = 0.7
	minLikely   = 0.08
	// minBare takes the place of minLikely for groups of links with fewer than menuWords words on average and nothing
	// next to them. Most of these are menus and footers.
	minBare   = 0.3
	menuWords = 3
	// maxAnchored is the share of its score that a group loses if all its links lead to parts of pages, such as
	// "#reviews".
	maxAnchored = 0.5
	// The entries of a group are more than links if they have, on average, at least minBeside pictures, dates, prices
	// or headings, or at least minWords words outside the link. Headings count only if the links have at least
	// menuWords words on average. minWords is above 1, because a number is one word.
	minBeside = 0.5
	minWords  = 1.5
	// If at least mostOwn of a group's links lead to other views of the page, the group is a menu of views.
	mostOwn = 0.8
	// minValue is the minimum value of an entry in a group other than the best one, as a share of the value in the best
	// group.
	minValue = 0.45
	// minTitled is the minimum share of a group's boxes that have words.
	minTitled = 0.6
	// If more than mostPriced of the best group's entries have a price, the list consists of products. In each further
	// group, at least minPriced of the entries must then have a price.
	mostPriced = 0.6
	minPriced  = 0.4
	// A box with more than maxHeadings headings, or with more than one heading that has a link, has less value as an
	// entry.
	maxHeadings = 2
	// maxChosen is the maximum number of groups that are chosen on a page.
	maxChosen = 12
	// maxRated is the number of groups with the best scores that are considered.
	maxRated = 200
)

// choose returns the groups whose boxes are the page's entries, the best group first. The boxes do not overlap.
func (f *finder) choose() []*group {
	rated := f.groups[:0]
	for _, g := range f.groups {
		if len(g.links) < minEntries {
			continue
		}
		f.dropViews(g)
		f.box(g)
		if f.rate(g); g.score > 0 {
			rated = append(rated, g)
		}
	}
	slices.SortStableFunc(rated, func(a, b *group) int { return cmp.Compare(b.score, a.score) })
	if rated = rated[:min(len(rated), maxRated)]; len(rated) > 0 {
		rated[0] = around(rated[0], rated)
	}
	var chosen []*group
	taken := make([]bool, len(f.Tree.Nodes))
	for _, g := range rated {
		if len(chosen) == maxChosen {
			break
		}
		if len(chosen) > 0 && !g.isLike(chosen[0]) {
			continue
		}
		if !f.take(g, taken) {
			continue
		}
		chosen = append(chosen, g)
	}
	return chosen
}

// dropViews drops a group's links to other views of the page, such as filters and further pages of the list, if more
// than half of the group's links, and at least minEntries, lead elsewhere.
func (f *finder) dropViews(g *group) {
	others := make([]int32, 0, len(g.links))
	for _, k := range g.links {
		if !f.Own(f.links[k].address) {
			others = append(others, k)
		}
	}
	if 2*len(others) > len(g.links) && len(others) >= minEntries {
		g.links = others
	}
}

// isLike reports whether a group may contain entries in addition to those of the best group. The value of the group
// must not be much lower than that of the best group. If the entries of the best group are products, many entries of
// the group must have prices. If the best group's entries have pictures, text or dates, links with nothing next to them
// are a menu. So are links to other views of the page, unless the best group's links lead to such views, too.
func (g *group) isLike(best *group) bool {
	return g.value >= minValue*best.value && (best.priced <= mostPriced || g.priced >= minPriced) &&
		(!g.bare || best.bare) && (!g.own || best.own)
}

const (
	// maxPieces is the maximum number of the best group's boxes that form one entry, on average. minPieced is the
	// minimum share of those boxes that are inside such entries.
	maxPieces = 3
	minPieced = 0.8
)

// around looks for a group whose boxes contain two or three of the best group's boxes each, on average, and have at
// least the same average value. For example, a job offer contains links to the employer and to the job. around returns
// the first such group, in order of score. If there is none, it returns the best group.
func around(best *group, all []*group) *group {
	for _, g := range all {
		if len(g.items) < minEntries+1 || len(g.items)*maxPieces < len(best.items) || 2*len(g.items) > len(best.items)+1 ||
			g.value < best.value {
			continue
		}
		inside, k := 0, 0
		for _, it := range best.items {
			for k < len(g.items) && g.items[k].to <= it.from {
				k++
			}
			if k < len(g.items) && g.items[k].from <= it.from && it.to <= g.items[k].to {
				inside++
			}
		}
		if float64(inside) >= minPieced*float64(len(best.items)) {
			return g
		}
	}
	return best
}

// take drops the boxes of a group that overlap with the boxes of groups that are already chosen. The slice taken marks
// the nodes of the chosen boxes; take marks the nodes of the remaining boxes in it. If fewer than two or fewer than
// half of the boxes remain, it changes nothing and returns false.
func (f *finder) take(g *group, taken []bool) bool {
	free := make([]item, 0, len(g.items))
	for _, it := range g.items {
		if !slices.Contains(taken[it.from:it.to], true) {
			free = append(free, it)
		}
	}
	if len(free) < minEntries || 2*len(free) < len(g.items) {
		return false
	}
	for _, it := range free {
		for i := it.from; i < it.to; i++ {
			taken[i] = true
		}
	}
	g.items = free
	return true
}

// rate sets the value and the score of a group, according to the content of its boxes. The score stays 0 if the boxes
// cannot be entries.
func (f *finder) rate(g *group) {
	n := float64(len(g.items))
	pages, titles := make(map[string]bool), make(map[string]bool)
	total, titled := 0.0, 0.0
	likely, blocked := 0.0, 0.0
	own, anchored := 0.0, 0.0
	var beside, headings, words, linked int32
	for k := range g.items {
		it := &g.items[k]
		l := &f.links[it.link]
		pages[l.address] = true
		s := f.in(it.from, it.to)
		if l.words > 0 {
			titles[l.text] = true
		}
		inHeading := f.isInHeading(l.node, it.from)
		if l.words > 0 || s.headings > 0 || s.words > 0 {
			titled++
		}
		if s.prices > 0 {
			g.priced += 1 / n
		}
		if strings.Contains(l.address, "#") {
			anchored += 1 / n
		}
		if f.Own(l.address) {
			own += 1 / n
		}
		linked += l.words
		beside += s.images + s.stamps + s.prices
		headings += s.headings
		words += s.words - s.linked
		total += f.worth(s, l.words, inHeading)
		likely += s.likely
		blocked += s.blocked
	}
	distinct := float64(len(pages)) / n
	if distinct < minDistinct || titled < minTitled*n {
		return
	}
	if len(titles) > 0 { // "read more" is not a title
		total *= 0.3 + 0.7*float64(len(titles))/n
	}
	p := likely / max(blocked, 1)
	if float64(linked) >= menuWords*n { // menus have headings of a word or two
		beside += headings
	}
	g.bare, g.own = float64(beside) < minBeside*n && float64(words) < minWords*n, own >= mostOwn
	if p < minLikely || g.bare && p < minBare && float64(linked) < menuWords*n {
		return
	}
	g.value = total / n * (0.2 + p)
	g.score = g.value * math.Pow(n, 0.9) * distinct * (1 - maxAnchored*anchored)
	if n < 4 {
		g.score *= n / 4
	}
}

// worth returns the value of a box as an entry: it grows with the words of the title and of the text, and with a
// heading, a picture, a date and a price. A box with several headings has less value.
func (f *finder) worth(s sum, title int32, inHeading bool) float64 {
	v := 0.1 + 0.4*share(title, usualTitle) + 0.4*share(s.words-s.linked, usualText)
	for _, has := range [...]bool{inHeading, s.headings > 0, s.images > 0, s.stamps > 0, s.prices > 0} {
		if has {
			v += 0.25
		}
	}
	if s.headings > maxHeadings || s.leads > 1 { // a section with its own entries
		v *= min(maxHeadings/float64(s.headings), 1/float64(max(s.leads, 1)))
	}
	return v
}

func share(n, of int32) float64 { return float64(min(n, of)) / float64(of) }

// isInHeading reports whether a link is in a heading of its box, or contains a heading.
func (f *finder) isInHeading(i, box int32) bool {
	nodes := f.Tree.Nodes
	if f.in(i, nodes[i].End).headings > 0 {
		return true
	}
	for at := nodes[i].Parent; at >= box; at = nodes[at].Parent {
		if isHeading(&nodes[at]) {
			return true
		}
	}
	return isHeading(&nodes[i])
}

// coverage returns the share of the page's expected content, in words, that is in the items.
func (f *finder) coverage(items []item) float64 {
	inside := 0.0
	end := int32(0)
	for _, it := range items {
		if it.from >= end {
			inside += f.in(it.from, it.to).likely
			end = it.to
		}
	}
	return inside / max(f.sums[len(f.sums)-1].likely, 1)
}
