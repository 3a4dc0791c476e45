// Package region finds the part of a page that contains the article, as Readability does: each paragraph adds its score
// to the elements around it. The element with the best score is the article. Siblings that look like that element join
// it, and anything inside that looks like boilerplate is removed.
//
// The method is Arc90's Readability in the form that Mozilla maintains (https://github.com/mozilla/readability), which
// go-readability also implements. go-readability works on copies of the page, and each of its tests walks the subtree
// of an element again. This package walks the page's flat tree a few times, and its tests use precomputed sums. It
// takes a tenth of the time, so the region can be computed for every page.
//
//	region.go      Find: the attempts, from strict to lenient
//	facts.go       sums over each node's subtree
//	names.go       the meaning of class names and ids
//	paragraphs.go  which blocks are paragraphs, and which element gets each paragraph's score
//	candidates.go  the best element, and the siblings that join it
//	clean.go       removal of boilerplate from the region
package region
