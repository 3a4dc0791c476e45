package embed

import (
	"strings"

	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// maxTitle is the maximum length of a title, in bytes.
const maxTitle = 300

// titleOf returns the title of an element, or "" if the title is missing or generic.
func titleOf(n *html.Node) string {
	for _, key := range [...]string{"title", "data-title", "aria-label", "data-alt", "playlabel"} {
		if title := CleanTitle(dom.Attr(n, key)); title != "" {
			return title
		}
	}
	return ""
}

// CleanTitle returns a title on one line, without prefixes that players add. It returns "" for a title that is generic
// or longer than 300 bytes.
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

// isGeneric reports whether a title in lower case names only a kind of content or player, or is an address.
func isGeneric(title string) bool {
	return genericTitles.Has(title) || strings.HasPrefix(title, "http")
}

// genericTitles are the titles that players and pages use by default.
var genericTitles = text.SetOf(
	"youtube video player", "interactive or visual content", "video player", "audio player", "vimeo-player",
	"vimeo video player", "video", "audio", "youtube", "vimeo", "twitter tweet", "x post", "twitter post",
	"tweet", "embedded content", "embed", "iframe", "player", "map", "google map", "google maps",
	"facebook post", "instagram post", "instagram embed", "spotify", "spotify embed", "soundcloud", "untitled",
	"3rd party ad content", "advertisement", "youtube embed", "embedded video", "youtube-video",
	"responsive video", "post", "reddit-embed", "column chart", "line chart", "bar chart", "chart", "table",
	"content", "frame", "media player", "podcast player", "presentation",
)
