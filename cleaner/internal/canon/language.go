package canon

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// languageOf returns the language of a code block, from its own elements, from the elements around it up to the parent
// of the widget's box, or from a toolbar above the code or in that box. It returns "" if none of them names the
// language.
func (w *Writer) languageOf(code, box *html.Node) string {
	for d := w.next(code, code, false); d != nil; d = w.next(d, code, false) {
		if d.Type != html.ElementNode || d.DataAtom != atom.Code && d.DataAtom != atom.Pre && !dom.HasAttr(d,
			"data-language") {
			continue
		}
		if language := w.languageAt(d); language != "" {
			return language
		}
	}
	above := 2
	for n := code; n != nil && above > 0; n = n.Parent {
		if n.Type == html.ElementNode {
			if language := w.languageAt(n); language != "" {
				return language
			}
		}
		if n == box || above < 2 {
			above--
		}
	}
	for _, n := range [...]*html.Node{code, code.Parent} { // a toolbar above the code
		if n == nil {
			continue
		}
		if bar := dom.PreviousElement(n); bar != nil && w.is(bar, namedCodeBar) {
			if language := w.languageIn(bar); language != "" {
				return language
			}
			if words := w.barWords(bar); isLanguage(words) {
				return languageName(words)
			}
		}
	}
	return w.languageIn(box)
}

// languageIn returns the language that a toolbar of a widget names, or "".
func (w *Writer) languageIn(box *html.Node) string {
	for d := w.next(box, box, false); d != nil; d = w.next(d, box, false) {
		if d.Type == html.ElementNode && w.is(d, namedLanguage) {
			if name := strings.TrimSpace(w.rawText(d)); isLanguage(name) {
				return languageName(name)
			}
		}
	}
	return ""
}

// languageAt returns the language that an element's attributes name, or "".
func (w *Writer) languageAt(n *html.Node) string {
	for _, key := range [...]string{
		"data-language", "data-lang", "data-code-lang", "data-code-language", "data-enlighter-language",
		"lang-name", "language", "syntax",
	} {
		if language := cleanLanguage(strings.ToLower(dom.Attr(n, key))); language != "" {
			return language
		}
	}
	if lang := dom.Attr(n, "lang"); n.DataAtom == atom.Pre && len(lang) > 2 && isLanguage(lang) { // GitHub
		return languageName(lang)
	}
	if _, brush, found := strings.Cut(dom.Attr(n, "data-syntaxhighlighter-params"), "brush:"); found {
		brush, _, _ = strings.Cut(strings.TrimSpace(brush), ";")
		return cleanLanguage(strings.ToLower(brush))
	}
	brush := false
	for name := range strings.FieldsSeq(dom.Attr(n, "class")) {
		name = strings.ToLower(name)
		if brush {
			return cleanLanguage(name)
		}
		for _, prefix := range [...]string{
			"language-", "lang-", "highlight-source-", "highlight-text-", "mw-highlight-lang-", "brush:", "sourcecode-", "src-",
			"type-", "code-", "mode-", "enlighter-l-", "hl-", "ltx_lst_language_",
		} {
			language, found := strings.CutPrefix(name, prefix)
			if !found {
				continue
			}
			if language = cleanLanguage(language); prefix == "brush:" && language == "" {
				brush = true
			} else if language != "" && (isLanguage(language) || strings.HasPrefix(prefix, "lang")) {
				return language
			}
		}
		if language, found := strings.CutPrefix(name, "highlight-"); found && isLanguage(cleanLanguage(language)) {
			return cleanLanguage(language)
		}
		isCode := n.DataAtom == atom.Pre || n.DataAtom == atom.Code
		if name == "r" && n.DataAtom == atom.Pre && dom.Attr(n, "class") == "r" { // R Markdown
			return name
		}
		if isLanguage(name) && (w.is(n, namedCode) && name != "text" && name != "output" ||
			isCode && (!noLanguage[name] || n.Parent != nil && dom.HasToken(dom.Attr(n.Parent, "class"), "code"))) {
			return languageName(name)
		}
		if stem, found := strings.CutSuffix(name, "code"); found && isLanguage(stem) {
			return languageName(stem)
		}
	}
	return ""
}

const maxLanguage = 30

func cleanLanguage(s string) string {
	s = strings.TrimRight(s, ";")
	switch {
	case !text.IsSimple(s, maxLanguage), s == "none", s == "default", s == "auto", s == "plain":
		return ""
	case strings.HasPrefix(s, "diff-"):
		return "diff"
	case strings.HasPrefix(s, "ipython"):
		return "python"
	}
	return s
}

// noLanguage contains names of languages that usually mean something else when they are class names by themselves.
var noLanguage = map[string]bool{
	"text": true, "output": true, "terminal": true, "console": true, "basic": true, "d": true, "r": true, "c": true,
	"go": true, "less": true, "stylus": true, "reason": true, "make": true, "plaintext": true, "properties": true,
}

// isLanguage reports whether a word names a language, in the spelling of highlighters and their toolbars.
func isLanguage(s string) bool { return languages[strings.ToLower(strings.TrimSpace(s))] != "" }

// languageName returns the highlighters' name for a language, or "" if the map languages does not contain it.
func languageName(s string) string { return languages[strings.ToLower(strings.TrimSpace(s))] }

// languages maps the names of languages to the names that highlighters use.
var languages = func() map[string]string {
	all := make(map[string]string)
	for name := range strings.FieldsSeq(`
		ada apache applescript arduino asm assembly awk bash basic bat batch c clojure cmake
		cobol coffeescript cpp crystal csharp css csv cuda cypher d dart diff django docker dockerfile elixir elm erb erlang
		excel fish fortran fsharp gherkin go gradle graphql groovy haml handlebars haskell hcl html http ini java
		javascript jinja jinja2 json json5 jsonc jsx julia kotlin latex less lisp log lua makefile markdown matlab
		mermaid mysql nasm nginx nim nix objectivec ocaml pascal perl php plaintext plsql postgresql powershell prisma
		prolog promql properties protobuf puppet purescript python qml r racket raku reason rego rst ruby rust sas sass
		scala scheme scss sed sh shell smalltalk solidity sparql sql stylus svelte svg swift tcl terraform tex text
		toml tsx twig typescript vala vb vbnet verilog vhdl vim vue wasm xml xquery yaml zig zsh console terminal
		shellsession pycon output`) {
		all[name] = name
	}
	for _, alias := range [...][2]string{
		{"c++", "cpp"},
		{"c#", "csharp"},
		{"f#", "fsharp"},
		{"golang", "go"},
		{"js", "javascript"},
		{"ts", "typescript"},
		{"py", "python"},
		{"python3", "python"},
		{"rb", "ruby"},
		{"rs", "rust"},
		{"yml", "yaml"},
		{"md", "markdown"},
		{"objective-c", "objectivec"},
		{"visual basic", "vb"},
		{"shell script", "shell"},
		{"plain text", "text"},
		{"txt", "text"},
		{"kt", "kotlin"},
		{"hs", "haskell"},
		{"tf", "hcl"},
		{"ps1", "powershell"},
		{"htm", "html"},
		{"xhtml", "html"},
		{"node.js", "javascript"},
		{"postgres", "postgresql"},
		{"mjs", "javascript"},
		{"proto", "protobuf"},
	} {
		all[alias[0]] = alias[1]
	}
	return all
}()
