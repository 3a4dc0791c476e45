package cleaner

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// shopPage returns a page of a shop. The parameter data is the markup of the page's structured data, and shown is the
// markup that a reader sees below the headline.
func shopPage(data, shown string) string {
	return `<html lang="en"><head><title>Tide clock in oak | The Quay Shop</title>` + data + `</head><body><nav><a href="/">Shop</a></nav>
<main><article><h1>Tide clock in oak</h1>` + shown + `<p>The clock has one hand, which goes round once between two high tides, and a dial that a retired sailor still paints by hand in the shed behind the shop.</p>
<p>It hangs in the hall of the harbour office, where it has been right for eleven years, and in the kitchen of the baker at the weir, who never looks at it.</p></article>
<aside class="related"><h2>You may also like</h2><p class="price">€5.00</p></aside></main></body></html>`
}

func TestProducts(t *testing.T) {
	oak := &Product{Name: "Tide clock in oak", Price: "39.50", Currency: "EUR", SKU: "TC-19", Brand: "Pell", Availability: "InStock"}
	for _, c := range []struct {
		name, data, shown string
		want              *Product
	}{
		{
			"JSON-LD that is broken", `<script type="application/ld+json">{"@type":"Product","name":"Tide clock in oak","sku":"TC-19",
"description":"It's "right"","brand":{"@type":"Brand","name":"Pell"},"offers":{"@type":"AggregateOffer","lowPrice":39.50,"priceCurrency":"EUR","offers":[{"availability":"http://schema.org/InStock",}]},}</script>`, "",
			&Product{Name: "Tide clock in oak", Price: "39.5", Currency: "EUR", SKU: "TC-19", Brand: "Pell", Availability: "InStock"},
		},
		{"microdata", "", `<div itemscope itemtype="https://schema.org/Product"><meta itemprop="name" content="Tide clock in oak"><a itemprop="brand" href="/p">Pell</a><i itemprop="sku">TC-19</i>
<div itemprop="offers" itemscope itemtype="https://schema.org/Offer"><meta itemprop="priceCurrency" content="EUR"><b itemprop="price" content="39.50">39,50 €</b><link itemprop="availability" href="https://schema.org/InStock"></div></div>`, oak},
		{"RDFa", "", `<div vocab="https://schema.org/" typeof="Product"><meta property="name" content="Tide clock in oak"><i property="brand">Pell</i><i property="sku">TC-19</i>
<p property="offers" typeof="Offer"><meta property="priceCurrency" content="EUR"><meta property="price" content="39.50"><meta property="availability" content="in stock"></p></div>`, oak},
		{"a group of variants", `<script type="application/ld+json">{"@type":"ProductGroup","name":"Tide clock in oak","brand":"Pell","hasVariant":[{"@type":"Product","sku":"TC-19","offers":{"price":"39.50","priceCurrency":"EUR","availability":"InStock"}}]}</script>`, "", oak},
		{"OpenGraph", `<meta property="og:type" content="product"><meta property="product:price:amount" content="39.50"><meta property="product:price:currency" content="EUR"><meta property="product:retailer_item_id" content="TC-19"><meta property="product:brand" content="Pell"><meta property="product:availability" content="instock">`, "", oak},
		{
			"the visible price", "", `<p><del class="price">€49.50</del> <span class="price price--sale">€39.50</span></p><p>Brand: Pell</p><table><tr><th>Item no.</th><td>TC-19</td></tr></table><form action="/cart"><input name="quantity"><button class="add-to-cart">Add to basket</button></form>`,
			&Product{Name: "Tide clock in oak", Price: "39.50", Currency: "€", SKU: "TC-19", Brand: "Pell"},
		},
		{"a list of products", `<script type="application/ld+json">[{"@type":"Product","name":"Egg cup","offers":{"price":1}},{"@type":"Product","name":"Oar","offers":{"price":2}}]</script>`, "", nil},
		{"no product", "", "<p>It costs €39.50 in the shop on the quay.</p>", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, err := New(Options{Product: true}).Clean(strings.NewReader(shopPage(c.data, c.shown)), "https://shop.example/clocks/oak")
			require.NoError(t, err)
			assert.Equal(t, c.want, a.Product)
			assert.Nil(t, a.Recipe, "Options did not ask for it")
		})
	}
}

func TestRecipes(t *testing.T) {
	want := &Recipe{
		Ingredients: []string{"3 leeks", "1 l of stock", "200 ml cream"},
		Steps:       []string{"Soup", "Wash the leeks twice, because of the river.", "Boil them in the stock until the boat has left.", "Stir in the cream & serve hot."},
	}
	a, err := New(Options{Recipe: true}).Clean(strings.NewReader(recipePage("")), "")
	require.NoError(t, err)
	assert.Equal(t, want, a.Recipe)

	shown := `<h2>Zutaten (für 4)</h2><ul><li><span>3</span> <span>Lauch</span></li><li>1 l Brühe</li></ul><h3>Für oben</h3><ul><li>Sahne</li></ul>
<h2>Zubereitung</h2><p>Schritt 1: Den Lauch zweimal waschen, wegen des Flusses.</p><p>2. In der Brühe kochen, bis das Boot abgelegt hat.</p><h2>Tipps</h2><p>Donnerstags.</p>`
	page := strings.Replace(strings.Replace(recipePage(shown), recipeData, "", 1), `lang="en"`, `lang="de"`, 1)
	a, err = New(Options{Recipe: true}).Clean(strings.NewReader(page), "")
	require.NoError(t, err)
	require.NotNil(t, a.Recipe)
	assert.Equal(t, []string{"3 Lauch", "1 l Brühe", "Sahne"}, a.Recipe.Ingredients)
	assert.Equal(t, []string{"Den Lauch zweimal waschen, wegen des Flusses.", "In der Brühe kochen, bis das Boot abgelegt hat."}, a.Recipe.Steps)

	a, err = New(Options{Recipe: true}).Clean(strings.NewReader(strings.Replace(recipePage(""), recipeData, "", 1)), "")
	require.NoError(t, err)
	assert.Nil(t, a.Recipe)
}

func TestThingsAsJSON(t *testing.T) {
	a := &Article{
		Title:   "Leek soup",
		Product: &Product{Name: "Leek", Price: "2.10", Currency: "EUR"},
		Recipe:  &Recipe{Ingredients: []string{"3 leeks"}, Steps: []string{"Wash."}, Yields: "4", Times: RecipeTimes{Prep: 90 * time.Second, Total: time.Hour}},
	}
	data, err := json.Marshal(a)
	require.NoError(t, err)
	assert.Contains(t, string(data), `"product":{"name":"Leek","price":"2.10","currency":"EUR"},"recipe":{"ingredients":["3 leeks"],"steps":["Wash."],"yields":"4","times":{"prep":1.5,"total":60}}`)
	var back Article
	require.NoError(t, json.Unmarshal(data, &back))
	assert.Equal(t, a.Product, back.Product)
	assert.Equal(t, a.Recipe, back.Recipe)
}
