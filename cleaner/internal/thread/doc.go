// Package thread finds posts: the posts of a forum thread, the answers to a question, or the comments below an article.
// For each post, it finds the author, the date, the address, and the part that is its text.
//
// Posts are boxes that look alike, and nearly all of them have a time or a name. Templates put the same field of each
// post at the same chain of elements, called its path. So the fields are assigned to paths once for all posts. The
// author is the path whose short texts are names. The date is the path whose texts are dates in order. The body is the
// path with most of the text that is not repeated.
//
//	find.go     Find, the stages
//	look.go     what an element looks like
//	comments.go FindComments: readers' comments in zones of comments
//	evidence.go times and names in the page
//	groups.go   boxes that look alike, and the choice among them
//	opening.go  the question, or the first post if it looks different
//	replies.go  posts inside other posts
//	paths.go    the paths within a post
//	fields.go   which path has which field
//	author.go   the author
//	link.go     the posts' addresses
//	roles.go    what the class names of elements mean
//	body.go     the part that is the text
//	quotes.go   boxes and tables that quote other posts
//	edits.go    who changed a post and when, and the line above a signature: lines in the text that are not part of it
//	marks.go    scores, and the accepted answer
//	depth.go    which posts answer others
//	shared.go   looks, times and names, for other packages
package thread
