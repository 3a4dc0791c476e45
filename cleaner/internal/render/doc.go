// Package render turns the tree of an article into text, Markdown and HTML.
//
//	options.go           what is rendered
//	html.go              HTML
//	text.go              text: blocks; text_inline.go: lines (m², ruby, quotations)
//	spans.go             where in the text each part of the content is
//	markdown.go          Markdown: blocks; markdown_table.go: tables;
//	markdown_inline.go   emphasis, links, code, formulas
//	markdown_escape.go   what must be escaped: escapeInline("a*b", false) is a\*b
package render
