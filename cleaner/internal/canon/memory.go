package canon

import (
	"strings"

	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// Memory caches the meanings of class names for the pages that are cleaned one after another. The zero value is ready
// for use. It must not be used by several goroutines at once.
type Memory struct {
	classes, words map[string]names
}

// A Memory with more than maxNames class names, or as many different class attributes, is emptied before the next page.
// Names and attributes that are longer than maxNameBytes are not remembered.
const maxNames, maxNameBytes = 8192, 512

// maxEmptied is the maximum number of names in maps that are emptied and kept. A page with more names is an exception,
// and larger maps would hold their memory forever.
const maxEmptied = 4 * maxNames

// names is a bit set of the meanings of an element's class names.
type names uint64

const (
	namedCode      names = 1 << iota // a box around code
	namedEditor                      // an editor, which shows each line in a separate box
	namedLine                        // a line, of code or of other text
	namedCodeLine                    // a line of code
	namedGutter                      // a line number, or a column of line numbers
	namedTool                        // a button or a toolbar
	namedCredit                      // a link to the repository that hosts the code
	namedCell                        // a cell with code
	namedLanguage                    // the name of the code's language
	namedCallout                     // perhaps a callout
	namedTitle                       // a title
	namedTask                        // a list of tasks, or a task
	namedMention                     // a person who is mentioned
	namedUnseen                      // text for screen readers only
	namedInitial                     // a drop cap
	namedVerse                       // perhaps a line of verse
	namedLines                       // text whose style preserves line breaks
	namedTabs                        // a list of tabs
	namedPanel                       // the panel of a tab
	namedPanels                      // a box around all panels
	namedShop                        // a shop's page, where panels repeat the titles of their tabs
	namedField                       // a field next to others: a label, a value
	namedTable                       // a table built from boxes such as <div>, without <table>
	namedRow                         // a row of such a table
	namedTableCell                   // a cell of such a table
	namedTableHead                   // a header cell of such a table
	namedWrapper                     // a box that a script puts around a table
	namedPermalink                   // a link to itself
	namedPoem                        // verses
	namedChecked                     // a task that is done
	namedUnchecked                   // a task that is not done
	namedCodeBar                     // a toolbar above code
	namedFormula                     // a formula, or a box around one
	namedPreview                     // a program's drawing of a formula
	namedEquation                    // a table of formulas with their numbers
	namedSidenote                    // a note that a style sheet shows next to its line
	namedEmbed                       // perhaps a player or a post, or a placeholder for one
	namedFont                        // LaTeXML's name of a font
	namedSource                      // not text: a page number, or a link to the source code or to the top
	namedTooltip                     // the beginning of a note, shown when a reader points at its mark
	namedClone                       // a copy of a slide, which lets a slider turn in a circle
	namedManual                      // a title, picture, table or signature of Asciidoctor, Javadoc or Sphinx
)

// NewWriter returns a Writer for one page.
func NewWriter(m *Memory) Writer {
	switch known := max(len(m.words), len(m.classes)); {
	case m.words == nil || known > maxEmptied:
		m.words, m.classes = make(map[string]names), make(map[string]names)
	case known > maxNames: // keeping the maps saves the time for growing new ones
		clear(m.words)
		clear(m.classes)
	}
	return Writer{Memory: m}
}

func (w *Writer) namesOf(n *html.Node) names {
	class := dom.Attr(n, "class")
	if class == "" {
		return 0
	}
	if class == w.lastClass { // most elements are tested for several widgets in a row
		return w.lastNames
	}
	all, known := w.classes[class]
	if known {
		w.lastClass, w.lastNames = class, all
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
