package cleaner

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/cleaner/internal/judge"
)

const (
	decideA = "The ferry to Skerra leaves when Magnus is ready, and that is what the timetable on the pier has said since the war."
	decideB = "On Monday he was ready at ten past eight, with two of us aboard, and a wardrobe that belonged to the schoolteacher."
	decideC = "He stood it upright by the wheelhouse, closed the door on his good coat, and for an hour we looked at the sea."
	decideD = "The coat, when it came out again at the other end, smelt of moths, of peat and a little of the schoolteacher."
)

// Text that the extractor drops is kept only if the page itself says that it belongs to kept text.
func TestDecideRestoresRelatedText(t *testing.T) {
	for _, c := range []struct{ name, body, kept, left string }{
		{
			"paragraphs of the text's own shape in the same section",
			`<section><div id="kept"><p class="body-text">` + decideA + `</p><p class="body-text">` + decideB + `</p><p class="body-text">` + decideC + `</p></div><hr><div><p class="body-text">` + decideD + `</p></div></section>`,
			decideD, "",
		},
		{
			"a heading with its section",
			`<div><p>Winter</p><h2 class="header">How he came back</h2><div id="kept"><p>` + decideA + `</p><p>` + decideB + `</p></div></div>`,
			"How he came back", "Winter",
		},
		{
			"a list that a line introduces",
			`<div><div id="kept"><p>` + decideA + `</p><p>He took with him three things, in this order:</p></div><ul><li>the wardrobe</li><li>the coat</li></ul><ul><li><a href="/elsewhere">Elsewhere</a></li></ul></div>`,
			"- the wardrobe\n- the coat", "Elsewhere",
		},
		{
			"a note that the text refers to",
			`<div id="kept"><p>` + decideA + `<a href="#n1">1</a></p><p>` + decideB + `</p><p>` + decideC + `</p></div><div class="footer"><p id="n1">It was his second coat, strictly.</p><p id="n2">Nobody asked about this one at all.</p></div>`,
			"It was his second coat, strictly.", "Nobody asked",
		},
		{
			"notes that are longer than the text",
			`<div id="kept"><p>` + decideA + `<a href="#n1">1</a></p></div><div class="footer"><p id="n1">` + decideD + `</p></div>`,
			"", "schoolteacher",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			article, err := New(Options{Extractor: onlyElement("kept")}).Clean(strings.NewReader("<title>The wardrobe</title><h1>The wardrobe</h1>"+c.body), "https://skerra.example/")
			require.NoError(t, err)
			text := article.Text()
			assert.Contains(t, text, decideA)
			if c.kept != "" {
				assert.Contains(t, text, c.kept)
			}
			if c.left != "" {
				assert.NotContains(t, text, c.left)
			}
		})
	}
}

// If pictures tell the story, their captions are its text.
func TestPictureStory(t *testing.T) {
	var page strings.Builder
	page.WriteString(`<!doctype html><title>A day on the ferry</title><article><h1>A day on the ferry</h1>`)
	captions := []string{
		"At six the ferry leaves the quay with two crates of eggs, a goat and the schoolteacher, who is asleep already.",
		"At seven Magnus pours the tea. He has poured it on this side of the channel since the war and sees no reason to change.",
		"At noon the goat is put ashore on Skerra, where it was expected yesterday, and is received with some coolness.",
		"At four the ferry comes back with the same two crates, because nobody on Skerra had ordered any eggs.",
	}
	for i, caption := range captions {
		fmt.Fprintf(&page, `<figure><img src="/ferry-%d.jpg" alt="The ferry"><figcaption>%s</figcaption></figure>`, i, caption)
	}
	page.WriteString(`<p>Pictures: Ada Holm</p></article>`)
	a, err := Clean(strings.NewReader(page.String()), "https://quay.example/pictures/a-day-on-the-ferry")
	require.NoError(t, err)
	for _, caption := range captions {
		assert.Contains(t, a.Text(), caption)
	}
}

