// Package htmldoc turns the bytes of a web page into a parsed tree, once.
package htmldoc
