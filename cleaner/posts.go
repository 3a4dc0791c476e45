package cleaner

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/content"
	"github.com/dechaff/dechaff/cleaner/internal/dates"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/metadata"
	"github.com/dechaff/dechaff/cleaner/internal/thread"
	"github.com/dechaff/dechaff/cleaner/internal/zone"
)

// A Post is one post of a thread, or one reader's comment.
type Post struct {
	// Author is the name as the page shows it; "" if it shows none.
	Author string
	// Published is the zero Date if the page gives no date.
	Published Date
	// URL is the post's own address, "" if it has none.
	URL string
	// Depth is 0 for a post that answers no other post, 1 for an answer to such a post, and so on, as far as the page
	// shows it.
	Depth int
	// Score is the number of votes, points or likes. nil means that the page does not show a score.
	Score *int
	// Accepted reports whether the post is marked as the answer to the question.
	Accepted bool

	content *html.Node
}

// findPosts finds the posts of a thread or the comments on an article if Options.Posts or Options.Comments is set.
func (p *page) findPosts(a *Article) {
	if !p.opts.Posts && !p.opts.Comments {
		return
	}
	if t := p.ownThread(); t != nil {
		if p.opts.Posts {
			a.Posts = p.buildPosts(t)
		}
		return
	}
	if !p.opts.Comments {
		return
	}
	if t := p.searchComments(); t != nil {
		a.Comments = p.buildPosts(t)
	}
}

// searchComments returns the readers' comments below an article, or nil.
func (p *page) searchComments() *thread.Thread {
	t := thread.FindComments(p.threadPage(), func(i int32) bool { return p.zones[i]&zone.Comments != 0 })
	if other := p.searchThread(); other != nil && other.Named && p.countComments(other) > moreComments*p.countComments(t) {
		return other
	}
	if p.countComments(t) == 0 {
		return nil
	}
	return t
}

// Named posts anywhere on the page are the comments if they have more than moreComments times as many words as those
// in the zones of comments, which may be incomplete.
const moreComments = 1.25

// countComments returns the number of words in the text of posts. It returns 0 if most of the text is in the article:
// then the posts are not comments on it.
func (p *page) countComments(t *thread.Thread) float64 {
	if t == nil {
		return 0
	}
	kept, all := 0, 0
	for b := range p.Blocks {
		if bl := &p.Blocks[b]; t.InBody[bl.First] {
			all += int(bl.Words)
			if p.verdicts[b].keep {
				kept += int(bl.Words)
			}
		}
	}
	if 2*kept > all {
		return 0
	}
	return float64(all)
}

// buildPosts builds the content of posts in the same way as the content of the article.
func (p *page) buildPosts(t *thread.Thread) []Post {
	parts := make([][]int32, len(t.Posts))
	for k := range t.Posts {
		parts[k] = t.Posts[k].Body
	}
	resolve := p.resolver()
	bodies := content.BuildParts(p.Tree, p.Blocks, t.InBody, parts, content.Extras{
		Embeds: p.embeds, Quotes: t.Quotes,
	}, resolve,
		&p.scratch().tallies)
	posts, authors := make([]Post, len(t.Posts)), p.posters(t)
	for k := range t.Posts {
		of := &t.Posts[k]
		posts[k] = Post{
			Author: authors[k], Published: Date(of.Published), Depth: of.Depth, Accepted: of.Accepted, content: bodies[k],
		}
		if of.Link != "" {
			posts[k].URL, _ = resolve(of.Link)
		}
		if of.HasScore {
			posts[k].Score = &of.Score
		}
	}
	return posts
}

// posters returns the authors of the posts, "" for those that the page does not name. If no element of its own has the
// names, the lines with the dates may have them, as in "Posted by Ada Pell on May 3". They are then in most posts, and
// not always the same words.
func (p *page) posters(t *thread.Thread) []string {
	names, inLines := make([]string, len(t.Posts)), make([]string, len(t.Posts))
	known, found, distinct := 0, 0, make(map[string]bool)
	for k := range t.Posts {
		if names[k] = metadata.Poster(t.Posts[k].Author); names[k] != "" {
			known++
		} else if inLines[k] = p.posterInLine(t, k); inLines[k] != "" {
			found++
			distinct[strings.ToLower(inLines[k])] = true
		}
	}
	if missing := len(names) - known; known >= missing || 2*found <= missing || 2*len(distinct) <= found && found > 1 {
		return names
	}
	for k := range names {
		names[k] = cmp.Or(names[k], inLines[k])
	}
	return names
}

// posterInLine returns the name on a line with a date in a post, outside its text, or "".
func (p *page) posterInLine(t *thread.Thread, k int) string {
	of, style := &t.Posts[k], dates.StyleOf(p.Meta.Language)
	b, _ := slices.BinarySearchFunc(p.Blocks, of.From, func(b block.Block, node int32) int {
		return cmp.Compare(b.First, node)
	})
	for ; b < len(p.Blocks) && p.Blocks[b].First < of.To; b++ {
		bl := &p.Blocks[b]
		if t.InBody[bl.First] || bl.Words > stampWords {
			continue
		}
		if name := metadata.PosterInLine(bl.Text, style); name != "" {
			return name
		}
	}
	return ""
}