// The introductory line is in the header, where the judge expects names and dates.
func TestLead(t *testing.T) {
	const lead = "Magnus has poured the tea on the ferry for forty years, and never on the other side."
	page := `<!doctype html><title>The tea of the ferry</title><article><header><h1>The tea of the ferry</h1>
<p class="dek">` + lead + `</p><p class="meta">By Ada Holm, 3 May 2026</p></header>` +
		strings.Repeat("<p>The ferry leaves when Magnus is ready, which is when the tea is, and the tea is ready when the kettle says so, and not before.</p>", 4) +
		`</article>`
	a, err := Clean(strings.NewReader(page), "https://quay.example/2026/05/tea")
	require.NoError(t, err)
	assert.Contains(t, a.Text(), lead)
}

// On a page that declares itself a recipe, the short lists between the headline and the steps are its ingredients.
func TestRecipeIngredients(t *testing.T) {
	page := `<!doctype html><title>Gnocchi di Skerra</title><script type="application/ld+json">{"@context":"https://schema.org","@type":"Recipe","name":"Gnocchi di Skerra"}</script>
<main><h1>Gnocchi di Skerra</h1><p>Magnus li prepara la domenica, quando il traghetto non parte, e ne porta un piatto alla maestra senza dire da dove viene.</p>
<div class="box-l"><h3>Ingredienti</h3><dl><dd>Patate <span>800 g</span></dd><dd>Farina <span>200 g</span></dd><dd>Menta <span>q.b.</span></dd></dl></div>
<div><p>Lessate le patate con la buccia, pelatele ancora calde e schiacciatele sulla spianatoia con la farina e un pizzico di sale.</p>
<p>Formate dei bastoncini, tagliateli a tocchetti e passateli sui rebbi di una forchetta, come faceva la nonna di Magnus.</p>
<p>Cuocete gli gnocchi in acqua salata finché non vengono a galla, e conditeli con il burro e la menta.</p></div></main>`
	a, err := Clean(strings.NewReader(page), "https://cucina.example/ricette/gnocchi-di-skerra")
	require.NoError(t, err)
	for _, line := range []string{"Patate 800 g", "Farina 200 g", "Menta q.b.", "Lessate le patate", "vengono a galla"} {
		assert.Contains(t, a.Text(), line)
	}
}

// A judge that finds content in a single line among many that it takes for chaff leaves nothing, since the line is
// decided together with its neighbors. The vote decides then.
func TestVoteWhereTheJudgeLeavesNothing(t *testing.T) {
	const line = "The sea is calm today, and the mail is not."
	story := strings.Repeat("<p>"+decideA+"</p><p>"+decideB+"</p><p>"+decideC+"</p>", 4)
	article := cleanJudged(t, fmt.Sprintf(
		`<!doctype html><html lang="en"><title>Magnus is ready</title><body><div class=story>%s<p>%s</p></div>`, story, line,
	), judge.KindArticle, func(text string) float32 {
		if text == line {
			return 0.3
		}
		return 0.05
	})
	assert.Contains(t, article.Text(), decideB)
}

// The page has hardly any text, so the extractor chooses the comment form. The judge is sure that this is chaff.
func TestVoteForAFormThatTheJudgeRejects(t *testing.T) {
	const page = `<!doctype html><html lang=en><head><title>Clock for sale</title></head><body><div id=page>
<div class=post><h1>Clock for sale</h1><div class=entry><p>Wow. <img src=clock.jpg alt=""></p><p>Seen in Varde.</p></div></div>
<div id=respond class=content><p>Your address is never shown to anyone, and all the fields that have a star are needed.</p>
<p>You may write in bold or in italics, link to other pages, and quote the words of the person before you, as you like.</p>
<p>Please be kind, stay with the clock, and leave prices, phone numbers and the names of your neighbors out of it.</p></div>
</div></body></html>`
	article := cleanJudged(t, page, judge.KindArticle, func(line string) float32 {
		if strings.HasPrefix(line, "Wow") || strings.HasPrefix(line, "Seen") {
			return 0.7
		}
		return 0.02
	})
	assert.Contains(t, article.Text(), "Seen in Varde.")
	assert.NotContains(t, article.Text(), "bold")
	assert.NotContains(t, article.Text(), "neighbors")
}

