package thread

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dates"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// findFields finds the paths of authors, dates and addresses.
func (t *template) findFields() {
	t.dates = t.rank(t.rateDate)
	if t.authors = t.rank(t.rateAuthor); t.authors == nil {
		for id := range t.paths {
			t.paths[id].texts, t.paths[id].person = t.paths[id].alts, max(t.paths[id].person, 0)
		}
		t.authors = t.rank(t.rateAuthor)
	}
	t.link = t.findLink()
}

// minPresence is the minimum share of posts that must have a text or time at the best path of a field.
const minPresence = 0.5

// rank returns the paths of a field, the best first. The best path has the highest rating above 0 among the paths that
// occur in at least half of the posts. A path that occurs in fewer posts is added if its rating exceeds minSecond and
// it is near the best path or ends like it. For example, the names of guests and of members can have different paths.
// rank returns nil if there is no best path.
func (t *template) rank(rate func(id int32) (score float64, posts int)) []int32 {
	n := len(t.spans)
	scores := make([]float64, len(t.paths))
	best := int32(-1)
	posts := make([]int, len(t.paths))
	for id := range t.paths {
		if scores[id], posts[id] = rate(int32(id)); scores[id] > 0 && float64(posts[id]) >= minPresence*float64(n) &&
			(best < 0 || scores[id] > scores[best]) {
			best = int32(id)
		}
	}
	if best < 0 {
		return nil
	}
	ranked := []int32{best}
	for id := range t.paths {
		if scores[id] > minSecond && float64(posts[id]) < minPresence*float64(n) &&
			(t.areBeside(int32(id), best) || t.endAlike(int32(id), best)) {
			ranked = append(ranked, int32(id))
		}
	}
	slices.SortStableFunc(ranked[1:], func(a, b int32) int { return cmp.Compare(scores[b], scores[a]) })
	return ranked
}

// minSecond is the rating that a path must exceed to be added to a field's best path.
const minSecond = 0.5

// maxBeside is the maximum number of steps up from a path when two paths of the same field are compared.
const maxBeside = 3

// areBeside reports whether path a is below an ancestor of path b that is at most maxBeside steps above b.
func (t *template) areBeside(a, b int32) bool {
	for k := 0; k < maxBeside && t.paths[b].parent > 0; k++ {
		b = t.paths[b].parent
	}
	return t.isBelow(a, b)
}

// endAlike reports whether the last elements of two paths have the same tags and first class names, as the author's
// name has in a question and in an answer.
func (t *template) endAlike(a, b int32) bool {
	for range maxBeside {
		x, y := &t.Tree.Nodes[t.paths[a].node], &t.Tree.Nodes[t.paths[b].node]
		if x.Form != y.Form || x.Tag != y.Tag || x.Form == block.Element &&
			firstToken(dom.Attr(x.HTML, "class")) != firstToken(dom.Attr(y.HTML, "class")) {
			return false
		}
		if a, b = t.paths[a].parent, t.paths[b].parent; a <= 0 || b <= 0 {
			return false
		}
	}
	return true
}

// rateDate rates a path by how likely its times are the dates of the posts, above all by their order, because posts are
// usually in chronological order. The result posts is the number of posts that have a time at the path.
func (t *template) rateDate(id int32) (score float64, posts int) {
	n := float64(len(t.spans))
	timeOfDay, up, down, sure := 0.0, 0.0, 0.0, 0.0
	var last *timed
	at := &t.paths[id]
	for k := range at.stamps {
		s := &at.stamps[k]
		if last != nil && last.post == s.post {
			continue
		}
		posts++
		if s.date.HasTime {
			timeOfDay++
		}
		if s.sure {
			sure++
		}
		if last != nil {
			switch d := s.date.Time.Compare(last.date.Time); {
			case d > 0:
				up++
			case d < 0:
				down++
			default:
				up += 0.5
				down += 0.5
			}
		}
		last = s
	}
	if posts == 0 {
		return 0, 0
	}
	all := float64(posts)
	score = all/n + 0.5*timeOfDay/all + 0.3*sure/all
	if posts > 1 {
		score += max(up, down) / (all - 1)
	}
	return score, posts
}

