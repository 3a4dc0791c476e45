// Package region finds the part of a page that holds its article, as Readability does: paragraphs give their score to
// the elements around them, the element with the best score is the article, siblings that look like it join it, and
// anything inside it that looks like boilerplate is removed.
//
// The method is Arc90's Readability in the form that Mozilla maintains (https://github.com/mozilla/readability), which
// go-readability also implements. go-readability works on copies of the page and walks the subtree of each element
// again for each question. This package walks the page's flat tree a few times and answers from sums. It costs a
// tenth, so the region can be computed for every page.
//
//	region.go      Find: the attempts, from strict to lenient
//	facts.go       sums over each node's subtree
//	names.go       the meaning of class names and ids
//	paragraphs.go  which blocks are paragraphs, and the element that gets the score of each
//	candidates.go  the best element, and the siblings that join it
//	clean.go       removal of boilerplate from the region
package region
