// Package canon rewrites what templates build of many elements in plain HTML, so that every later stage meets one form
// of each: a code block is a <pre> with its text, a callout a <blockquote> with its kind, a task an item with a
// disabled checkbox.
//
//	canon.go       Writer, which finds the form for an element
//	memory.go      Memory, which knows the names of earlier pages
//	raw_text.go    the text below a node, as it stands
//	names.go       what class names say of an element
//	code.go        code blocks: line numbers, copy buttons, lines in elements of their own
//	code_plain.go  code without a highlighter: paragraphs of code, signatures; bars above code
//	code_text.go   the text of a code block
//	language.go    the language of a code block
//	callout.go     notes, tips and warnings in boxes
//	tabs.go        panels with the titles of their tabs
//	table.go       tables of boxes; cells that show only a sign
//	question.go    questions that open their answers
//	outline.go     lists that are written flat
//	fields.go      labels and values that touch each other
//	form.go        forms that send nothing
//	formula.go     formulas and what programs draw of them
//	embeds.go      boxes that scripts turn into players, charts and cards
//	players.go     the elements and scripts that players have made up
//	posts.go       quotes of posts
//	formula_picture.go  pictures of formulas
//	pictures.go    pictures in objects, and those that only browsers without scripts show
//	sidenotes.go   notes that stand inside of a line
//	inline.go      drop caps, mentions, tasks, verses.go verses
//	links.go       headings and code that are links
//	rows.go        tables and boxes that are lists, lines and steps
//
// Nothing here decides what is content.
package canon
