package explain

import (
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// A fate determines how an element appears in a copy of a page.
type fate uint8

const (
	asBox     fate = iota // as a neutral box with its content
	asItself              // as the same element, with the attributes that the function attribute allows
	asNothing             // omitted, unless it contains a block
	asFrame               // as a box with a description
)

// fates are the known elements; all others become boxes. Absent on purpose are form, which sends data, and any element
// that HTML may add in the future. Links keep no address (see shapes), and buttons have no form to send.
var fates = func() map[string]fate {
	all := make(map[string]fate)
	for _, group := range []struct {
		fate  fate
		names string
	}{
		{asNothing, "script noscript template style head title base link meta param source track noembed noframes " +
			"datalist area annotation annotation-xml"},
		{asFrame, "iframe frame object embed applet video audio canvas"},
		{asItself, "a abbr acronym address article aside b bdi bdo big blockquote br button caption center cite code col " +
			"colgroup data dd del details dfn dir div dl dt em fieldset figcaption figure font footer h1 h2 h3 h4 h5 h6 " +
			"header hgroup hr i img input ins kbd label legend li main map mark menu meter nav ol optgroup option output p " +
			"picture pre progress q rp rt ruby s samp search section select small span strike strong sub summary sup table " +
			"tbody td textarea tfoot th thead time tr tt u ul var wbr"},
		{asItself, "svg g path rect circle ellipse line polyline polygon text tspan defs linearGradient radialGradient " +
			"stop clipPath"},
		{asItself, "math mi mo mn ms mtext mspace mrow mfrac msqrt mroot mstyle msup msub msubsup munder mover munderover " +
			"mtable mtr mtd mpadded mphantom menclose semantics"},
	} {
		for name := range strings.FieldsSeq(group.names) {
			all[name] = group.fate
		}
	}
	return all
}()

// shapes are the attributes that a copy keeps; the function attribute adds others and makes exceptions. They describe
// the look and the meaning of an element, but contain no address, event handler or form field name.
var shapes = func() map[string]bool {
	all := make(map[string]bool)
	for name := range strings.FieldsSeq("class id title alt lang dir hidden open width height align valign bgcolor " +
		"color face size colspan rowspan scope headers cellpadding cellspacing border nowrap start reversed value type " +
		"datetime placeholder checked selected rows cols min max low high optimum label role span viewBox d fill stroke x " +
		"y x1 x2 y1 y2 cx cy r rx ry points transform offset stop-color stroke-width stroke-linecap stroke-linejoin " +
		"fill-rule clip-rule opacity mathvariant display columnalign") {
		all[name] = true
	}
	return all
}()

// attribute returns the value of an attribute in the copy, or false to omit it.
func attribute(element string, a html.Attribute) (value string, ok bool) {
	switch {
	case a.Namespace != "":
		return "", false
	case a.Key == "style":
		return safeCSS(a.Val), true
	case a.Key == "src":
		return a.Val, element == "img" && isPictureData(a.Val)
	case a.Key == "type" && element == "input":
		return a.Val, !strings.EqualFold(a.Val, "file") && !strings.EqualFold(a.Val, "image")
	case a.Key == "type" && element == "button":
		return "button", true
	case a.Key == "id" && strings.HasPrefix(a.Val, ownPrefix):
		return "", false
	case a.Key == "fill" || a.Key == "stroke":
		return a.Val, !strings.Contains(strings.ToLower(a.Val), "url")
	}
	return a.Val, shapes[a.Key] || strings.HasPrefix(a.Key, "aria-")
}

// ownPrefix is the prefix of names that only the copy itself uses. A page's id with this prefix is omitted.
const ownPrefix = "dechaff-"

// isPictureData reports whether an address contains the picture's data.
func isPictureData(address string) bool {
	const start = "data:image/"
	return len(address) > len(start) && strings.EqualFold(address[:len(start)], start)
}

var (
	importRule = regexp.MustCompile(`(?i)@(import|namespace|charset)[^;{}]*`)
	address    = regexp.MustCompile(
		`(?i)(?:url|src|image|image-set|cross-fade|element|expression)\s*\(\s*("[^"]*"|'[^']*'|[^"')]*)`)
	escaped = regexp.MustCompile(`\\(?:[0-9a-fA-F]{1,6}\s?|[g-zG-Z])`)
	fixed   = regexp.MustCompile(`(?i)position\s*:\s*(fixed|sticky)`)
)

// unescape returns the letter, "@" or "(" that an escape in a style sheet represents. It returns an escape of any other
// character unchanged.
func unescape(found string) string {
	digits := strings.TrimSpace(found[1:])
	code, err := strconv.ParseInt(digits, 16, 32)
	switch {
	case err != nil:
		return digits
	case 'a' <= code && code <= 'z' || 'A' <= code && code <= 'Z' || code == '@' || code == '(':
		return string(rune(code))
	}
	return found
}

// safeCSS returns style rules that load nothing and do not end the style element. Elements with a fixed position are
// put into the normal flow, so that they do not cover the text. The policy under which a copy is shown also forbids
// loading.
func safeCSS(css string) string {
	css = escaped.ReplaceAllStringFunc(css, unescape)
	css = importRule.ReplaceAllString(css, "@none")
	css = address.ReplaceAllStringFunc(css, func(found string) string {
		if of := address.FindStringSubmatch(found); isPictureData(strings.Trim(of[1], `"'`)) {
			return found
		}
		return "none("
	})
	css = fixed.ReplaceAllString(css, "position:static")
	return strings.ReplaceAll(css, "</", `<\/`)
}
