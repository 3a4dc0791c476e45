package judge

import (
	"slices"
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/region"
	"github.com/dechaff/dechaff/cleaner/internal/text"
	"github.com/dechaff/dechaff/cleaner/internal/zone"
)

// names holds the class attributes and ids of pages. Most stages need them, and many of them occur several times on a
// page and again on the next page. Each name is therefore read only once, and nodes refer to it by number.
type names struct {
	numbers map[string]int32
	Facts   []nameFacts
	// Classes and Ids contain, for each node, the numbers of its first class attribute and of its first id. 0 means
	// that the attribute is missing or empty.
	Classes, Ids []int32
	// Recipes are the nodes of recipe cards, in document order.
	Recipes []int32
	// Parts are the nodes that microdata or class names mark as a part of a recipe, such as an ingredient, a step, or a
	// list of them. They are in document order.
	Parts []int32
	// weights has the lexicon's weights for the words of names. The nameFacts of a name contains the range of its
	// weights in this slice.
	weights []nameWeight
	// Discussion reports whether microdata on the page says that it contains a discussion.
	Discussion bool
	// hasPanels reports whether a node of the page is the panel of a tab (see dom.PanelAttr).
	hasPanels bool
	// long reports whether a name of more than maxNameBytes was read.
	long bool
}

// nameFacts are the facts about one name.
type nameFacts struct {
	text string
	// Consent reports whether the name is that of a consent dialog or a consent tool. hides caches the result of
	// HidesClass; it is valid if hidingKnown is true.
	Consent, hides, hidingKnown bool
	Zone                        zone.Zone
	// families is a bit set of the name's Families, and part is the part that the name means. They are valid if
	// boxKnown is true.
	families uint32
	part     part
	boxKnown bool
	// Tool reports whether the name is the id of a consent tool's box, and PullQuote whether it is the class of a pull
	// quote.
	Tool, PullQuote bool
	// asClass and asID are what the name suggests to package region, as a class and as an id.
	asClass, asID region.Signs
	// recipePart reports whether the name is a class of a recipe's ingredients, steps, times or yield.
	recipePart bool
	// recipe reports whether the name, as a class, marks a recipe card or a list of ingredients.
	recipe bool
	// weighed reports whether names.weights[from:to] already contains the weights of this name's words.
	weighed  bool
	from, to int32
}

// A nameWeight is the lexicon's weight of a word in a name, looked up as a token of the given kind.
type nameWeight struct {
	kind   tokenKind
	weight float32
}

// NumberNames reads the names in the tree, numbers them, and sets the field Names. Memory and Tree must be set.
func (p *Page) NumberNames() {
	nodes := p.Tree.Nodes
	t := &p.Memory.names
	p.Names = t
	if t.numbers == nil {
		t.numbers = map[string]int32{"": 0}
		t.Facts = append(make([]nameFacts, 0, 64), nameFacts{})
	}
	t.Classes, t.Ids = p.Memory.Int32s.Take(len(nodes)), p.Memory.Int32s.Take(len(nodes))
	t.Recipes, t.Parts, t.Discussion, t.hasPanels = t.Recipes[:0], t.Parts[:0], false, false
	for i := range nodes {
		if nodes[i].Form == block.Text {
			continue
		}
		attrs := nodes[i].HTML.Attr
		for k := len(attrs) - 1; k >= 0; k-- { // if an element has an attribute twice, the first counts
			switch a := &attrs[k]; {
			case a.Namespace != "":
			case a.Key == "class":
				t.Classes[i] = t.number(a.Val)
				switch f := &t.Facts[t.Classes[i]]; {
				case f.recipePart:
					t.notePart(int32(i))
				case f.recipe:
					t.noteRecipe(int32(i))
				}
			case a.Key == "id":
				t.Ids[i] = t.number(a.Val)
			case a.Key == dom.PanelAttr:
				t.hasPanels = true
			case a.Key == "itemprop" && isRecipePart(a.Val):
				t.notePart(int32(i))
			case a.Key == "itemtype":
				t.Discussion = t.Discussion || slices.Contains(zone.DiscussionTypes, text.AfterSlash(a.Val))
				if strings.HasSuffix(a.Val, "schema.org/Recipe") && nodes[i].Tag != atom.Body && nodes[i].Tag != atom.Html {
					t.noteRecipe(int32(i))
				}
			}
		}
	}
}

// maxRecipes is the maximum number of recipe cards on a page that are considered.
const maxRecipes = 16

// maxParts is the maximum number of recipe parts on a page that are considered.
const maxParts = 200

// isRecipePart reports whether a microdata property contains an ingredient or the steps (schema.org/Recipe;
// "ingredients" is an old name).
func isRecipePart(property string) bool {
	return property == "recipeIngredient" || property == "ingredients" || property == "recipeInstructions"
}

func (t *names) notePart(i int32) {
	if len(t.Parts) < maxParts {
		t.Parts = append(t.Parts, i)
	}
}

func (t *names) noteRecipe(i int32) {
	if len(t.Recipes) < maxRecipes {
		t.Recipes = append(t.Recipes, i)
	}
}

