package embed

import (
	"net/url"
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// refused lists hosts whose frames are not content. An entry that includes the beginning of a path applies only to
// paths with that beginning.
var refused = []string{
	"doubleclick.net", "googlesyndication.com", "googletagmanager.com", "googleadservices.com", "google.com/recaptcha",
	"recaptcha.net", "hcaptcha.com", "challenges.cloudflare.com", "accounts.google.com", "adservice.google.com",
	"disqus.com",
	"facebook.com/plugins/like", "facebook.com/plugins/comments", "facebook.com/plugins/share",
	"facebook.com/plugins/page",
	"facebook.com/plugins/follow", "facebook.com/plugins/login", "facebook.com/tr", "facebook.com/v2.",
	"staticxx.facebook.com",
	"platform.twitter.com/widgets/follow", "platform.twitter.com/widgets/tweet_button",
	"platform.twitter.com/widgets/widget_iframe",
	"syndication.twitter.com", "platform.linkedin.com", "apis.google.com", "amazon-adsystem.com", "taboola.com",
	"outbrain.com", "criteo.com",
	"criteo.net", "addthis.com", "sharethis.com", "list-manage.com", "hsforms.com", "hsforms.net", "mailchimp.com",
	"openx.net",
	"rubiconproject.com", "adnxs.com", "adsafeprotected.com", "moatads.com", "quantserve.com", "scorecardresearch.com",
	"intensedebate.com", "livefyre.com", "viafoura.co", "openweb.com", "spot.im", "gstatic.com/recaptcha", "paypal.com",
	"youtube.com/subscribe_embed", "typeform.com", "jotform.com", "adform.net", "smartadserver.com", "teads.tv",
	"yieldmo.com",
}

// isRefused reports whether a frame is advertising, a tracker, a login, a captcha, a comment box, a form, or a
// WordPress post for which the page also has a link.
func isRefused(u *url.URL) bool {
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	for _, r := range refused {
		domain, path, hasPath := strings.Cut(r, "/")
		if !isIn(host, domain) {
			continue
		}
		if !hasPath || strings.HasPrefix(strings.TrimPrefix(u.Path, "/"), path) {
			return true
		}
	}
	if strings.HasSuffix(host, ".substack.com") && strings.HasPrefix(u.Path, "/embed") &&
		!strings.HasPrefix(u.Path, "/embed/p/") {
		return true // a form for a newsletter
	}
	if strings.Contains(u.Fragment, "secret=") {
		return true // WordPress writes a link to the same post before this frame
	}
	for part := range strings.SplitSeq(host, ".") {
		if refusedNames.Has(part) {
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
