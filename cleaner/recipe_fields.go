package cleaner

import (
	"encoding/json"
	"math"
	"time"
)

// A Recipe describes the recipe that a page is about. Empty fields are unknown.
type Recipe struct {
	// Ingredients and Steps contain the lines of the two lists, in order. If the page's data names sections or steps,
	// these names are lines, too. Lists that were read from the visible text have no headings and no numbers.
	Ingredients []string `json:"ingredients,omitempty"`
	Steps       []string `json:"steps,omitempty"`
	// Yields is the quantity that the recipe makes, as the page writes it: "4 servings".
	Yields string      `json:"yields,omitempty"`
	Times  RecipeTimes `json:"times,omitzero"`
}

// RecipeTimes are the times that a recipe takes. Zero means unknown. Total may be more than the sum of the others, for
// example because dough must rest.
type RecipeTimes struct{ Prep, Cook, Total time.Duration }

// recipeMinutes is RecipeTimes as JSON.
type recipeMinutes struct {
	Prep  float64 `json:"prep,omitempty"`
	Cook  float64 `json:"cook,omitempty"`
	Total float64 `json:"total,omitempty"`
}

// MarshalJSON implements json.Marshaler. It writes minutes as "prep", "cook" and "total".
func (t RecipeTimes) MarshalJSON() ([]byte, error) {
	return json.Marshal(recipeMinutes{t.Prep.Minutes(), t.Cook.Minutes(), t.Total.Minutes()})
}

// UnmarshalJSON implements json.Unmarshaler. It reads what MarshalJSON writes.
func (t *RecipeTimes) UnmarshalJSON(data []byte) error {
	var m recipeMinutes
	if err := json.Unmarshal(data, &m); err != nil {
		return err
	}
	of := func(minutes float64) time.Duration {
		return time.Duration(math.Round(minutes*60)) * time.Second
	}
	*t = RecipeTimes{of(m.Prep), of(m.Cook), of(m.Total)}
	return nil
}

// readRecipe returns the recipe that the page is about, or nil.
func (p *page) readRecipe() *Recipe {
	found := p.Meta.FindRecipe(p.Doc.Root, p.fieldView())
	if found == nil {
		return nil
	}
	return &Recipe{
		Ingredients: found.Ingredients, Steps: found.Steps, Yields: found.Yields,
		Times: RecipeTimes{found.Prep, found.Cook, found.Total},
	}
}
