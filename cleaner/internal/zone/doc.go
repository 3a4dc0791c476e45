// Package zone says what a box of a page is for, by its class names and ids, and which pages are a forum's.
//
//	OfName("post-share-buttons")  is Share
//	OfName("author-bio")          is AuthorBox
//
//	zone.go        the zones
//	names.go       the names that mean a zone, and their lookup
//	forum.go       addresses and class names of forum software
package zone
