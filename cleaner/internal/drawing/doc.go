// Package drawing turns SVG drawings in pages into pictures. The address of the picture holds a rewritten copy of the
// drawing.
//
//	<svg viewBox="0 0 400 200" onclick="x()"><title>The lock</title><rect fill="red"/>…</svg>  becomes
//	<img src="data:image/svg+xml;base64,…" alt="The lock · Upper chamber · Valve"/>
//
//	drawing.go  what a drawing is, and its words
//	write.go    Address writes a drawing by an allow-list of elements and attributes
//	style.go    the values that attributes and styles may have
//
// Such a picture runs and loads nothing, wherever it is opened. It has no script, event handler, animation, link or
// HTML, and no reference except to a part of the drawing itself.
package drawing