// Text renders the post as Article.Text renders an article.
func (p *Post) Text(opts ...RenderOptions) string { return p.article().Text(opts...) }

// Markdown renders the post as Article.Markdown renders an article.
func (p *Post) Markdown(opts ...RenderOptions) string { return p.article().Markdown(opts...) }

// HTML renders the post as Article.HTML renders an article.
func (p *Post) HTML(opts ...RenderOptions) string { return p.article().HTML(opts...) }

func (p *Post) article() *Article { return &Article{content: p.content} }

// postJSON is a Post as JSON. The text and markdown members are for other programs.
type postJSON struct {
	Author    string `json:"author,omitempty"`
	Published Date   `json:"published,omitzero"`
	URL       string `json:"url,omitempty"`
	Text      string `json:"text"`
	Markdown  string `json:"markdown"`
	HTML      string `json:"html"`
	Depth     int    `json:"depth"`
	Score     *int   `json:"score,omitempty"`
	Accepted  bool   `json:"accepted,omitempty"`
}

// MarshalJSON implements json.Marshaler. The keys are author, published, url, text, markdown, html, depth, score and
// accepted.
func (p Post) MarshalJSON() ([]byte, error) {
	return json.Marshal(postJSON{
		p.Author, p.Published, p.URL, p.Text(), p.Markdown(), p.article().contentHTML(), p.Depth, p.Score, p.Accepted,
	})
}

// UnmarshalJSON implements json.Unmarshaler. It restores the content from "html" and sanitizes it like any page's
// content.
func (p *Post) UnmarshalJSON(data []byte) error {
	var j postJSON
	if err := json.Unmarshal(data, &j); err != nil {
		return err
	}
	var a Article
	if err := a.setContent(j.HTML); err != nil {
		return err
	}
	*p = Post{j.Author, j.Published, j.URL, j.Depth, j.Score, j.Accepted, a.content}
	return nil
}

// joinPosts appends the posts of a later page of a thread, without those that posts already contains. Forums may repeat
// the first post, or the last post of the previous page. Two posts on different pages are the same if they have the
// same address or, if one of them has no address, the same author, date and text. Two such posts on one page are
// different posts.
func joinPosts(posts, more []Post) []Post {
	if len(more) == 0 || len(posts) == 0 {
		return append(posts, more...)
	}
	addresses, all, unaddressed := make(map[string]bool), make(map[postIdentity]bool), make(map[postIdentity]bool)
	for k := range posts {
		p := &posts[k]
		identity := p.identity()
		all[identity] = true
		if p.URL == "" {
			unaddressed[identity] = true
		} else {
			addresses[p.URL] = true
		}
	}
	for k := range more {
		p := &more[k]
		if p.URL == "" && all[p.identity()] || p.URL != "" && (addresses[p.URL] || unaddressed[p.identity()]) {
			continue
		}
		posts = append(posts, *p)
	}
	return posts
}

// postIdentity identifies a post by its author, date and text.
type postIdentity struct {
	author, text string
	published    Date
}

func (p *Post) identity() postIdentity { return postIdentity{p.Author, p.Text(), p.Published} }

// withComments returns the content, a horizontal rule, and the comments below it. Each comment is a quote that begins
// with its author and date. Answers to comments are quotes within quotes.
func (a *Article) withComments() *html.Node {
	if a.content == nil || len(a.Comments) == 0 {
		return a.content
	}
	root := dom.CloneTree(a.content)
	root.AppendChild(dom.NewElement(atom.Hr))
	for k := range a.Comments {
		c := &a.Comments[k]
		out := root
		for range min(c.Depth, maxCommentDepth) + 1 {
			quote := dom.NewElement(atom.Blockquote)
			out.AppendChild(quote)
			out = quote
		}
		if by := c.by(); by != "" {
			line, name := dom.NewElement(atom.P), dom.NewElement(atom.Strong)
			name.AppendChild(dom.NewText(by))
			line.AppendChild(name)
			out.AppendChild(line)
		}
		if c.content == nil { // a comment that the caller created
			continue
		}
		for n := range c.content.ChildNodes() {
			out.AppendChild(dom.CloneTree(n))
		}
	}
	return root
}

// maxCommentDepth is the maximum nesting depth of answers to comments. Deeper answers are shown at this depth.
const maxCommentDepth = 8

// by returns the line with the author and the date of a post.
func (p *Post) by() string {
	switch date := p.Published.String(); {
	case p.Author == "":
		return date
	case date == "":
		return p.Author
	default:
		return p.Author + ", " + date
	}
}
