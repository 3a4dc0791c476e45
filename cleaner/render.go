package cleaner

import (
	"time"

	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/internal/render"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// Text renders the content as plain text, by default without headline and captions. Blocks are separated by a blank
// line. Each list item is on a line of its own after "- " or its number, indented by two spaces in nested lists (at
// most two, since four spaces mean code). Each table row is a line, with tabs between cells. Code is in a fence of
// backticks, byte for byte, so that CleanText recognizes it. Formulas are given as TeX. Superscript and subscript
// numbers that follow a word directly have Unicode's own characters, as in m² and H₂O. The text has no white space at
// its ends, except a tab for each empty cell at the beginning of a table. Pictures, embeds and quoted posts that are
// not part of the text are left out.
func (a *Article) Text(opts ...RenderOptions) string {
	return render.Text(a.rendered(opts), a.rendering(opts, ToggleHide))
}

// Markdown renders the article as CommonMark with GitHub's tables: the headline as "# ", lists, quotes, tables, fenced
// code, figures with their caption in italics below, formulas as $TeX$ and $$TeX$$, notes as [^1] in the text and
// "[^1]: …" at the place of the note, videos, players and frames as a link that describes them, definition lists as a
// term and ": definition", callouts as "> [!NOTE] title", tasks as "- [x]". Text that looks like markup is escaped;
// dollars are escaped if there are formulas. If a cell of a table contains a table or more than five lines of code, the
// table is written as text in reading order. The only HTML is <sub>, <sup>, <br> and, with RenderOptions.Tables,
// tables. None of this HTML is copied from the page.
func (a *Article) Markdown(opts ...RenderOptions) string {
	return render.Markdown(a.rendered(opts), a.rendering(opts, ToggleShow))
}

// HTML renders the article as an article element with its headline, figures and captions. It is safe to show: it has no
// scripts, styles or event handlers, and all addresses are http(s), mailto or tel, except that pictures may be
// data:image. A drawing in SVG becomes a data:image picture, rewritten by an allow-list; nothing in it runs or loads.
func (a *Article) HTML(opts ...RenderOptions) string {
	return render.HTML(a.rendered(opts), a.rendering(opts, ToggleShow))
}

// rendered returns the tree to render: the content, with the comments if the options show them.
func (a *Article) rendered(opts []RenderOptions) *html.Node {
	if len(opts) > 0 && opts[0].Comments == ToggleShow {
		return a.withComments()
	}
	return a.content
}

// rendering returns the settings of one output format. byDefault says whether the format shows the headline and
// captions if the options do not specify it. Images and links are shown unless the options hide them.
func (a *Article) rendering(opts []RenderOptions, byDefault Toggle) render.Options {
	var o RenderOptions
	if len(opts) > 0 {
		o = opts[0]
	}
	return render.Options{
		Title: a.Title, Language: a.Language,
		Headline: o.Headline.or(byDefault) == ToggleShow, Captions: o.Captions.or(byDefault) == ToggleShow,
		Images: o.Images != ToggleHide, Links: o.Links != ToggleHide, HTMLTables: o.Tables == HTMLWhereNeeded,
	}
}

// or replaces ToggleDefault with byDefault. It leaves other values as they are.
func (t Toggle) or(byDefault Toggle) Toggle {
	if t == ToggleDefault {
		return byDefault
	}
	return t
}

// wordsPerMinute is the average speed of silent reading of English prose (Brysbaert: How many words do we read per
// minute?, Journal of Memory and Language 109, 2019).
const wordsPerMinute = 238

// Words returns the number of words in Text. In scripts without spaces between words, every two characters count as a
// word.
func (a *Article) Words() int { return text.CountWords(a.Text()) }

// ReadingTime returns how long the text takes to read, in whole minutes and at least one. It is zero for an article
// without text.
func (a *Article) ReadingTime() time.Duration { return readingTime(a.Words()) }

func readingTime(words int) time.Duration {
	return time.Duration((words+wordsPerMinute-1)/wordsPerMinute) * time.Minute
}
