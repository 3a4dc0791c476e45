// Package zone says what a box of a page is for, by its class names and ids, and which pages are a forum's.
//
//	OfName("post-share-buttons")  is Share
//	OfName("author-bio")          is AuthorBox
//
//	zone.go        the zones
//	names.go       the names that mean a zone, and their lookup
//	consent.go     names of the boxes that ask for consent to cookies, and of the tools that make them
//	hidden.go      class names of what only screen readers say, and of what stands in for a formula
//	forum.go       addresses and class names of forum software
package zone
