package thread

import (
	"strconv"
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// Words in class names. scoreWords indicate a score. againstWords indicate the number of votes against a post.
// acceptedWords indicate the mark of an accepted answer.
var (
	scoreWords = text.SetOf(
		"score", "vote", "votes", "points", "upvotes", "upvote", "upvotecount", "like", "likes", "likecount", "karma",
		"react",
	)
	againstWords  = text.SetOf("dislike", "dislikes", "downvote", "downvotes")
	acceptedWords = text.SetOf("accepted", "solution", "bestanswer", "acceptedanswer", "chosen")
)

const (
	// minScored is the minimum share of posts that must have a score at the chosen path.
	minScored = 0.3
	// maxAccepted is the maximum share of posts that may have the accepted mark, unless only one post has it. A larger
	// share means that every post contains the mark and a style sheet hides it in most of them.
	maxAccepted   = 0.5
	maxScoreText  = 24 // maximum number of bytes in a score's text
	maxScoreWords = 6  // maximum number of words in a score's element
	// maxScoreParents is the maximum number of elements around a score that are checked.
	maxScoreParents = 3
)

// readScores reads the posts' scores from the path at which the most posts have one. It sets no scores if fewer than
// minScored of the posts have one there.
func (t *template) readScores(posts []Post) {
	type scored struct{ post, score int }
	all := make(map[int32][]scored)
	best := int32(-1)
	for i := range t.Tree.Nodes {
		id, n := t.pathOf[i], &t.Tree.Nodes[i]
		if id < 0 || n.Form != block.Element || !t.isScore(int32(i)) {
			continue
		}
		score, ok := t.scoreOf(int32(i))
		post := int(t.postOf[i]) - 1
		if of := all[id]; !ok || len(of) > 0 && of[len(of)-1].post == post {
			continue
		}
		all[id] = append(all[id], scored{post, score})
		if best < 0 || len(all[id]) > len(all[best]) {
			best = id
		}
	}
	if best < 0 || float64(len(all[best])) < minScored*float64(len(posts)) {
		return
	}
	for _, s := range all[best] {
		posts[s.post].Score, posts[s.post].HasScore = s.score, true
	}
}

// isScore reports whether a node is a short element whose class names call it a score, and no element close around it
// is about a person.
func (t *template) isScore(i int32) bool {
	n := &t.Tree.Nodes[i]
	if n.Form != block.Element || t.sums[i].words > maxScoreWords || !isNamedFor(n, scoreWords) ||
		isNamedFor(n, againstWords) {
		return false
	}
	id := t.paths[t.pathOf[i]].parent
	for k := 0; id > 0 && k < maxScoreParents; id, k = t.paths[id].parent, k+1 {
		if t.paths[id].person != 0 {
			return false
		}
	}
	return true
}

// scoreOf parses the score in a node: "189 points", "+5", "1,136". The second result is false if there is none.
func (t *template) scoreOf(i int32) (int, bool) {
	line := t.lineOf(i)
	if line == "" || len(line) > maxScoreText {
		return 0, false
	}
	number, _, _ := strings.Cut(strings.NewReplacer("−", "-", ",", "", "+", "").Replace(line), " ")
	score, err := strconv.Atoi(number)
	return score, err == nil
}

// markAccepted sets Accepted for the posts that are marked as the accepted answer. If several posts are marked, and
// they are more than half of all posts, it sets none.
func (t *template) markAccepted(posts []Post) {
	marked := make([]bool, len(posts))
	count := 0
	for i := range t.Tree.Nodes {
		n := &t.Tree.Nodes[i]
		if t.pathOf[i] < 0 || t.unseen[i] || n.Form != block.Element || t.inBody[i] || !isNamedFor(n, acceptedWords) ||
			isConcealed(n) {
			continue
		}
		if post := t.postOf[i] - 1; !marked[post] {
			marked[post] = true
			count++
		}
	}
	if count == 0 || count > 1 && float64(count) > maxAccepted*float64(len(posts)) {
		return
	}
	for k := range posts {
		posts[k].Accepted = marked[k]
	}
}

// isNamedFor reports whether an element's class names or data-role contain one of the words, or its itemprop is one.
func isNamedFor(n *block.Node, words *text.Set) bool {
	return words.Has(strings.ToLower(dom.Attr(n.HTML, "itemprop"))) ||
		text.HasNameWord(dom.Attr(n.HTML, "class"), words) ||
		text.HasNameWord(dom.Attr(n.HTML, "data-role"), words)
}

// isConcealed reports whether an element is hidden by a common class name, or is an input element.
func isConcealed(n *block.Node) bool {
	class := dom.Attr(n.HTML, "class")
	return dom.HasToken(class, "d-none") || dom.HasToken(class, "hidden") || dom.HasToken(class, "hide") ||
		n.Tag == atom.Input
}
