package cleaner

import (
	"errors"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

// The errors that errors.Is matches. Those about the input are htmldoc's, under the name that users of this package
// look for.
var (
	// ErrNoArticle means that the page has no main content: every other error is about the input. The error that Clean
	// gives is a *NoArticleError.
	ErrNoArticle = errors.New("cleaner: no article found")
	// ErrTooLarge means that the page is larger than Options.MaxBytes, or its tree than Options.MaxNodes.
	ErrTooLarge = htmldoc.ErrTooLarge
	// ErrNotHTML means that the bytes are plainly something else than a page.
	ErrNotHTML = htmldoc.ErrNotHTML
	// ErrBadURL means that the page's address does not parse.
	ErrBadURL = htmldoc.ErrBadURL
	// ErrBadSite means that bytes are no Site that this version of the package wrote, or that they were damaged.
	ErrBadSite = errors.New("cleaner: not a site, or a damaged one")
	// ErrBadSchema means that a JSON article was written by a version of this package that this one does not know.
	ErrBadSchema = errors.New("cleaner: unknown article schema")
)

// A NoArticleError is ErrNoArticle, together with what the page says about itself: pages that scripts fill, videos and
// galleries have a title, a date and a picture.
type NoArticleError struct {
	// About has the metadata and the removals, and no content: its Text is empty.
	About *Article
}

func (e *NoArticleError) Error() string { return ErrNoArticle.Error() }

// Unwrap makes it ErrNoArticle for errors.Is.
func (e *NoArticleError) Unwrap() error { return ErrNoArticle }
