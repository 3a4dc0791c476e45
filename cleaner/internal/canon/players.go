package canon

import (
	"cmp"
	"encoding/json"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// customEmbedOf returns the form of a custom element that is a player, a post or a picture, or nil for other elements.
func (w *Writer) customEmbedOf(n *html.Node) *html.Node {
	attr := func(keys ...string) string {
		for _, key := range keys {
			if v := dom.Attr(n, key); v != "" {
				return v
			}
		}
		return ""
	}
	title := attr("title", "data-title", "videotitle", "playlabel", "aria-label")
	address := ampAddress(n)
	switch n.Data {
	case "lite-youtube", "youtube-video", "lite-yt":
		if id := attr("videoid", "data-videoid", "video-id"); id != "" {
			address = "https://www.youtube.com/embed/" + id
		}
	case "lite-vimeo", "vimeo-video":
		if id := attr("videoid", "data-videoid", "video-id"); id != "" {
			address = "https://player.vimeo.com/video/" + id
		}
	case "oembed": // CKEditor
		address = attr("url")
	case "embetty-video":
		switch attr("type") {
		case "youtube":
			address = "https://www.youtube.com/embed/" + attr("video-id")
		case "vimeo":
			address = "https://player.vimeo.com/video/" + attr("video-id")
		}
	case "embetty-tweet":
		address = "https://x.com/i/status/" + attr("status")
	case "video-js", "amp-brightcove":
		if account, id := attr("data-account"), attr("data-video-id"); account != "" && id != "" {
			player := cmp.Or(attr("data-player"), "default") + "_" + cmp.Or(attr("data-embed"), "default")
			address = "https://players.brightcove.net/" + account + "/" + player + "/index.html?videoId=" + id
		}
	case "amp-video", "amp-audio":
		tag := atom.Video
		if n.Data == "amp-audio" {
			tag = atom.Audio
		}
		form := dom.NewElement(tag)
		form.Attr = n.Attr
		w.copyChildren(form, n, nil)
		return in(form, n)
	}
	if strings.HasSuffix(n.Data, "-img") || strings.HasSuffix(n.Data, "-image") ||
		strings.HasSuffix(n.Data, "-picture") {
		if strings.TrimSpace(w.rawText(n)) != "" {
			return nil
		}
		return customPictureOf(n)
	}
	if address == "" || strings.HasSuffix(address, "=") {
		return nil
	}
	form := in(frameOf(address, title, ""), n)
	w.record(form, []Part{{EmbedText, n}})
	return form
}

// customPictureOf returns an <img> with the attributes of a custom element that shows a picture. It returns nil if the
// element has no address, and for <amp-img>, which needs no form.
func customPictureOf(n *html.Node) *html.Node {
	if dom.Attr(n, "src") == "" && dom.Attr(n, "data-src") == "" && dom.Attr(n, "srcset") == "" ||
		n.Data == "amp-img" {
		return nil
	}
	img := dom.NewElement(atom.Img)
	for _, a := range n.Attr {
		if a.Key != "width" && a.Key != "height" || dom.Attr(n, "layout") == "" { // with layout, they are only a ratio
			img.Attr = append(img.Attr, a)
		}
	}
	return in(img, n)
}

// scriptOf returns the form of a script that inserts a player, a post or code into the page, or nil for other scripts.
func (w *Writer) scriptOf(n *html.Node) *html.Node {
	if post := dom.Attr(n, "data-telegram-post"); post != "" {
		if before := dom.PreviousElement(n); before != nil && before.DataAtom == atom.Iframe {
			return nil // the page already has the post
		}
		return in(frameOf("https://t.me/"+post, "", ""), n)
	}
	src := dom.Attr(n, "src")
	if strings.Contains(src, "gist.github.com/") && strings.Contains(src, ".js") {
		if next := dom.NextElement(n); next != nil && w.is(next, namedCode) && !w.is(next, namedEmbed) ||
			next != nil && dom.HasToken(dom.Attr(next, "class"), "gist") {
			return nil
		}
		return in(frameOf(absolute(src), "", ""), n)
	}
	if settings := dom.Attr(n, "data-configuration"); settings != "" && strings.Contains(src, "podigee") {
		return w.configuredPlayer(n, settings)
	}
	if n.FirstChild == nil || len(n.FirstChild.Data) > maxPlayerScript {
		return nil
	}
	if strings.Contains(n.FirstChild.Data, "jwplayer(") {
		if before := dom.PreviousElement(n); before == nil || w.setUpPlayer(before) == nil {
			return setUpBy(n)
		}
		return nil
	}
	if strings.Contains(n.FirstChild.Data, "podlovePlayer(") || strings.Contains(n.FirstChild.Data, "podigee") {
		return w.podcastOf(n)
	}
	return nil
}

// maxPlayerScript is the maximum length in bytes of a script that is searched for the settings of a player.
const maxPlayerScript = 20_000

// podcastOf returns the form of a script with a player's settings: an <audio> element with the sound file that the
// settings name. It returns nil if they name none.
func (w *Writer) podcastOf(n *html.Node) *html.Node {
	audio := audioOf(n.FirstChild.Data)
	if audio == nil {
		return nil
	}
	return in(audio, n)
}

// audioOf returns an <audio> element with the sound file that the first object in a script names, or nil if it names
// none.
func audioOf(script string) *html.Node {
	open := strings.IndexByte(script, '{')
	if open < 0 {
		return nil
	}
	var settings any
	if json.NewDecoder(strings.NewReader(script[open:])).Decode(&settings) != nil {
		return nil
	}
	address, title := audioIn(settings, 0)
	if address == "" {
		return nil
	}
	audio := dom.NewElement(atom.Audio)
	audio.Attr = []html.Attribute{{Key: "src", Val: address}, {Key: "title", Val: title}}
	return audio
}

// configuredPlayer returns the content of a player whose settings are at an address, or in a variable that an earlier
// script sets. It returns nil if the settings are not found.
func (w *Writer) configuredPlayer(n *html.Node, settings string) *html.Node {
	if strings.HasPrefix(settings, "http") || strings.HasPrefix(settings, "//") {
		return in(frameOf(absolute(settings), dom.Attr(n, "title"), ""), n)
	}
	before := n
	for range maxScriptsBefore {
		if before = dom.PreviousElement(before); before == nil || before.DataAtom != atom.Script {
			return nil
		}
		if before.FirstChild == nil || len(before.FirstChild.Data) > maxPlayerScript {
			continue
		}
		if _, value, found := strings.Cut(before.FirstChild.Data, settings); found {
			if audio := audioOf(value); audio != nil {
				return in(audio, n)
			}
		}
	}
	return nil
}

// maxScriptsBefore is how many scripts before a player are searched for its settings.
const maxScriptsBefore = 4

// setUpPlayer returns the content that the script after a box puts into the box, or nil if there is no such script or
// the box has more text than a player's title and buttons.
func (w *Writer) setUpPlayer(n *html.Node) *html.Node {
	id, script := dom.Attr(n, "id"), dom.NextElement(n)
	if id == "" || script == nil || script.DataAtom != atom.Script || script.FirstChild == nil ||
		len(script.FirstChild.Data) > maxPlayerScript || !strings.Contains(script.FirstChild.Data, "jwplayer(") ||
		!strings.Contains(script.FirstChild.Data, id) || len(strings.TrimSpace(w.rawText(n))) > maxPlayerText {
		return nil
	}
	if video := setUpBy(script); video != nil {
		return in(video, n)
	}
	return nil
}

// setUpBy returns the form of a script with the settings of a JW Player: the video or the audio that the settings name,
// or nil if they name none.
func setUpBy(n *html.Node) *html.Node {
	_, settings, found := strings.Cut(n.FirstChild.Data, ".setup(")
	address := settingOf(settings, "file")
	if !found || !strings.HasPrefix(address, "http") && !strings.HasPrefix(address, "/") {
		return nil
	}
	form := dom.NewElement(atom.Video)
	if isSound(address) {
		form = dom.NewElement(atom.Audio)
	}
	form.Attr = []html.Attribute{{Key: "src", Val: address}, {Key: "title", Val: settingOf(settings, "title")}}
	return in(form, n)
}

// settingOf returns the string that an object in a script has under a key, or "". The key may have quotes.
func settingOf(object, key string) string {
	for _, rest, found := strings.Cut(object, key); found; _, rest, found = strings.Cut(rest, key) {
		value, isKey := strings.CutPrefix(strings.TrimLeft(rest, `"' `), ":")
		value = strings.TrimSpace(value)
		if !isKey || value == "" || value[0] != '"' && value[0] != '\'' {
			continue
		}
		end := strings.IndexByte(value[1:], value[0])
		if end < 0 {
			return ""
		}
		text := value[1 : 1+end]
		var plain string
		if json.Unmarshal([]byte(`"`+text+`"`), &plain) == nil {
			return plain
		}
		return text
	}
	return ""
}

// isSound reports whether an address is that of a sound file.
func isSound(address string) bool {
	path, _, _ := strings.Cut(strings.ToLower(address), "?")
	for _, ending := range [...]string{".mp3", ".m4a", ".ogg", ".opus", ".oga"} {
		if strings.HasSuffix(path, ending) {
			return true
		}
	}
	return false
}

// audioIn returns the first address of a sound file in a player's settings, and the title of its episode. Either is ""
// if it is not found, or if the settings are nested too deeply.
func audioIn(v any, depth int) (address, title string) {
	if depth > 8 {
		return "", ""
	}
	switch v := v.(type) {
	case string:
		if strings.HasPrefix(v, "http") && isSound(v) {
			return v, ""
		}
	case []any:
		for _, e := range v {
			if address, title = audioIn(e, depth+1); address != "" {
				return address, title
			}
		}
	case map[string]any:
		for _, key := range [...]string{"media", "audio", "episode", "mp3", "url", "src"} {
			if address == "" {
				address, title = audioIn(v[key], depth+1)
			}
		}
		if name, ok := v["title"].(string); ok && address != "" {
			title = name // the episode's, not the file's
		}
	}
	return address, title
}

// embedBoxOf returns the form of a box that a script turns into content from elsewhere, or nil for other boxes. The
// text of the box is left out, except in a quote.
func (w *Writer) embedBoxOf(n *html.Node, own names) *html.Node {
	if own&namedEmbed == 0 && !dom.HasAttr(n, "data-attrs") && !dom.HasAttr(n, "data-service") &&
		!strings.HasPrefix(dom.Attr(n, "id"), "datawrapper-vis-") && (n.DataAtom != atom.Figure || !isBookmark(n)) {
		return nil
	}
	form := w.embedOf(n)
	if form != nil && (form.DataAtom != n.DataAtom || form.DataAtom == atom.Figure) { // a quote stays a quote
		w.record(form, []Part{{EmbedText, n}})
	}
	return form
}

// thumbnailVideo returns the address of the YouTube video of which a box shows a thumbnail, or "". A box with a link is
// a preview of another page, unless the link leads to YouTube.
func (w *Writer) thumbnailVideo(n *html.Node) string {
	id := ""
	for d := n; d != nil; d = w.next(d, n, false) {
		if d.DataAtom == atom.Figcaption {
			return "" // a box inside the figure is the player
		}
		if d.DataAtom == atom.A && !strings.Contains(dom.Attr(d, "href"), "youtu") && dom.Attr(d, "href") != "#" {
			return ""
		}
		for i := range d.Attr {
			for _, host := range [...]string{"ytimg.com/vi/", "img.youtube.com/vi/", "ytimg.com/vi_webp/"} {
				_, rest, found := strings.Cut(d.Attr[i].Val, host)
				if rest, _, _ = strings.Cut(rest, "/"); found && id != "" && rest != id {
					return "" // several videos
				} else if found {
					id = rest
				}
			}
		}
	}
	if len(id) != youTubeID {
		return ""
	}
	return "https://www.youtube.com/embed/" + id
}

// youTubeID is the length of the id of a video at YouTube.
const youTubeID = 11
