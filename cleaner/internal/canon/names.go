package canon

import (
	"strings"
	"sync"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// known maps the class names that highlighters, editors and platforms use to their meanings.
var known = sync.OnceValue(func() map[string]names {
	return map[string]names{
		"codemirror": namedCode | namedEditor, "cm-editor": namedCode | namedEditor,
		"enlighter": namedCode | namedEditor, "monaco-editor": namedCode | namedEditor, "ace_editor": namedCode | namedEditor,
		"gist-file": namedCode, "gist-data": namedCode, "chroma": namedCode, "listing": namedCode, "terminal": namedCode,
		"line": namedLine | namedVerse, "codeline": namedLine | namedCodeLine, "cm-line": namedLine | namedCodeLine,
		"view-line": namedLine | namedCodeLine, "token-line": namedLine | namedCodeLine, "ec-line": namedLine | namedCodeLine,
		"js-file-line": namedLine | namedCodeLine, "ace_line": namedLine | namedCodeLine,
		"ql-code-block": namedLine | namedCodeLine,
		"lineno":        namedGutter, "linenos": namedGutter, "linenodiv": namedGutter, "gl": namedGutter, "lnt": namedGutter,
		"ln": namedGutter, "gutter": namedGutter, "rouge-gutter": namedGutter, "hljs-ln-numbers": namedGutter,
		"hljs-ln-n": namedGutter, "blob-num": namedGutter, "crayon-nums": namedGutter, "crayon-num": namedGutter,
		"codemirror-linenumber": namedGutter,
		"line-number":           namedGutter, "line-numbers": namedGutter, "linenumber": namedGutter,
		"linenumbers":       namedGutter,
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
		"lang": namedLanguage | namedTool, "language": namedLanguage | namedTool,
		"code-header__language": namedLanguage | namedTool,
		"input_prompt":          namedTool | namedSource, "output_prompt": namedTool | namedSource, // nbconvert
		"jp-inputprompt": namedTool | namedSource, "jp-outputprompt": namedTool | namedSource,
		"code-with-filename-file": namedCodeBar,
		"code-header":             namedCodeBar, "codeheader": namedCodeBar, "code-bar": namedCodeBar,
		"code-head":  namedCodeBar,
		"test-arrow": namedTool, "tooltip": namedTool, "twoslash-popup-container": namedTool, "code-block-header": namedTool,
		"crayon-language": namedLanguage, "code-lang": namedLanguage, "code-language": namedLanguage,
		"language-name": namedLanguage,
		"checkbox-on":   namedChecked, "fa-check-square-o": namedChecked, "fa-check-square": namedChecked,
		"checkbox-off": namedUnchecked, "fa-square-o": namedUnchecked, "fa-square": namedUnchecked,
		"sr-only": namedUnseen, "visually-hidden": namedUnseen, "visuallyhidden": namedUnseen,
		"screen-reader-text": namedUnseen, "screen-reader-only": namedUnseen, "assistive-text": namedUnseen,
		"u-sr-only": namedUnseen, "sronly": namedUnseen, "a11y-hidden": namedUnseen,
		"hide-text":  namedUnseen,
		"imageblock": namedManual, "member-signature": namedManual, "type-signature": namedManual,
		"summary-table": namedManual, "rubric": namedManual, "topic-title": namedManual, "sidebar-title": namedManual,
		"title":   namedManual,
		"initial": namedInitial, "initial-letter": namedInitial, "first-letter": namedInitial,
		"firstletter": namedInitial, "lettrine": namedInitial,
		"verse": namedVerse, "verse-line": namedVerse, "poem-line": namedVerse, "lyric-line": namedVerse,
		"line-group__line": namedVerse, "l": namedVerse,
		"pre-wrap": namedLines, "pre-line": namedLines, "whitespace-pre-wrap": namedLines,
		"whitespace-pre-line": namedLines, "whitespace-pre": namedLines, "preserve-lines": namedLines,
		"tab": namedTabs, "tabs": namedTabs, "blocks": namedPanels, "tab-content": namedPanels, "tabs-content": namedPanels,
		"tabs__content": namedPanels, "tab-panels": namedPanels, "panels": namedPanels, "tabbed-labels": namedTabs,
		"nav-tabs": namedTabs, "tabs__labels": namedTabs,
		"tab-labels": namedTabs, "code-tabs__nav": namedTabs, "tab-buttons": namedTabs, "tab-nav": namedTabs,
		"theme-code-group__ul": namedTabs, "theme-code-block": namedPanel,
		"tabs-nav": namedTabs, "tab-links": namedTabs, "tab-list": namedTabs, "tablist": namedTabs, "tab-menu": namedTabs,
		"tabbed-block": namedPanel, "tab-pane": namedPanel, "tab-panel": namedPanel, "tabpanel": namedPanel,
		"tabs__panel": namedPanel, "tabpane": namedPanel, "tabcontent": namedPanel, "tab-content__pane": namedPanel,
		"permalink": namedPermalink, "headerlink": namedPermalink, "self-link": namedPermalink,
		"anchor-link":            namedPermalink,
		"swiper-slide-duplicate": namedClone, "slick-cloned": namedClone, "splide__slide--clone": namedClone,
		"bx-clone": namedClone, "tns-slide-cloned": namedClone, "glide__slide--clone": namedClone,
		"cmplz-placeholder-parent": namedWrapper,
		"datatables_wrapper":       namedWrapper, "dt-container": namedWrapper,
		"divtable": namedTable, "div-table": namedTable, "css-table": namedTable, "rtable": namedTable,
		"flex-table": namedTable, "table": namedTable, // Tailwind
		"divtablerow": namedRow, "div-table-row": namedRow, "css-table-row": namedRow, "flex-table-row": namedRow,
		"table-row":    namedRow,
		"divtablehead": namedTableHead, "div-table-head": namedTableHead, "css-table-head": namedTableHead,
		"divtablecell": namedTableCell, "div-table-cell": namedTableCell, "css-table-cell": namedTableCell,
		"flex-table-cell": namedTableCell, "table-cell": namedTableCell,
	}
})

// formulaNames maps the class names that programs write for formulas to their meanings.
var formulaNames = sync.OnceValue(func() map[string]names {
	return map[string]names{
		// KaTeX
		"katex": namedFormula, "katex-display": namedFormula, "katex-error": namedFormula, "katex-block": namedFormula,
		// MathJax 2
		"mathjax": namedPreview, "mathjax_preview": namedPreview, "mathjax_display": namedPreview,
		"mathjax_svg":         namedPreview,
		"mathjax_svg_display": namedPreview, "mathjax_chtml": namedPreview, "mjx-chtml": namedPreview,
		"mjxc-display":   namedPreview,
		"mathjax_mathml": namedPreview, "mathjax_error": namedPreview,
		// MediaWiki
		"mwe-math-element": namedFormula,
		// Pandoc, Sphinx
		"math": namedFormula, "math-inline": namedFormula, "math-display": namedFormula,
		"math-block": namedFormula,
		// Other programs
		"arithmatex": namedFormula, "math-tex": namedFormula, "tex2jax_process": namedFormula, "ql-formula": namedFormula,
		"stemblock": namedFormula, "mathblock": namedFormula, "equation": namedFormula, "displaymath": namedFormula,
		"formula": namedFormula, "latex": namedFormula, "tex": namedFormula, "inline-math": namedFormula,
		"latex-rendered":  namedFormula, // Substack
		"block-math":      namedFormula,
		"notion-equation": namedFormula, "notion-text-equation-token": namedFormula, "notion-equation-inline": namedFormula,
		"notion-equation-block": namedFormula, "mathjax_process": namedFormula, "mathquill-rendered-math": namedFormula,
		"ltx_equation": namedEquation, "ltx_equationgroup": namedEquation, "ltx_eqn_table": namedEquation, // LaTeXML
	}
})

// noteNames maps the class names of notes inside a line, of links and page numbers that are not part of the text, and
// of LaTeXML's fonts to their meanings.
var noteNames = sync.OnceValue(func() map[string]names {
	return map[string]names{
		"sidenote": namedSidenote, "marginnote": namedSidenote, "margin-note": namedSidenote, "side-note": namedSidenote,
		"ltx_note_outer": namedSidenote, "modern-footnotes-footnote__note": namedSidenote, "sidenote-text": namedSidenote,
		"footnote-text": namedSidenote, "inline-footnote": namedSidenote, "hover-note": namedSidenote,
		"sidenote__content": namedSidenote,
		"mlabels":           namedSource, "pagenum": namedSource, "pageno": namedSource, // Doxygen, Project Gutenberg
		"tasty-recipes-yield-scale": namedSource, "tasty-recipes-scale-label": namedSource,
		"viewcode-link": namedSource, "top-link": namedSource, "viewcode-back": namedSource,
		"footnote_tooltip": namedTooltip, "footnote-popup": namedSidenote, "footnote-tooltip": namedSidenote,
		"fn-popup": namedSidenote, "note-popup": namedSidenote, "footnote-content": namedSidenote,
		"ltx_listing": namedCode, "ltx_listingline": namedLine | namedCodeLine, "ltx_listing_data": namedTool,
		"ltx_tag_listingline": namedGutter,
		"ltx_font_italic":     namedFont, "ltx_font_bold": namedFont, "ltx_font_typewriter": namedFont,
	}
})

// fieldWords are words in the class names of fields that are next to each other.
var fieldWords = sync.OnceValue(func() map[string]bool {
	return map[string]bool{
		"label": true, "value": true, "title": true, "text": true, "number": true, "num": true, "name": true, "amount": true,
		"unit": true, "quantity": true, "key": true, "term": true, "desc": true, "description": true, "date": true,
		"credit":  true,
		"caption": true, "author": true, "count": true, "heading": true, "body": true, "speaker": true, "role": true,
		"source": true, "time": true, "timestamp": true, "price": true,
		"copyright": true, "photographer": true, "question": true,
		"answer": true,
		"step":   true, "legend": true, "summary": true, "content": true, "chapeau": true,
	}
})

// A namePart is a part of a class name, such as a prefix or a suffix, and the meaning that it gives the name.
type namePart struct {
	text string
	says names
}

var (
	beginnings = []namePart{
		{"language-", namedCode},
		{"blob-code", namedCell},
		{"todo", namedTask},
		{"to-do", namedTask},
		{"mention", namedMention},
		{"woocommerce", namedShop},
		{"product", namedShop},
		{"dropcap", namedInitial},
		{"drop-cap", namedInitial},
		{"drop_cap", namedInitial},
		{"alert", namedCallout},
		{"admonition", namedCallout},
		{"callout", namedCallout},
		{"notice", namedCallout},
		{"hint", namedCallout},
		{"custom-block", namedCallout},
		{"confluence-information", namedCallout},
		{"starlight-aside", namedCallout},
		{"govuk-warning", namedCallout},
		{"kg-callout", namedCallout},
		{"book-hint", namedCallout},
		{"note", namedCallout},
		{"tip", namedCallout},
		{"important", namedCallout},
		{"warning", namedCallout},
		{"caution", namedCallout},
		{"gl-alert", namedCallout},
		{"docs-", namedCallout},
		{"nextra-", namedCallout},
		{"notion-", namedCallout},
		{"aside-note", namedCallout},
		{"bd-callout", namedCallout},
		{"danger", namedCallout},
		{"attention", namedCallout},
		{"question", namedCallout},
		{"success", namedCallout},
		{"example", namedCallout},
		{"bug", namedCallout},
		{"abstract", namedCallout},
		{"awsdocs", namedCallout},
		{"ak-editor-panel", namedCallout},
		{"prompt-", namedCallout},
		{"muialert", namedCallout},
		{"interstitial", namedCallout},
		{"topic", namedCallout},
		{"markdown-alert", namedCallout},
		{"theme-admonition", namedCallout},
	}
	endings = []namePart{
		{"-line", namedLine},
		{"__line", namedLine},
		{"_line", namedLine},
		{"-linenumber", namedGutter},
		{"-line-number", namedGutter},
		{"-lineno", namedGutter},
		{"-line-numbers", namedGutter},
		{"-code", namedCell},
		{"-note", namedCallout},
		{"-callout", namedCallout},
		{"-admonition", namedCallout},
	}
	anywhere = []namePart{
		{"highlight", namedCode | namedCodeLine},
		{"code", namedCode | namedCodeLine},
		{"syntax", namedCode | namedCodeLine},
		{"snippet", namedCode | namedCodeLine},
		{"crayon", namedCode | namedCodeLine},
		{"prism", namedCode | namedCodeLine},
		{"shiki", namedCode | namedCodeLine},
		{"title", namedTitle},
		{"heading", namedTitle},
		{"header", namedTitle},
		{"task-list", namedTask},
		{"youtube", namedEmbed},
		{"vimeo", namedEmbed},
		{"embed", namedEmbed},
		{"player", namedEmbed},
		{"video", namedEmbed},
		{"instagram", namedEmbed},
		{"tiktok", namedEmbed},
		{"twitter-", namedEmbed},
		{"reddit", namedEmbed},
		{"mastodon", namedEmbed},
		{"bluesky", namedEmbed},
		{"text-post-media", namedEmbed},
		{"codepen", namedEmbed},
		{"bookmark", namedEmbed},
		{"file-card", namedEmbed},
		{"audio-card", namedEmbed},
		{"lyte-", namedEmbed},
		{"brlbs", namedEmbed},
		{"borlabs", namedEmbed},
		{"consent", namedEmbed},
		{"cookie", namedEmbed},
		{"two-click", namedEmbed},
		{"fb-post", namedEmbed},
		{"fb-video", namedEmbed},
		{"ytp", namedEmbed},
		{"tableau", namedEmbed},
		{"verse", namedPoem},
		{"poem", namedPoem},
		{"poetry", namedPoem},
		{"lyrics", namedPoem},
	}
	// parts is for checking quickly whether a name contains any part in the three lists above.
	parts = sync.OnceValue(func() *text.Finder {
		var all []string
		for _, list := range [...][]namePart{beginnings, endings, anywhere} {
			for _, p := range list {
				all = append(all, p.text)
			}
		}
		return text.NewFinder(all)
	})
)

// namesIn returns the meanings of one class name in lower case.
func namesIn(name string) names {
	all := known()[name] | formulaNames()[name] | noteNames()[name]
	for word := range strings.FieldsFuncSeq(name, func(r rune) bool { return r == '-' || r == '_' }) {
		if fieldWords()[word] {
			all |= namedField
		}
	}
	if !parts().In(name) {
		return all
	}
	for _, p := range beginnings {
		if strings.HasPrefix(name, p.text) {
			all |= p.says
		}
	}
	for _, p := range endings {
		if strings.HasSuffix(name, p.text) {
			all |= p.says
		}
	}
	for _, p := range anywhere {
		if strings.Contains(name, p.text) {
			all |= p.says
		}
	}
	return all
}
