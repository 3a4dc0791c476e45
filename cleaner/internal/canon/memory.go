package canon

import (
	"strings"

	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// Memory is what a Writer knows of names from earlier pages. The zero value is ready for use; it must not be used by
// several goroutines at once.
type Memory struct {
	classes, words map[string]names
}

// maxNames is how many names are remembered, maxNameBytes how long the longest is.
const maxNames, maxNameBytes = 8192, 512

// names are what the words of a class say of its element.
type names uint64

const (
	namedCode      names = 1 << iota // a box around code
	namedEditor                      // an editor, which shows each line in boxes of its own
	namedLine                        // a line of something
	namedCodeLine                    // a line of code
	namedGutter                      // a line number, or a column of them
	namedTool                        // a button or a bar of tools
	namedCredit                      // where code is hosted
	namedCell                        // a cell with code
	namedLanguage                    // the name of the code's language
	namedCallout                     // perhaps a callout
	namedTitle                       // a title
	namedTask                        // a list of tasks, or one
	namedMention                     // a person who is mentioned
	namedUnseen                      // for screen readers alone
	namedInitial                     // a drop cap
	namedVerse                       // a line that may be of verse
	namedLines                       // where the style keeps line breaks
	namedTabs                        // a list of tabs
	namedPanel                       // the panel of one
	namedPanels                      // a box of all panels
	namedShop                        // of a shop, whose panels repeat the titles of their tabs
	namedField                       // a field beside others: a label, a value
	namedTable                       // a table of boxes
	namedRow                         // a row of one
	namedTableCell                   // a cell of one
	namedTableHead                   // a head of one
	namedWrapper                     // a box that a script puts around a table
	namedPermalink                   // a link to itself
	namedPoem                        // verses
	namedChecked                     // a task that is done
	namedUnchecked                   // one that is not
	namedCodeBar                     // a bar above code
	namedFormula                     // a formula, or a box around one
	namedPreview                     // what a program drew in place of one
	namedEquation                    // a table of formulas with their numbers
	namedSidenote                    // a note that a style sheet shows beside the line in which it stands
	namedEmbed                       // perhaps a player or a post, or something in its place
	namedFont                        // LaTeXML's name of a font
	namedSource                      // a link of a manual to its source, or to its top
	namedTooltip                     // the beginning of a note, shown when a reader points at its mark
)

// NewWriter returns a Writer for a page.
func NewWriter(m *Memory) Writer {
	if m.words == nil || len(m.words) > maxNames || len(m.classes) > maxNames {
		m.words, m.classes = make(map[string]names), make(map[string]names)
	}
	return Writer{Memory: m}
}

func (w *Writer) namesOf(n *html.Node) names {
	class := dom.Attr(n, "class")
	if class == "" {
		return 0
	}
	all, known := w.classes[class]
	if known {
		return all
	}
	for name := range strings.FieldsSeq(class) {
		all |= w.namesOfWord(name)
	}
	if len(class) <= maxNameBytes {
		w.classes[strings.Clone(class)] = all
	}
	return all
}

func (w *Writer) namesOfWord(name string) names {
	all, known := w.words[name]
	if !known {
		all = namesIn(strings.ToLower(name))
		if len(name) <= maxNameBytes {
			w.words[strings.Clone(name)] = all
		}
	}
	return all
}

func (w *Writer) is(n *html.Node, what names) bool { return w.namesOf(n)&what != 0 }
