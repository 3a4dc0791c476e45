package scraper

import (
	"bytes"
	"cmp"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/encoding/unicode"
)

// robotsMaxBytes is how much of a robots.txt is read, in bytes: RFC 9309 requires at least 500 KiB.
const robotsMaxBytes = 500 << 10

// robots contains the rules of a robots.txt for one crawler, according to RFC 9309. The zero value allows everything.
// It does not change after parsing, and may be used from several goroutines.
type robots struct {
	rules      []robotsRule // the longest first; of equally long rules, those that allow first
	crawlDelay time.Duration
	sitemaps   []string
}

// robotsRule is one Allow or Disallow line. The field pieces contains the pattern, without a final "$", split at each
// "*".
type robotsRule struct {
	allow    bool
	length   int // of the pattern, in bytes
	pieces   []string
	anchored bool // the pattern ends in "$"
}

// productToken returns the product token of a User-Agent, which is the crawler's name in robots.txt: "MyBot" for
// "MyBot/1.0 (+https://…)" and for "Mozilla/5.0 (compatible; MyBot/1.0)".
func productToken(userAgent string) string {
	if _, after, ok := strings.Cut(userAgent, "compatible;"); ok {
		userAgent = strings.TrimLeft(after, " ")
	}
	return leadingToken(userAgent)
}

// leadingToken returns the longest prefix of s that is an RFC 9309 product token.
func leadingToken(s string) string {
	for i := range len(s) {
		if c := s[i] | 0x20; (c < 'a' || c > 'z') && s[i] != '-' && s[i] != '_' {
			return s[:i]
		}
	}
	return s
}

// robotsParser collects the rules for this crawler, and the rules for all crawlers, which apply if no group names this
// crawler.
type robotsParser struct {
	token            string
	ours, everybodys robotsGroup
	named            bool // a group names this crawler, even if the group has no rules
	inOurs, inAll    bool // whether the current group names this crawler, and whether it names "*"
	inAgents         bool // the last line that belongs to a group was a User-agent line
	sitemaps         []string
}

type robotsGroup struct {
	rules []robotsRule
	delay time.Duration
}

// parseRobots parses a robots.txt for the crawler that has the given product token. It never fails: invalid lines are
// ignored, and lines beyond robotsMaxBytes are dropped.
func parseRobots(body []byte, token string) *robots {
	if len(body) >= robotsMaxBytes { // the last line was cut, perhaps from "Disallow: /a" to "Disallow: /"
		body = body[:bytes.LastIndexAny(body[:robotsMaxBytes], "\r\n")+1]
	}
	if bytes.HasPrefix(body, []byte("\xff\xfe")) || bytes.HasPrefix(body, []byte("\xfe\xff")) { // UTF-16
		if text, err := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder().Bytes(body); err == nil {
			body = text
		}
	}
	body = bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))
	p := &robotsParser{token: token}
	for line := range strings.FieldsFuncSeq(string(body), func(r rune) bool { return r == '\n' || r == '\r' }) {
		p.line(line)
	}
	group := p.everybodys
	if p.named {
		group = p.ours
	}
	slices.SortStableFunc(group.rules, func(a, b robotsRule) int {
		if a.length == b.length && a.allow != b.allow {
			return cmp.Compare(b2i(b.allow), b2i(a.allow))
		}
		return cmp.Compare(b.length, a.length)
	})
	return &robots{rules: group.rules, crawlDelay: group.delay, sitemaps: p.sitemaps}
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (p *robotsParser) line(line string) {
	line, _, _ = strings.Cut(line, "#")
	key, value, ok := strings.Cut(line, ":")
	if !ok { // "disallow /a" is frequent, and its meaning is clear
		if fields := strings.Fields(line); len(fields) == 2 {
			key, value = fields[0], fields[1]
		}
	}
	value = strings.TrimSpace(value)
	switch strings.ToLower(strings.TrimSpace(key)) {
	case "user-agent", "useragent", "user agent":
		p.agent(value)
	case "allow":
		p.rule(value, true)
	case "disallow", "dissallow", "disalow", "dissalow", "diasllow", "disallaw":
		p.rule(value, false)
	case "crawl-delay":
		p.delay(value)
	case "sitemap", "site-map":
		p.sitemaps = append(p.sitemaps, strings.Clone(value))
	}
}

// agent begins a group, or adds a name to the group that the previous line began.
func (p *robotsParser) agent(value string) {
	if !p.inAgents {
		p.inAgents, p.inOurs, p.inAll = true, false, false
	}
	if value == "*" || strings.HasPrefix(value, "* ") {
		p.inAll = true
	} else if token := leadingToken(value); token != "" && strings.EqualFold(token, p.token) {
		p.inOurs, p.named = true, true
	}
}

