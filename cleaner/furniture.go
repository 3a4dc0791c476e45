package cleaner

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/content"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/embed"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// isFurniture reports whether a picture without a caption belongs to the page and not to the article: a button, an
// icon, a counter, a logo, a banner or a teaser. Inside the text, only its address can show that. Above the first and
// below the last paragraph, where most such pictures are, its format, its shape and its link count too.
func (p *page) isFurniture(i int32, w keptWords) bool {
	n := &p.Tree.Nodes[i]
	if n.Tag == atom.Svg {
		return false
	}
	address := p.imageAddress(n.HTML)
	u, err := url.Parse(address)
	if err != nil || u.Scheme == "data" {
		return false
	}
	if embed.IsAdvertising(u) && !p.isOwnHost(address) { // stats.example is a bureau of statistics
		return true
	}
	isOutside := i < w.from || i >= w.to
	if p.isWidget(i, u.Path, isOutside) {
		return true
	}
	if !isOutside || address == p.Meta.Image || p.captionOf(i) != block.None {
		return false
	}
	return isStrip(n.HTML) || isSmallGIF(u.Path, n.HTML) || i >= w.to && p.leadsElsewhere(i, address)
}

// isWidget reports whether the file name of a picture says that it is a button, an icon or the like. Manuals show the
// buttons that they explain.
func (p *page) isWidget(i int32, path string, isOutside bool) bool {
	if !isOutside && Kind(p.Kind) == KindDocumentation {
		return false
	}
	img := p.Tree.Nodes[i].HTML
	height, _ := pixels(img, "height") // of a logo that is the subject of the article
	return isWidgetName(path, isOutside && height < minSubject, isSmall(img)) && !isLarge(img) && !p.isInWords(i, img)
}

// minSubject is the minimum height in pixels of a picture outside the text that may be the logo of the article's
// subject.
const minSubject = 130

// isInWords reports whether a picture with an alternative text is between the words of a line, as the picture of a key
// is. In a thread, a smiley may also be after the words.
func (p *page) isInWords(i int32, img *html.Node) bool {
	b := p.firstBlock(i) - 1
	if b < 0 || dom.Attr(img, "alt") == "" {
		return false
	}
	return i < p.Blocks[b].End || p.Forum && i == p.Blocks[b].End
}

// isWidgetName reports whether the file name of a picture that is not a photo says that it is a part of the page: it
// contains a word such as "icon", or consists of words such as "print" and "page". Outside the text, logos are too.
// Inside the text, a PNG such as search.png may be a screenshot unless it is small.
func isWidgetName(path string, isOutside, isSmall bool) bool {
	name, format := text.AfterSlash(path), ""
	if dot := strings.LastIndexByte(name, '.'); dot >= 0 {
		name, format = name[:dot], strings.ToLower(name[dot+1:])
	}
	if photoFormats.Has(format) {
		return false
	}
	controls, others := 0, 0
	for word := range text.NameWords(name, text.MaxNameWords) {
		word = strings.ToLower(strings.Trim(word, "0123456789"))
		switch {
		case widgetWords.Has(word) || isOutside && (word == "logo" || strings.HasSuffix(name, "logo")):
			return true
		case controlWords.Has(word):
			controls++
		case len(word) > 2 && !neutralWords.Has(word):
			others++
		}
	}
	return controls > 0 && others == 0 && (isOutside || isSmall || format == "gif" || format == "svg")
}

// photoFormats are file name extensions of photos. Widgets rarely have them.
var photoFormats = text.SetOf("jpg", "jpeg", "webp", "avif")

// widgetWords are words in file names of pictures that are parts of a page.
var widgetWords = text.SetOf("icon", "icons", "ico", "btn", "button", "buttons", "spacer", "sprite", "sprites",
	"avatar", "avatars", "gravatar", "favicon", "printfriendly", "addthis", "sharethis", "preloader")

