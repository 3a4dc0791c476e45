package content

import (
	"cmp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/drawing"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// maxDataImage is the maximum length in bytes of a data: URL with an image. Images with longer ones are left out.
const maxDataImage = 64 << 10

// safeImage returns a copy of an image with only safe attributes and the address of the picture that it shows. It
// returns nil if there is no safe address.
func safeImage(n *html.Node, resolve func(string) (string, bool), sources Sources) *html.Node {
	if n.Namespace == "svg" {
		return drawn(n)
	}
	src := dom.Attr(n, "src")
	svg := drawingIn(src, resolve != nil)
	if svg != nil {
		src = drawing.Address(svg)
	} else if resolve != nil { // otherwise the src is already the best address
		src = sources.Of(n)
	}
	c := dom.NewElement(atom.Img)
	switch {
	case svg != nil && src != "":
	case isDataImage(src):
		if len(src) > maxDataImage {
			return nil
		}
	default:
		var ok bool
		if src, ok = safeURL(src, resolve, "http", "https"); !ok {
			return nil
		}
	}
	c.Attr = append(c.Attr, html.Attribute{Key: "src", Val: src})
	for _, key := range [...]string{"alt", "title", "width", "height"} {
		value := dom.Attr(n, key)
		if key == "alt" && value == "" && resolve != nil && isPlaceholder(dom.Attr(n, "src")) {
			_, value = noscriptTwin(n)
		}
		if resolve != nil {
			if value = text.Unescaped(value); saysNothing(value) {
				continue
			}
		}
		if value, ok := safeAttr(key, value, safeElements()[atom.Img], nil); ok && value != "" &&
			value != "0" {
			c.Attr = append(c.Attr, html.Attribute{Key: key, Val: value})
		}
	}
	return c
}

// isDataImage reports whether an address is a data: URL with an image in a format that cannot carry scripts. SVG can
// carry scripts; drawingIn handles it.
func isDataImage(src string) bool {
	for _, format := range [...]string{"png", "jpeg", "gif", "webp", "avif"} {
		if strings.HasPrefix(src, "data:image/"+format+";base64,") {
			return true
		}
	}
	return false
}

// ImageSource returns the address of the best picture that an image offers: the full size, if an attribute names it;
// else the largest of several sizes; else the picture that a script loads; else the src; else, if the src is a
// placeholder, the picture in a <noscript>, or that to which the link around the image leads. It returns "" if there is
// only a placeholder.
func ImageSource(n *html.Node) string {
	c := candidates{}
	c.add(withWidth(n, dom.Attr(n, "src")), 0, plainSource)
	c.addAttrs(n)
	c.addSources(n)
	c.preferPlain(n)
	if c.best == "" || c.kind <= plainSource && isPlaceholder(dom.Attr(n, "src")) {
		if src, _ := noscriptTwin(n); src != "" {
			return src
		}
	}
	if c.best == "" {
		return cmp.Or(preview(n), linked(n))
	}
	return c.best
}

// Sources caches the results of ImageSource for the pictures of one page. It must not be used by several goroutines at
// once.
type Sources map[*html.Node]string

// Of returns ImageSource(n). If s is nil, the result is not cached.
func (s Sources) Of(n *html.Node) string {
	src, known := s[n]
	if !known {
		if src = ImageSource(n); s != nil {
			s[n] = src
		}
	}
	return src
}

// preferPlain replaces the largest of several sizes with the data-src, or else the src, if that leads to a larger
// picture. This is the case if the image declares a larger width, or judging by the numbers in the addresses.
func (c *candidates) preferPlain(n *html.Node) {
	src := strings.TrimSpace(dom.Attr(n, "data-src"))
	if src == "" && !dom.HasAttr(n, "data-srcset") {
		src = strings.TrimSpace(dom.Attr(n, "src"))
	}
	if c.kind != sizedSource || src == "" || isPlaceholder(src) {
		return
	}
	width, err := strconv.ParseFloat(dom.Attr(n, "width"), 64)
	if err == nil && c.width > 10 && width > c.width || isLarger(src, c.best) {
		c.best = src
	}
}

// isLarger reports whether the first of two addresses of one picture leads to a larger version, or to the same version
// in another format. It compares the numbers in which the addresses differ, as in …/w2000/a.jpg and …/w1000/a.jpg, or
// in a.jpg and size/w600/a.jpg.
func isLarger(src, other string) bool {
	src, other = withoutFormat(src), withoutFormat(other)
	if src == other {
		return true
	}
	start := 0
	for start < len(src) && start < len(other) && src[start] == other[start] {
		start++
	}
	if digitAt(src, start) || digitAt(other, start) { // compare whole numbers
		for start > 0 && text.IsASCIIDigit(src[start-1]) {
			start--
		}
	}
	src, other = src[start:], other[start:]
	same := 0
	for same < len(src) && same < len(other) && src[len(src)-1-same] == other[len(other)-1-same] {
		same++
	}
	for same > 0 && text.IsASCIIDigit(src[len(src)-same]) {
		same--
	}
	src, other = src[:len(src)-same], other[:len(other)-same]
	if len(src)+len(other) > maxSizePart {
		return false // two different pictures
	}
	own, its := largestNumber(src), largestNumber(other)
	return own == 0 && its >= 100 || own > its && its > 0 && (its >= minPixels || own < minPixels)
}

// minPixels is the minimum of a number in an address that counts as a size in pixels. A smaller one is a density or the
// number of a folder, and is not comparable with a size.
const minPixels = 16

func digitAt(s string, i int) bool { return i < len(s) && text.IsASCIIDigit(s[i]) }

// maxSizePart is the maximum total length, in bytes, of the parts in which two addresses of one picture differ.
const maxSizePart = 60

// withoutFormat returns an address without its file name extension and without the "?". The result is only for
// comparison.
func withoutFormat(address string) string {
	path, query, _ := strings.Cut(address, "?")
	if dot := strings.LastIndexByte(path, '.'); dot > strings.LastIndexByte(path, '/') {
		path = path[:dot]
	}
	return path + query
}

func largestNumber(s string) int {
	most := 0
	for digits := range strings.FieldsFuncSeq(s, func(r rune) bool { return r < '0' || r > '9' }) {
		if n, err := strconv.Atoi(digits); err == nil && n <= 10_000 {
			most = max(most, n)
		}
	}
	return most
}

// A sourceKind describes how certain it is that an address leads to the picture itself, in ascending order.
type sourceKind uint8

const (
	noSource    sourceKind = iota
	plainSource            // the src, which may be a small or blurred picture until a script has run
	lazySource             // loaded by a script
	sizedSource            // one of several sizes
	fullSource             // the original or the full size, judging by the attribute's name
)

// candidates holds the best address of an image that has been found so far.
type candidates struct {
	best  string
	kind  sourceKind
	width float64
}

// add makes an address the best one if it is of a higher kind than the best so far, or of the same kind with a larger
// width. The first address of the kind plainSource is kept. Placeholders are ignored. The width is in pixels, or 0 if
// it is not known.
func (c *candidates) add(address string, width float64, kind sourceKind) {
	address = strings.TrimSpace(address)
	if address == "" || kind < c.kind ||
		kind == c.kind && c.best != "" && (width <= c.width || kind == plainSource) || isPlaceholder(address) {
		return
	}
	c.best, c.kind, c.width = address, kind, width
}

// addSet adds the candidates of a srcset. Those without a width are compared by their density. The parameter least is
// the window width from which the srcset applies.
func (c *candidates) addSet(srcset string, least float64) {
	for rest := srcset; rest != ""; {
		var address, descriptor string
		if address, descriptor, rest = nextCandidate(rest); address == "" {
			continue
		}
		size, _ := strconv.ParseFloat(strings.TrimRight(descriptor, "wxh"), 64)
		if strings.HasSuffix(descriptor, "x") ||
			descriptor == "" { // a density counts as a width only if there are no widths
			size = least + max(size, 1)
		}
		kind := sizedSource
		if size <= 1 { // no larger than the image in the src
			kind = plainSource
		}
		c.add(address, size, kind)
	}
}

// nextCandidate splits the first candidate off a srcset (WHATWG HTML, "Parsing a srcset attribute"). An address may
// have commas inside.
func nextCandidate(s string) (address, descriptor, rest string) {
	s = strings.TrimLeft(s, " \t\r\n\f,")
	end := strings.IndexAny(s, " \t\r\n\f")
	if end < 0 {
		return strings.TrimRight(s, ","), "", ""
	}
	if address, rest = s[:end], s[end:]; strings.HasSuffix(address, ",") {
		return strings.TrimRight(address, ","), "", rest
	}
	descriptor, rest, _ = strings.Cut(rest, ",")
	for first := range strings.FieldsSeq(descriptor) {
		return address, first, rest
	}
	return address, "", rest
}

// addAttrs adds the addresses in an image's own attributes, including those for scripts.
func (c *candidates) addAttrs(n *html.Node) {
	for i := range n.Attr {
		a := &n.Attr[i]
		switch {
		case a.Namespace != "" || a.Val == "":
		case a.Key == "srcset":
			c.addSet(a.Val, 0)
		case !strings.HasPrefix(a.Key, "data-") && a.Key != "original" && a.Key != "file" && a.Key != "zoomfile":
		case strings.Contains(a.Key, "srcset"):
			c.addSet(a.Val, 0)
		default:
			address := withWidth(n, a.Val)
			if !looksLikePicture(a.Key, address) {
				continue
			}
			kind := lazySource
			if isFullName(a.Key) {
				kind = fullSource
			}
			c.add(address, 0, kind)
		}
	}
}

// isFullName reports whether an attribute's name indicates the picture in full size.
func isFullName(key string) bool {
	return key == "data-original" || key == "original" || key == "zoomfile" || fullNames.In(key)
}

// fullNames finds the parts of such names.
var fullNames = text.NewFinder([]string{
	"orig-file", "full-src", "full-url", "fullsrc", "hi-res", "hires", "image-src",
	"original-src", "pin-media", "large-src",
})

// looksLikePicture reports whether the value of an attribute is the address of a picture, judging by its file name
// extension or by the name of the attribute.
func looksLikePicture(key, value string) bool {
	if len(value) > 2000 || strings.ContainsAny(value, "{}<>\"") || !strings.ContainsAny(value, "/.") ||
		smallerNames.In(key) {
		return false
	}
	if strings.HasSuffix(key, "src") || strings.HasSuffix(key, "-original") || key == "data-image" || key == "data-url" ||
		strings.HasSuffix(key, "-url") && strings.Contains(key, "im") {
		return !strings.Contains(strings.TrimSpace(value), " ") || pictureName.InLower(value)
	}
	return pictureName.InLower(value)
}

// smallerNames finds the names of attributes that do not contain the address of a full picture, but that of a small or
// blurred one or of a page.
var smallerNames = text.NewFinder([]string{
	"permalink", "placeholder", "lqip", "thumb", "blur", "attachment", "medium-file",
})

// pictureName finds the file name extensions of pictures.
var pictureName = text.NewFinder([]string{".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg"})

// addSources adds the addresses in the sources of the <picture> that an image is in. WebP and AVIF, which not all
// readers support, come last, so that they are chosen only if they are larger.
func (c *candidates) addSources(img *html.Node) {
	picture := img.Parent
	if picture == nil || picture.DataAtom != atom.Picture || !isNearStart(img) {
		return
	}
	for _, modern := range [...]bool{false, true} {
		for s := picture.FirstChild; s != nil; s = s.NextSibling {
			if s.DataAtom == atom.Source &&
				modern == (dom.Attr(s, "type") == "image/webp" || dom.Attr(s, "type") == "image/avif") {
				c.addSource(s)
			}
		}
	}
}

// isNearStart reports whether an image is one of the first in its <picture>. HTML allows a single image there. A page
// may have thousands, and each would read all sources.
func isNearStart(img *html.Node) bool {
	images := 0
	for s := img.PrevSibling; s != nil; s = s.PrevSibling {
		if s.DataAtom == atom.Img {
			if images++; images == maxPictureImages {
				return false
			}
		}
	}
	return true
}

// maxPictureImages is the maximum number of images in a <picture> for which its sources are read.
const maxPictureImages = 4

// addSource adds the addresses in a <source>.
func (c *candidates) addSource(s *html.Node) {
	least := 0.0
	if media := dom.Attr(s, "media"); media != "" {
		if _, rest, found := strings.Cut(media, "min-width:"); found {
			rest = strings.TrimSpace(rest)
			end := 0
			for end < len(rest) && (rest[end] >= '0' && rest[end] <= '9' || rest[end] == '.') {
				end++
			}
			least, _ = strconv.ParseFloat(rest[:end], 64)
			if strings.HasPrefix(rest[end:], "em") || strings.HasPrefix(rest[end:], "rem") {
				least *= 16
			}
		}
	}
	for _, key := range [...]string{"srcset", "data-srcset", "data-src", "src"} {
		if set := dom.Attr(s, key); set != "" {
			c.addSet(set, least)
		}
	}
}

// OtherSource returns the best address in an image's markup other than its src, or "".
func OtherSource(n *html.Node) string {
	c := candidates{}
	c.addAttrs(n)
	c.addSources(n)
	return c.best
}

// isPlaceholder reports whether an address is that of a placeholder, shown until a script loads the image.
func isPlaceholder(src string) bool {
	if strings.HasPrefix(src, "data:") {
		return len(src) < 1024 || !isDataImage(src)
	}
	return placeholders.InLower(src)
}

// placeholders are parts of the addresses of placeholder pictures.
var placeholders = text.NewFinder([]string{
	"placeholder", "blank.gif", "blank.png", "spacer.gif", "transparent.gif", "transparent.png", "1x1.", "pixel.gif",
	"pixel.png", "lazy-load", "lazyload", "loading.gif", "grey.gif", "gray.gif", "about:blank", "clear.gif", "empty.gif",
	"lqip", "/blur_", ",blur_", "/max/60/", "trans.gif",
})
