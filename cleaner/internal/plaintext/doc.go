// Package plaintext removes chaff from text that has lost its markup.
//
//	"The tide is late\n\nFacebook\nTwitter\n\nIt was late again."  becomes
//	"The tide is late\n\nIt was late again."
//
//	clean.go       Clean, and the list of rules in their order
//	rules.go       the rules
//	lines.go       reads lines: list markers are removed, code and tables are left alone
package plaintext
