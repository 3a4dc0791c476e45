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

// A Page is the input of Find.
type Page struct {
	Tree   *block.Tree
	Blocks []block.Block
	// Unseen reports whether a node, with everything below it, is hidden.
	Unseen func(i int32) bool
	// Probabilities has each block's probability of being content. For posts, the probabilities are unreliable.
	Probabilities []float32
	// Title is the title of the thread, "" if unknown.
	Title string
	// Style is the order of the numbers in the page's dates.
	Style dates.Style
}

// A Post is one post of a thread.
type Post struct {
	// From is the index of the post's first node, and To is the index of the first node after it. Replies between these
	// indexes are not part of the post.
	From, To int32
	// Author is a name as the page shows it, "" if there is none. Published is zero if the page gives no date.
	Author    string
	Published dates.Date
	// Link is the post's address as the page writes it, or "#" and an id in the post; "" for none.
	Link string
	// Depth is 0 for a post that answers no other post, as far as the page shows it, 1 for an answer to such a post,
	// and so on.
	Depth int
	// Score is the readers' score if HasScore is true. Accepted reports whether the post is marked as the accepted
	// answer.
	Score              int
	HasScore, Accepted bool
	// Body are the nodes with the text of the post, in page order. No node is below another.
	Body []int32
}

// A Thread is the result of Find.
type Thread struct {
	// Posts are in page order. Replies follow the post that contains them.
	Posts []Post
	// Named reports whether class names, schema.org types or addresses call the posts comments, answers or reviews.
	Named bool
	// Opened reports whether the first post opened the thread, so that the other posts answer it.
	Opened bool
	// Peers reports whether the first post looks like those that answer it, and is by a member like them.
	Peers bool
	// InPost reports for each node whether it is in a post. InBody reports whether it is in the text of a post.
	InPost, InBody []bool
	// Quotes are the boxes and tables in the posts' texts that quote other posts without being HTML quotes.
	Quotes map[int32]bool
}

// Find returns the posts of a page. It returns nil if the page shows no series of posts, or if most of their text is
// links. The parameter opening selects whether a question, or a first post that looks different from the others, counts
// as a post. Above posts that the page calls comments or answers, such a post always counts if it is by a peer.
func Find(p *Page, opening bool) *Thread {
	f := &finder{Page: p}
	f.collect()
	main := f.choose()
	if main == nil {
		return nil
	}
	t := f.readThread(main, opening)
	if t != nil && t.Named && !opening {
		if opened := f.readThread(main, true); opened != nil && opened.Peers {
			return opened
		}
	}
	return t
}

// readThread reads the posts of the chosen group, the replies inside them and, if opening is true, the post above them.
func (f *finder) readThread(main *group, opening bool) *Thread {
	groups := [][]span{main.spans}
	var first []span
	f.text = nil
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
	t.Peers = first != nil && f.arePeers(t.Posts)
	return t
}

// isIndex reports whether more than half of the words in the posts of the first group are in links. Such posts are a
// list of threads or stories.
func (f *finder) isIndex(t *Thread) bool {
	words, links := int32(0), int32(0)
	for b := range f.Blocks {
		if bl := &f.Blocks[b]; t.InBody[bl.First] && f.groupOf[bl.First] == 1 &&
			strings.ContainsFunc(bl.Text, unicode.IsLetter) {
			words += bl.Words
			links += bl.LinkWords
		}
	}
	return 2*links > words
}

// isLinkNamed reports whether the fragment of the first post's address has a number and calls the post a comment, as in
// "#comment-12".
func (t *Thread) isLinkNamed() bool {
	_, fragment, _ := strings.Cut(t.Posts[0].Link, "#")
	for word := range text.NameWords(fragment, text.MaxNameWords) {
		if commentWords.Has(strings.ToLower(word)) {
			return hasNumber(fragment)
		}
	}
	return false
}

// sums reports whether a post only summarizes the next one. This is so if both have the same author and date, and the
// next post is not inside the first.
func (p *Post) sums(next *Post) bool {
	return p.Author != "" && p.Author == next.Author && p.Published == next.Published && p.To <= next.From
}

// read reads the posts of all groups. Posts of a later group may be inside those of an earlier one.
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
		template.countRepeats()
		if template.findBody(); g == 1 && f.text != nil {
			template.setBody(f.text)
		}
		t.Posts = append(t.Posts, template.posts()...)
	}
	slices.SortFunc(t.Posts, func(a, b Post) int { return cmp.Compare(a.From, b.From) })
	f.setDepths(t.Posts)
	t.Quotes = f.findQuotes(t.InBody)
	return t
}

// A finder is the state of the search on one page.
type finder struct {
	*Page
	// inZone restricts the search to some nodes if it is not nil.
	inZone func(i int32) bool
	unseen []bool
	// texts contains, for each node, the number of visible text nodes before it that have letters or digits.
	texts []int32
	// sums contains the counts for each node.
	sums []sum
	// stamps are the times on the page, by node.
	stamps map[int32]stamp
	// people contains, for each visible element, what it suggests about an author. classes caches the hints of classes.
	people  []personHints
	classes map[string]classHints
	// groups are the groups with a score above 0.
	groups []*group
	// groupOf contains, for each node, the number of the group whose posts contain it. Groups are counted from 1; 0
	// means that the node is in no post.
	groupOf []int8
	// text are the boxes with the text of the opening, if findText found it.
	text []int32
}

// A template is the common structure of the posts of one group.
type template struct {
	*finder
	group int8
	// spans are the posts in page order. postOf contains, for each node, the number of its post. Posts are counted from
	// 1; 0 means that the node is in no post.
	spans  []span
	postOf []int32
	// tops contains, for each node, the number of earlier nodes whose parents are in another post or in none.
	tops []int32
	// paths are the paths in the posts. pathOf contains the index of each node's path, or -1 if the node has none.
	paths  []path
	pathOf []int32
	// authors and dates are the paths of the authors' names and of the dates, the best first. link is the path of the
	// posts' addresses, or -1 if there is none.
	authors, dates []int32
	link           int32
	// isBody reports for each path whether it is a body. inBody reports for each node whether it is in the body of a
	// post.
	isBody, inBody []bool
	// repeats contains, for each block, how many blocks in the posts have the same text. Digits are ignored: "Posts:
	// 48".
	repeats []int
}

// A sum counts the words, the words in links, the blocks, the times and the names at or below a node.
type sum struct{ words, links, blocks, stamps, names int32 }

// add adds another sum the given number of times.
func (s *sum) add(other sum, times int32) {
	s.words += times * other.words
	s.links += times * other.links
	s.blocks += times * other.blocks
	s.stamps += times * other.stamps
	s.names += times * other.names
}
