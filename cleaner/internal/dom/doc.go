// Package dom reads and creates nodes of HTML trees.
//
//	attr.go        attributes and lists of tokens in them
//	elements.go    what kind of element a tag is: block, heading
//	tree.go        neighbors, children, text and copies of nodes; new nodes
//	marks.go       attributes that package canon adds to its output
//	math.go        the TeX of a formula in content
//	printable.go   text without control characters
package dom
