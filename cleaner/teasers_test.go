package cleaner

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/cleaner/internal/judge"
)

// teaserExcerpts are the excerpts of six other stories. Each reads like a paragraph.
var teaserExcerpts = []string{
	"The lighthouse on the bar will be open again from Saturday, after two winters under canvas and a summer of paint.",
	"Three schools on the island are to share one boat, and the children will count jellyfish from it every Friday.",
	"The last ferry now leaves at ten, which the publican of the Anchor calls the best news since the mild ale came back.",
	"A sale of old charts drew twelve hundred visitors, most of whom had come to shelter from the rain, and stayed.",
	"Oyster growers are trying a frame that sinks by itself when the wind rises, and comes up again when it drops.",
	"The library stays open until midnight in March, and somebody has already asked for a camp bed in the reading room.",
}

// An unsure judge keeps excerpts of other stories below an article, unless the decision sees that they are teasers.
// Entries are kept if the judge is sure of them, if they lead to other sites, or if text is between them.
func TestTeasersBesideAStory(t *testing.T) {
	for name, c := range map[string]struct {
		host    string
		opinion float32
		between string
		kept    bool
	}{
		"teasers":               {"https://quay.example", unsureOpinion, "", false},
		"teasers on a subsite":  {"https://sport.quay.example", unsureOpinion, "", false},
		"the story is the list": {"https://quay.example", sureOpinion, "", true},
		"other sites":           {"https://elsewhere.example", unsureOpinion, "", true},
		"with comments between": {"https://quay.example", unsureOpinion, "<p>" + decideD + "</p>", true},
	} {
		t.Run(name, func(t *testing.T) {
			var rows strings.Builder
			for k, excerpt := range teaserExcerpts {
				fmt.Fprintf(&rows, `<div class=row><h3><a href="%s/news/%d">Story number %d</a></h3><p>%s</p></div>%s`,
					c.host, k, k, excerpt, c.between)
			}
			text := textOfStoryWith(t, rows.String(), "Story number", c.opinion)
			assert.Contains(t, text, decideC)
			for _, excerpt := range teaserExcerpts {
				assert.Equal(t, c.kept, strings.Contains(text, excerpt), excerpt)
			}
		})
	}
}

// An unsure judge keeps comments below an article that the page does not name, unless the decision sees that they are
// posts.
func TestUnnamedCommentsBesideAStory(t *testing.T) {
	var rows strings.Builder
	for k, opinion := range teaserExcerpts {
		fmt.Fprintf(&rows, `<div class=x><p>islander%d, 3 May 2031, 16:0%d</p><p>%s</p></div>`, k, k, opinion)
	}
	text := textOfStoryWith(t, rows.String(), "islander", unsureOpinion)
	assert.Contains(t, text, decideC)
	for _, opinion := range teaserExcerpts {
		assert.NotContains(t, text, opinion)
	}
}

// Opinions of a judge.
const unsureOpinion, sureOpinion = 0.5, 0.95

// textOfStoryWith returns the text of a page with a story and rows below it, for a judge that is sure to see an article.
// The judge has the given opinion about teaserExcerpts and about lines with the given beginning, and is sure that
// everything else is content.
func textOfStoryWith(t *testing.T, rows, start string, opinion float32) string {
	t.Helper()
	return cleanJudged(t, fmt.Sprintf(
		`<!doctype html><html lang="en"><title>Magnus is ready</title><body><h1>Magnus is ready</h1>
<div class=story><p>%s</p><p>%s</p><p>%s</p></div><div class=stream>%s</div>`, decideA, decideB, decideC, rows,
	), judge.KindArticle, func(line string) float32 {
		if strings.HasPrefix(line, start) || slices.Contains(teaserExcerpts, line) {
			return opinion
		}
		return sureOpinion
	}).Text()
}

// cleanJudged cleans a page for a judge that is sure of the kind of the page and has the given first opinions about its
// blocks.
func cleanJudged(t *testing.T, page string, kind judge.Kind, opinionOf func(line string) float32) *Article {
	t.Helper()
	doc, err := htmldoc.Parse(strings.NewReader(page), htmldoc.Source{URL: "https://www.quay.example/news/magnus"})
	require.NoError(t, err)
	prior := &judge.Prior{Kinds: make([]float32, 7)}
	prior.Kinds[kind-judge.KindArticle] = 1
	c := New(Options{Explain: func(p *PageTrace) {
		for _, b := range p.Blocks {
			prior.Blocks = append(prior.Blocks, opinionOf(b.Text))
		}
	}})
	_, err = c.CleanDocument(doc)
	require.NoError(t, err)
	article, err := New(Options{}).CleanDocumentContext(judge.WithProbe(t.Context(), &judge.Probe{Prior: prior}), doc)
	require.NoError(t, err)
	return article
}
