package cleaner

import (
	"github.com/dechaff/dechaff/cleaner/internal/judge"
	"github.com/dechaff/dechaff/cleaner/internal/metadata"
)

// Teasers and comments are recognized if the page meets these conditions. They were chosen by the word F1 on sites left
// out of training: few pages change, those that gain most gain .3 to .9, and one of 4,600 loses more than .05.
const (
	minTeaserPage  = 0.6  // minimum probability that the page has one article
	minTeasers     = 5    // minimum number of entries
	minOwnTeasers  = 0.5  // minimum share of entries that link to the page's own site
	minStoryWords  = 60   // minimum number of words that are probably content and not in an entry
	maxBetween     = 0.1  // maximum share of those words that are between two entries
	maxTeaserTrust = 0.45 // maximum mean of the opinions about the blocks in entries, by words
	teaserPrice    = 2    // the log-odds that are subtracted from the blocks in entries
)

// Teasers and comments are searched for only where at least this share of words is unsure (see unsureShare). The search
// for comments takes twice as long, and below .4 it changed no page of 4,600.
const (
	minUnsureTeasers  = 0.1
	minUnsureComments = 0.4
)

// Opinions from unsureFrom to unsureTo are unsure.
const (
	unsureFrom = -1
	unsureTo   = 1.5
)

// weighTeasers adjusts the opinions for what is beside the story on the page of an article: a run of teasers of other
// stories, or readers' comments that the page does not name. Judged one by one, an excerpt or a comment looks like a
// paragraph of the story. In a list of products or places that is itself the story, the judge is surer of the entries,
// other text is between them, or they link to other sites.
func (p *page) weighTeasers(opinions []float32) {
	if !p.judged || p.KindOf(judge.KindArticle) < minTeaserPage {
		return
	}
	unsure := p.unsureShare(opinions)
	var teasers, comments []bool
	if unsure >= minUnsureTeasers {
		teasers = p.inTeasers()
	}
	if unsure >= minUnsureComments {
		comments = p.inComments()
	}
	for _, series := range [...][]bool{teasers, comments} {
		if series == nil || !p.isBesideStory(series, opinions) {
			continue
		}
		for b, in := range series {
			if in {
				opinions[b] -= teaserPrice
			}
		}
	}
}

// inTeasers returns for each block whether it is in an entry that could be a teaser, or nil if there are too few.
func (p *page) inTeasers() []bool {
	entries := p.searchEntries().Entries
	if len(entries) < minTeasers {
		return nil
	}
	own := 0
	for k := range entries {
		if metadata.IsSameSite(entries[k].URL, p.Doc.URL) {
			own++
		}
	}
	if float64(own) < minOwnTeasers*float64(len(entries)) {
		return nil
	}
	return p.blocksIn(entries)
}

// inComments returns for each block whether it is in a post that could be a reader's comment, or nil if there are no
// posts.
func (p *page) inComments() []bool {
	if p.isForumLike() {
		return nil
	}
	t := p.searchThread()
	if t == nil {
		return nil
	}
	in := p.scratch().Bools.Take(len(p.Blocks))
	for b := range p.Blocks {
		in[b] = t.InPost[p.Blocks[b].First]
	}
	return in
}

// unsureShare returns the share of words about which the judge is unsure, among the words that it does not clearly take
// for chaff. On most articles it is small, and no teasers need to be searched for.
func (p *page) unsureShare(opinions []float32) float64 {
	unsure, sure := int32(0), int32(1)
	for b, o := range opinions {
		switch {
		case o > unsureTo:
			sure += p.Blocks[b].Words
		case o > unsureFrom:
			unsure += p.Blocks[b].Words
		}
	}
	return float64(unsure) / float64(unsure+sure)
}

// isBesideStory reports whether the entries can be teasers beside a story that is long enough: the opinions about them
// are low enough, and nearly all other content is above the first entry or below the last one.
func (p *page) isBesideStory(inEntry []bool, opinions []float32) bool {
	entryWords, opinion := 0.0, 0.0
	story, between, sinceEntry := 0.0, 0.0, 0.0
	for b, in := range inEntry {
		switch words := float64(p.Blocks[b].Words); {
		case in:
			if entryWords > 0 {
				between += sinceEntry
			}
			sinceEntry = 0
			entryWords += words
			opinion += words * float64(opinions[b])
		case opinions[b] > 0:
			story += words
			sinceEntry += words
		}
	}
	return story >= minStoryWords && between <= maxBetween*story && opinion < maxTeaserTrust*entryWords
}
