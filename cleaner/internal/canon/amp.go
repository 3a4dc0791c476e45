package canon

import (
	"strings"

	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// An ampPlayer is an element of AMP (amp.dev/documentation/components) that shows the content of a service. Its
// attribute contains the end of the content's address.
type ampPlayer struct{ attr, start string }

// ampPlayers do not contain the elements for ads, and those whose attributes do not lead to a page for people.
var ampPlayers = map[string]ampPlayer{
	"amp-youtube":       {"data-videoid", "https://www.youtube.com/embed/"},
	"amp-vimeo":         {"data-videoid", "https://player.vimeo.com/video/"},
	"amp-dailymotion":   {"data-videoid", "https://www.dailymotion.com/video/"},
	"amp-iframe":        {"src", ""},
	"amp-twitter":       {"data-tweetid", "https://x.com/i/status/"},
	"amp-instagram":     {"data-shortcode", "https://www.instagram.com/p/"},
	"amp-facebook":      {"data-href", ""},
	"amp-gist":          {"data-gistid", "https://gist.github.com/"},
	"amp-soundcloud":    {"data-trackid", "https://w.soundcloud.com/player/?url=https://api.soundcloud.com/tracks/"},
	"amp-tiktok":        {"data-src", "https://www.tiktok.com/embed/v2/"},
	"amp-reddit":        {"data-src", ""},
	"amp-pinterest":     {"data-url", ""},
	"amp-embedly-card":  {"data-url", ""},
	"amp-wistia-player": {"data-media-hashed-id", "https://fast.wistia.net/embed/iframe/"},
}

// ampAddress returns the address of what an element of AMP shows, or "".
func ampAddress(n *html.Node) string {
	player, known := ampPlayers[n.Data]
	value := dom.Attr(n, player.attr)
	if !known || value == "" {
		return ""
	}
	if strings.HasPrefix(value, "https://") {
		return value
	}
	return player.start + value
}
