// Package zone determines the purpose of an element by its class names and id, and recognizes the pages of forums.
//
//	OfName("post-share-buttons")  is Share
//	OfName("author-bio")          is AuthorBox
//
//	zone.go        the list of zones
//	names.go       the names that indicate a zone, and their lookup
//	consent.go     names of the boxes that ask for consent to cookies, and of the tools that make them
//	hidden.go      class names of text for screen readers only, and of previews of formulas
//	forum.go       addresses and class names of forum software
package zone
