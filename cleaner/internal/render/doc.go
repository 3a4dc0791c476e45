// Package render turns the tree of an article into text, Markdown and HTML.
//
//	options.go           options
//	html.go              HTML
//	text.go              text: blocks; text_inline.go: lines (m², ruby, quotations)
//	spans.go             the position of each part of the content in the text
//	numbers.go           the numbers of list items; grid.go: the columns of tables
//	markdown.go          Markdown: blocks; markdown_table.go: tables;
//	markdown_inline.go   emphasis, links, code, formulas; markdown_notes.go: footnotes
//	markdown_escape.go   escaping: escapeInline("a*b", false) is a\*b
package render
