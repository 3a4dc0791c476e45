package canon

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/embed"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// embedOf returns the form of a box that a script turns into a player, a post, a card or a chart: a frame with an
// address, a title and an author, the post as a quote, or the chart's picture. It returns nil for other boxes, and for
// a box that already has the content.
func (w *Writer) embedOf(n *html.Node) *html.Node {
	class := " " + strings.ToLower(dom.Attr(n, "class")) + " "
	switch n.DataAtom {
	case atom.Blockquote:
		return w.postOf(n, class)
	case atom.P:
		if strings.Contains(class, " codepen ") {
			return w.codePenOf(n)
		}
		return nil
	case atom.Figure:
		if strings.Contains(class, "bookmark") || isBookmark(n) {
			return w.cardOf(n)
		}
	}
	if n.DataAtom == atom.Div && strings.HasPrefix(dom.Attr(n, "id"), "datawrapper-vis-") {
		if picture := w.chartOf(n); picture != nil {
			return in(picture, n)
		}
	}
	switch {
	case strings.Contains(class, "embedded-post-wrap"):
		return w.letterOf(n)
	case strings.Contains(class, " kg-file-card "):
		return w.cardOf(n)
	case strings.Contains(class, " kg-audio-card "):
		return w.audioCardOf(n)
	}
	if strings.Contains(class, " tableauplaceholder ") {
		return w.tableauOf(n)
	}
	if w.holdsFrame(n) {
		return nil
	}
	address, title := w.playerIn(n, class)
	if isNotice := strings.Contains(class, "consent") || strings.Contains(class, "click") || strings.Contains(class,
		"cookie"); !isNotice &&
		len(strings.TrimSpace(w.rawText(n))) > maxPlayerText {
		return nil // a box with other words
	}
	if address == "" {
		if picture := w.chartOf(n); picture != nil {
			return in(picture, n)
		}
		if player := w.titledPlayer(n); player != nil {
			return player
		}
		address = cmp.Or(scriptedAddress(n, class), w.thumbnailVideo(n))
	}
	if address == "" {
		packed := w.packedFrame(n, class)
		if packed == "" {
			return nil
		}
		if frame := w.frameIn(packed); frame != nil {
			frame.Attr = append(frame.Attr, html.Attribute{Key: embed.MadeAttr})
			return in(frame, n)
		}
		return nil
	}
	return in(frameOf(address, title, ""), n)
}

// titledPlayer returns the player of a service's custom element in a box, or nil if there is none. If the player has no
// title, the box's text becomes its title.
func (w *Writer) titledPlayer(n *html.Node) *html.Node {
	for d := w.next(n, n, false); d != nil; d = w.next(d, n, false) {
		if d.Type != html.ElementNode || d.DataAtom != 0 || d.Namespace != "" {
			continue
		}
		form := w.customEmbedOf(d)
		if form == nil || form.DataAtom != atom.Iframe {
			continue
		}
		for i := range form.Attr {
			if a := &form.Attr[i]; a.Key == "title" && a.Val == "" {
				a.Val = text.FoldSpace(w.shortText(n))
			}
		}
		return in(form, n)
	}
	return nil
}

// frameOf returns an <iframe> with the given address, title and author.
func frameOf(address, title, author string) *html.Node {
	frame := dom.NewElement(atom.Iframe)
	frame.Attr = []html.Attribute{{Key: "src", Val: address}, {Key: "title", Val: title}, {Key: embed.MadeAttr}}
	if author != "" {
		frame.Attr = append(frame.Attr, html.Attribute{Key: embed.AuthorAttr, Val: author})
	}
	return frame
}

// maxPacked is the maximum size in bytes of markup that is parsed from a <template>, a <script> or a <noscript>.
const maxPacked = 8000

// maxFacade is the maximum number of bytes of text in a box that a player replaces, such as a notice about data
// protection.
const maxFacade = 1500

// maxPlayerText is the maximum number of bytes of text in a box without a notice about data protection: the player's
// title and the labels of its buttons.
const maxPlayerText = 300

// holdsFrame reports whether a box already contains a player, or contains more than a placeholder for a player would: a
// quotation, an <h1>, an <article>, or more than maxFacade bytes of text.
func (w *Writer) holdsFrame(n *html.Node) bool {
	size := 0
	for d := w.next(n, n, false); d != nil; {
		skip := false
		switch {
		case embed.IsElement(d.DataAtom):
			return true
		case d.DataAtom == atom.Script || d.DataAtom == atom.Style || d.DataAtom == atom.Noscript:
			skip = true
		case d.DataAtom == atom.Blockquote || d.DataAtom == atom.H1 || d.DataAtom == atom.Article:
			return true
		case d.Type == html.TextNode:
			if size += len(strings.TrimSpace(d.Data)); size > maxFacade {
				return true
			}
		}
		d = w.next(d, n, skip)
	}
	return false
}

