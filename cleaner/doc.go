// Package cleaner turns web pages into clean articles, and reports what it removed and why.
//
//	<h1>The ferry is back</h1>
//	<h2>The ferry is back</h2>
//	<p>After three weeks in the dock the ferry crossed the bay again.</p>
//	<p>&#8221; data-script=&#8221; &gt;</p>
//	<ul><li>Facebook</li><li>Twitter</li></ul>
//
// becomes an Article whose Title is "The ferry is back" and whose Text is the sentence about the dock. README.md lists
// all rules, each with its source file.
//
// Clean reads bytes, CleanDocument takes a parsed page, and CleanText takes text without markup. A Site learns what the
// pages of a host have in common. Pages may be in any encoding of the WHATWG standard (see htmldoc); all output is
// valid UTF-8.
//
// A page goes through stages: metadata; reveal, mark, segment; observe, classify, judge, vote, fields, label, judge
// again, decide, apply, assemble.
//
// Limits: The judge learned from 2,177 labeled pages, most of them in English, the rest in Greek, Chinese, Russian and
// Polish; in other languages it relies on structure alone. Results are worst on product pages and lists of products. If
// a page needs scripts to show its text, the text is read from its noscript elements, templates or embedded data,
// provided they hold it. The rules know phrases in fourteen languages, and structure in any.
package cleaner

// Each stage writes its notes next to the parsed tree. Only the last builds something new, and the input is never
// changed. The table stages in cleaner.go has the same names in the same order.
//
//	metadata               the metadata in the page's markup                  internal/metadata
//	reveal, mark, segment  what is visible, what is never content, blocks     reveal.go, mark.go, internal/block
//	observe                what the page shares with others of its host       site_evidence.go, site_keys.go
//	classify               what phrases and class names reveal about blocks   zones.go, internal/phrase, internal/zone
//	judge                  kind of page; probability that a block is content  internal/judge
//	vote                   what go-readability keeps, if the judge is unsure  vote.go, fallback.go
//	fields                 visible bylines, dates and captions                fields.go, captions.go
//	label                  rules, one for each kind of chaff                  rules*.go
//	judge again            as before, with probabilities, votes and labels    internal/judge
//	decide                 which blocks stay, by judge and rules              decide*.go
//	apply                  removal of what the host's pages repeat            site_decide.go, site_pictures.go
//	assemble               the kept content, with its structure, made safe    assemble.go, internal/content
//
// Two stages need a Site (site.go), which learns what the pages of a host have in common: "observe" adds the page to it
// (Cleaner.Observing), and "apply" removes what the Site knows to be repeated (Cleaner.ForSite).
//
// CleanText (cleantext.go) removes the same kinds of chaff from plain text.
