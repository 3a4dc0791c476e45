// Package block turns a parsed page into the two lists that every later stage reads: its nodes, flattened in document
// order, and its text blocks.
//
// A Tree is the page as one slice: a node's descendants are the nodes that follow it, up to its End. Stages keep
// their results in slices of the same length, so they never write to the page and need no map.
//
// A Block is a run of inline text directly in a block element: a paragraph, a heading, the first line of a list item.
// Two line breaks in a row also end a block, because many pages separate paragraphs by <br><br>.
//
//	tree.go        Tree: the nodes
//	block.go       Block and its kinds; count.go: counts of words and links
//	segment.go     Segment: from nodes to blocks
//	elements.go    the kind of a block, according to its elements: captions, data tables
//	labels.go      what a <label> or <legend> names: a field of a form, an item to tick, or a panel
package block
