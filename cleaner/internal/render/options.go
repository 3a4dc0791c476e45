package render

// Options selects what is rendered, and has some fields of the article.
type Options struct {
	// Title is the headline, and Language is the article's language as a BCP 47 tag.
	Title, Language string
	// Headline, Captions, Images and Links select what is shown. The function Text never shows images and links.
	Headline, Captions, Images, Links bool
	// HTMLTables selects HTML in Markdown for tables that do not fit GitHub's table syntax.
	HTMLTables bool
}
