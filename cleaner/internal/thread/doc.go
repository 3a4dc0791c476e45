// Package thread finds the posts of a forum's thread, the answers to a question, the comments below an article: who
// wrote each, when, where it is, and which part of it is its text.
//
// Posts are boxes of one look with a time or a name in nearly each. What the parts of a post are is decided once for
// all of them: templates give the same part the same place, its path. The author is the path whose short texts are
// names, the date the path whose texts are dates in order, the body the path with most of the text that is not
// repeated.
//
//	find.go     Find, the stages
//	look.go     what an element looks like
//	evidence.go times and names in the page
//	groups.go   boxes of one look, and the choice among them
//	paths.go    the places within a post
//	fields.go   which place has which field
//	author.go   who wrote
//	link.go     the posts' addresses
//	roles.go    what the names of elements say
//	body.go     the part that is the text
//	quotes.go   boxes and tables that quote other posts
//	notes.go    lines in it that are not
//	marks.go    scores, and the answer that was accepted
//	depth.go    which posts answer others
package thread
