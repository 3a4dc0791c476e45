package render

// Options says what is rendered, and with which fields of the article.
type Options struct {
	// Title is the headline, and Language the article's, a BCP 47 tag.
	Title, Language string
	// Headline, Captions, Images and Links are shown where they are true. Text never shows Images and Links.
	Headline, Captions, Images, Links bool
	// HTMLTables: tables that GitHub's cannot hold are HTML in Markdown.
	HTMLTables bool
}
