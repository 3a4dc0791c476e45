package embed

import (
	"strings"

	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// maxTitle is the longest title in bytes.
const maxTitle = 300

// titleOf returns the title that an element gives, "" if it gives none or one that any other could have.
func titleOf(n *html.Node) string {
	for _, key := range [...]string{"title", "data-title", "aria-label", "data-alt", "playlabel"} {
		if title := CleanTitle(dom.Attr(n, key)); title != "" {
			return title
		}
	}
	return ""
}

// CleanTitle returns a title on one line, without what players put before it; "" for one that says nothing of this
// player.
func CleanTitle(title string) string {
	title = text.FoldSpace(dom.Printable(title))
	for _, prefix := range [...]string{
		"Play: ", "Play video: ", "Spotify Embed: ", "Video: ", "YouTube video: ",
		"Embedded video: ",
	} {
		title = strings.TrimPrefix(title, prefix)
	}
	if len(title) > maxTitle || isGeneric(strings.ToLower(title)) {
		return ""
	}
	return title
}

// isGeneric reports whether a title in lower case says only what kind of player it is.
func isGeneric(title string) bool {
	return genericTitles.Has(title) || strings.HasPrefix(title, "http")
}

// genericTitles are what players and pages write where nobody gave a title.
var genericTitles = text.SetOf(
	"youtube video player", "interactive or visual content", "video player", "audio player", "vimeo-player",
	"vimeo video player", "video", "audio", "youtube", "vimeo", "twitter tweet", "x post", "twitter post",
	"tweet", "embedded content", "embed", "iframe", "player", "map", "google map", "google maps",
	"facebook post", "instagram post", "instagram embed", "spotify", "spotify embed", "soundcloud", "untitled",
	"3rd party ad content", "advertisement", "youtube embed", "embedded video", "youtube-video",
	"responsive video", "post", "reddit-embed", "column chart", "line chart", "bar chart", "chart", "table",
	"content", "frame", "media player", "podcast player", "presentation",
)
