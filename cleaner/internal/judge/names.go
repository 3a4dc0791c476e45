package judge

import (
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/region"
	"github.com/dechaff/dechaff/cleaner/internal/text"
	"github.com/dechaff/dechaff/cleaner/internal/zone"
)

// names holds the class attributes and ids of pages. A page has many of them several times, the next page has some of
// them too, and most stages need them. So each is read once, and nodes refer to them by number.
type names struct {
	numbers map[string]int32
	Facts   []nameFacts
	// Classes and Ids are the number of each node's first class attribute and id; 0 is none, or an empty one.
	Classes, Ids []int32
	// Recipes are the nodes that are a recipe's card.
	Recipes []int32
	// Parts are the nodes that microdata calls an ingredient or a step, or a list of such.
	Parts []int32
	// weights are the lexicon's for the words of names; the facts have the range of each name.
	weights []nameWeight
	// long reports whether a name of more than maxNameBytes was read.
	long bool
}

// nameFacts are what is known about one name.
type nameFacts struct {
	text string
	// Consent reports whether it names a consent dialog. hides is HidesClass, once hidingKnown is set.
	Consent, hides, hidingKnown bool
	Zone                        zone.Zone
	families                    uint32
	part                        part
	// Tool reports whether it is the id of a consent tool's box.
	Tool bool
	// asClass and asID are what it says to the region.
	asClass, asID region.Signs
	// recipePart reports whether it is a class of a recipe's ingredients, steps, times or yield.
	recipePart bool
	// recipe reports whether it is a class of a recipe's card.
	recipe bool
	// weighed reports whether weights[from:to] of names are set.
	weighed  bool
	from, to int32
}

// A nameWeight is the lexicon's weight of a word in a name, as a token of one kind.
type nameWeight struct {
	kind   tokenKind
	weight float32
}

// NumberNames sets Names: it reads the names in the tree and numbers them. Notes and Tree must be set.
func (p *Page) NumberNames() {
	nodes := p.Tree.Nodes
	t := &p.Notes.names
	p.Names = t
	if t.numbers == nil {
		t.numbers = map[string]int32{"": 0}
		t.Facts = append(make([]nameFacts, 0, 64), nameFacts{})
	}
	t.Classes, t.Ids = p.Notes.Int32s.Take(len(nodes)), p.Notes.Int32s.Take(len(nodes))
	t.Recipes, t.Parts = t.Recipes[:0], t.Parts[:0]
	for i := range nodes {
		if nodes[i].Form == block.Text {
			continue
		}
		attrs := nodes[i].HTML.Attr
		for k := len(attrs) - 1; k >= 0; k-- { // the first of two counts
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
			case a.Key == "itemprop" && isRecipePart(a.Val):
				t.notePart(int32(i))
			case a.Key == "itemtype" && strings.HasSuffix(a.Val, "schema.org/Recipe") && nodes[i].Tag != atom.Body &&
				nodes[i].Tag != atom.Html:
				t.noteRecipe(int32(i))
			}
		}
	}
}

// maxRecipes is how many recipe cards of a page are considered at most.
const maxRecipes = 16

// maxParts is how many of its parts are.
const maxParts = 200

// isRecipePart reports whether a property is an ingredient or a step (schema.org/Recipe; ingredients is its old name).
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

// recipeParts are parts of the names that templates of recipes give their lists, and recipeLists those of others.
var (
	recipeParts = text.NewFinder([]string{
		"recipe-ingredient", "recipes-ingredient", "create-ingredient", "recipe-instruction", "recipes-instruction",
		"create-instruction", "recipe-step", "recipe__step", "recipe-time", "recipe-serving", "recipe-yield", "prep-time",
		"cook-time",
	})
	recipeLists = text.NewFinder([]string{"ingredient", "ingredienser", "zutaten"})
)

// isRecipeClass reports whether a class attribute has the name of a recipe's card: those of widespread plugins and of
// the microformat.
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

// Bounds of what is kept for the next page.
const (
	maxNames     = 4096
	maxNameBytes = 1024
)

// forget drops what belongs to this page's nodes, and everything once there is much of it. A name longer than
// maxNameBytes is more likely an attack than a name that the next page has too.
func (t *names) forget() {
	t.Classes, t.Ids, t.Recipes, t.Parts = nil, nil, t.Recipes[:0], t.Parts[:0]
	if len(t.Facts) > maxNames || t.long {
		t.long = false
		clear(t.numbers)
		clear(t.Facts)
		t.numbers[""], t.Facts, t.weights = 0, t.Facts[:1], t.weights[:0]
	}
}

// number returns a name's number, and reads the name if it is new.
func (t *names) number(name string) int32 {
	n, known := t.numbers[name]
	if !known {
		t.long = t.long || len(name) > maxNameBytes
		n = int32(len(t.Facts))
		t.numbers[name] = n
		t.Facts = append(t.Facts, nameFacts{
			text: name, Consent: len(name) >= zone.MinConsentName && zone.IsConsentName(name) || zone.IsConsentTool(name),
			Zone: zone.OfName(name), families: familiesOf(name), part: namedPart(name), Tool: zone.IsConsentTool(name),
			recipe: isRecipeClass(name), recipePart: recipeParts.InLower(name),
		})
		f := &t.Facts[n]
		f.asClass, f.asID = region.ReadName(name)
	}
	return n
}

// Of returns the facts about the value of an attribute of node i. numbers is Classes or Ids: if the value is the node's
// own class or id, they have its number, which saves a look-up.
func (t *names) Of(value string, numbers []int32, i int32) *nameFacts {
	if f := &t.Facts[numbers[i]]; f.text == value {
		return f
	}
	return &t.Facts[t.number(value)]
}

// SignsOf returns what the names of node i say to the region.
func (t *names) SignsOf(i int32) region.Signs {
	return t.Facts[t.Classes[i]].asClass | t.Facts[t.Ids[i]].asID
}

// HidesClass reports whether a class is for screen readers only, or for a formula's preview that repeats it.
func (f *nameFacts) HidesClass() bool {
	if !f.hidingKnown {
		f.hidingKnown, f.hides = true, zone.IsScreenReaderClass(f.text) || zone.IsMathPreview(f.text)
	}
	return f.hides
}

// weigh returns the lexicon's weights of the words of a name, which it looks up once.
func (t *names) weigh(f *nameFacts, l *lexicon) []nameWeight {
	if !f.weighed {
		f.weighed, f.from = true, int32(len(t.weights))
		t.weights = l.appendNameWeights(t.weights, f.text)
		f.to = int32(len(t.weights))
	}
	return t.weights[f.from:f.to]
}

// looks numbers the looks of elements: tag and class attribute together.
type looks map[uint64]int32

// of returns the number of node i's look.
func (l looks) of(p *Page, i int32) int32 {
	n := &p.Tree.Nodes[i]
	tag := uint64(n.Tag)
	if n.Tag == 0 || n.HTML.Namespace != "" { // HTML does not know the name
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
