package cleaner

import "github.com/dechaff/dechaff/cleaner/internal/plaintext"

// CleanText removes the chaff from an article's text that another tool extracted: the repeated headline, remains of
// broken markup, rows of share-button labels, the comment form and its notices, "read also" lines, sign-up and consent
// notices, and the menus, lists of other articles and footers before and after the text. The text may be that of a
// whole page, as text browsers, html2text and Beautiful Soup extract it: a model finds what surrounds the text proper,
// by the form of its paragraphs and by what they are about.
//
// It removes only whole lines, and blank lines next to them that are no longer needed. The other lines stay in order
// and byte for byte as they were, and text without chaff is returned unchanged. Fenced code, table rows and, unless
// most lines are indented, indented code are not touched. The first headline stays, and so do bylines, dates and
// captions. CleanText(CleanText(s)) == CleanText(s).
func CleanText(s string) string { return plaintext.Clean(s) }
