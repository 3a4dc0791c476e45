package cleaner

import (
	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dates"
	"github.com/dechaff/dechaff/cleaner/internal/judge"
	"github.com/dechaff/dechaff/cleaner/internal/metadata"
	"github.com/dechaff/dechaff/cleaner/internal/thread"
)

const (
	// minForum is the minimum probability that a page is a forum page. Below it, posts have no influence on what is
	// content.
	minForum = 0.15
	// maxAbove is the maximum number of words of prose above the posts of a thread, weighted by the judge's
	// probabilities. If there are more, the posts are comments on an article.
	maxAbove = 15
	// proseWords is the minimum number of words in a block of prose.
	proseWords = 20
	// proseLinks is the share of words in links at which a block is no longer prose.
	proseLinks = 0.3
)

// postGain is added to the log-odds of text in the body of a thread's post, and postLoss is subtracted from those of
// other text in the box of a post. On forum templates unlike those in its training set, the judge mistakes user cards
// for text and short answers for labels. On threads left out of training, word F1 rises from .828 to .870, and on those
// in training from .914 to .921.
const (
	postGain = 1.5
	postLoss = 2
)

// searchThread returns the thread on the page, or nil if there is none. It searches only once.
func (p *page) searchThread() *thread.Thread {
	if !p.threadSearched {
		p.threadSearched = true
		p.thread = thread.Find(p.threadPage(), p.mayBeForum())
	}
	return p.thread
}

func (p *page) threadPage() *thread.Page {
	return &thread.Page{
		Tree: p.Tree, Blocks: p.Blocks, Probabilities: p.Probabilities, Title: p.Meta.Title,
		Style:  dates.StyleOf(p.Meta.Language),
		Unseen: func(i int32) bool { return p.marks[i] != unmarked },
	}
}

// mayBeForum reports whether the page declares itself part of a forum, or is at least as likely a forum page as an
// article.
func (p *page) mayBeForum() bool {
	return p.Forum || p.KindOf(judge.KindForum) >= p.KindOf(judge.KindArticle)
}

// isForumLike reports whether the page declares itself part of a forum, or perhaps is one.
func (p *page) isForumLike() bool { return p.Forum || p.KindOf(judge.KindForum) >= minForum }

// mayBeThread reports whether posts can be the page's content, whatever the posts are (see ownThread).
func (p *page) mayBeThread() bool { return p.KindOf(judge.KindForum) >= minForum && p.revealed == nil }

// ownThread returns the thread on the page if its posts are the page's content, rather than comments on it, or nil.
func (p *page) ownThread() *thread.Thread {
	if !p.mayBeThread() {
		return nil
	}
	if t := p.searchThread(); t != nil && (p.Forum || p.isAtTop(t)) {
		return t
	}
	return nil
}

// isByPeers reports whether the posts are the page's content and their authors are peers.
func (p *page) isByPeers() bool {
	t := p.ownThread()
	return t != nil && t.Peers
}

// isAtTop reports whether little prose is above the posts of a thread.
func (p *page) isAtTop(t *thread.Thread) bool {
	above := float32(0)
	for b := range p.Blocks {
		bl := &p.Blocks[b]
		if bl.First >= t.Posts[0].From {
			break
		}
		if isRunningText(bl) {
			above += float32(bl.Words) * p.Probabilities[b]
		}
	}
	return above <= maxAbove
}

// isRunningText reports whether a block has enough words, and few enough of them in links, for prose.
func isRunningText(bl *block.Block) bool {
	return bl.Words >= proseWords && bl.LinkDensity() < proseLinks
}

// weighPosts adjusts the opinions for the posts of a thread. Posts that the page names comments, answers or reviews
// count only if they are by peers or the page declares itself part of a forum, because the judge mistakes some
// unfamiliar blogs for forums.
func (p *page) weighPosts(opinions []float32) {
	t := p.ownThread()
	if t == nil || t.Named && !p.Forum && !t.Peers {
		return
	}
	for b := range p.Blocks {
		switch first := p.Blocks[b].First; {
		case t.InBody[first]:
			opinions[b] += postGain
		case t.InPost[first]:
			opinions[b] -= postLoss
		}
	}
}

// settleThread sets the page's byline and date to those of the thread if the thread is the page's content and its first
// post is what the other posts answer.
func (p *page) settleThread() {
	t := p.ownThread()
	if t == nil || !t.Opened || !p.mayBeForum() {
		return
	}
	posters := make([]string, len(t.Posts))
	for k := range t.Posts {
		posters[k] = metadata.Poster(t.Posts[k].Author)
	}
	p.Meta.SettleThread(posters, t.Posts[0].Published)
}

// quotes returns the nodes of passages that quote other posts of the thread that is the page's content.
func (p *page) quotes() map[int32]bool {
	if t := p.ownThread(); t != nil {
		return t.Quotes
	}
	return nil
}
