// Package text has functions for strings in any script. It imports no other package of dechaff.
//
//	ascii.go       functions for ASCII characters
//	classes.go     the classes of package unicode, by table: IsLetter, LowerRune, Lower
//	letters.go     tests for letters, and counts of them
//	digits.go      digits and numbers of all scripts: ReadNumber("٢٠٢٦", 0) is 2026
//	sentence.go    what ends a sentence or a label
//	words.go       CountWords, also for scripts without spaces between words
//	class_words.go the words of class names: "post-shareBar" is post, share, Bar
//	separators.go  the separators between a headline and the name of a site
//	plain.go       one line of plain text from a value that may contain markup
//	fold.go        lines reduced for comparison: FoldLetters("It’s LATE!") is "its late",
//	               FoldLine("• 12 Comments:") is "# comments"
//
// Four types contain word lists and index them on first use, so that a program pays nothing for lists that it imports
// but does not use:
//
//	set.go         Set: is this word in the list?
//	find.go        Finder: does a line contain one of these parts?
//	openings.go    Openings: could a line begin with one of these phrases?
//	prefixes.go    PrefixIndex: which phrases begin with this character?
//
// Starts (starts.go) finds the words of a list that may begin at a place in a text.
package text
