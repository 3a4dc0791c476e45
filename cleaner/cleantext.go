package cleaner

import "github.com/dechaff/dechaff/cleaner/internal/plaintext"

// CleanText removes the chaff from an article's text that another tool extracted: the repeated headline, remains of
// broken markup, rows of share-button labels, the comment form and its notices, "read also" lines, sign-up and consent
// notices.
//
// It removes only whole, short lines, and blank lines next to them that are no longer needed. The other lines stay in
// order and byte for byte as they were, and text without chaff is returned unchanged. Indented and fenced code and
// table rows are not touched. The first headline stays, and so do captions, because in plain text they look like
// paragraphs. CleanText(CleanText(s)) == CleanText(s).
func CleanText(s string) string { return plaintext.Clean(s) }