// The judge is sure that code is chaff, because most texts that it has learned from lack their code. The text around
// the code decides.
func TestCodeFollowsText(t *testing.T) {
	const code = "<pre><code>bell.ring(12)\nbell.stop()</code></pre>"
	clean := func(body string) string {
		page := `<!doctype html><html lang="en"><title>Courses on the pier</title><body><h1>Courses on the pier</h1>`
		return cleanJudged(t, page+body, judge.KindArticle, func(text string) float32 {
			if strings.HasPrefix(text, "bell") || strings.HasPrefix(text, "More") {
				return 0.05
			}
			return sureOpinion
		}).Text()
	}
	const text, after = "<p>" + decideA + "</p><p>" + decideB + "</p>", "<p>" + decideC + "</p>"
	assert.Contains(t, clean("<div>"+text+code+after+"</div>"), "bell.ring(12)", "between two paragraphs")
	assert.Contains(t, clean("<div>"+text+"<h2>The bell</h2>"+code+"<h2>The boat</h2>"+after+"</div>"), "bell.ring(12)",
		"alone in a section")
	assert.Contains(t, clean("<div>"+text+after+code+"</div>"), "bell.ring(12)", "at the end")
	more := "<div><p>More about the bells on the pier of the island</p>" + code + "<p>More about the pier of the bells, on the other island</p></div>"
	assert.NotContains(t, clean("<div>"+text+after+"</div>"+more), "bell.ring(12)", "in a box that is chaff")
}

// On a page with one short text, extractors keep everything. A menu is still a menu.
func TestDecideDropsMenuOfShortPage(t *testing.T) {
	const page = `<body><nav><a href="/">Harbour</a> <a href="/tides">Tides</a></nav><h1>Skerra</h1><p>No ferry today.</p>`
	article, err := Clean(strings.NewReader(page), "")
	require.NoError(t, err)
	assert.Equal(t, "No ferry today.", article.Text())
}

// The title of a panel is lost without keepPanels: the judge takes it for the label of a box.
func TestDecideKeepsPanels(t *testing.T) {
	const title, text = "Wer bezahlt den Umbau", "Die Kosten teilen sich die Gemeinde, der Schwimmverein und eine Stiftung, deren Name auf einer kleinen Tafel stehen soll."
	const page = `<!DOCTYPE html><html lang="de"><title>Das Freibad bekommt seine Rutsche zurück</title>` +
		`<article><h1>Das Freibad bekommt seine Rutsche zurück</h1><section class="post-content">` +
		`<p>Nach elf Jahren Streit hat der Gemeinderat von Altmoor am Dienstagabend beschlossen, die blaue Rutsche im Freibad wieder aufbauen zu lassen.</p>` +
		`<p>Die vierzig Meter lange Rutsche war abgebaut worden, weil ein Gutachter in der dritten Kurve einen Riss von der Breite eines Daumens gefunden hatte.</p>` +
		`<div class="panel" style="border-width:1px"><div class="panelHeader"><b>` + title + `</b></div><div class="panelContent"><p>` + text + `</p></div></div>` +
		`<p>Seitdem lagerten die Einzelteile in einer Scheune, wo mindestens zwei Generationen von Schwalben in ihnen aufgewachsen sind.</p>` +
		`<p>Der Schwimmverein rechnet damit, dass im ersten Sommer etwa dreitausend Besucher mehr kommen, vor allem aus den Dörfern jenseits des Kanals.</p></section></article>`
	article, err := Clean(strings.NewReader(page), "")
	require.NoError(t, err)
	assert.Contains(t, article.Text(), title)
	assert.Contains(t, article.Text(), text)
}
