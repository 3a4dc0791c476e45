package zone

import "strings"

// IsScreenReaderClass recognizes the class names of text for screen readers only, such as labels of icons and "opens in
// a new window". The text is not visible.
func IsScreenReaderClass(class string) bool {
	for name := range strings.FieldsSeq(class) {
		switch strings.ToLower(name) {
		case "sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "screen-reader-only", "screenreader-text",
			"element-invisible", "a11y-hidden", "u-visually-hidden", "show-for-sr", "assistive-text", "offscreen":
			return true
		}
	}
	return false
}

// IsMathPreview recognizes the class names of the elements that MathJax and KaTeX draw next to the source of a
// formula.
func IsMathPreview(class string) bool {
	for name := range strings.FieldsSeq(class) {
		switch name {
		case "MathJax", "MathJax_Preview", "MathJax_Display", "MathJax_SVG", "MathJax_CHTML", "mjx-chtml", "katex-html",
			"mwe-math-fallback-image-inline", "mwe-math-fallback-image-display":
			return true
		}
	}
	return false
}
