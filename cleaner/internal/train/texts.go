package main

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/cleaner/internal/plaintext"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// describeTexts writes the paragraphs of the corpora's texts as CleanText's model sees them: texts of whole pages in
// the forms in which other tools extract them, the reference texts, and dechaff's own articles. texts.py reads them.
func describeTexts(o *options, stdout io.Writer) error {
	if err := os.MkdirAll(o.texts, 0o755); err != nil {
		return err
	}
	names, err := json.Marshal(map[string]any{"features": plaintext.FeatureNames(), "hash": plaintext.FeatureHash()})
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(o.texts, "features.json"), append(names, '\n'), 0o644); err != nil {
		return err
	}
	for _, corpus := range o.corpora {
		if err := describeTextsOf(corpus, filepath.Join(o.texts, filepath.Base(corpus))); err != nil {
			return fmt.Errorf("%s: %w", corpus, err)
		}
		fmt.Fprintln(stdout, corpus)
	}
	return nil
}

func describeTextsOf(corpus, out string) error {
	entries, err := readTruth(corpus)
	if err != nil {
		return err
	}
	rows, err := os.Create(out + ".rows.f32")
	if err != nil {
		return err
	}
	defer rows.Close()
	list, err := os.Create(out + ".jsonl")
	if err != nil {
		return err
	}
	defer list.Close()
	w, l := bufio.NewWriter(rows), json.NewEncoder(list)
	for i := range entries {
		e := &entries[i]
		if e.Text == nil || *e.Text == "" {
			continue
		}
		forms, err := formsOf(corpus, e)
		if err != nil {
			return fmt.Errorf("%s: %w", e.ID, err)
		}
		reference := readReference(*e.Text)
		for _, f := range forms {
			d := textDescription{ID: e.ID, Form: f.name}
			for _, p := range plaintext.Describe(f.text) {
				tokens := wordsOf(p.Text)
				d.Words = append(d.Words, len(tokens))
				d.Found = append(d.Found, reference.found(tokens))
				d.Header = append(d.Header, p.IsHeader)
				if err := binary.Write(w, binary.LittleEndian, p.Row); err != nil {
					return err
				}
			}
			if d.Words == nil {
				continue
			}
			if err := l.Encode(d); err != nil {
				return err
			}
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if err := list.Close(); err != nil {
		return err
	}
	return rows.Close()
}

// A textDescription describes the paragraphs of one text.
type textDescription struct {
	ID     string    `json:"id"`
	Form   string    `json:"form"`
	Words  []int     `json:"words"`
	Found  []float32 `json:"found"` // the share that the reference text has, or -1 if that is not known
	Header []bool    `json:"header"`
}

// A textForm is one text of a page.
type textForm struct{ name, text string }

// formsOf returns the texts of a page.
func formsOf(corpus string, e *entry) ([]textForm, error) {
	doc, err := parsePage(corpus, e, e.URL)
	if err != nil {
		return nil, err
	}
	forms := []textForm{{"reference", *e.Text}}
	for _, name := range [...]string{"lines", "nodes", "wrapped", "markdown"} {
		forms = append(forms, textForm{name, renderText(doc.Root, name)})
	}
	if a, err := cleaner.New(cleaner.Options{}).CleanDocument(doc); err == nil {
		forms = append(forms, textForm{"article", a.Text()})
	}
	return forms, nil
}

// renderText returns the text of a page as other tools do: "lines" has a block per line, "nodes" a text node per line,
// "wrapped" has lines of at most 78 columns with blank lines between blocks, and "markdown" has links, headings and
// lists in Markdown.
func renderText(root *html.Node, form string) string {
	r := textRenderer{form: form}
	r.render(root)
	r.end()
	return r.all.String()
}

type textRenderer struct {
	form   string
	prefix string // of the current block in Markdown
	line   strings.Builder
	all    strings.Builder
}

func (r *textRenderer) render(n *html.Node) {
	if n.Type == html.TextNode {
		r.line.WriteString(n.Data)
		if r.form == "nodes" {
			r.end()
		}
		return
	}
	switch n.DataAtom {
	case atom.Head, atom.Iframe, atom.Noscript, atom.Script, atom.Style, atom.Svg, atom.Template, atom.Textarea:
		return
	}
	isBlock := n.Type == html.ElementNode && !isInlineTag[n.DataAtom]
	if isBlock {
		r.end()
		if prefix, ok := markdownPrefixes[n.DataAtom]; ok && r.form != "lines" {
			r.prefix = prefix
		}
	}
	isLink := n.DataAtom == atom.A && r.form == "markdown"
	if isLink {
		r.line.WriteString("[")
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.render(c)
	}
	if isLink {
		r.line.WriteString("](/" + strings.ReplaceAll(text.FoldLetters(attribute(n, "href")), " ", "-") + ")")
	}
	if isBlock {
		r.end()
	}
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

var markdownPrefixes = map[atom.Atom]string{
	atom.Li: "* ", atom.H1: "# ", atom.H2: "## ", atom.H3: "### ", atom.H4: "#### ",
}

var isInlineTag = map[atom.Atom]bool{
	0: true, atom.A: true, atom.Abbr: true, atom.B: true, atom.Cite: true, atom.Code: true, atom.Em: true, atom.Font: true,
	atom.I: true, atom.Img: true, atom.Label: true, atom.Mark: true, atom.Q: true, atom.Small: true, atom.Span: true,
	atom.Strong: true, atom.Sub: true, atom.Sup: true, atom.Time: true, atom.U: true,
}

// end ends the current block.
func (r *textRenderer) end() {
	words := strings.Fields(r.line.String())
	r.line.Reset()
	prefix := r.prefix
	r.prefix = ""
	if len(words) == 0 || len(words) == 1 && (words[0] == "[](/)" || words[0] == "[") {
		return
	}
	switch r.form {
	case "markdown":
		r.all.WriteString(prefix + strings.Join(words, " ") + "\n\n")
	case "wrapped":
		if prefix != "* " {
			prefix = ""
		}
		column := 0
		r.all.WriteString(prefix)
		for i, w := range words {
			size := utf8.RuneCountInString(w)
			switch {
			case i == 0:
			case column+1+size > maxColumns:
				r.all.WriteString("\n" + strings.Repeat(" ", len(prefix)))
				column = 0
			default:
				r.all.WriteString(" ")
				column++
			}
			r.all.WriteString(w)
			column += size
		}
		r.all.WriteString("\n\n")
	default:
		r.all.WriteString(strings.Join(words, " ") + "\n")
	}
}

const maxColumns = 78

// A reference is a reference text, prepared for labels.
type reference struct {
	sequences map[string]bool // of one to three words
	lines     map[string]bool
}

func readReference(s string) *reference {
	r := &reference{sequences: make(map[string]bool), lines: make(map[string]bool)}
	all := wordsOf(s)
	for i := range all {
		for n := 1; n <= 3 && i+n <= len(all); n++ {
			r.sequences[strings.Join(all[i:i+n], " ")] = true
		}
	}
	for line := range strings.Lines(s) {
		r.lines[strings.Join(wordsOf(line), " ")] = true
	}
	return r
}

// found returns the share of a paragraph's sequences of three words that the reference has. A paragraph of one or two
// words is found if it is a line of the reference. If its words are in the reference elsewhere, found returns -1.
func (r *reference) found(words []string) float32 {
	if len(words) < 3 {
		switch whole := strings.Join(words, " "); {
		case r.lines[whole]:
			return 1
		case r.sequences[whole]:
			return -1
		}
		return 0
	}
	found := 0
	for i := range len(words) - 2 {
		if r.sequences[strings.Join(words[i:i+3], " ")] {
			found++
		}
	}
	return float32(found) / float32(len(words)-2)
}

// wordsOf returns the folded words of a text. In scripts without spaces between words, each character is a word.
func wordsOf(s string) []string {
	var all []string
	start := -1
	s = text.FoldLetters(s)
	for i, r := range s {
		isWord := text.IsWordRune(r)
		isUnspaced := isWord && text.UnspacedLength(string(r)) > 0
		if start >= 0 && (!isWord || isUnspaced) {
			all = append(all, s[start:i])
			start = -1
		}
		switch {
		case isUnspaced:
			all = append(all, string(r))
		case isWord && start < 0:
			start = i
		}
	}
	if start >= 0 {
		all = append(all, s[start:])
	}
	return all
}
