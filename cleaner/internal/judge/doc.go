// Package judge estimates how probably each block of a page is content, and what kind of page it is. Its models are
// boosted trees and a lexicon that were trained on labeled pages (see train). A [Page] holds what it reads and what it
// finds; the stages of package cleaner fill in the first, and call [Page.JudgeFirst] and [Page.JudgeAgain].
package judge

// The package's terms: a row is the list of numbers, or features, that describe one block; a pass computes a
// probability for every block from its row. The first pass sees the page alone. The second also sees the first pass's
// probabilities, here called opinions, the rules' labels and the extractor's vote.
//
//	page.go               what the judge reads and what it finds; the memory it works in
//	judge.go              the models, the two passes, the threshold, and what the judge says about a block
//	probe.go              how training reads rows and replaces the first opinions
//	kind.go               the kinds of page
//	labels.go             form labels that are text after all, once the kind of page is known
//	names.go              class names and ids, each of which is read once
//	families.go           families of class names that themes use
//	features.go           the columns of a row; describe fills those of the first pass, from all files below
//	feature_names.go      the names of the columns, and the hashes by which a model refuses other columns
//	features_table.go     the memory of all rows
//	features_rows.go      which blocks have a row of their own on a page of very many
//	features_own.go       columns: the block itself, and the core that is repeated for its neighbors
//	features_chars.go     the counts of characters for those
//	features_around.go    columns: the elements around a block, and the blocks that look like it
//	features_platform.go  columns: the boxes of widespread publishing software
//	features_page.go      columns: the page, and the page's own row, from which its kind is estimated
//	features_lexical.go   columns: the lexicon's weights
//	features_second.go    columns of the second pass: opinions, labels, votes
//	lexicon.go            the lexicon's file and table
//	lexicon_tokens.go     which words of a block are looked up in it
//	words_body.go         search for many blocks in one long text
