package cleaner

import (
	"time"

	"github.com/dechaff/dechaff/cleaner/internal/render"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// Text renders the content as plain text: no headline and no captions unless the options say so. Blocks are separated
// by a blank line. List items are on lines of their own with "- " or their number, two spaces deeper for each level
// (one level deep at most, since four spaces mean code); rows of tables on a line each, cells separated by a tab; code
// in a fence of backticks with its bytes as they are, so that CleanText knows it. Formulas are their TeX, superscripts
// as in x^2 where letters or digits would run together. There is no space at the ends, but a tab for each empty cell
// that a table begins with.
func (a *Article) Text(opts ...RenderOptions) string {
	return render.Text(a.content, a.rendering(opts, ToggleHide))
}

// Markdown renders the article as CommonMark with GitHub's tables: the headline as "# ", lists, quotes, tables, code in
// fences, figures with their caption in italics below, formulas as $TeX$, definition lists as a term and ":
// definition". Text that looks like markup is escaped. The only HTML in it is <sub>, <sup> and <br> of its own making.
func (a *Article) Markdown(opts ...RenderOptions) string {
	return render.Markdown(a.content, a.rendering(opts, ToggleShow))
}

// HTML renders the article as an article element with its headline, figures and captions. It holds
// no script, no style, no event handler and no address but http(s), mailto and tel: it is safe to show.
func (a *Article) HTML(opts ...RenderOptions) string {
	return render.HTML(a.content, a.rendering(opts, ToggleShow))
}

// rendering returns the settings of one output format. byDefault is what the format does with the headline and with
// captions if the options leave that to it. Images and links are shown unless the options hide them.
func (a *Article) rendering(opts []RenderOptions, byDefault Toggle) render.Options {
	var o RenderOptions
	if len(opts) > 0 {
		o = opts[0]
	}
	return render.Options{
		Title: a.Title, Language: a.Language,
		Headline: o.Headline.or(byDefault) == ToggleShow, Captions: o.Captions.or(byDefault) == ToggleShow,
		Images: o.Images != ToggleHide, Links: o.Links != ToggleHide,
	}
}

// or is the toggle, or another where it is ToggleDefault.
func (t Toggle) or(byDefault Toggle) Toggle {
	if t == ToggleDefault {
		return byDefault
	}
	return t
}

// wordsPerMinute is how fast silent readers of English prose read on average (Brysbaert: How many words do we read per
// minute?, Journal of Memory and Language 109, 2019).
const wordsPerMinute = 238

// Words is the number of words in Text. Scripts that put no spaces between words count as a word for every two
// characters.
func (a *Article) Words() int { return text.CountWords(a.Text()) }

// ReadingTime is how long the text takes to read, in whole minutes and at least one; zero for an article without text.
func (a *Article) ReadingTime() time.Duration { return readingTime(a.Words()) }

func readingTime(words int) time.Duration {
	return time.Duration((words+wordsPerMinute-1)/wordsPerMinute) * time.Minute
}
