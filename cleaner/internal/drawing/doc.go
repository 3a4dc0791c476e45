// Package drawing turns SVG drawings in pages into pictures. The address of the picture contains a rewritten copy of
// the drawing.
//
//	<svg viewBox="0 0 400 200" onclick="x()"><title>The lock</title><rect fill="red"/>…</svg>  becomes
//	<img src="data:image/svg+xml;base64,…" alt="The lock · Upper chamber · Valve"/>
//
//	drawing.go  which drawings are of interest, and the words in them
//	write.go    Address, which writes a drawing with only the elements and attributes on an allow-list
//	style.go    the values that attributes and styles may have
//
// The picture does not run or load anything, wherever it is opened. It has no scripts, event handlers, animations,
// links or HTML, and its only references are to parts of the drawing itself.
package drawing
