package metadata

import (
	"math"
	"strings"
	"time"

	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// A Recipe is what a page says about the dish that it describes.
type Recipe struct {
	RecipeLists
	Yields            string
	Prep, Cook, Total time.Duration
}

// FindRecipe returns the recipe that the page is about, or nil if it finds no ingredients and no steps. Data that
// describes several recipes is ignored. Lists that are missing in the page's data come from the visible lines, which
// are read through p. If p is nil, the visible lines are not read.
func (m *Fields) FindRecipe(root *html.Node, p *View) *Recipe {
	recipe := &Recipe{}
	recipe.addObject(oneRecipe(m.Found.ld))
	recipe.addObject(oneRecipe(m.Found.ldItems))
	if len(recipe.Ingredients) == 0 || len(recipe.Steps) == 0 {
		recipe.addObject(oneRecipe(itemsOf(root)))
	}
	if p != nil {
		p.completeRecipe(&recipe.RecipeLists)
	}
	if len(recipe.Ingredients) == 0 && len(recipe.Steps) == 0 {
		return nil
	}
	return recipe
}

// addObject adds the fields of an object that the recipe still lacks. Of several yields, such as "4" and "4 servings",
// the longest is kept.
func (r *Recipe) addObject(o Object) {
	lists := o.recipeLists(true)
	if len(r.Ingredients) == 0 {
		r.Ingredients = lists.Ingredients
	}
	if len(r.Steps) == 0 {
		r.Steps = lists.Steps
	}
	for _, key := range [...]string{"recipeYield", "yield"} {
		for _, v := range asList(o[key]) { // ["4", "4 servings"]
			if s := Clean((Object{"v": v}).plain("v")); len(s) > len(r.Yields) {
				r.Yields = s
			}
		}
	}
	for _, t := range [...]struct {
		key string
		to  *time.Duration
	}{{"prepTime", &r.Prep}, {"cookTime", &r.Cook}, {"performTime", &r.Cook}, {"totalTime", &r.Total}} {
		if *t.to == 0 {
			*t.to = duration(o.Text(t.key))
		}
	}
}

// maxDuration is the longest accepted duration. Some hams are cured for two years.
const maxDuration = 3 * 365 * 24 * time.Hour

// duration parses an ISO 8601 duration, such as PT1H30M, or English words, such as "1 hr 30 mins". Years and months
// are ignored. It returns 0 for other texts, and for durations longer than maxDuration.
func duration(s string) time.Duration {
	s = strings.ToUpper(Clean(s))
	iso := strings.HasPrefix(s, "P")
	clock := !iso
	var total time.Duration
	for i := 0; i < len(s); {
		if s[i] == 'T' && iso {
			clock = true
		}
		if !text.IsDigit(rune(s[i])) {
			i++
			continue
		}
		n, end, digits := text.ReadNumber(s, i)
		if digits > 6 {
			return 0
		}
		number := float64(n)
		if end < len(s) && s[end] == '.' { // PT1.5H
			n, end, digits = text.ReadNumber(s, end+1)
			number += float64(n) / math.Pow10(int(digits))
		}
		if i = end; end < len(s) {
			unit := unitOf(strings.TrimLeft(s[end:], " "), clock)
			total += time.Duration(number * float64(unit)).Round(time.Second)
		}
	}
	if total > maxDuration {
		return 0
	}
	return total
}

// unitOf returns the unit of time at the start of a text in capitals, or 0. The argument clock reports whether minutes
// and seconds are allowed. They are not allowed before the T of an ISO duration, where M means months.
func unitOf(s string, clock bool) time.Duration {
	switch {
	case strings.HasPrefix(s, "W"):
		return 7 * 24 * time.Hour
	case strings.HasPrefix(s, "D"):
		return 24 * time.Hour
	case strings.HasPrefix(s, "H"):
		return time.Hour
	case strings.HasPrefix(s, "M") && clock:
		return time.Minute
	case strings.HasPrefix(s, "S") && clock:
		return time.Second
	}
	return 0
}
