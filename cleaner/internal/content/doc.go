// Package content builds the tree of an article: safe to show and in one normal form.
//
//	<div><span><img src="/a.jpg" onclick="x()"><br>A hen.</span></div>  becomes
//	<figure><img src="https://gazette.example/a.jpg"/></figure><p>A hen.</p>
//
// From blocks to a tree:
//
//	build.go       Build builds the tree of the blocks that are kept
//	flow.go        boxes, paragraphs, headings, figures; lists.go, code.go, table.go
//	safe.go        Element, the one way that an element comes into the tree; image.go, drawing.go, formula.go
//	origins.go     which of the page's nodes each leaf was built from
//
// Normal form, which does not change when it is applied again:
//
//	tidy.go        Tidy removes what is empty and puts images on their own
//	inline.go      text and its markup: white space, line breaks, nesting
package content
