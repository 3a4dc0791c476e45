package phrase

import (
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// maxMarkup is the length in bytes of the longest line that can be a rest of code, apart from data, which is often
// longer.
const maxMarkup = 2000

// IsMarkup reports whether a whole line is code of a page that an extractor took for text: tags, a comment, a style
// rule, a call of a script, data in JSON, or the placeholder of a template. In a text about code, it may be an example.
func IsMarkup(line string) bool {
	if len(line) < 4 {
		return false
	}
	switch line[0] {
	case '{', '[':
		return isData(line) || len(line) <= maxMarkup && isPlaceholder(line)
	case '<':
		return len(line) <= maxMarkup && isTags(line)
	}
	return len(line) <= maxMarkup && (isStyle(line) || isScript(line) || isPlaceholder(line))
}

// isData reports whether a line is an object or a list of objects in JSON. It may be cut short.
func isData(line string) bool {
	rest := strings.TrimLeft(line, "[ ")
	if !strings.HasPrefix(rest, `{"`) {
		return false
	}
	_, rest, ok := strings.Cut(rest[2:], `"`)
	return ok && strings.HasPrefix(strings.TrimLeft(rest, " "), ":")
}

// isPlaceholder recognizes values that a template or a script failed to replace.
func isPlaceholder(line string) bool {
	switch line {
	case "undefined", "[object Object]", "null", "NaN", "[email protected]", "[email\u00A0protected]":
		return true
	}
	return len(line) <= 80 && (strings.HasPrefix(line, "{{") && strings.HasSuffix(line, "}}") ||
		strings.HasPrefix(line, "{%") && strings.HasSuffix(line, "%}") ||
		strings.HasPrefix(line, "<%") && strings.HasSuffix(line, "%>"))
}

// pageTags are the elements of pages that extractors leave in the text.
var pageTags = text.SetOf(
	"a", "article", "aside", "b", "blockquote", "br", "button", "center", "div", "em", "fieldset", "figcaption", "figure", "font", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "iframe", "img", "input", "ins", "label", "li", "link", "main", "meta", "nav", "noscript", "ol", "p", "picture",
	"script", "section", "small", "source", "span", "strong", "style", "sub", "sup", "svg", "table", "tbody", "td", "th", "thead", "tr", "u", "ul", "video",
)

// isTags reports whether a line consists only of whole tags and comments.
func isTags(line string) bool {
	for line != "" {
		if rest, ok := strings.CutPrefix(line, "<!--"); ok {
			if _, line, ok = strings.Cut(rest, "-->"); !ok {
				return false
			}
			line = strings.TrimSpace(line)
			continue
		}
		end := strings.IndexByte(line, '>')
		if line[0] != '<' || end < 2 {
			return false
		}
		tag := strings.TrimLeft(line[1:end], "/")
		if name := tag[:text.WordEnd(tag, 0)]; !pageTags.Has(name) {
			return false
		}
		line = strings.TrimSpace(line[end+1:])
	}
	return true
}

// isStyle recognizes rules of a style sheet: ".side, #ad > p { margin: 0 }".
func isStyle(line string) bool {
	open := strings.IndexByte(line, '{')
	if open <= 0 || line[len(line)-1] != '}' {
		return false
	}
	colon := strings.IndexByte(line[open:], ':')
	if colon < 0 || strings.IndexByte(".#@", line[0]) < 0 && strings.IndexByte(line[:open], ' ') > 0 {
		return false
	}
	return text.IsASCII(line) && (line[0] == '@' || strings.ContainsAny(line[:open], ".#"))
}

// scriptStarts begin the calls of the scripts that most pages contain: advertisements and counters of visitors.
var scriptStarts = []string{
	"window.", "var _", "googletag.", "googletag =", "var googletag", "(adsbygoogle", "adsbygoogle", "datalayer", "gtag(", "fbq(", "_gaq.", "ga('", "!function(", "(function(", "document.write(",
	"jquery(document)", "$(document)", "taboola", "_taboola", "ezstandalone", "__ez", "yacontextcb", "window[",
}

var scriptBeginnings = text.IndexPrefixes(scriptStarts)

// isScript recognizes one statement, or several, of a script.
func isScript(line string) bool {
	switch line[len(line)-1] {
	case ';', '}', ')', '{':
	default:
		return false
	}
	if strings.IndexByte(line, '(') < 0 && strings.IndexByte(line, '=') < 0 {
		return false
	}
	return BeginsWithOneOf(line, scriptBeginnings)
}

// codeWords are words of texts about code. A space before a word excludes others that contain it, such as "manuscript".
var codeWords = text.NewFinder([]string{
	"html", " css", "javascript", "json", "jquery", " script", " code", "plugin", "template", "widget", "wordpress", " código", " код", "代码", "代碼", "コード", " 코드", " api", " xml", " php", "python",
})

// IsAboutCode reports whether a line has a word that texts about code have.
func IsAboutCode(line string) bool { return codeWords.InLower(line) }
