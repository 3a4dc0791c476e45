// Package cleaner turns web pages into clean articles.
//
//	<h1>The ferry is back</h1><h2>The ferry is back</h2>
//	<p>After three weeks in the dock the ferry crossed the bay again.</p>
//	<p>&#8221; data-script=&#8221; &gt;</p>
//	<ul><li>Facebook</li><li>Twitter</li></ul>
//
// becomes an Article with a Title, one sentence of Text, and a list of Removals.
//
// Clean reads bytes in any encoding, CleanDocument a parsed page, CleanText text without markup. A Site learns what the
// pages of a host have in common. All output is valid UTF-8.
//
// Limits: Most of the pages that the model has learned from are English. Product pages and lists of products come out
// worst. Scripts are not run.
package cleaner

// A page goes through stages. They annotate the parsed tree; only the last stage builds something new, and the input is
// never changed. The table stages in cleaner.go has the same names in the same order.
//
//	metadata               title, dates and other fields in the markup        internal/metadata
//	rules                  the user's rules for the page's site               siterules_*.go
//	reveal, mark, segment  hidden content; what is never content; blocks      reveal.go, mark*.go, internal/block
//	observe                comparison with other pages of the host            site_evidence.go, site_keys.go
//	classify               what words and class names alone say about blocks  classify.go, internal/phrase, internal/zone
//	region                 the part that, by its shape, holds the article;    region.go, headline*.go, internal/region
//	                       the headline above it
//	judge                  kind of page; each block's probability of content  internal/judge
//	vote                   go-readability's choice, if region and judge       vote.go, fallback.go
//	                       disagree
//	fields                 byline, dates, captions in visible text; zones     fields.go, captions.go, survey.go, zone*.go
//	                       and headline, checked against the votes
//	label                  the rules, each for one kind of chaff              rules*.go
//	judge again            probabilities again, from opinions, votes, labels  internal/judge
//	decide                 what stays, according to judge and rules           decide*.go, furniture.go, internal/judge
//	apply                  removal of what the host's pages repeat            site_decide.go, site_pictures.go
//	assemble               safe content with its structure                    assemble*.go, internal/content
//
// The reveal stage also replaces widgets of many elements with plain HTML: code blocks with line numbers, callouts, tab
// panels, formulas (internal/formula), players and posts (internal/canon). If a page shows no text, the stage looks for
// the article in the page's data (internal/pagestate). The decide stage also finds footnotes (internal/notes) and the
// contents of frames (internal/embed); assemble turns frames into links, and SVG drawings into pictures
// (internal/drawing). The posts of a thread (internal/thread) influence the decision. Article.Posts (posts.go) is set
// only if an option asks for it, like the entries (internal/listing), the product and the recipe (internal/metadata).
//
// If Options.Blocks is set, internal/content records from which nodes of the page each leaf of the content was built,
// and places*.go turn that into paths, offsets and probabilities.
//
// Two stages need a Site (site.go), which learns what the pages of a host have in common: observe adds the page to it
// (Cleaner.Observing), and apply removes what the Site knows to be repeated (Cleaner.ForSite).
//
// CleanText (cleantext.go) removes the same chaff from text that has lost its markup.
//
// The other files, apart from those of the stages:
//
//	cleaner.go options.go context.go    New, Clean and the stages; options; contexts
//	article.go blocks.go excerpt.go     the article; its blocks; its excerpt
//	append.go render.go json.go         methods of Article
//	date.go kind.go                     types of its fields
//	posts.go entries.go                 what Options asks for: posts and comments, entries,
//	product.go recipe.go                product, recipe; recipe.go also adds a recipe's missing lists to the content
//	recipe_fields.go errors.go          the type Recipe; errors
//	page.go annotations.go              the annotations of all stages and their types
//	links.go pictures.go lines.go       links of a block; sizes of pictures; whether an element is part of a sentence
//	reveal_sources.go                   where hidden content is
//	readability.go                      go-readability as an Extractor
//	embeds.go                           which players and posts of other sites are kept
//	chaff.go                            the rules of CleanText, on the lines of the article
//	explain.go                          Options.Explain
//	site_*.go                           what a Site stores, and how pages are compared with it
//
// The terms of this package and of the packages in internal:
//
//	chaff      text on a page that is not content: menus, share buttons, notices
//	mark       the reason why a node can never be content, such as a form control
//	block      a run of inline text and the block element that contains it
//	kind       what a block is (heading, item, caption) or what a page is (article, forum); see block.Kind and Kind
//	zone       the purpose of a box by its class names: share buttons, comments
//	form       the plain HTML that replaces a widget
//	folded     (of a block or a node) hidden until a visitor opens it; (of a text) reduced to a form for comparison
//	judge      the model; it estimates the kind of page and each block's probability of being content
//	field      a value of Article next to its content, such as the byline; also the line of the page that shows it
//	opinion    the probability from the judge's first pass, which is input to its second pass
//	region     the part of the page that, by its shape, holds the article
//	extractor  a program that chooses content in its own way: go-readability, or the caller's
//	vote       an extractor's choice; a voted block is one of which it kept at least half
//	rule       a test for one kind of chaff
//	label      a rule's match with a block
//	thing      a block or a group of blocks that is kept or dropped as a unit
//	verdict    the decision on a block, with its stage, rule and reason
//	annotation a result that a stage stores next to the tree, for a node, a block or the page
//	note       a footnote, an endnote or a sidenote
//	Site       what the pages of one host have in common
//	own        found on this page only, not on other pages of the host
