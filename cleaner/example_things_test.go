package cleaner_test

import (
	"encoding/json"
	"fmt"
	"log"
	"strings"
	"time"

	"github.com/dechaff/dechaff/cleaner"
)

func ExampleProduct() {
	page := `<title>Tide clock</title><meta property="og:type" content="product"><script type="application/ld+json">{"@type":"Product",
"name":"Tide clock","sku":"TC-19","offers":{"price":"39.50","priceCurrency":"EUR","availability":"https://schema.org/InStock"}}</script>
<h1>Tide clock</h1><p>The clock has one hand, which goes round once between two high tides, and a dial that a retired sailor
still paints by hand in the shed behind the shop, with a brush that his father left him.</p>`
	a, err := cleaner.New(cleaner.Options{Product: true}).Clean(strings.NewReader(page), "https://shop.example/clock")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(a.Product.Name, a.Product.Price, a.Product.Currency, a.Product.SKU, a.Product.Availability)
	// Output: Tide clock 39.50 EUR TC-19 InStock
}

func ExampleRecipe() {
	page := `<title>Leek soup</title><script type="application/ld+json">{"@type":"Recipe","name":"Leek soup","recipeYield":"4 servings",
"totalTime":"PT1H15M","recipeIngredient":["3 leeks","1 l stock"],"recipeInstructions":[{"@type":"HowToStep","text":"Wash the leeks."},
{"@type":"HowToStep","text":"Boil them in the stock."}]}</script><h1>Leek soup</h1><p>The baker at the weir makes one soup, and makes it on
Thursdays, when the boat from the islands has come in and somebody has carried the crates up to the shed.</p>`
	a, err := cleaner.New(cleaner.Options{Recipe: true}).Clean(strings.NewReader(page), "https://baker.example/soup")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(a.Recipe.Yields, a.Recipe.Times.Total)
	fmt.Println(strings.Join(a.Recipe.Ingredients, "; "))
	fmt.Println(strings.Join(a.Recipe.Steps, " "))
	// Output:
	// 4 servings 1h15m0s
	// 3 leeks; 1 l stock
	// Wash the leeks. Boil them in the stock.
}

func ExampleRecipeTimes_MarshalJSON() {
	b, err := json.Marshal(cleaner.RecipeTimes{Prep: 15 * time.Minute, Total: time.Hour})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(string(b))
	// Output: {"prep":15,"total":60}
}

func ExampleRecipeTimes_UnmarshalJSON() {
	var times cleaner.RecipeTimes
	if err := json.Unmarshal([]byte(`{"prep":15,"total":60}`), &times); err != nil {
		log.Fatal(err)
	}
	fmt.Println(times.Prep, times.Total)
	// Output: 15m0s 1h0m0s
}
