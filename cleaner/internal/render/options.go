package render

// Options selects what is rendered, and contains the metadata of the article that the output needs.
type Options struct {
	// Title is the headline, and Language is the article's language as a BCP 47 tag.
	Title, Language string
	// Headline, Captions, Images and Links select what is shown. The function Text never shows images and links.
	Headline, Captions, Images, Links bool
	// HTMLTables makes Markdown output contain HTML for tables that GitHub's table syntax cannot represent.
	HTMLTables bool
}
