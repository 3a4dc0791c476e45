package judge

import (
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/zone"
)

// names are what the class attributes and ids of pages say. A page repeats them, the next one has some of them too, and
// most stages ask: each is read once, and an element knows its own by their numbers.
type names struct {
	numbers map[string]int32
	Facts   []nameFacts
	// classes and ids are the number of each node's first class attribute and id; 0 stands for none and for an empty one.
	Classes, Ids []int32
	// recipes are the nodes that are a recipe's card.
	Recipes []int32
	// weights are those of the lexicon that the facts know of.
	weights []nameWeight
	// long tells that a name of more than maxNameBytes was read.
	long bool
}

// nameFacts are what is read in one name.
type nameFacts struct {
	text string
	// consent tells that it names a consent dialog; hides, once hidingKnown, what hidesClass does.
	Consent, hides, hidingKnown bool
	Zone                        zone.Zone
	families                    uint32
	part                        part
	// tool tells that it is the id of a consent tool's box.
	Tool bool
	// recipe tells that it is a class of a recipe's card.
	recipe bool
	// weighed tells that weights[from:to] are the lexicon's.
	weighed  bool
	from, to int32
}

// A nameWeight is what the lexicon says of a word in a name.
type nameWeight struct {
	kind   tokenKind
	weight float32
}

// NumberNames numbers the names in the tree.
func (p *Page) NumberNames() {
	nodes := p.Tree.Nodes
	t := &p.Notes.names
	p.Names = t
	if t.numbers == nil {
		t.numbers = map[string]int32{"": 0}
		t.Facts = append(make([]nameFacts, 0, 64), nameFacts{})
	}
	t.Classes, t.Ids = p.Notes.Int32s.Take(len(nodes)), p.Notes.Int32s.Take(len(nodes))
	t.Recipes = t.Recipes[:0]
	for i := range nodes {
		if nodes[i].Form == block.Text {
			continue
		}
		attrs := nodes[i].HTML.Attr
		for k := len(attrs) - 1; k >= 0; k-- { // the first of two counts
			switch a := &attrs[k]; {
			case a.Namespace != "":
			case a.Key == "class":
				if t.Classes[i] = t.number(a.Val); t.Facts[t.Classes[i]].recipe {
					t.noteRecipe(int32(i))
				}
			case a.Key == "id":
				t.Ids[i] = t.number(a.Val)
			case a.Key == "itemtype" && strings.HasSuffix(a.Val, "schema.org/Recipe") && nodes[i].Tag != atom.Body &&
				nodes[i].Tag != atom.Html:
				t.noteRecipe(int32(i))
			}
		}
	}
}

// maxRecipes bounds how many cards a page has that are looked at.
const maxRecipes = 8

func (t *names) noteRecipe(i int32) {
	if len(t.Recipes) < maxRecipes {
		t.Recipes = append(t.Recipes, i)
	}
}

// isRecipeClass knows the cards of widespread plugins, and of the microformat.
func isRecipeClass(name string) bool {
	for word := range strings.FieldsSeq(name) {
		switch word {
		case "wprm-recipe-container", "tasty-recipes", "mv-create-card", "mv-recipe-card", "easyrecipe", "hrecipe",
			"h-recipe", "recipe-card":
			return true
		}
	}
	return false
}

// Bounds of what is remembered for the next page.
const (
	maxNames     = 4096
	maxNameBytes = 1024
)

// forget drops what only this page's nodes know, and everything once it is much. A longer name than maxNameBytes is
// sooner a trap than a name that the next page has too.
func (t *names) forget() {
	t.Classes, t.Ids, t.Recipes = nil, nil, t.Recipes[:0]
	if len(t.Facts) > maxNames || t.long {
		t.long = false
		clear(t.numbers)
		clear(t.Facts)
		t.numbers[""], t.Facts, t.weights = 0, t.Facts[:1], t.weights[:0]
	}
}

// number reads a name, if it is new.
func (t *names) number(name string) int32 {
	n, known := t.numbers[name]
	if !known {
		t.long = t.long || len(name) > maxNameBytes
		n = int32(len(t.Facts))
		t.numbers[name] = n
		t.Facts = append(t.Facts, nameFacts{
			text: name, Consent: len(name) >= zone.MinConsentName && zone.IsConsentName(name) || zone.IsConsentTool(name),
			Zone: zone.OfName(name), families: familiesOf(name), part: namedPart(name), Tool: zone.IsConsentTool(name),
			recipe: isRecipeClass(name),
		})
	}
	return n
}

// Of are the facts of a value of node i's class or id, or of another attribute: numbers is where the node's own number
// may stand.
func (t *names) Of(value string, numbers []int32, i int32) *nameFacts {
	if f := &t.Facts[numbers[i]]; f.text == value {
		return f
	}
	return &t.Facts[t.number(value)]
}

// HidesClass tells that a class is for screen readers only, or draws a formula again.
func (f *nameFacts) HidesClass() bool {
	if !f.hidingKnown {
		f.hidingKnown, f.hides = true, zone.IsScreenReaderClass(f.text) || zone.IsMathPreview(f.text)
	}
	return f.hides
}

// weigh looks the words of a name up.
func (t *names) weigh(f *nameFacts, l *lexicon) []nameWeight {
	if !f.weighed {
		f.weighed, f.from = true, int32(len(t.weights))
		t.weights = l.appendNameWeights(t.weights, f.text)
		f.to = int32(len(t.weights))
	}
	return t.weights[f.from:f.to]
}

// looks number what elements look like: their names and classes.
type looks map[uint64]int32

// of is node i's.
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
