package cleaner

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const recipeData = `<script type="application/ld+json">{"@context": "https://schema.org", "@type": "Recipe", "name": "Leek soup",
"recipeIngredient": ["3 leeks", "1 l of stock", "200 ml cream"],
"recipeInstructions": [{"@type": "HowToSection", "name": "Soup", "itemListElement": [
{"@type": "HowToStep", "text": "Wash the leeks twice, because of the river."},
{"@type": "HowToStep", "text": "Boil them in the stock until the boat has left."}]},
{"@type": "HowToStep", "text": "Stir in the cream &amp; serve hot."}]}</script>`

func recipePage(lists string) string {
	return `<html lang="en"><head><title>Leek soup</title>` + recipeData + `</head><body><main><article><h1>Leek soup</h1>
<p>The baker at the weir makes one soup, and makes it on Thursdays, when the boat from the islands has come in and somebody has carried the crates up to the shed.</p>
<p>He says that there is no secret to it. Then he looks at the door, as people do who have said something that they would rather not be asked about again.</p>` +
		lists + `</article></main></body></html>`
}

func TestRecipeFromDataIsAdded(t *testing.T) {
	a, err := Clean(strings.NewReader(recipePage(`<div id="recipe-app"></div>`)), "https://baker.example/soup")
	require.NoError(t, err)
	assert.Contains(t, a.Markdown(), "- 3 leeks\n- 1 l of stock\n- 200 ml cream\n\n1. Wash the leeks twice, because of the river.\n"+
		"2. Boil them in the stock until the boat has left.\n3. Stir in the cream & serve hot.")
	assert.Equal(t, "json-ld", a.Provenance["recipe"])
	checkArticle(t, a)
}

func TestVisibleRecipeIsNotRepeated(t *testing.T) {
	a, err := Clean(strings.NewReader(recipePage(`<h2>Ingredients</h2><ul class="ingredients"><li>leeks, 3</li><li>1 litre of stock</li><li>cream, 200 ml</li></ul>
<h2>Steps</h2><ol><li>Wash the leeks, and wash them again, because of the river.</li><li>Boil in stock until the boat has left.</li><li>Stir in the cream, serve hot.</li></ol>`)),
		"https://baker.example/soup")
	require.NoError(t, err)
	assert.Equal(t, 1, strings.Count(a.Text(), "200 ml"))
	assert.NotContains(t, a.Text(), "until the boat has left.\n\n")
	assert.Empty(t, a.Provenance["recipe"])
}
