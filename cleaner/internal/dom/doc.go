// Package dom reads and creates nodes of HTML trees.
//
//	attr.go        attributes, and the lists of tokens in their values
//	elements.go    the kind of an element by its tag: block, heading
//	tree.go        neighbors, children, text and copies of nodes; new nodes
//	marks.go       attributes that package canon adds to its output
//	math.go        the TeX source of a formula in content
//	printable.go   text without control characters
package dom