// lineOf returns the text at or below a node as one line.
func (t *template) lineOf(i int32) string {
	var b strings.Builder
	for at := i; at < t.Tree.Nodes[i].End; at++ {
		if n := &t.Tree.Nodes[at]; n.Form == block.Text {
			b.WriteString(n.Text)
		}
	}
	return text.FoldSpace(b.String())
}

// posts builds the posts. It drops posts without a text if enough posts have one (see minBodies).
func (t *template) posts() []Post {
	posts := make([]Post, len(t.spans))
	for k, s := range t.spans {
		posts[k].From, posts[k].To = s.from, s.to
	}
	t.bodies(posts)
	t.fill(posts)
	t.readScores(posts)
	t.markAccepted(posts)
	with := 0
	for k := range posts {
		if len(posts[k].Body) > 0 {
			with++
		}
	}
	if float64(with) >= minBodies*float64(len(posts)) {
		posts = slices.DeleteFunc(posts, func(p Post) bool { return len(p.Body) == 0 })
	}
	return posts
}

// minBodies is a share of posts. If at least this share has a text, posts without a text are dropped.
const minBodies = 0.6

// Attributes of a post's element: authorAttrs have the author's name (XenForo, Reddit), linkAttrs the post's address
// (Reddit), and scoreAttrs its score (Reddit, Stack Exchange).
var (
	authorAttrs = [...]string{"data-author", "author"}
	linkAttrs   = [...]string{"data-permalink", "permalink"}
	scoreAttrs  = [...]string{"data-score", "score"}
)

// fill sets the author, date and address of each post. If a post has several values of one of these fields, the first
// counts. It also sets the score if an attribute has it.
func (t *template) fill(posts []Post) {
	for k, s := range t.spans {
		p, n := &posts[k], t.Tree.Nodes[s.from].HTML
		for _, key := range authorAttrs {
			p.Author = cmp.Or(p.Author, text.FoldSpace(dom.Attr(n, key)))
		}
		for _, key := range linkAttrs {
			p.Link = cmp.Or(p.Link, dom.Attr(n, key))
		}
		for _, key := range scoreAttrs {
			if score, err := strconv.Atoi(dom.Attr(n, key)); err == nil && !p.HasScore {
				p.Score, p.HasScore = score, true
			}
		}
	}
	for _, id := range t.authors {
		for _, s := range t.paths[id].texts {
			if p := &posts[s.post-1]; p.Author == "" && !t.isNoName(s.text) {
				p.Author = strings.Trim(s.text, " ,:;·|»«-–—")
			}
		}
	}
	for _, id := range t.dates {
		for _, s := range t.paths[id].stamps {
			if p := &posts[s.post-1]; p.Published == (dates.Date{}) {
				p.Published = s.date
			}
		}
	}
	for i := range t.Tree.Nodes {
		if t.pathOf[i] < 0 {
			continue
		}
		n := &t.Tree.Nodes[i]
		p := &posts[t.postOf[i]-1]
		if n.Tag == atom.A && dom.Attr(n.HTML, "itemprop") == "url" && !t.isOfPerson(int32(i)) {
			p.Link = cmp.Or(p.Link, strings.TrimSpace(dom.Attr(n.HTML, "href"))) // declared by schema.org
		}
	}
	for i := range t.Tree.Nodes {
		if t.link < 0 || t.pathOf[i] != t.link {
			continue
		}
		n := &t.Tree.Nodes[i]
		if p := &posts[t.postOf[i]-1]; p.Link == "" {
			p.Link = strings.TrimSpace(dom.Attr(n.HTML, "href"))
		}
	}
	t.linkByID(posts)
}

// isOfPerson reports whether an element describes a person or organization, according to the nearest schema.org item
// around it in its post.
func (t *template) isOfPerson(i int32) bool {
	for at := t.Tree.Nodes[i].Parent; at != block.None && t.pathOf[at] > 0; at = t.Tree.Nodes[at].Parent {
		if kind := dom.Attr(t.Tree.Nodes[at].HTML, "itemtype"); kind != "" {
			return strings.HasSuffix(kind, "/Person") || strings.HasSuffix(kind, "/Organization")
		}
	}
	return false
}
