// Package judge estimates how likely each block of a page is to be content, and what kind of page it is. Its models are
// boosted trees and a lexicon that were trained on labeled pages (see train). A [Page] contains their input and output.
// The stages of package cleaner fill in the input and call [Page.JudgeFirst] and [Page.JudgeAgain].
package judge

// The package's terms: a row is the list of numbers, or features, that describe one block; a pass computes a
// probability for every block from its row. The first pass sees only the page. The second pass also sees the first
// pass's probabilities, which are called opinions, the labels of the rules and the vote of the extractor.
//
//	page.go               the judge's input, output and memory
//	confidence.go         the confidence in an article
//	judge.go              the models, the two passes, the threshold, and the reasons for a decision
//	probe.go              how training reads rows and replaces the first opinions
//	kind.go               the kinds of page
//	labels.go             form labels that turn out to be text once the kind of page is known
//	names.go              class names and ids, each read only once
//	families.go           families of class names that themes use
//	features.go           the columns of a row; describe fills those of the first pass, from all files below
//	feature_names.go      the names of the columns, and the hashes by which a model refuses other columns
//	features_table.go     the memory that holds the rows
//	features_rows.go      which blocks represent others on a page with very many blocks
//	features_own.go       columns: the block itself; the core columns, which are also in the rows of its neighbors
//	features_chars.go     the character counts for the columns in features_own.go
//	features_around.go    columns: the elements around a block, and the blocks that look like it
//	features_platform.go  columns: the boxes of widespread publishing software
//	features_posts.go     columns: boxes that each have a date, such as the posts of a thread
//	features_series.go    columns: sibling boxes with the same tag and class
//	features_region.go    columns: the region, or the extractor's vote
//	features_page.go      columns: the page, and the page's own row, from which its kind is estimated
//	features_lexical.go   columns: the lexicon's weights
//	features_second.go    columns of the second pass: opinions, labels, votes
//	lexicon.go            the lexicon's file and table
//	lexicon_tokens.go     which words of a block are looked up in the lexicon
//	words_body.go         searches one long text for many blocks
//	things.go             the decision: things, the bonds by which they belong together, and the cheapest choice
//	things_build.go       how blocks, elements and sections become things
//	things_places.go      places that make a block more or less likely to be content