// playerIn returns the address and the title of the player that replaces a box, from the box's attributes. The address
// is "" if these attributes do not name a player.
func (w *Writer) playerIn(n *html.Node, class string) (address, title string) {
	title = cmp.Or(dom.Attr(n, "data-title"), dom.Attr(n, "title"), dom.Attr(n, "data-alt"), dom.Attr(n, "aria-label"))
	id := ""
	for i := range n.Attr {
		a := &n.Attr[i]
		if !strings.HasPrefix(a.Key, "data-") || a.Val == "" || len(a.Val) > 2000 || strings.Contains(a.Key, "share") {
			continue
		}
		if isPlayer(a.Val) {
			return absolute(a.Val), title
		}
		if videoAttrs.Has(a.Key) {
			id = a.Val
		}
	}
	switch {
	case id == "" || strings.ContainsAny(id, " ?&\"'<>"):
	case strings.Contains(class, "infogram"):
		return "https://infogram.com/" + id, title
	case strings.Contains(id, "/"):
	case (strings.Contains(class, "youtube") || strings.Contains(class, "ytp") || dom.HasAttr(n, "data-youtube-id") ||
		dom.HasAttr(n, "data-ytid") || dom.Attr(n, "data-service") == "youtube") && len(id) == 11:
		return "https://www.youtube.com/embed/" + id, title
	case (strings.Contains(class, "vimeo") || dom.HasAttr(n, "data-vimeo-id") ||
		dom.Attr(n, "data-service") == "vimeo") && strings.Trim(id, "0123456789") == "":
		return "https://player.vimeo.com/video/" + id, title
	}
	return "", ""
}

// videoAttrs are the attributes that contain the id of a video at a service.
var videoAttrs = text.SetOf(
	"data-id", "data-video-id", "data-videoid", "data-youtube-id", "data-yt-id", "data-embed",
	"data-youtube", "data-vimeo-id", "data-ytid",
)

// isPlayer reports whether the value of an attribute is the address of a player or of a post.
func isPlayer(value string) bool {
	for _, part := range [...]string{
		"youtube.com/embed/", "youtube-nocookie.com/embed/", "youtube.com/watch?", "youtu.be/", "player.vimeo.com/video/",
		"open.spotify.com/embed",
		"w.soundcloud.com/player", "facebook.com/plugins/", "dailymotion.com/embed/",
	} {
		if strings.Contains(value, part) && !strings.ContainsAny(value, "<>{}\n") {
			return true
		}
	}
	return strings.Contains(value, "facebook.com/") &&
		(strings.Contains(value, "/posts/") || strings.Contains(value, "/videos/")) &&
		!strings.ContainsAny(value, "<>{}\n")
}

func absolute(address string) string {
	if strings.HasPrefix(address, "//") {
		return "https:" + address
	}
	return address
}

