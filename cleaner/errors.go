package cleaner

import (
	"errors"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

// ErrNoArticle means that the page has no main content: every other error is about the input.
var ErrNoArticle = errors.New("cleaner: no article found")

// These are htmldoc's errors under the name that users of this package look for.
var (
	// ErrTooLarge means that the page is larger than Options.MaxBytes, or its tree than Options.MaxNodes.
	ErrTooLarge = htmldoc.ErrTooLarge
	// ErrNotHTML means that the bytes are plainly something else than a page.
	ErrNotHTML = htmldoc.ErrNotHTML
	// ErrBadURL means that the page's address does not parse.
	ErrBadURL = htmldoc.ErrBadURL
)

// ErrBadSite means that bytes are no Site that this version of the package wrote, or that they were damaged.
var ErrBadSite = errors.New("cleaner: not a site, or a damaged one")

// ErrBadSchema means that a JSON article was written by a version of this package that this one does not know.
var ErrBadSchema = errors.New("cleaner: unknown article schema")
