// Package content builds the tree of an article: safe to show and in one normal form.
//
//	<div><span><img src="/a.jpg" onclick="x()"><br>A hen.</span></div>  becomes
//	<figure><img src="https://gazette.example/a.jpg"/></figure><p>A hen.</p>
//
// Building the tree from blocks:
//
//	build.go       Build builds the tree of the blocks that are kept
//	flow.go        boxes, paragraphs, headings (also lists.go, code.go, table.go, figure.go)
//	style.go       emphasis and superscripts that are only styles
//	safe.go        Element, which makes a safe copy of an element (also image*.go, drawing.go, formula.go)
//	notes.go       footnotes and the references to them; embed.go (players and frames, which become links)
//	origins.go     which of the page's nodes each leaf was built from
//
// The normal form, which is idempotent:
//
//	tidy.go        Tidy removes empty elements and puts images in figures of their own; bullets.go (lists that
//	               authors write with bullets); picture_box.go (tables and lists around pictures)
//	inline.go      text and its markup: white space, line breaks, nesting; indent.go: indents of verse
package content
