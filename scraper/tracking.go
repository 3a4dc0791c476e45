package scraper

import (
	"regexp"
	"strings"
)

// trackingParameters identify where a click came from or which session it belongs to, but do not select a page.
// Deliberately absent are "ref" and "source", because they select content on some sites.
var trackingParameters = setOf(`fbclid gclid gclsrc dclid gbraid wbraid srsltid msclkid yclid ysclid twclid ttclid
	li_fat_id epik igsh igshid mc_cid mc_eid mkt_tok _hsenc _hsmi hsctatracking vero_id vero_conv oly_anon_id oly_enc_id
	_openstat rb_clickid wickedid _ga _gl
	phpsessid jsessionid sessionid session_id sessid sess_id cfid cftoken osessid oscsid zenid xtcsid gxsid
	aspsessionid asp.net_sessionid phpsession sessionkey session_key`)

// trackingPrefixes are the prefixes of more tracking and session parameters: utm_ of Google, which others use too, mtm_
// and pk_ of Matomo, and aspsessionid of ASP.
var trackingPrefixes = []string{"utm_", "mtm_", "pk_", "aspsessionid"}

// sessionParameters name a session on some sites and a page on others ("?sid=story"). They count as sessions if their
// value looks random.
var sessionParameters = setOf("sid s_id session sess token_id")

// isTracking reports whether a parameter is for tracking or names a session.
func isTracking(parameter, value string) bool {
	parameter = strings.ToLower(parameter)
	for _, prefix := range trackingPrefixes {
		if strings.HasPrefix(parameter, prefix) {
			return true
		}
	}
	return trackingParameters[parameter] || sessionParameters[parameter] && isOpaque(value)
}

// isOpaque reports whether a value looks random: it consists of at least eight ASCII letters and digits, and has at
// least one letter and two digits.
func isOpaque(value string) bool {
	letters, digits := 0, 0
	for i := range len(value) {
		switch c := value[i]; {
		case '0' <= c && c <= '9':
			digits++
		case 'a' <= c|0x20 && c|0x20 <= 'z':
			letters++
		default:
			return false
		}
	}
	return letters+digits >= 8 && digits > 1 && letters > 0
}

// stripTracking removes tracking and session parameters from a query. The others keep their spelling and order. Some
// sites escape links repeatedly: "&amp;" between two parameters means "&".
func stripTracking(query string) string {
	if query == "" {
		return ""
	}
	kept := make([]string, 0, 8)
	for part := range strings.SplitSeq(query, "&") {
		for strings.HasPrefix(part, "amp;") {
			part = part[len("amp;"):]
		}
		name, value, _ := strings.Cut(part, "=")
		if part != "" && !isTracking(name, value) {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, "&")
}

// cookieless is a segment of a path that ASP.NET adds for sessions without cookies: "(S(lit3py55t21z5v55vlm25s55))".
var cookieless = regexp.MustCompile(`/(\(|%28)([ASFX](\(|%28)[^/()]*(\)|%29))+(\)|%29)(/|$)`)

// stripSessions removes session and tracking parameters from a path, as in "/a;jsessionid=1/b" and "/(S(1))/a".
func stripSessions(path string) string {
	if strings.Contains(path, ";") {
		segments := strings.Split(path, "/")
		for i, segment := range segments {
			parts := strings.Split(segment, ";")
			kept := parts[:1]
			for _, part := range parts[1:] {
				if name, value, _ := strings.Cut(part, "="); !isTracking(name, value) {
					kept = append(kept, part)
				}
			}
			segments[i] = strings.Join(kept, ";")
		}
		path = strings.Join(segments, "/")
	}
	if strings.Contains(path, "(") || strings.Contains(path, "%28") {
		path = cookieless.ReplaceAllString(path, "/")
	}
	return path
}
