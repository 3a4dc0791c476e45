// Package block turns a parsed page into the two lists that every later stage reads: its nodes in
// document order, flat, and its text blocks.
//
// A Tree is the page as one slice: a node's descendants are the nodes that follow it, up to its End. Stages keep
// what they find in slices of the same length, so they never write to the page and never need a map.
//
// A Block is the run of inline text that a block element has as its own: a paragraph, a heading, a list
// item's first line. Two line breaks in a row also end a block, as people wrote paragraphs before they had <p>.
//
//	tree.go        Tree: the nodes
//	block.go       Block and its kinds; count.go: counts of words and links
//	segment.go     Segment: from nodes to blocks
//	elements.go    kinds of blocks by their elements: captions, tables of data
//	labels.go      short lines that name what follows: "Ingredients:"
package block
