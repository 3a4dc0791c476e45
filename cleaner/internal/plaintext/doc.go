// Package plaintext removes chaff from text that has lost its markup.
//
//	"The tide is late\n\nFacebook\nTwitter\n\nIt was late again."  becomes
//	"The tide is late\n\nIt was late again."
//
//	clean.go       Clean, and the list of rules in their order
//	rules.go       the rules for lines anywhere in the text
//	head.go        the rules for the start of the text
//	body.go        finds the text proper in the text of a whole page
//	topic.go       what the text is about: a headline has words of the body
//	tail.go        the rule for the end of the text
//	around.go      the rule for what surrounds the text of a whole page: a model decides
//	features.go    what the model knows about a paragraph
//	model          the model (internal/train/texts.py), and a NOTICE of the labeled pages that it was trained on
//	lines.go       reads lines: markers and links of Markdown are removed, code and tables are left alone
package plaintext
