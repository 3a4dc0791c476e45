// Package cleaner turns web pages into clean articles, and says what it took away and why.
//
//	<h1>The ferry is back</h1>
//	<h2>The ferry is back</h2>
//	<p>After three weeks in the dock the ferry crossed the bay again.</p>
//	<p>&#8221; data-script=&#8221; &gt;</p>
//	<ul><li>Facebook</li><li>Twitter</li></ul>
//
// becomes an Article whose Title is "The ferry is back" and whose Text is
//
//	After three weeks in the dock the ferry crossed the bay again.
//
// # Flow
//
// A page goes through stages, each in a file of its own. They write notes beside the parsed tree; only the last builds
// something new, and the input is never changed:
//
//	metadata   what the page says of itself, with where it says it       metadata*.go, date*.go
//	mark       what is never content: scripts, hidden nodes, controls    mark.go
//	blocks     the page as a list of typed text blocks                   internal/block, reveal.go
//	judge      the page's kind, and how probably each block is content   features*.go, lexicon.go, judge.go
//	vote       what go-readability keeps, where the judge is not sure    vote.go, fallback.go
//	label      the rules: one kind of chaff each                         zones.go, rules*.go
//	decide     the judge again, with votes and labels; then the rules    decide.go
//	assemble   kept blocks and their structure, made safe and absolute   assemble.go, build*.go, tidy*.go, safe.go
//
// A Site (site.go) learns what the pages of a host have in common: with it, Cleaner.CleanDocumentOf takes what they repeat out of what
// "decide" has kept (site_evidence.go, site_decide.go, site_pictures.go).
//
// CleanText (text.go) takes the same chaff out of text that has lost its markup.
//
// # Limits
//
// The judge learned from 2,177 labelled pages, most of them English, the rest Greek, Chinese, Russian and Polish: other languages
// rest on structure. Product pages and lists of products come out worst. A page that needs scripts to show its text is read
// from its noscript elements, templates or data, if they hold it. Rules know the words of fourteen languages, and the structure of any.
//
// # Encoding
//
// Pages may be in any encoding of the WHATWG standard (see htmldoc); everything that comes out is valid UTF-8.
package cleaner
