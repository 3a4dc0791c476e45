// Package canon rewrites widgets, which templates build from many elements, as plain HTML. That HTML is called the form
// of the widget. Every later stage sees the same form for each kind of widget: a code block is a <pre> with its text, a
// callout is a <blockquote> with its kind, and a task is a list item that begins with "[ ]" or "[x]".
//
//	canon.go       Writer, which finds the form for an element
//	walk.go        walks over the nodes of a widget, copies of them, and which forms a box or a paragraph may have
//	memory.go      Memory, which remembers what the class names of earlier pages mean
//	raw_text.go    the text below a node, unchanged
//	names.go       what class names mean
//	code.go        code blocks: line numbers, copy buttons, lines in separate elements
//	code_plain.go  code without a highlighter: paragraphs of code, signatures; toolbars above code
//	code_text.go   the text of a code block
//	language.go    the language of a code block
//	callout.go     notes, tips and warnings in boxes
//	tabs.go        panels with the titles of their tabs
//	table.go       tables built from boxes such as <div>; cells that show only a symbol
//	question.go    buttons with a question that open the answer
//	outline.go     nested lists that are flat in the markup
//	items.go       list items with marks of their own
//	numbered.go    boxes that begin with the number of a provision or the mark of a note
//	figure_label.go  labels of figures in headings
//	fields.go      labels and values without a space between them
//	form.go        <form> elements that submit nothing
//	formula.go     formulas and their drawings
//	embeds.go      boxes that scripts replace with players, charts and cards; charts.go: charts
//	players.go     the custom elements and scripts of players; amp.go: those of AMP
//	posts.go       posts that services embed as quotes
//	formula_picture.go  pictures of formulas
//	pictures.go    pictures in <object> and <noscript>
//	sidenotes.go   notes inside a line
//	inline.go      drop caps, mentions, tasks; verses.go: verses, verse_indent.go: their indents
//	links.go       headings and code that are links
//	titles.go      titles of AsciiDoc blocks, headings by role
//	rows.go        tables and boxes that are really lists, single lines or steps
//
// Nothing in this package decides what is content.
package canon
