package canon

import (
	"cmp"
	"encoding/json"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// customEmbedOf reads the elements that players have made up.
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
	address := ""
	switch n.Data {
	case "lite-youtube", "amp-youtube", "youtube-video", "lite-yt":
		if id := attr("videoid", "data-videoid", "video-id"); id != "" {
			address = "https://www.youtube.com/embed/" + id
		}
	case "lite-vimeo", "amp-vimeo", "vimeo-video":
		if id := attr("videoid", "data-videoid", "video-id"); id != "" {
			address = "https://player.vimeo.com/video/" + id
		}
	case "amp-dailymotion":
		address = "https://www.dailymotion.com/video/" + attr("data-videoid")
	case "amp-iframe":
		address = attr("src")
	case "amp-twitter":
		address = "https://x.com/i/status/" + attr("data-tweetid")
	case "amp-instagram":
		address = "https://www.instagram.com/p/" + attr("data-shortcode") + "/"
	case "amp-facebook":
		address = attr("data-href")
	case "embetty-video":
		switch attr("type") {
		case "youtube":
			address = "https://www.youtube.com/embed/" + attr("video-id")
		case "vimeo":
			address = "https://player.vimeo.com/video/" + attr("video-id")
		}
	case "embetty-tweet":
		address = "https://x.com/i/status/" + attr("status")
	case "video-js":
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

// customPictureOf returns the picture of an element that a site has made up for its pictures; nil if it has no address.
func customPictureOf(n *html.Node) *html.Node {
	if dom.Attr(n, "src") == "" && dom.Attr(n, "data-src") == "" && dom.Attr(n, "srcset") == "" ||
		n.Data == "amp-img" {
		return nil
	}
	img := dom.NewElement(atom.Img)
	for _, a := range n.Attr {
		if a.Key != "width" && a.Key != "height" || dom.Attr(n, "layout") == "" { // else they are a ratio
			img.Attr = append(img.Attr, a)
		}
	}
	return in(img, n)
}

// scriptOf returns the form of a script that puts something into the page where it stands; nil for any other.
func (w *Writer) scriptOf(n *html.Node) *html.Node {
	if post := dom.Attr(n, "data-telegram-post"); post != "" {
		if before := dom.PreviousElement(n); before != nil && before.DataAtom == atom.Iframe {
			return nil // it is there already
		}
		return in(frameOf("https://t.me/"+post, "", ""), n)
	}
	src := dom.Attr(n, "src")
	if strings.Contains(src, "gist.github.com/") && strings.Contains(src, ".js") {
		if next := dom.NextElement(n); next != nil && w.is(next, namedCode) ||
			next != nil && dom.HasToken(dom.Attr(next, "class"), "gist") {
			return nil
		}
		return in(frameOf(absolute(src), "", ""), n)
	}
	if n.FirstChild == nil || len(n.FirstChild.Data) > maxPlayerScript {
		return nil
	}
	if strings.Contains(n.FirstChild.Data, "podlovePlayer(") || strings.Contains(n.FirstChild.Data, "podigee") {
		return w.podcastOf(n)
	}
	return nil
}

// maxPlayerScript is the longest script in bytes that is searched for a podcast.
const maxPlayerScript = 20_000

// podcastOf returns the audio that the settings of a player in a script name.
func (w *Writer) podcastOf(n *html.Node) *html.Node {
	script := n.FirstChild.Data
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
	return in(audio, n)
}

// audioIn returns the first address of a sound file in settings, and the title of what it belongs to.
func audioIn(v any, depth int) (address, title string) {
	if depth > 8 {
		return "", ""
	}
	switch v := v.(type) {
	case string:
		path, _, _ := strings.Cut(strings.ToLower(v), "?")
		for _, ending := range [...]string{".mp3", ".m4a", ".ogg", ".opus", ".oga"} {
			if strings.HasPrefix(v, "http") && strings.HasSuffix(path, ending) {
				return v, ""
			}
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
