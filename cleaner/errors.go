package cleaner

import (
	"errors"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

// Errors to match with errors.Is. Errors about the input are those of htmldoc; they are repeated here for users of
// this package.
var (
	// ErrNoArticle means that the page has no main content. Clean returns it as a *NoArticleError.
	ErrNoArticle = errors.New("cleaner: no article found")
	// ErrTooLarge means that the page is larger than Options.MaxBytes, or its tree larger than Options.MaxNodes.
	ErrTooLarge = htmldoc.ErrTooLarge
	// ErrNotHTML means that the input is clearly not an HTML page: a PDF, an image, an archive. Plain text is read as a
	// page without markup.
	ErrNotHTML = htmldoc.ErrNotHTML
	// ErrBadURL means that the page's address cannot be parsed, or has a scheme but no host, such as "localhost:8080".
	ErrBadURL = htmldoc.ErrBadURL
	// ErrBadSite means that the data given to Site.UnmarshalBinary is damaged, or is not a Site in the format of this
	// version of the package.
	ErrBadSite = errors.New("cleaner: the data of the site is damaged or has another format")
	// ErrBadSchema means that a JSON article has a schema version that this package does not know.
	ErrBadSchema = errors.New("cleaner: unknown article schema")
)

// A NoArticleError is ErrNoArticle together with the page's metadata. Pages with a video or a gallery, and pages that
// are filled by scripts, often have a title, a date and a picture although they have no article.
type NoArticleError struct {
	// About contains the metadata and the removals, but no content: its Text is empty.
	About *Article
}

// Error returns the text of ErrNoArticle.
func (e *NoArticleError) Error() string { return ErrNoArticle.Error() }

// Unwrap returns ErrNoArticle.
func (e *NoArticleError) Unwrap() error { return ErrNoArticle }
