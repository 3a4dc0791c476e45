package embed

import (
	"cmp"
	"net/url"
	"regexp"
	"strings"
	"sync"
)

// known returns a description of what a frame shows, such as "Mastodon post", and the address of the service's page for
// it. The description is "" if the service is not known, or if the frame does not show such content.
func known(u *url.URL) (what, address string) {
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	for _, s := range services {
		if !isIn(host, s.host) {
			continue
		}
		if what, address = s.read(u, host); what != "" {
			return what, address
		}
	}
	if m := mastodonPath().FindStringSubmatch(u.Path); m != nil {
		return "Mastodon post", u.Scheme + "://" + u.Host + m[1]
	}
	return "", ""
}

// IsKnown reports whether an address is that of a video, a post or the like on a known service.
func IsKnown(u *url.URL) bool {
	what, _ := known(u)
	return what != ""
}

// wrapped returns the address that a frame of Embedly or Iframely shows. For the frames of other services it returns
// their own address.
func wrapped(u *url.URL) *url.URL {
	host := strings.ToLower(u.Hostname())
	if !isIn(host, "embedly.com") && !isIn(host, "iframe.ly") && !isIn(host, "iframely.net") {
		return u
	}
	query := u.Query()
	for _, key := range [...]string{"url", "src"} {
		if inner, err := url.Parse(query.Get(key)); err == nil && inner.Host != "" {
			return inner
		}
	}
	return u
}

