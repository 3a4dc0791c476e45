package cleaner

import "github.com/dechaff/dechaff/cleaner/internal/plaintext"

// CleanText takes the chaff out of an article's text that another tool extracted: the headline's repetition, residue of
// broken markup, rows of share names, the comment form and its notices, "read also" lines, sign-up and consent notices.
//
// It removes whole short lines and changes no other: kept lines stay as they are to the byte, in order, and text
// without chaff is returned as it came. Indented and fenced code and rows of tables are not touched. The headline stays
// once; captions stay, since text cannot tell them from paragraphs. CleanText(CleanText(s)) == CleanText(s).
func CleanText(s string) string { return plaintext.Clean(s) }
