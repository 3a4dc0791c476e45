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
//	metadata   what the page says of itself, with where it says it       metadata*.go
//	mark       what is never content: scripts, hidden nodes, controls    mark.go
//	blocks     the page as a list of typed text blocks                   internal/block
//	vote       what go-readability keeps, block by block                 vote.go, fallback.go
//	label      the rules: one kind of chaff each                         zones.go, rules*.go
//	decide     keep what was voted for and not labelled                  decide.go
//	assemble   kept blocks and their structure, made safe and absolute   assemble.go, build*.go, tidy*.go, safe.go
//
// CleanText (text.go) takes the same chaff out of text that has lost its markup.
//
// # Limits
//
// The vote is go-readability's: built for news and blogs, it often misses forum posts, product pages and lists. A
// page that needs scripts to show its text has none here. Rules know the words of fourteen languages, and
// the structure of any.
//
// # Encoding
//
// Pages may be in any encoding of the WHATWG standard (see htmldoc); everything that comes out is valid UTF-8.
package cleaner
