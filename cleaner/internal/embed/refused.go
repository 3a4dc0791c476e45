package embed

import (
	"net/url"
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// refused lists hosts whose frames are not content, in addition to the advertisers. An entry that includes the
// beginning of a path applies only to paths with that beginning.
var refused = []string{
	"google.com/recaptcha", "recaptcha.net", "hcaptcha.com", "challenges.cloudflare.com", "accounts.google.com",
	"disqus.com",
	"facebook.com/plugins/like", "facebook.com/plugins/comments", "facebook.com/plugins/share",
	"facebook.com/plugins/page",
	"facebook.com/plugins/follow", "facebook.com/plugins/login", "facebook.com/v2.",
	"staticxx.facebook.com",
	"platform.twitter.com/widgets/follow", "platform.twitter.com/widgets/tweet_button",
	"platform.twitter.com/widgets/widget_iframe",
	"syndication.twitter.com", "platform.linkedin.com", "apis.google.com", "list-manage.com", "hsforms.com", "hsforms.net",
	"mailchimp.com",
	"intensedebate.com", "livefyre.com", "viafoura.co", "openweb.com", "spot.im", "gstatic.com/recaptcha", "paypal.com",
	"youtube.com/subscribe_embed", "typeform.com", "jotform.com",
}

// advertisers lists hosts, likewise, whose frames and pictures are advertising, share buttons or trackers.
var advertisers = []string{
	"doubleclick.net", "googlesyndication.com", "googletagmanager.com", "googleadservices.com", "adservice.google.com",
	"facebook.com/tr", "amazon-adsystem.com", "taboola.com", "outbrain.com", "criteo.com", "criteo.net", "addthis.com",
	"sharethis.com", "openx.net", "rubiconproject.com", "adnxs.com", "adsafeprotected.com", "moatads.com",
	"quantserve.com", "scorecardresearch.com", "adform.net", "smartadserver.com", "teads.tv", "yieldmo.com",
}

// isRefused reports whether a frame is advertising, a tracker, a login, a captcha, a comment box, a form, or a
// WordPress post for which the page also has a link.
func isRefused(u *url.URL) bool {
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	if IsAdvertising(u) || isListed(host, u.Path, refused) {
		return true
	}
	if strings.HasSuffix(host, ".substack.com") && strings.HasPrefix(u.Path, "/embed") &&
		!strings.HasPrefix(u.Path, "/embed/p/") {
		return true // a form for a newsletter
	}
	if strings.Contains(u.Fragment, "secret=") {
		return true // WordPress writes a link to the same post before this frame
	}
	return false
}

// IsAdvertising reports whether a frame or a picture is on a host that serves advertising or share buttons, or counts
// visits.
func IsAdvertising(u *url.URL) bool {
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	if isListed(host, u.Path, advertisers) {
		return true
	}
	for part := range strings.SplitSeq(host, ".") {
		if refusedNames.Has(part) {
			return true
		}
	}
	return false
}

// isListed reports whether one of the entries of a list applies to an address.
func isListed(host, path string, list []string) bool {
	for _, entry := range list {
		domain, beginning, _ := strings.Cut(entry, "/")
		if isIn(host, domain) && strings.HasPrefix(strings.TrimPrefix(path, "/"), beginning) {
			return true
		}
	}
	return false
}

// refusedNames are words that, between the dots of a host name, mean that the host does not serve content.
var refusedNames = text.SetOf(
	"ad", "ads", "adserver", "adservice", "pixel", "tracking", "tracker", "analytics", "stats", "beacon", "consent", "cmp",
)

// isPublisher reports whether an address is on a host that serves content for other sites to embed, such as charts.
func isPublisher(u *url.URL) bool {
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	for _, domain := range [...]string{
		"dwcdn.net", "flo.uri.sh", "flourish.studio", "infogram.com", "e.infogram.com", "tableau.com", "stackblitz.com",
		"replit.com", "scribd.com",
		"issuu.com", "speakerdeck.com", "archive.org", "observablehq.com", "plotly.com", "kaltura.com", "wistia.net",
		"wistia.com", "loom.com",
		"streamable.com", "podigee-cdn.net", "podigee.io", "megaphone.fm", "simplecast.com", "libsyn.com", "buzzsprout.com",
		"acast.com",
		"anchor.fm", "bandcamp.com", "mixcloud.com", "deezer.com", "jwplayer.com", "jwplatform.com", "vidyard.com",
		"ted.com", "arte.tv",
		"figma.com", "miro.com", "airtable.com", "geogebra.org", "desmos.com", "sketchfab.com", "giphy.com", "imgur.com",
		"gfycat.com",
	} {
		if isIn(host, domain) {
			return true
		}
	}
	return false
}
