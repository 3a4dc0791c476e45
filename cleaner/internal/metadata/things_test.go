package metadata

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
)

func TestDecimal(t *testing.T) {
	for written, want := range map[string]string{
		"1.299,00 €": "1299.00", "$1,299.00": "1299.00", "24990": "24990", "23 450 ₽": "23450", "1'050.-": "1050",
		"NT$ 2,320": "2320", "0,99": "0.99", "€ 12.5": "12.5", "1.234.567": "1234567", "12,345.67": "12345.67",
		"٢٥٠ ر.س": "250", "19.": "19", "from": "",
		"12.50.": "12.50", "12.50, free shipping": "12.50", "1.299.000, inkl. moms": "1299000", "1,299.00. New": "1299.00", "": "", strings.Repeat("9", 100): "",
	} {
		assert.Equal(t, want, decimal(written, false), written)
	}
	assert.Equal(t, "2.449", decimal("2.449", true), "in data, a point is a decimal point")
	assert.Equal(t, "1299", decimal("1,299", true))
}

func TestAmountIn(t *testing.T) {
	for line, want := range map[string]string{
		"Price: $12.50, free shipping": "12.50", "Nu 12,50 €. 3 left": "12.50", "19,- €": "19", "1.299,– €": "1299", "Rs. 500": "500",
		"EUR: 12": "12", "349 kr": "349", "2 for £5": "5",
	} {
		assert.Equal(t, want, decimal(amountIn(line), false), line)
	}
}

func TestVariantOfItself(t *testing.T) {
	group := Object{"@type": "ProductGroup", "@id": "#g", "name": "Tide clock", "sku": "T-7", "hasVariant": []any{map[string]any{"@id": "#g"}}}
	m := &Fields{Title: "Tide clock", Found: &Findings{ld: []Object{group}}}
	product := m.FindProduct(&html.Node{Type: html.DocumentNode}, nil, false)
	require.NotNil(t, product)
	assert.Equal(t, "T-7", product.SKU)
}

func TestCurrencyIn(t *testing.T) {
	for written, want := range map[string]string{
		"1 299,00 €": "€", "EUR 12": "EUR", "US$5": "US$", "12 元": "元", "349 kr": "kr", "kraken 12": "", "12 parts": "", "Rs. 500": "Rs",
	} {
		assert.Equal(t, want, currencyIn(written), written)
	}
}

func TestDuration(t *testing.T) {
	for written, want := range map[string]time.Duration{
		"PT1H30M": 90 * time.Minute, "P0Y0M0DT0H35M0.000S": 35 * time.Minute, "P1DT2H": 26 * time.Hour, "PT45.0M": 45 * time.Minute,
		"PT1.5H": 90 * time.Minute, "PT2.25H": 135 * time.Minute,
		"1 hr 20 mins": 80 * time.Minute, "20 minutes": 20 * time.Minute, "P3M": 0, "soon": 0, "": 0, "PT999999999H": 0,
	} {
		assert.Equal(t, want, duration(written), written)
	}
}

func TestItems(t *testing.T) {
	root, err := html.Parse(strings.NewReader(`<div itemscope itemtype="https://schema.org/Product"><b itemprop="name">Tide
clock</b><a itemprop="brand" href="/pell">Pell</a><p itemprop="offers" itemscope itemtype="https://schema.org/Offer"><meta itemprop="price" content="39.50">
<link itemprop="availability" href="https://schema.org/InStock"></p><ul itemprop="description"><li>brass<li>oak</ul></div>
<div vocab="https://schema.org/" typeof="Recipe"><i property="schema:name">Soup</i><i property="recipeIngredient">3 leeks</i><i property="recipeIngredient">1 l stock</i></div>
<p itemprop="price">7`))
	require.NoError(t, err)
	items := itemsOf(root)
	require.Len(t, items, 2)
	assert.True(t, items[0].isType("Product"))
	assert.Equal(t, "Tide clock", Clean(items[0].Text("name")))
	assert.Equal(t, "Pell", items[0].Text("brand"))
	assert.Equal(t, "39.50", items[0].object("offers").Text("price"))
	assert.Equal(t, "InStock", availability(items[0].object("offers").Text("availability")))
	assert.Equal(t, "brass\n\noak", strings.TrimSpace(items[0].Text("description")))
	assert.True(t, items[1].isType("Recipe"))
	assert.Equal(t, []string{"3 leeks", "1 l stock"}, items[1].recipeLists(true).Ingredients)
}

func TestRecipeLines(t *testing.T) {
	value := []any{
		map[string]any{"@type": "HowToSection", "name": "For the soup", "itemListElement": []any{
			map[string]any{"@type": "HowToStep", "name": "Wash the leeks", "text": "Wash the leeks twice."},
			map[string]any{"@type": "HowToStep", "name": "Boil", "text": "Let it boil<br/>until noon."},
		}},
		"Serve with 1Â½ cups of cr&amp;egrave;me.\n2:",
	}
	assert.Equal(t, []string{
		"For the soup", "Wash the leeks twice.", "Boil", "Let it boil", "until noon.", "Serve with 1½ cups of crème.",
	}, appendRecipeLines(nil, value, 0, true))
	same := []any{map[string]any{"name": "Action", "text": "Stir."}, map[string]any{"name": "Action", "text": "Wait."}}
	assert.Equal(t, []string{"Stir.", "Wait."}, appendRecipeLines(nil, same, 0, true), "the name of a kind of step")
}

func TestIngredientsAsShown(t *testing.T) {
	assert.Equal(t, []string{"2 tbsp oil", "salt", "1/2 cup milk"},
		asShown([]string{"oil", "salt", "1/2 cup milk"}, []string{"½ cup milk", "a pinch of olive oil", "2 tbsp oil"}))
}

func TestAddressCode(t *testing.T) {
	for address, want := range map[string]string{
		"https://shop.example/clocks/tide-clock-1234567.html": "1234567", "https://shop.example/dp/B00TIDE123?ref=x": "B00TIDE123",
		"https://shop.example/store/12?pid=260591": "260591", "https://shop.example/tide-clock": "", "https://shop.example/": "",
	} {
		assert.Equal(t, want, addressCode(ParseURL(address)), address)
	}
}

// Even hostile microdata yields only a limited number of items and values.
func TestHostileItemsAreBounded(t *testing.T) {
	for name, page := range map[string]string{
		"items within items": strings.Repeat(`<div itemscope itemtype="https://schema.org/Product" itemprop="offers">`, 400),
		"many items":         strings.Repeat(`<p itemscope itemtype="https://schema.org/Product"><b itemprop=name>x</b></p>`, 20_000),
		"many values":        `<div itemscope itemtype="https://schema.org/Recipe">` + strings.Repeat(`<b itemprop="recipeIngredient">x</b>`, 20_000),
		"values in values":   `<div itemscope>` + strings.Repeat(`<b itemprop="name">x`, 400) + strings.Repeat("long text ", 20_000),
	} {
		t.Run(name, func(t *testing.T) {
			root, err := html.Parse(strings.NewReader(page))
			require.NoError(t, err)
			items := itemsOf(root)
			require.LessOrEqual(t, len(items), maxItems)
			for _, o := range items {
				for key, v := range o {
					if list, ok := v.([]any); ok {
						require.LessOrEqual(t, len(list), maxValues, key)
					}
				}
			}
		})
	}
}
