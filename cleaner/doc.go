// Package cleaner turns web pages into clean articles, and says what it took away and why.
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
// Clean reads bytes, CleanDocument a parsed page, CleanText text that has lost its markup. A Site learns what the pages
// of a host have in common. Pages may be in any encoding of the WHATWG standard (see htmldoc); everything that comes
// out is valid UTF-8.
//
// A page goes through stages: metadata, rules; reveal, mark, segment; observe, classify, region, judge, vote, fields,
// label, judge again, decide, apply, assemble.
//
// Limits: The judge learned from 4,477 labeled pages, most of them English, the rest Greek, Chinese, Russian and
// Polish: other languages rest on structure. Product pages and lists of products come out worst. A page that needs
// scripts to show its text is read from its noscript elements, templates or data, if they hold it. Rules know the words
// of fourteen languages, and the structure of any.
package cleaner

// A page goes through stages. They write notes next to the parsed tree; only the last builds something new, and the
// input is never changed. The table stages in cleaner.go has the same names in the same order.
//
//	metadata               what the page says about itself in its markup        internal/metadata
//	rules                  what people wrote down about the page's site          siterules_*.go
//	reveal, mark, segment  what is shown, what is never content, the blocks     reveal.go, mark.go, internal/block
//	observe                what other pages of the host have in common with it  site_evidence.go, site_keys.go
//	classify               what words and names alone say about blocks          zones.go, internal/phrase, internal/zone
//	region                 the part that holds the article, by its shape        region.go, internal/region
//	judge                  kind of page; how probably a block is content        internal/judge
//	vote                   what go-readability keeps, where region and judge    vote.go, fallback.go
//	                       disagree
//	fields                 byline, dates and captions that are visible          fields.go, captions.go
//	label                  the rules: one kind of chaff each                    rules*.go
//	judge again            the same with first opinions, votes and labels       internal/judge
//	decide                 which things stay, by the judge and by the rules     decide*.go, internal/judge
//	apply                  what the host's pages repeat is taken out            site_decide.go, site_pictures.go
//	assemble               what is kept, with its structure, made safe          assemble.go, internal/content
//
// Revealing also puts plain HTML in the place of what templates build of many elements: code blocks with line numbers,
// callouts, the panels of tabs, formulas (internal/formula), players and posts (internal/canon). Where a page shows no
// text of its own, the article is looked for in its data (internal/pagestate). Deciding also finds the notes that marks
// in the text refer to (internal/notes) and what frames show (internal/embed); assembling makes them links, and
// pictures of the drawings in SVG (internal/drawing). The posts of a thread (internal/thread) weigh in the decision,
// and are built on demand (posts.go), as entries (internal/listing), products and recipes (internal/metadata) are.
//
// Where Options.Blocks asks, internal/content notes what of the page each leaf of the content was built from, and
// places.go turns that into paths, offsets and probabilities.
//
// Two of them need a Site (site.go), which learns what the pages of a host have in common: "observe" tells it about the
// page (Cleaner.Observing), and "apply" takes out what it knows to be repeated (Cleaner.ForSite).
//
// CleanText (cleantext.go) takes the same chaff out of text that has lost its markup.