var mastodonPath = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(/@[^/]+/\d{6,})(?:/embed)?/?$`)
})

// A service uses one address for a frame and another for the page with the same content.
type service struct {
	host string // its subdomains count too
	// read returns a description of what the frame at u shows, and the address of its page. The description is "" if
	// the address is of an unknown kind. The parameter host is the host of u without "www.".
	read func(u *url.URL, host string) (what, address string)
}

// services is in no particular order. Where two entries match a host, their functions know different addresses.
var services = []service{
	{"youtube.com", youTube},
	{"youtube-nocookie.com", youTube},
	{"youtu.be", youTube},
	{"vimeo.com", func(u *url.URL, _ string) (string, string) {
		id := firstNumber(u.Path)
		return ifSet("Vimeo video", id), "https://vimeo.com/" + id
	}},
	{"dailymotion.com", func(u *url.URL, _ string) (string, string) {
		id := cmp.Or(after(u.Path, "/embed/video/"), after(u.Path, "/video/"), u.Query().Get("video"))
		return ifSet("Dailymotion video", id), "https://www.dailymotion.com/video/" + id
	}},
	{"tiktok.com", func(u *url.URL, _ string) (string, string) {
		if strings.HasPrefix(u.Path, "/@") && strings.Contains(u.Path, "/video/") {
			return "TikTok video", "https://www.tiktok.com" + strings.TrimRight(u.Path, "/")
		}
		id := cmp.Or(after(u.Path, "/embed/v2/"), after(u.Path, "/embed/"), after(u.Path, "/player/v1/"))
		return ifSet("TikTok video", id), "https://www.tiktok.com/embed/v2/" + id
	}},
	{"twitch.tv", twitch},
	{"bilibili.com", func(u *url.URL, _ string) (string, string) {
		id := cmp.Or(u.Query().Get("bvid"), after(u.Path, "/video/"))
		if aid := u.Query().Get("aid"); id == "" && aid != "" {
			id = "av" + aid
		}
		return ifSet("Bilibili video", id), "https://www.bilibili.com/video/" + id
	}},
	{"youku.com", func(u *url.URL, _ string) (string, string) {
		_, id, _ := strings.Cut(u.Path, "/embed/")
		return ifSet("Youku video", id), "https://v.youku.com/v_show/id_" + id + ".html"
	}},
	{"rutube.ru", func(u *url.URL, _ string) (string, string) {
		id := cmp.Or(after(u.Path, "/play/embed/"), after(u.Path, "/video/"))
		return ifSet("Rutube video", id), "https://rutube.ru/video/" + id + "/"
	}},
	{"vk.com", vk},
	{"vk.ru", vk},
	{"vkvideo.ru", vk},
	{"brightcove.net", same("Video", "/")},
	{"open.spotify.com", func(u *url.URL, _ string) (string, string) {
		path := strings.Replace(u.Path, "/embed-podcast/", "/", 1)
		return "Spotify audio", "https://open.spotify.com" + strings.Replace(path, "/embed/", "/", 1)
	}},
	{"soundcloud.com", func(u *url.URL, _ string) (string, string) {
		if track := u.Query().Get("url"); track != "" {
			return "SoundCloud audio", track
		}
		return "SoundCloud audio", plain(u)
	}},
	{"podcasts.apple.com", func(u *url.URL, _ string) (string, string) {
		query := ""
		if episode := u.Query().Get("i"); episode != "" {
			query = "?i=" + episode
		}
		return "Apple Podcasts audio", "https://podcasts.apple.com" + u.Path + query
	}},
	{"platform.twitter.com", func(u *url.URL, _ string) (string, string) {
		id := u.Query().Get("id")
		return ifSet("X post", id), "https://x.com/i/status/" + id
	}},
	{"twitter.com", xPost},
	{"x.com", xPost},
	{"bsky.app", bluesky},
	{"instagram.com", func(u *url.URL, _ string) (string, string) {
		for _, kind := range [...]string{"p", "reel", "tv"} {
			if id := after(u.Path, "/"+kind+"/"); id != "" {
				return "Instagram post", "https://www.instagram.com/" + kind + "/" + id + "/"
			}
		}
		return "", ""
	}},
	{"facebook.com", func(u *url.URL, _ string) (string, string) {
		if href := u.Query().Get("href"); strings.HasPrefix(u.Path, "/plugins/post") || strings.HasPrefix(u.Path,
			"/plugins/video") {
			return ifSet("Facebook post", href), href
		}
		for _, part := range [...]string{"/posts/", "/videos/", "/photos/", "/reel/", "/permalink"} {
			if strings.Contains(u.Path, part) {
				return "Facebook post", plain(u)
			}
		}
		return "", ""
	}},
	{"reddit.com", reddit},
	{"redditmedia.com", reddit},
	{"threads.com", threads},
	{"threads.net", threads},
	{"t.me", func(u *url.URL, _ string) (string, string) { return "Telegram post", "https://t.me" + u.Path }},
	{"codepen.io", func(u *url.URL, _ string) (string, string) {
		user, rest, found := strings.Cut(strings.TrimPrefix(u.Path, "/"), "/")
		id := rest[strings.LastIndexByte(rest, '/')+1:]
		if !found || id == "" {
			return "", ""
		}
		return "CodePen", "https://codepen.io/" + user + "/pen/" + id
	}},
	{"codesandbox.io", func(u *url.URL, _ string) (string, string) {
		id := cmp.Or(after(u.Path, "/embed/"), after(u.Path, "/s/"))
		return ifSet("CodeSandbox", id), "https://codesandbox.io/s/" + id
	}},
	{"jsfiddle.net", func(u *url.URL, _ string) (string, string) {
		path, _, _ := strings.Cut(u.Path, "embedded")
		return "JSFiddle", "https://jsfiddle.net" + path
	}},
	{"gist.github.com", func(u *url.URL, _ string) (string, string) {
		return "GitHub gist", "https://gist.github.com" + strings.TrimSuffix(u.Path, ".js")
	}},
	{"slideshare.net", same("SlideShare slides", "/")},
	{"docs.google.com", googleDocs},
	{"google.com", googleMap},
	{"maps.google.com", googleMap},
	{"openstreetmap.org", func(u *url.URL, _ string) (string, string) {
		lat, lon, found := strings.Cut(u.Query().Get("marker"), ",")
		if !found {
			return "OpenStreetMap map", u.String()
		}
		return "OpenStreetMap map",
			"https://www.openstreetmap.org/?mlat=" + lat + "&mlon=" + lon + "#map=16/" + lat + "/" + lon
	}},
	{"wistia.net", wistia},
	{"wistia.com", wistia},
	{"infogram.com", func(u *url.URL, _ string) (string, string) {
		id := strings.Trim(strings.TrimPrefix(u.Path, "/embed"), "/")
		return "Embedded page", "https://infogram.com/" + id
	}},
}

func youTube(u *url.URL, host string) (string, string) {
	query := u.Query()
	if list := query.Get("list"); list != "" && (strings.Contains(u.Path, "videoseries") || strings.HasSuffix(u.Path,
		"/playlist")) {
		return "YouTube video", "https://www.youtube.com/playlist?list=" + list
	}
	id := cmp.Or(after(u.Path, "/embed/"), after(u.Path, "/v/"), after(u.Path, "/shorts/"), after(u.Path, "/live/"),
		query.Get("v"))
	if host == "youtu.be" {
		id = after(u.Path, "/")
	}
	if id == "" || id == "videoseries" || strings.ContainsAny(id, "/ ") {
		return "", ""
	}
	address := "https://www.youtube.com/watch?v=" + id
	if start := cmp.Or(query.Get("start"), strings.TrimSuffix(query.Get("t"), "s")); start != "" && start != "0" {
		address += "&t=" + start
	}
	return "YouTube video", address
}

func wistia(u *url.URL, _ string) (string, string) {
	id := cmp.Or(after(u.Path, "/embed/iframe/"), after(u.Path, "/medias/"))
	return ifSet("Wistia video", id), "https://fast.wistia.net/embed/iframe/" + id
}

func twitch(u *url.URL, host string) (string, string) {
	query := u.Query()
	switch {
	case strings.HasPrefix(host, "clips."):
		id := cmp.Or(query.Get("clip"), strings.Trim(u.Path, "/"))
		return ifSet("Twitch video", id), "https://clips.twitch.tv/" + id
	case query.Get("video") != "":
		return "Twitch video", "https://www.twitch.tv/videos/" + strings.TrimPrefix(query.Get("video"), "v")
	case query.Get("channel") != "":
		return "Twitch video", "https://www.twitch.tv/" + query.Get("channel")
	}
	return "", ""
}

func vk(u *url.URL, _ string) (string, string) {
	owner, id := u.Query().Get("oid"), u.Query().Get("id")
	if owner == "" || id == "" {
		return "", ""
	}
	return "VK video", "https://vk.com/video" + owner + "_" + id
}

func xPost(u *url.URL, host string) (string, string) {
	if !strings.Contains(u.Path, "/status/") {
		return "", ""
	}
	return "X post", "https://" + host + strings.TrimRight(u.Path, "/")
}

func bluesky(u *url.URL, _ string) (string, string) {
	if rest := strings.TrimPrefix(u.Path, "/embed/"); rest != u.Path {
		if author, post, found := strings.Cut(rest, "/app.bsky.feed.post/"); found {
			return "Bluesky post", "https://bsky.app/profile/" + author + "/post/" + strings.TrimRight(post, "/")
		}
	}
	if strings.Contains(u.Path, "/post/") {
		return "Bluesky post", "https://bsky.app" + strings.TrimRight(u.Path, "/")
	}
	return "", ""
}

func reddit(u *url.URL, _ string) (string, string) {
	if !strings.Contains(u.Path, "/comments/") {
		return "", ""
	}
	return "Reddit post", "https://www.reddit.com" + u.Path
}

func threads(u *url.URL, host string) (string, string) {
	path := strings.TrimSuffix(strings.TrimRight(u.Path, "/"), "/embed")
	if !strings.Contains(path, "/post/") {
		return "", ""
	}
	return "Threads post", "https://www." + host + path
}

func googleDocs(u *url.URL, _ string) (string, string) {
	var what string
	switch {
	case strings.HasPrefix(u.Path, "/presentation/"):
		what = "Google slides"
	case strings.HasPrefix(u.Path, "/document/"):
		what = "Google document"
	default:
		return "", ""
	}
	return what, "https://docs.google.com" + strings.TrimSuffix(strings.TrimSuffix(u.Path, "/embed"), "/pub") + "/pub"
}

func googleMap(u *url.URL, host string) (string, string) {
	if host != "maps.google.com" && !strings.HasPrefix(u.Path, "/maps") {
		return "", ""
	}
	raw := strings.ReplaceAll("&"+u.RawQuery, "&output=embed", "")
	return "Google map", u.Scheme + "://" + u.Host + u.EscapedPath() + strings.TrimSuffix("?"+strings.TrimPrefix(raw,
		"&"), "?")
}

// same returns the read function of a service whose frames are at the same addresses as its pages for people. Paths
// that do not begin with the prefix are unknown.
func same(what, prefix string) func(*url.URL, string) (string, string) {
	return func(u *url.URL, _ string) (string, string) {
		if !strings.HasPrefix(u.Path, prefix) {
			return "", ""
		}
		return what, u.String()
	}
}

// plain returns an address without its query and fragment.
func plain(u *url.URL) string { return u.Scheme + "://" + u.Host + u.EscapedPath() }

// after returns the part of a path between the first occurrence of a text and the next slash or ampersand. It returns
// "" if the path does not contain the text.
func after(path, prefix string) string {
	_, rest, found := strings.Cut(path, prefix)
	if !found {
		return ""
	}
	id, _, _ := strings.Cut(rest, "/")
	id, _, _ = strings.Cut(id, "&")
	return id
}

// firstNumber returns the first segment of a path that is a number of at least five digits, or "" if there is none.
func firstNumber(path string) string {
	for _, part := range strings.Split(path, "/") {
		if len(part) > 4 && strings.Trim(part, "0123456789") == "" {
			return part
		}
	}
	return ""
}

// ifSet returns the description in its first argument, or "" if the id is empty.
func ifSet(what, id string) string {
	if id == "" {
		return ""
	}
	return what
}
