// Package dom reads and makes nodes of HTML trees.
//
//	attr.go        attributes and lists of tokens in them
//	elements.go    what kind of element a tag is: block, heading
//	tree.go        neighbors, children, text and copies of nodes; new nodes
//	marks.go       attributes that package canon gives its forms
//	math.go        the TeX of a formula that is content
//	printable.go   text without control characters
package dom
