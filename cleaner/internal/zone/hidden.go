package zone

import (
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// Each class name that marks text that is not visible contains one of these words. Few other names do.
var unseenWords = text.NewFinder([]string{
	"sr-only", "for-sr", "hidden", "screen", "invisible", "assistive", "mathjax", "mjx-chtml", "katex-html",
	"mwe-math-fallback",
})

// IsUnseenClass reports whether a class attribute marks text for screen readers only, or the preview of a formula.
func IsUnseenClass(class string) bool {
	return unseenWords.InLower(class) && (isScreenReaderClass(class) || isMathPreview(class))
}

// isScreenReaderClass recognizes the class names of text for screen readers only, such as labels of icons and "opens in
// a new window". The text is not visible.
func isScreenReaderClass(class string) bool {
	for name := range strings.FieldsSeq(class) {
		switch strings.ToLower(name) {
		case "sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "screen-reader-only", "screenreader-text",
			"element-invisible", "a11y-hidden", "u-visually-hidden", "show-for-sr", "assistive-text", "offscreen",
			"off-screen":
			return true
		}
	}
	return false
}

// isMathPreview recognizes the class names of the elements that MathJax and KaTeX draw next to the source of a
// formula.
func isMathPreview(class string) bool {
	for name := range strings.FieldsSeq(class) {
		switch name {
		case "MathJax", "MathJax_Preview", "MathJax_Display", "MathJax_SVG", "MathJax_CHTML", "mjx-chtml", "katex-html",
			"mwe-math-fallback-image-inline", "mwe-math-fallback-image-display":
			return true
		}
	}
	return false
}
