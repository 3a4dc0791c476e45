package scraper

import (
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html/atom"
)

// A NoIndex says what a crawl does with pages that ask crawlers not to index them; see Page.NoIndex.
type NoIndex int

const (
	// NoIndexSkip follows the links of such a page and takes its feeds, but does not hand it over: it is skipped as
	// ErrNoIndex.
	NoIndexSkip NoIndex = iota
	// NoIndexKeep hands such a page over like any other. The handler sees Page.NoIndex.
	NoIndexKeep
)

// String gives the name in lower case: "skip" or "keep".
func (n NoIndex) String() string {
	if n == NoIndexKeep {
		return "keep"
	}
	return "skip"
}

// readDirectives reads every X-Robots-Tag header and every <meta name=robots>, also those that markup errors have put
// into the body. The most restrictive wins, as search engines have it
// (developers.google.com/search/docs/crawling-indexing/robots-meta-tag).
func (p *Page) readDirectives(token string) {
	for _, value := range p.Header.Values("X-Robots-Tag") {
		p.direct(value, token)
	}
	for node := range p.Root.Descendants() {
		if node.DataAtom != atom.Meta {
			continue
		}
		name := attribute(node, "name")
		if strings.EqualFold(name, "robots") || token != "" && strings.EqualFold(name, token) {
			p.direct(attribute(node, "content"), token)
		}
	}
}

// direct obeys a list of directives. "name: " hands what follows, up to the next name, to one crawler: servers and
// proxies join headers by commas, so one value can speak to several crawlers.
func (p *Page) direct(list, token string) {
	const space = " \t\r\n"
	ours := true
	for list != "" {
		name := list
		if end := strings.IndexAny(list, ":,;"+space); end >= 0 {
			name, list = list[:end], strings.TrimLeft(list[end:], space)
		} else {
			list = ""
		}
		name = strings.ToLower(name)
		value, hasValue := strings.CutPrefix(list, ":")
		list = strings.TrimLeft(list, ":,;"+space)
		switch {
		case !hasValue && ours:
			p.applyDirective(name)
		case !hasValue:
		case name == "unavailable_after":
			var until time.Time
			until, list = cutDate(value)
			p.NoIndex = p.NoIndex || ours && !until.IsZero() && !p.FetchedAt.Before(until)
		case strings.HasPrefix(name, "max-"): // max-snippet, max-image-preview, max-video-preview
			_, list, _ = strings.Cut(value, ",")
		default:
			ours = name == "*" || name == "robots" || token != "" && strings.EqualFold(name, token)
		}
	}
}

func (p *Page) applyDirective(directive string) {
	switch directive {
	case "noindex":
		p.NoIndex = true
	case "nofollow":
		p.NoFollow = true
	case "none":
		p.NoIndex, p.NoFollow = true, true
	}
}

// noIndexOutcome is the outcome of a page that says noindex. It claims nothing, and so takes neither an identity nor a
// place under MaxPages.
func noIndexOutcome(page *Page, out Outcome) Outcome {
	out.Kind, out.Err = OutcomeSkipped, ErrNoIndex
	if page.Canonical != "" && !page.NoFollow && !slices.Contains(out.Links, page.Canonical) {
		out.Links = append(out.Links, page.Canonical)
	}
	return out
}

// expiryLayouts are the forms that dates of unavailable_after have: those of RFC 822, RFC 850 and ISO 8601, and what
// their users make of them. The forms of ISO 8601 without a zone are in w3cTime.
var expiryLayouts = [...]string{
	"Mon, 2 Jan 2006 15:04:05 MST", "Mon, 2 Jan 2006 15:04:05 -0700",
	"2 Jan 2006 15:04:05 MST", "2 Jan 2006 15:04:05 -0700", time.RFC822, time.RFC822Z,
	time.RFC850, "Monday, 2-Jan-2006 15:04:05 MST", "2-Jan-2006 15:04:05 MST", "2 Jan 2006", "2-Jan-2006",
}

// cutDate takes the date of an unavailable_after off a list of directives. A date may have a comma of its own, after
// the day of the week. It is zero where it cannot be read, and such a directive has no effect. Zones by name other than
// GMT and UTC count as UTC.
func cutDate(list string) (date time.Time, rest string) {
	first, rest, _ := strings.Cut(list, ",")
	second, after, _ := strings.Cut(rest, ",")
	if date := parseExpiry(first + "," + second); !date.IsZero() {
		return date, after
	}
	return parseExpiry(first), rest
}

func parseExpiry(text string) time.Time {
	text = strings.Join(strings.Fields(text), " ")
	for _, layout := range expiryLayouts {
		if date, err := time.Parse(layout, text); err == nil {
			return date
		}
	}
	return w3cTime(text)
}
