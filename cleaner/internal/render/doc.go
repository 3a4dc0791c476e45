// Package render turns the tree of an article into text, Markdown and HTML.
package render
