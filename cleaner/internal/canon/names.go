package canon

import "strings"

// known are names as highlighters, editors and platforms write them.
var known = map[string]names{
	"codemirror": namedCode | namedEditor, "cm-editor": namedCode | namedEditor,
	"enlighter": namedCode | namedEditor, "monaco-editor": namedCode | namedEditor, "ace_editor": namedCode | namedEditor,
	"gist-file": namedCode, "gist-data": namedCode, "chroma": namedCode, "listing": namedCode, "terminal": namedCode,
	"line": namedLine, "codeline": namedLine | namedCodeLine, "cm-line": namedLine | namedCodeLine,
	"view-line": namedLine | namedCodeLine, "token-line": namedLine | namedCodeLine, "ec-line": namedLine | namedCodeLine,
	"js-file-line": namedLine | namedCodeLine, "ace_line": namedLine | namedCodeLine,
	"lineno": namedGutter, "linenos": namedGutter, "linenodiv": namedGutter, "gl": namedGutter, "lnt": namedGutter,
	"ln": namedGutter, "gutter": namedGutter, "rouge-gutter": namedGutter, "hljs-ln-numbers": namedGutter,
	"hljs-ln-n": namedGutter, "blob-num": namedGutter, "crayon-nums": namedGutter, "crayon-num": namedGutter,
	"codemirror-linenumber": namedGutter,
	"line-number":           namedGutter, "line-numbers": namedGutter, "linenumber": namedGutter, "linenumbers": namedGutter,
	"line-numbers-rows": namedGutter, "ace_gutter": namedGutter, "margin-view-overlays": namedGutter,
	"lntd": namedGutter | namedCell, "rowno": namedGutter, "line-num": namedGutter, "linenum": namedGutter,
	"num": namedGutter, "nums": namedGutter,
	"copy": namedTool, "copy-btn": namedTool, "copybtn": namedTool, "copy-button": namedTool, "copy-code": namedTool,
	"copy-code-button": namedTool, "btn-copy": namedTool, "clipboard": namedTool, "clipboard-copy": namedTool,
	"toolbar": namedTool | namedCredit, "crayon-toolbar": namedTool | namedCredit, "gist-meta": namedCredit,
	"code-embed-infos": namedCredit,
	"code":             namedCode | namedCell, "line-content": namedCell,
	"cm-gutters": namedTool, "codemirror-gutter-wrapper": namedTool, "codemirror-measure": namedTool,
	"codemirror-gutters": namedTool, "line_numbers": namedGutter, "source-toolbox": namedTool,
	"lang": namedLanguage | namedTool, "language": namedLanguage | namedTool, "code-header__language": namedLanguage | namedTool,
	"test-arrow": namedTool, "tooltip": namedTool, "code-block-header": namedTool,
	"crayon-language": namedLanguage, "code-lang": namedLanguage, "code-language": namedLanguage,
	"language-name": namedLanguage,
}

// fieldWords are words in the names of fields that stand beside each other.
var fieldWords = map[string]bool{
	"label": true, "value": true, "title": true, "text": true, "number": true, "num": true, "name": true, "amount": true,
	"unit": true, "quantity": true, "key": true, "term": true, "desc": true, "description": true, "date": true, "credit": true,
	"caption": true, "author": true, "count": true, "heading": true, "body": true, "speaker": true, "role": true,
	"source": true, "time": true, "price": true, "copyright": true, "photographer": true, "question": true, "answer": true,
	"step": true, "legend": true, "summary": true,
}

// codeParts are parts of names of boxes around code.
var codeParts = [...]string{"highlight", "code", "syntax", "snippet", "crayon", "prism", "shiki"}

