package canon

import (
	"cmp"
	"net/url"
	"strings"

	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/formula"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// pictureServices are parts of the addresses of services that draw TeX. In most addresses, the TeX follows this part.
var pictureServices = []string{
	"latex.php?latex=", "latex.php?", "latex.codecogs.com/", "chart.googleapis.com/chart?", "/equation?tex=",
	"math.now.sh?from=",
	"/render/math?math=", "i.upmath.me/svg/", "tex.s2cms.ru/svg/", "/media/math/render/", "quicklatex.com",
	"mathurl.com/render.cgi?",
	"forkosh", "mimetex", "mathtex",
}

var findPictureService = text.NewFinder(pictureServices)

// formulaPictureOf returns the form of a picture of a formula. The form contains the formula's TeX. formulaPictureOf
// returns nil for other pictures, for a picture that repeats the formula before it, and if the TeX is missing, too long
// or unbalanced.
func (w *Writer) formulaPictureOf(n *html.Node) *html.Node {
	src, service := dom.Attr(n, "src"), ""
	if lazy := dom.Attr(n, "data-src"); lazy != "" {
		src = lazy
	}
	if findPictureService.In(src) {
		for _, part := range pictureServices {
			if strings.Contains(src, part) {
				service = part
				break
			}
		}
	}
	if service == "" && !isFormulaPicture(n) {
		return nil
	}
	if math := dom.PreviousElement(n); math != nil && w.mathIn(math) != nil {
		return nil // part of the same formula
	}
	alt := dom.Attr(n, "alt")
	tex := cmp.Or(dom.Attr(n, "data-formula"), dom.Attr(n, "data-latex"), dom.Attr(n, "data-tex-source"))
	if tex == "" && formula.IsTeX(alt) && (service != "" || dom.HasAttr(n, "eeimg") || strings.ContainsAny(alt,
		`\^_{}=+`) ||
		len(strings.TrimSpace(alt)) <= 2) && !strings.EqualFold(alt, "equation") && !strings.EqualFold(alt, "formula") {
		tex = alt
	}
	if tex == "" && service != "" {
		tex = texInAddress(src, service)
	}
	class := dom.Attr(n, "class")
	display := strings.Contains(class, "display") || strings.Contains(class, "block") ||
		dom.Attr(n, "data-tex") == "display" ||
		dom.Attr(n, "eeimg") == "2"
	for _, mark := range [...]string{"$inline$", "$$display$$"} { // Habr
		if inner, ok := strings.CutPrefix(tex, mark); ok {
			tex, display = strings.TrimSuffix(inner, mark), mark[1] == '$'
		}
	}
	if unwrapped, alone, ok := formula.Unwrap(tex); ok {
		tex, display = unwrapped, display || alone
	}
	if tex = formula.Tidy(tex); tex == "" || len(tex) > maxFormula || !formula.IsBalanced(tex) {
		return nil
	}
	return in(mathOf(tex, display, nil), n)
}

// isFormulaPicture reports whether a picture's own attributes indicate that it shows TeX.
func isFormulaPicture(n *html.Node) bool {
	if dom.HasAttr(n, "eeimg") || dom.HasAttr(n, "data-formula") || dom.HasAttr(n, "data-latex") ||
		strings.HasPrefix(dom.Attr(n, "alt"), "$inline$") || strings.HasPrefix(dom.Attr(n, "alt"), "$$display$$") {
		return true
	}
	for name := range strings.FieldsSeq(dom.Attr(n, "class")) {
		if formulaPictures.Has(name) {
			return strings.TrimSpace(dom.Attr(n, "alt")) != ""
		}
	}
	return false
}

// formulaPictures are the classes of formula pictures, whose alternative text is the TeX.
var formulaPictures = text.SetOf(
	"latex", "tex", "math", "formula", "mwe-math-fallback-image-inline",
	"mwe-math-fallback-image-display", "ee_img", "tr_noresize", "latexImg", "mathtex", "texrender",
	"ql-img-inline-formula", "ql-img-displayed-equation", "quicklatex-auto-format",
)

// texInAddress returns the TeX in the address of a service's picture, or "".
func texInAddress(src, service string) string {
	u, err := url.Parse(strings.ReplaceAll(src, " ", "%20"))
	if err != nil {
		return ""
	}
	query := u.Query()
	if tex := cmp.Or(query.Get("latex"), query.Get("chl"), query.Get("tex"), query.Get("from"),
		query.Get("math")); tex != "" {
		return tex
	}
	if service == "latex.codecogs.com/" || strings.HasPrefix(service, "mi") ||
		service == "mathtex" { // the whole query is TeX
		if tex, err := url.QueryUnescape(strings.ReplaceAll(u.RawQuery, "+", "%2B")); err == nil && tex != "" {
			return withoutSettings(tex)
		}
	}
	if _, rest, found := strings.Cut(u.Path, "/svg/"); found && !strings.Contains(service, "render") {
		return rest
	}
	return ""
}

// withoutSettings removes the commands at the start of the TeX that set the style, the size, the font and the colors of
// the picture.
func withoutSettings(tex string) string {
	for {
		trimmed := strings.TrimSpace(tex)
		for _, setting := range [...]string{`\inline`, `\large`, `\small`, `\huge`, `\tiny`, `\normalsize`, `\displaystyle`} {
			trimmed = strings.TrimSpace(strings.TrimPrefix(trimmed, setting))
		}
		for _, setting := range [...]string{`\dpi{`, `\bg_`, `\fg_`, `\bg{`, `\fn_`} {
			if rest, ok := strings.CutPrefix(trimmed, setting); ok {
				if at := strings.IndexAny(rest, " }&"); at >= 0 {
					trimmed = strings.TrimLeft(rest[at+1:], " &")
				}
			}
		}
		if trimmed == tex {
			return tex
		}
		tex = trimmed
	}
}
