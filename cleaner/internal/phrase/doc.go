// Package phrase contains the word lists, by language, and matches lines against them.
//
//	Match("Leave a comment")                        is CommentHeading
//	IsReadingTime("Lesezeit: 4 Minuten")            is true
//	SameHeadline("The tide is late again | The Gazette", "The tide is late again")  is true
//
// Lines whose words alone show that they are chaff:
//
//	kinds.go         the kinds of these lines
//	lists.go         the lists of whole lines, by kind
//	match.go         Match, which looks lines up
//	share_names.go   lines that contain only names of networks: "Facebook | X | E-mail"
//	share_button.go  labels of share buttons: "Share on Facebook"
//	page_end.go      "Privacy policy", "Home > News", "Tags: …", "The post … appeared first on …", "We use cookies to …"
//	sections.go      "Politics", "Sports": the sections of news sites
//	invitation.go    "Follow us on …"
//	reading_time.go  "3 min read"
//	notices.go       "© 2026 …", "Found a mistake? …"
//	residue.go       the remains of broken markup: " data-script=" >
//	markup.go        tags, styles, scripts and data that an extractor took for text
//	shortcode.go     tags of page builders that did not run: [/vc_row]
//	picture_hint.go  "Tap to enlarge"
//	waiting.go       "Loading…", "Please enable JavaScript"
//
// Words that package metadata reads:
//
//	headline.go      SameHeadline: whether two lines are the same headline
//	byline_words.go  words before the names of authors: "by"
//	people_words.go  roles, organizations, agencies, accounts: words that are not a person's name
//	credit_words.go  words before the names of people other than the author: "photo by", "translated by"
//	date_words.go    words before and after dates: "published", "updated"
//	date_index.go    finds date words in a line
//	self_words.go    beginnings of sentences about the page: "This post was …"
//	han_words.go     words of Chinese and Japanese lines about a page
//	thing_words.go   labels of products, headings of recipes
//	latin_words.go   frequent words of languages in Latin letters
package phrase
