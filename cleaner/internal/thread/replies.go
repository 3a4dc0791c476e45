package thread

import (
	"slices"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// replyWords are words in the class names of posts below another post.
var replyWords = text.SetOf("comment", "reply", "answer", "response")

// chooseReplies returns the group of comments inside posts that has the most words, or nil. Class names must call the
// comments replies, and at least the share minFull of them must have a name and a time.
func (f *finder) chooseReplies(groups [][]span) []span {
	var best []span
	words := int32(0)
	for _, g := range f.groups {
		if len(g.spans) < minPosts || g.full < minFull*float64(len(g.spans)) || g.words <= words ||
			!f.isNamed(g.spans[0].from, replyWords) {
			continue
		}
		if areReplies(groups, g.spans) {
			best, words = g.spans, g.words
		}
	}
	return best
}

// minFull is the minimum share of comments that must have both a name and a time.
const minFull = 0.8

// areReplies reports whether each span is inside a span of one of the groups but does not begin at the same node. If
// more than half of the posts of a group contain the same number of spans, the result is false, because the spans are
// then parts of the posts, not replies.
func areReplies(groups [][]span, spans []span) bool {
	inside := make([]bool, len(spans))
	for _, outer := range groups {
		times := make(map[int]int)
		for k, o := range holders(outer, spans) {
			if o >= 0 && outer[o].from != spans[k].from {
				inside[k] = true
				times[o]++
			}
		}
		usual := make(map[int]int)
		for _, n := range times {
			if usual[n]++; float64(usual[n]) > maxUsual*float64(len(outer)) && len(outer) > 1 {
				return false
			}
		}
	}
	return !slices.Contains(inside, false)
}

// maxUsual is the maximum share of posts that may have the same number of replies.
const maxUsual = 0.5
