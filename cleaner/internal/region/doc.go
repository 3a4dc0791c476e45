// Package region finds the part of a page that holds its article, as Readability does: paragraphs give their score to
// the elements around them, the element with the best score is the article, siblings that look like it join it, and
// what looks like boilerplate inside it is cleaned out.
//
// The method is Arc90's Readability in the form that Mozilla maintains (https://github.com/mozilla/readability), which
// go-readability also implements. That one works on copies of the page and walks the subtree of each element again for
// each question. This package walks the page's flat tree a few times and answers from sums: it costs a tenth, so
// that every page can have its region.
//
//	region.go      Find: the attempts, from strict to lenient
//	facts.go       sums over each node's subtree
//	names.go       what class names and ids say
//	paragraphs.go  which blocks are paragraphs, and which element each gives its score to
//	candidates.go  the best element, and the siblings that join it
//	clean.go       what is cleaned out of it
package region
