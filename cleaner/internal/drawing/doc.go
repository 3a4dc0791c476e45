// Package drawing makes pictures of the drawings that pages hold as SVG: the address of the picture holds the drawing,
// written anew.
//
//	<svg viewBox="0 0 400 200" onclick="x()"><title>The lock</title><rect fill="red"/>…</svg>  becomes
//	<img src="data:image/svg+xml;base64,…" alt="The lock · Upper chamber · Valve"/>
//
//	drawing.go  what a drawing is, and its words
//	write.go    Address writes a drawing by an allow-list of elements and attributes
//	style.go    what values of attributes and styles may be
//
// Nothing in such a picture runs or loads anything, wherever it is opened: there is no script, no event handler, no
// animation, no link, no HTML, and no reference but to a part of the drawing.
package drawing
