// Package block turns a parsed page into the two lists that every later stage reads: its nodes in
// document order, flat, and its text blocks.
//
// A Tree is the page as one slice: a node's descendants are the nodes that follow it, up to its End. Stages keep
// what they find in slices of the same length, so they never write to the page and never need a map.
//
// A Block is the run of inline text that a block element has as its own: a paragraph, a heading, a list
// item's first line. Two line breaks in a row cut a block as well, as people wrote paragraphs before they had <p>.
package block