func (p *robotsParser) rule(pattern string, allow bool) {
	p.inAgents = false
	if pattern == "" || !p.inOurs && !p.inAll { // an empty Disallow forbids nothing
		return
	}
	rule := newRobotsRule(pattern, allow)
	if p.inOurs {
		p.ours.rules = append(p.ours.rules, rule)
	}
	if p.inAll {
		p.everybodys.rules = append(p.everybodys.rules, rule)
	}
}

// delay treats Crawl-delay as a rule of a group, although it is not in RFC 9309. So it ends the list of the group's
// names: in the common "User-agent: *, Crawl-delay: 5, User-agent: Other, Disallow: /", only Other is excluded. A
// decimal comma ("0,5") and a unit ("10 sec") occur too.
func (p *robotsParser) delay(value string) {
	p.inAgents = false
	number := strings.Replace(value, ",", ".", 1)
	if unit := strings.TrimLeft(number, "0123456789."); strings.HasPrefix(strings.ToLower(strings.TrimSpace(unit)), "s") {
		number = number[:len(number)-len(unit)]
	}
	seconds, err := strconv.ParseFloat(number, 64)
	if err != nil || math.IsNaN(seconds) || seconds <= 0 {
		return
	}
	delay := time.Duration(min(seconds, 24*3600) * float64(time.Second))
	if p.inOurs {
		p.ours.delay = max(p.ours.delay, delay)
	}
	if p.inAll {
		p.everybodys.delay = max(p.everybodys.delay, delay)
	}
}

func newRobotsRule(pattern string, allow bool) robotsRule {
	pattern, anchored := strings.CutSuffix(pattern, "$")
	pieces := strings.Split(pattern, "*")
	length := len(pieces) - 1 + b2i(anchored)
	inQuery := false
	for i, piece := range pieces {
		pieces[i], inQuery = robotsOctets(piece, inQuery)
		length += len(pieces[i])
	}
	return robotsRule{allow: allow, length: length, pieces: pieces, anchored: anchored}
}

// robotsOctets converts a path or a piece of a pattern to the form in which RFC 9309, section 2.2.2, compares them:
// escapes are in upper case, unreserved characters are not escaped, and characters beyond ASCII are escaped. "*" and
// "$" are escaped too, because they are special in patterns. In the query, ":" and "/" are equal to their escapes. The
// argument inQuery means that s begins in the query, and the second result means that s ends there. The first result is
// always a copy.
func robotsOctets(s string, inQuery bool) (string, bool) {
	var b strings.Builder
	b.Grow(len(s) + 8)
	for i := 0; i < len(s); i++ {
		c, escaped := s[i], false
		if c == '%' {
			if c, escaped = unhex(s[i+1:]); escaped {
				i += 2
			} else {
				c = '%'
			}
		}
		switch {
		case escaped && (isUnreserved(c) || inQuery && (c == ':' || c == '/')):
			b.WriteByte(c)
		case escaped, c == '*', c == '$', c == '%', mustEscape(c):
			writeEscape(&b, c)
		default:
			inQuery = inQuery || c == '?'
			b.WriteByte(c)
		}
	}
	return b.String(), inQuery
}

// allows reports whether the page at u may be fetched. The longest matching pattern decides. If none matches, the page
// may be fetched. The file robots.txt itself may always be fetched.
func (r *robots) allows(u *url.URL) bool {
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	if path == "/robots.txt" {
		return true
	}
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	path, _ = robotsOctets(path, false)
	for i := range r.rules {
		if r.rules[i].matches(path) {
			return r.rules[i].allow
		}
	}
	return true
}

// matches reports whether a path that robotsOctets has converted matches the rule's pattern. It takes time linear in
// the path: the search for each piece starts where the previous piece ended, and runs only once.
func (r *robotsRule) matches(path string) bool {
	rest, ok := strings.CutPrefix(path, r.pieces[0])
	if !ok {
		return false
	}
	last := len(r.pieces) - 1
	for i := 1; i <= last; i++ {
		if i == last && r.anchored {
			return strings.HasSuffix(rest, r.pieces[i])
		}
		at := strings.Index(rest, r.pieces[i])
		if at < 0 {
			return false
		}
		rest = rest[at+len(r.pieces[i]):]
	}
	return !r.anchored || rest == ""
}

// size estimates the memory of the rules in bytes. It returns 0 for nil.
func (r *robots) size() int {
	if r == nil {
		return 0
	}
	size := 256
	for _, rule := range r.rules {
		size += 64 + 16*len(rule.pieces) + rule.length
	}
	for _, sitemap := range r.sitemaps {
		size += 16 + len(sitemap)
	}
	return size
}
