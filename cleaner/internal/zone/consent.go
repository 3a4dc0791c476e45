package zone

import (
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// IsConsentTool recognizes the ids of the boxes that consent tools put on pages. No other elements have these ids.
func IsConsentTool(id string) bool {
	switch id {
	case "onetrust-consent-sdk", "onetrust-banner-sdk", "onetrust-pc-sdk", "CybotCookiebotDialog", "CookiebotWidget", "didomi-host", "usercentrics-root",
		"usercentrics-cmp-ui", "qc-cmp2-container", "qc-cmp2-main", "BorlabsCookieBox", "BorlabsCookieEntranceA", "cmplz-cookiebanner-container",
		"cmplz-manage-consent", "cookie-law-info-bar", "cliSettingsPopup", "cky-consent", "tarteaucitronRoot", "iubenda-cs-banner", "axeptio_overlay",
		"truste-consent-track", "consent_blackbar", "teconsent", "osano-cm-window", "termly-code-snippet-support", "moove_gdpr_cookie_modal",
		"moove_gdpr_cookie_info_bar", "klaro", "cc--main", "cmpbox", "cmpbox2", "gdpr-consent-tool-wrapper", "fast-cmp-root", "ccc", "ccc-module":
		return true
	}
	return strings.HasPrefix(id, "sp_message_container_")
}

// MinConsentName is the length in bytes of the shortest name that IsConsentName knows.
const MinConsentName = 4

// The names that IsConsentName looks for, in lower case.
var (
	findConsentTool = text.NewFinder([]string{
		"onetrust", "cookiebot", "cybotcookie", "didomi", "usercentrics", "quantcast", "qc-cmp", "sp_message",
		"cookieyes", "cky-consent", "cmplz", "borlabs", "klaro", "trustarc", "osano", "iubenda", "axeptio",
		"tarteaucitron", "cookie-law", "cookielaw", "cc-window", "gdpr", "eu-cookie", "moove_gdpr", "termly",
	})
	findConsent    = text.NewFinder([]string{"cookie", "consent"})
	findConsentBox = text.NewFinder([]string{
		"banner", "bar", "notice", "popup", "modal", "dialog", "consent", "overlay", "message", "alert", "disclaimer", "policy", "wrapper",
		"container", "notification", "layer",
	})
)

// IsConsentName reports whether a class name or id contains the name of a well-known consent tool, or "cookie" or
// "consent" together with a word for a box. Parts of words count: "cookiebars" contains "bar". The word "consent" alone
// is enough, because it also counts as a word for a box.
func IsConsentName(name string) bool {
	return findConsentTool.InLower(name) || findConsent.InLower(name) && findConsentBox.InLower(name)
}