// controlWords are words in such file names that other pictures may have in theirs too, next to other words.
var controlWords = text.SetOf("print", "printer", "email", "mail", "share", "sharing", "bookmark", "top", "back",
	"next", "prev", "previous", "close", "plus", "minus", "inc", "dec", "increase", "decrease", "font", "textsize", "zoom",
	"search", "menu", "nav", "arrow", "arrows", "rss", "feed", "twitter", "facebook", "google", "linkedin", "pinterest",
	"instagram", "youtube", "whatsapp", "telegram", "reddit", "digg", "delicious", "stumbleupon", "tumblr", "weibo",
	"wechat", "comment", "comments", "discuss", "reply", "tweet", "follow", "subscribe", "download", "send", "header",
	"footer", "line", "rule", "divider", "separator", "dot", "corner", "shadow", "pixel", "blank", "clear", "trans",
	"transparent", "loading", "loader", "spinner", "rating", "badge", "captcha", "login", "bullet", "technorati", "expand",
	"collapse", "counter")

// neutralWords are words that say how such a picture looks or what it is for, and nothing about its kind.
var neutralWords = text.SetOf("page", "story", "article", "tools", "tool", "this", "text", "size", "small", "big",
	"large", "mini", "black", "white", "gray", "grey", "red", "blue", "green", "orange", "dark", "light", "off", "over",
	"hover", "old", "new", "left", "right", "down", "bottom", "begin", "end", "both", "home", "site", "friend", "image",
	"img", "pic", "background")

// isSmall reports whether a picture declares the size of a button or an icon.
func isSmall(img *html.Node) bool {
	width, _ := pixels(img, "width")
	height, _ := pixels(img, "height")
	size := max(width, height)
	return size > 0 && size <= maxButton
}

// maxButton is the maximum width and height in pixels of a button.
const maxButton = 100

// isLarge reports whether a picture declares a size that is too large for a button or an icon.
func isLarge(img *html.Node) bool {
	width, _ := pixels(img, "width")
	height, _ := pixels(img, "height")
	return max(width, height) >= minPicture
}

// minPicture is the minimum width or height in pixels of a picture that no name makes a widget.
const minPicture = 250

// isStrip reports whether a picture declares the shape of a banner.
func isStrip(img *html.Node) bool {
	width, _ := pixels(img, "width")
	height, ok := pixels(img, "height")
	return ok && height <= maxStrip && width >= 4*height
}

// maxStrip is the maximum height in pixels of a banner, such as the 90 of a leaderboard.
const maxStrip = 120

// isSmallGIF reports whether a picture is a GIF and does not declare the height of a photo or an animation.
func isSmallGIF(path string, img *html.Node) bool {
	height, _ := pixels(img, "height")
	return height < minPicture && strings.HasSuffix(strings.ToLower(path), ".gif")
}

// leadsElsewhere reports whether a picture is the link of an advertisement or a teaser: it leads to a page other than
// the picture's own, and not to a video.
func (p *page) leadsElsewhere(i int32, address string) bool {
	a := p.Tree.Ancestor(i, atom.A)
	if a == block.None || !isTextKind(Kind(p.Kind)) {
		return false
	}
	to, ok := p.Doc.Resolve(dom.Attr(p.Tree.Nodes[a].HTML, "href"))
	if !ok || content.LeadsToPicture(to) || p.Doc.URL != nil && strings.HasPrefix(to, p.Doc.URL.String()) {
		return false
	}
	u, err := url.Parse(to)
	if err != nil || embed.IsKnown(u) {
		return false
	}
	stem, _, _ := strings.Cut(text.AfterSlash(address), ".")
	stem, _, _ = strings.Cut(stem, "-")
	stem = stem[:min(len(stem), maxFileStem)]
	return len(stem) < minFileStem || !strings.Contains(strings.ToLower(u.Path), strings.ToLower(stem))
}

// minFileStem and maxFileStem are the bounds, in bytes, of how much of the beginning of a picture's file name is
// compared with the address of a page that may be about the picture.
const minFileStem, maxFileStem = 4, 12

// isTextKind reports whether pages of a kind end with text. Lists and shops end with pictures that are links.
func isTextKind(k Kind) bool { return k == KindArticle || k == KindUnknown || k == KindDocumentation }
