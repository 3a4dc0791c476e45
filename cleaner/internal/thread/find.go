package thread

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dates"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// A Page is what the search reads.
type Page struct {
	Tree   *block.Tree
	Blocks []block.Block
	// Unseen reports whether a node, with all below it, is not shown.
	Unseen func(i int32) bool
	// Probabilities are those of each block to be content, for what they are worth.
	Probabilities []float32
	// Title is the thread's, "" if unknown.
	Title string
	// Style is how the page orders the numbers of a date.
	Style dates.Style
}

// A Post is one contribution to a thread.
type Post struct {
	// From and To bound its nodes; those of replies inside it are not its own.
	From, To int32
	// Author is a name as the page shows it, "" if there is none. Published is zero if the page gives no day.
	Author    string
	Published dates.Date
	// Link is its address as the page has it, "" for none; of an element's id with "#" before it.
	Link string
	// Depth is 0 for a post that answers no other, as far as the page shows it.
	Depth int
	// Score is what readers gave it, if HasScore. Accepted reports whether it is marked as the answer.
	Score              int
	HasScore, Accepted bool
	// Body are the nodes whose text is the post's, in page order, none below another.
	Body []int32
}

// A Thread is what Find found.
type Thread struct {
	// Posts are in page order, replies after what they are inside of.
	Posts []Post
	// Named reports whether the posts are named or typed as comments, answers, reviews.
	Named bool
	// Opened reports whether the first post is what the others answer.
	Opened bool
	// InPost and InBody report for each node whether it is in a post, and in the text of one.
	InPost, InBody []bool
	// Quotes are the boxes and tables in the posts' texts that quote other posts and are no quotes in HTML.
	Quotes map[int32]bool
}

// Find returns the posts of a page, nil if it shows no run of them. With opening, a question or a first post that looks
// unlike the others counts as one.
func Find(p *Page, opening bool) *Thread {
	f := &finder{Page: p}
	f.collect()
	main := f.choose()
	if main == nil {
		return nil
	}
	groups := [][]span{main.spans}
	var first []span
	if opening {
		if first = f.findOpening(main.spans); first != nil {
			groups = append(groups, first)
		}
	}
	if replies := f.chooseReplies(groups); replies != nil {
		groups = append(groups, replies)
	}
	t := f.read(groups)
	if first != nil && len(t.Posts) > minPosts && t.Posts[0].sums(&t.Posts[1]) {
		t.Posts = t.Posts[1:]
	}
	if f.isIndex(t) {
		return nil
	}
	t.Named = f.isNamed(main.spans[0].from, commentWords) || t.isLinkNamed()
	t.Opened = first != nil || !t.Named
	return t
}

// isIndex reports whether most of the posts' text leads elsewhere: then they are a list of threads, or of stories.
func (f *finder) isIndex(t *Thread) bool {
	words, links := int32(0), int32(0)
	for b := range f.Blocks {
		if bl := &f.Blocks[b]; t.InBody[bl.First] && strings.ContainsFunc(bl.Text, unicode.IsLetter) {
			words += bl.Words
			links += bl.LinkWords
		}
	}
	return 2*links > words
}

// isLinkNamed reports whether the first post's address is named as a comment: "#comment-12".
func (t *Thread) isLinkNamed() bool {
	_, fragment, _ := strings.Cut(t.Posts[0].Link, "#")
	for word := range text.NameWords(fragment, text.MaxNameWords) {
		if commentWords.Has(strings.ToLower(word)) {
			return strings.ContainsAny(fragment, "0123456789")
		}
	}
	return false
}

// sums reports whether what is above a post only says who wrote it and when.
func (p *Post) sums(next *Post) bool {
	return p.Author != "" && p.Author == next.Author && p.Published == next.Published && p.To <= next.From
}

// read reads the posts of all groups; those of a later one may be inside those of an earlier one.
func (f *finder) read(groups [][]span) *Thread {
	t := &Thread{InPost: make([]bool, len(f.Tree.Nodes)), InBody: make([]bool, len(f.Tree.Nodes))}
	f.groupOf = make([]int8, len(f.Tree.Nodes))
	for g, spans := range groups {
		for _, s := range spans {
			for i := s.from; i < s.to; i++ {
				f.groupOf[i], t.InPost[i] = int8(g+1), true
			}
		}
	}
	for g, spans := range groups {
		template := &template{finder: f, spans: spans, group: int8(g + 1), inBody: t.InBody}
		template.own()
		template.readPaths()
		template.findFields()
		template.findBody()
		t.Posts = append(t.Posts, template.posts()...)
	}
	slices.SortFunc(t.Posts, func(a, b Post) int { return cmp.Compare(a.From, b.From) })
	f.setDepths(t.Posts)
	t.Quotes = f.findQuotes(t.InBody)
	return t
}

// A finder is the search on one page.
type finder struct {
	*Page
	unseen []bool
	// texts counts the texts with letters or digits before each node.
	texts []int32
	// sums of blocks at or below each node.
	sums []sum
	// stamps are the times on the page by the node that has them.
	stamps map[int32]stamp
	// groups are the groups that are rated.
	groups []*group
	// groupOf is the number of the group that each node's post is of, from 1; 0 for none.
	groupOf []int8
}

// A template is what the posts of one group have in common.
type template struct {
	*finder
	group int8
	// spans are the posts in page order. postOf is the number of each node's post, from 1; 0 for none.
	spans  []span
	postOf []int32
	// tops counts the nodes before each one whose parents are of another post.
	tops []int32
	// paths are the places in the posts; pathOf is each node's, -1 outside.
	paths  []path
	pathOf []int32
	// authors and dates are the paths of these fields, the best first. link is a path; -1 for none.
	authors, dates []int32
	link           int32
	// isBody reports which paths are the text, inBody which nodes.
	isBody, inBody []bool
}

// A sum sums up the blocks, times and names at or below a node.
type sum struct{ words, links, blocks, stamps, names int32 }

// add adds another sum so many times.
func (s *sum) add(other sum, times int32) {
	s.words += times * other.words
	s.links += times * other.links
	s.blocks += times * other.blocks
	s.stamps += times * other.stamps
	s.names += times * other.names
}