// packedFrame returns the markup of a frame that a box has in an attribute, or that a consent tool has put into a
// <template> or a <script>, in base64, escaped or unencoded. It returns "" if there is none.
func (w *Writer) packedFrame(n *html.Node, class string) string {
	for i := range n.Attr {
		a := &n.Attr[i]
		if strings.HasPrefix(a.Key, "data-") && len(a.Val) <= maxPacked && strings.HasPrefix(strings.TrimSpace(a.Val),
			"<iframe") {
			return a.Val
		}
	}
	if !strings.Contains(class, "brlbs") && !strings.Contains(class, "borlabs") &&
		!strings.Contains(class, "consent") &&
		!strings.Contains(class, "cookie") &&
		!strings.Contains(class, "privacy") &&
		!strings.Contains(class, "blocker") {
		return ""
	}
	for d := w.next(n, n, false); d != nil; d = w.next(d, n, false) {
		if d.DataAtom != atom.Script && d.DataAtom != atom.Template || d.FirstChild == nil {
			continue
		}
		packed := strings.TrimSpace(w.rawText(d))
		if len(packed) > maxPacked || packed == "" {
			continue
		}
		if strings.Contains(packed, "<iframe") {
			return packed
		}
		if strings.Contains(packed, "&lt;iframe") { // a string in a script
			return html.UnescapeString(strings.ReplaceAll(packed, `\`, ""))
		}
		if plain, err := base64.StdEncoding.DecodeString(packed); err == nil &&
			strings.Contains(string(plain), "<iframe") {
			return string(plain)
		}
	}
	return ""
}

// frameIn returns the first frame in the markup, or nil.
func (w *Writer) frameIn(markup string) *html.Node {
	list, err := html.ParseFragment(strings.NewReader(markup), dom.NewElement(atom.Div))
	if err != nil {
		return nil
	}
	w.copied += len(markup) / 16
	for _, top := range list {
		if top.DataAtom == atom.Iframe {
			return top
		}
		for d := range top.Descendants() {
			if d.DataAtom == atom.Iframe {
				dom.Detach(d)
				return d
			}
		}
	}
	return nil
}

// codePenOf returns the frame of a CodePen pen. In place of the frame, the page has a paragraph with the pen's title
// and author. It returns nil if the paragraph does not name the pen and its user.
func (w *Writer) codePenOf(n *html.Node) *html.Node {
	user, id := dom.Attr(n, "data-user"), dom.Attr(n, "data-slug-hash")
	if user == "" || id == "" {
		return nil
	}
	author := ""
	if _, rest, found := strings.Cut(text.FoldSpace(w.rawText(n)), " by "); found {
		author, _, _ = strings.Cut(rest, " (")
	}
	return in(frameOf("https://codepen.io/"+user+"/pen/"+id, dom.Attr(n, "data-pen-title"), author), n)
}

// cardOf returns the form of a card that links to another page or to a file: a figure with a frame for the card's title
// and address, and with a caption of the card's description and the author's caption. It returns nil if the card has no
// title.
func (w *Writer) cardOf(n *html.Node) *html.Node {
	a := w.firstLink(n)
	if a == nil {
		return nil
	}
	title := w.cardPart(n, cardTitles)
	if title == nil {
		return nil
	}
	form := dom.NewElement(atom.Figure)
	form.AppendChild(cardFrame(dom.Attr(a, "href"), text.FoldSpace(w.rawText(title))))
	caption := dom.NewElement(atom.Figcaption)
	for _, part := range [...]*html.Node{w.cardPart(n, cardDescriptions), w.cardPart(n, nil)} {
		if part == nil {
			continue
		}
		if caption.FirstChild != nil {
			caption.AppendChild(dom.NewElement(atom.Br))
		}
		w.copyChildren(caption, part, nil)
	}
	if caption.FirstChild != nil {
		form.AppendChild(caption)
	}
	return in(form, n)
}

// The ends of the classes of a card's title and description: Ghost's bookmarks and files, Notion's bookmarks.
var (
	cardTitles       = []string{"bookmark-title", "file-card-title"}
	cardDescriptions = []string{"bookmark-description", "file-card-caption"}
)

// cardPart returns the first element of a card that has text and whose class has one of the given ends, or its
// <figcaption> if there are none. It returns nil if no element has.
func (w *Writer) cardPart(n *html.Node, ends []string) *html.Node {
	for d := w.next(n, n, false); d != nil; d = w.next(d, n, false) {
		is := ends == nil && d.DataAtom == atom.Figcaption
		for _, end := range ends {
			is = is || strings.HasSuffix(dom.Attr(d, "class"), end)
		}
		if is && w.holdsText(d) {
			return d
		}
	}
	return nil
}

// audioCardOf returns the form of Ghost's box around a player: the <audio> with its title. It returns nil if the box
// has none.
func (w *Writer) audioCardOf(n *html.Node) *html.Node {
	var audio, title *html.Node
	for d := w.next(n, n, false); d != nil; d = w.next(d, n, false) {
		switch {
		case d.DataAtom == atom.Audio:
			audio = d
		case dom.HasToken(dom.Attr(d, "class"), "kg-audio-title"):
			title = d
		}
	}
	if audio == nil || title == nil {
		return nil
	}
	form := dom.NewElement(atom.Audio)
	form.Attr = []html.Attribute{
		{Key: "src", Val: dom.Attr(audio, "src")}, {Key: "title", Val: text.FoldSpace(w.rawText(title))},
	}
	return in(form, n)
}

// isBookmark reports whether a figure begins with a link that has the class of a bookmark, as in Notion's exports.
func isBookmark(figure *html.Node) bool {
	a := onlyChild(figure)
	if a == nil {
		a = figure.FirstChild
	}
	return a != nil && a.DataAtom == atom.A && dom.HasToken(dom.Attr(a, "class"), "bookmark")
}

// letterOf returns the form of a Substack card for another post: a frame for the post's title and address. It returns
// nil if the card does not have them.
func (w *Writer) letterOf(n *html.Node) *html.Node {
	var post struct{ URL, Title string }
	if json.Unmarshal([]byte(dom.Attr(n, "data-attrs")), &post) != nil || post.URL == "" || post.Title == "" {
		return nil
	}
	return in(cardFrame(post.URL, post.Title), n)
}

// cardFrame returns a frame that is marked as a card, with the given address and title.
func cardFrame(address, title string) *html.Node {
	frame := frameOf(withoutCampaign(address), title, "")
	frame.Attr = append(frame.Attr, html.Attribute{Key: embed.CardAttr})
	return frame
}

// withoutCampaign removes the parameters of an address that begin with "utm_". They track where readers came from.
func withoutCampaign(address string) string {
	u, err := url.Parse(address)
	if err != nil || !strings.Contains(u.RawQuery, "utm_") {
		return address
	}
	query := u.Query()
	for key := range query {
		if strings.HasPrefix(key, "utm_") {
			query.Del(key)
		}
	}
	u.RawQuery = query.Encode()
	return u.String()
}
