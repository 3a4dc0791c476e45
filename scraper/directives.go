package scraper

import (
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html/atom"
)

// NoIndex determines what a crawl does with pages that ask crawlers not to index them; see Page.NoIndex.
type NoIndex int

const (
	// NoIndexSkip follows the links and feeds of a noindex page but does not pass the page to the handler: it is
	// skipped with ErrNoIndex.
	NoIndexSkip NoIndex = iota
	// NoIndexKeep passes a noindex page to the handler like any other page. The handler can check Page.NoIndex.
	NoIndexKeep
)

// String returns the name in lower case: "skip" or "keep", or "unknown".
func (n NoIndex) String() string { return nameOf(int(n), "skip", "keep") }

// readDirectives reads every X-Robots-Tag header and every <meta name=robots>, including those that are in the body
// because of markup errors. Directives for the crawler named by token apply too. The most restrictive directive wins,
// as in search engines (developers.google.com/search/docs/crawling-indexing/robots-meta-tag).
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

// direct applies a list of directives. Directives after "name: " are only for the crawler of that name, up to the next
// name. Servers and proxies join headers with commas, so one value can have directives for several crawlers.
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

// noIndexOutcome returns the outcome of a noindex page. Unless the page is also nofollow, its rel=canonical is added to
// the links to follow. The page is not claimed, so it neither blocks a duplicate nor counts toward MaxPages.
func noIndexOutcome(page *Page, out Outcome) Outcome {
	out.Kind, out.Err = OutcomeSkipped, ErrNoIndex
	if page.Canonical != "" && !page.NoFollow && !slices.Contains(out.Links, page.Canonical) {
		out.Links = append(out.Links, page.Canonical)
	}
	return out
}

// expiryLayouts are the formats of dates in unavailable_after: the formats of RFC 822 and RFC 850, and variants that
// sites use. Dates in ISO 8601 are not in the list, because w3cTime parses them.
var expiryLayouts = [...]string{
	"Mon, 2 Jan 2006 15:04:05 MST", "Mon, 2 Jan 2006 15:04:05 -0700",
	"2 Jan 2006 15:04:05 MST", "2 Jan 2006 15:04:05 -0700", time.RFC822, time.RFC822Z,
	time.RFC850, "Monday, 2-Jan-2006 15:04:05 MST", "2-Jan-2006 15:04:05 MST", "2 Jan 2006", "2-Jan-2006",
}

// cutDate parses the date of an unavailable_after at the start of a list of directives. It returns the date and the
// rest of the list. A date may contain a comma, after the day of the week. The date is zero if it cannot be parsed;
// such a directive has no effect. Named zones other than GMT and UTC are read as UTC.
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
