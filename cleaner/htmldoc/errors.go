package htmldoc

import "errors"

var (
	// ErrTooLarge means that the input is larger than Source.MaxBytes, or its tree is larger than Source.MaxNodes.
	ErrTooLarge = errors.New("htmldoc: page is too large")
	// ErrNotHTML means that the bytes are plainly something else: a PDF, an image, an archive.
	ErrNotHTML = errors.New("htmldoc: not an HTML page")
	// ErrBadURL means that Source.URL does not parse as a URL, or has a scheme but no host, such as "localhost:8080" or
	// "mailto:ada@example.org".
	ErrBadURL = errors.New("htmldoc: bad page URL")
)