// namesIn returns what one name in lower case says.
func namesIn(name string) names {
	all := known[name]
	for _, part := range codeParts {
		if strings.Contains(name, part) {
			all |= namedCode | namedCodeLine
		}
	}
	if strings.HasPrefix(name, "language-") {
		all |= namedCode
	}
	for _, ending := range [...]string{"-line", "__line", "_line"} {
		if strings.HasSuffix(name, ending) {
			all |= namedLine
		}
	}
	for _, ending := range [...]string{"-linenumber", "-line-number", "-lineno", "-line-numbers"} {
		if strings.HasSuffix(name, ending) {
			all |= namedGutter
		}
	}
	if strings.HasSuffix(name, "-code") || strings.HasPrefix(name, "blob-code") {
		all |= namedCell
	}
	for _, stem := range [...]string{
		"alert", "admonition", "callout", "notice", "hint", "custom-block", "notecard", "confluence-information-macro",
		"starlight-aside", "book-hint", "note", "tip", "important", "warning", "caution", "gl-alert", "docs-", "nextra-",
		"notion-", "aside-note", "bd-callout", "danger", "attention", "question", "success", "example", "bug", "abstract", "awsdocs", "prompt-", "muialert", "interstitial", "topic",
		"markdown-alert", "theme-admonition",
	} {
		if strings.HasPrefix(name, stem) {
			all |= namedCallout
		}
	}
	for _, part := range [...]string{"title", "heading", "header"} {
		if strings.Contains(name, part) {
			all |= namedTitle
		}
	}
	switch name {
	case "checkbox-on", "fa-check-square-o", "fa-check-square":
		all |= namedChecked
	case "checkbox-off", "fa-square-o", "fa-square":
		all |= namedUnchecked
	}
	if strings.Contains(name, "task-list") || strings.HasPrefix(name, "todo") || strings.HasPrefix(name, "to-do") {
		all |= namedTask
	}
	if strings.HasPrefix(name, "mention") {
		all |= namedMention
	}
	switch name {
	case "sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "screen-reader-only", "assistive-text",
		"u-sr-only", "sronly", "a11y-hidden":
		all |= namedUnseen
	case "initial", "initial-letter", "first-letter", "firstletter", "lettrine":
		all |= namedInitial
	case "line", "verse", "verse-line", "poem-line", "lyric-line", "line-group__line", "l":
		all |= namedVerse
	case "pre-wrap", "pre-line", "whitespace-pre-wrap", "whitespace-pre-line", "whitespace-pre", "preserve-lines":
		all |= namedLines
	case "tab", "tabbed-labels", "nav-tabs", "tabs__labels", "tab-labels", "code-tabs__nav":
		all |= namedTabs
	case "tabbed-block", "tab-pane", "tab-panel", "tabpanel", "tabs__panel", "tabpane", "tabcontent", "tab-content__pane":
		all |= namedPanel
	}
	for word := range strings.FieldsFuncSeq(name, func(r rune) bool { return r == '-' || r == '_' }) {
		if fieldWords[word] {
			all |= namedField
		}
	}
	switch name {
	case "permalink", "headerlink", "self-link", "anchor-link":
		all |= namedPermalink
	case "datatables_wrapper", "dataTables_wrapper", "dt-container":
		all |= namedWrapper
	case "divtable", "div-table", "css-table", "rtable", "flex-table":
		all |= namedTable
	case "divtablerow", "div-table-row", "css-table-row", "flex-table-row", "table-row":
		all |= namedRow
	case "divtablehead", "div-table-head", "css-table-head":
		all |= namedTableHead
	case "divtablecell", "div-table-cell", "css-table-cell", "flex-table-cell", "table-cell":
		all |= namedTableCell
	}
	for _, part := range [...]string{"verse", "poem", "poetry", "lyrics"} {
		if strings.Contains(name, part) {
			all |= namedPoem
		}
	}
	if strings.HasPrefix(name, "woocommerce") || strings.HasPrefix(name, "product") {
		all |= namedShop
	}
	if strings.HasPrefix(name, "drop") && strings.Contains(name, "cap") {
		all |= namedInitial
	}
	return all
}
