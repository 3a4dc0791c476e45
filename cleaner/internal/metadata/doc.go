// Package metadata finds the fields of a page (title, authors, dates, language and more) and where each was found:
// JSON-LD, meta elements, and the lines that a reader sees.
package metadata