// recipeParts finds the class names that recipe templates give to ingredients, steps, times and the yield. recipeLists
// finds other class names with a word for ingredients.
var (
	recipeParts = text.NewFinder([]string{
		"recipe-ingredient", "recipes-ingredient", "create-ingredient", "recipe-instruction", "recipes-instruction",
		"create-instruction", "recipe-step", "recipe__step", "recipe-time", "recipe-serving", "recipe-yield", "prep-time",
		"cook-time",
	})
	recipeLists = text.NewFinder([]string{"ingredient", "ingredienser", "zutaten"})
	// Each name in the two lists, and each name that isRecipeClass knows, contains one of these words. Few names do.
	recipeWords = text.NewFinder([]string{"recipe", "create-", "ingredien", "zutaten", "prep-time", "cook-time"})
)

// pullQuotes are parts of the class names of pull quotes.
var pullQuotes = text.NewFinder([]string{"pullquote", "pull-quote", "pull_quote"})

// isRecipeClass reports whether a class attribute contains the name of a recipe card, from widespread plugins or from
// the microformat, or a word for ingredients.
func isRecipeClass(name string) bool {
	for word := range strings.FieldsSeq(name) {
		switch word {
		case "wprm-recipe-container", "tasty-recipes", "mv-create-card", "mv-recipe-card", "easyrecipe", "hrecipe",
			"h-recipe", "recipe-card":
			return true
		}
	}
	return recipeLists.InLower(name)
}

// Bounds for the names that are kept for the next page.
const (
	maxNames     = 4096
	maxNameBytes = 1024
)

// forget drops the data about this page's nodes. It drops everything if there are more than maxNames names, or if a
// name longer than maxNameBytes was read: a name of that length is more likely to be an attack than to be on the next
// page too.
func (t *names) forget() {
	t.Classes, t.Ids, t.Recipes, t.Parts = nil, nil, t.Recipes[:0], t.Parts[:0]
	if len(t.Facts) > maxNames || t.long {
		t.long = false
		clear(t.numbers)
		clear(t.Facts)
		t.numbers[""], t.Facts, t.weights = 0, t.Facts[:1], t.weights[:0]
	}
}

// number returns the number of a name, which is its index in Facts. If the name is new, it is read and added.
func (t *names) number(name string) int32 {
	n, known := t.numbers[name]
	if !known {
		t.long = t.long || len(name) > maxNameBytes
		n = int32(len(t.Facts))
		t.numbers[name] = n
		tool := zone.IsConsentTool(name)
		f := nameFacts{
			text: name, Zone: zone.OfName(name), Tool: tool,
			Consent:   tool || len(name) >= zone.MinConsentName && zone.IsConsentName(name),
			PullQuote: pullQuotes.InLower(name),
		}
		if recipeWords.InLower(name) {
			f.recipe, f.recipePart = isRecipeClass(name), recipeParts.InLower(name)
		}
		f.asClass, f.asID = region.ReadName(name)
		t.Facts = append(t.Facts, f)
	}
	return n
}

// box returns the facts about a name of a box that contains blocks, with the fields families and part.
func (t *names) box(number int32) *nameFacts {
	f := &t.Facts[number]
	if !f.boxKnown {
		f.boxKnown, f.families, f.part = true, familiesOf(f.text), namedPart(f.text)
	}
	return f
}

// Of returns the facts about the value of an attribute of node i. The parameter numbers is Classes or Ids. If the value
// is the class or id of the node itself, its number is known and no lookup is needed.
func (t *names) Of(value string, numbers []int32, i int32) *nameFacts {
	if f := &t.Facts[numbers[i]]; f.text == value {
		return f
	}
	return &t.Facts[t.number(value)]
}

// SignsOf returns what the names of node i suggest to package region.
func (t *names) SignsOf(i int32) region.Signs {
	return t.Facts[t.Classes[i]].asClass | t.Facts[t.Ids[i]].asID
}

// HidesClass reports whether a class marks text for screen readers only, or the preview of a formula.
func (f *nameFacts) HidesClass() bool {
	if !f.hidingKnown {
		f.hidingKnown, f.hides = true, zone.IsUnseenClass(f.text)
	}
	return f.hides
}

// weigh returns the lexicon's weights for the words of a name. It looks them up only once.
func (t *names) weigh(f *nameFacts, l *lexicon) []nameWeight {
	if !f.weighed {
		f.weighed, f.from = true, int32(len(t.weights))
		t.weights = l.appendNameWeights(t.weights, f.text)
		f.to = int32(len(t.weights))
	}
	return t.weights[f.from:f.to]
}

// looks assigns numbers to the looks of elements. The look of an element is its tag together with its class attribute.
type looks map[uint64]int32

// This method returns the number of the look of node i. A look that is new gets the next number.
func (l looks) of(p *Page, i int32) int32 {
	n := &p.Tree.Nodes[i]
	tag := uint64(n.Tag)
	if n.Tag == 0 || n.HTML.Namespace != "" { // not an HTML element
		tag = uint64(p.Names.number(n.HTML.Data)) | 1<<31
	}
	key := tag<<32 | uint64(uint32(p.Names.Classes[i]))
	number, known := l[key]
	if !known {
		number = int32(len(l))
		l[key] = number
	}
	return number
}
