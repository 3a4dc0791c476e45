package scraper

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// Bounds beyond which links count as generated without end. No page of the labeled corpora that dechaff is tested on
// reaches the first two.
const (
	maxSegments    = 24      // how many segments a path may have
	maxLabels      = 10      // how many labels a host name may have
	maxRepeats     = 3       // how often a segment, or a sequence of two or three segments, may occur in a row
	maxCalendar    = 2       // how many years in the future the date in an address may be
	maxPermuted3   = 2000    // how many addresses may have the same path and three parameters with the same names
	maxPermuted4   = 200     // the same, for four or more parameters
	maxSubdomains  = 5000    // how many subdomains of the seed's domain are visited because of links to their front pages
	trapMaxCounted = 1 << 16 // for how many families the addresses are counted
)

// traps recognizes links that a site generates without end: nested folders, nested subdomains, calendars.
type traps struct {
	year int // the current year
}

// isEndless reports whether a link's address alone shows that the site generates such links without end.
func (t *traps) isEndless(u *url.URL) bool {
	segments := strings.Split(strings.Trim(u.EscapedPath(), "/"), "/")
	labels := strings.Split(u.Hostname(), ".")
	return len(segments) > maxSegments || repeats(segments) || t.isFarAhead(segments, u.RawQuery) ||
		!isAddress(u.Hostname()) && (len(labels) > maxLabels || repeats(labels))
}

// repeats reports whether a segment, or a sequence of two or three segments, occurs more than maxRepeats times in a
// row, wherever the first sequence begins.
func repeats(segments []string) bool {
	for width := 1; width <= 3; width++ {
		equal := 0 // how many segments in a row are equal to the one that is width before them
		for i := width; i < len(segments); i++ {
			if segments[i] != segments[i-width] {
				equal = 0
			} else if equal++; equal == maxRepeats*width {
				return true
			}
		}
	}
	return false
}

// isFarAhead reports whether an address has a date far in the future, as calendars do: "/2031/05/", "?month=2031-05",
// "?year=2031".
func (t *traps) isFarAhead(segments []string, query string) bool {
	for i, s := range segments {
		if !t.isFutureYear(s) {
			continue
		}
		if s, _, ok := strings.Cut(s, "-"); ok && t.isFutureYear(s) || i+1 < len(segments) && isMonth(segments[i+1]) {
			return true
		}
	}
	for part := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(part, "=")
		switch name = strings.ToLower(name); {
		case strings.Contains(name, "date"), strings.Contains(name, "month"), strings.Contains(name, "year"),
			strings.Contains(name, "cal"):
			if t.isFutureYear(value) {
				return true
			}
		}
	}
	return false
}

// isFutureYear reports whether s begins with a year that is far in the future, but before 3000: "2031", "2031-05".
func (t *traps) isFutureYear(s string) bool {
	if len(s) < 4 || len(s) > 4 && s[4] != '-' {
		return false
	}
	year, err := strconv.Atoi(s[:4])
	return err == nil && year > t.year+maxCalendar && year < 3000
}

func isMonth(s string) bool {
	month, err := strconv.Atoi(s)
	return err == nil && 1 <= month && month <= 12 && len(s) <= 2
}

// families counts the addresses of each Finding.Family. Only the scheduling goroutine may use it.
type families struct {
	counts map[urlKey]int
	hash   urlHash
}

// isFull counts an address, and reports whether its family had already reached the limit. It returns false for an
// address without a family, and for a new family if there are too many families to count.
func (c *families) isFull(f *Finding) bool {
	if f.Family == "" {
		return false
	}
	key := c.hash.key(f.Family)
	if len(c.counts) >= trapMaxCounted && c.counts[key] == 0 {
		return false
	}
	c.counts[key]++
	return c.counts[key] > f.FamilyLimit
}

// subdomainFamily returns the family of the front pages of the subdomains of the seed's domain, and its limit. If the
// name servers know every name, each page can link to a new subdomain. Other addresses have no such family.
func subdomainFamily(u, seed *url.URL) (name string, limit int) {
	if u.Path != "/" || u.RawQuery != "" || SameHost(u, seed) || !SameDomain(u, seed) {
		return "", 0
	}
	domain, err := publicsuffix.EffectiveTLDPlusOne(u.Hostname())
	if err != nil {
		return "", 0
	}
	return "subdomains of " + domain, maxSubdomains
}

// isAddress reports whether a host name is an IP address.
func isAddress(host string) bool {
	return strings.Trim(host, "0123456789.") == "" || strings.Contains(host, ":")
}

// family returns the family of an address with three or more parameters, and its limit. Lists with filters have one
// address for each combination of filters, which may all have the same name, and some sites add a parameter to the
// query of each page that they link to. Addresses with fewer parameters have no family, because forums use one or two
// parameters for their threads.
func family(u *url.URL) (name string, limit int) {
	count := strings.Count(u.RawQuery, "&") + 1
	switch {
	case u.RawQuery == "" || count < 3:
		return "", 0
	case count == 3:
		limit = maxPermuted3
	default:
		limit = maxPermuted4
	}
	names := parameterNames(u.RawQuery)
	for len(names) < min(count, 4) { // the addresses of a family have the same limit
		names = append(names, names[len(names)-1])
	}
	return u.Host + u.Path + "?" + strings.Join(names, "&"), limit
}

func parameterNames(query string) []string {
	if query == "" {
		return nil
	}
	var names []string
	for part := range strings.SplitSeq(query, "&") {
		name, _, _ := strings.Cut(part, "=")
		names = append(names, name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// sortQuery returns the query with its parameters sorted. Seen addresses are compared in this form, because links to
// one page may have the parameters in different orders. The address that is requested keeps its own order.
func sortQuery(query string) string {
	if !strings.Contains(query, "&") {
		return query
	}
	byName := func(a, b string) int { // values of one name keep their order, which may be significant
		nameA, _, _ := strings.Cut(a, "=")
		nameB, _, _ := strings.Cut(b, "=")
		return strings.Compare(nameA, nameB)
	}
	parts := strings.Split(query, "&")
	if slices.IsSortedFunc(parts, byName) {
		return query
	}
	slices.SortStableFunc(parts, byName)
	return strings.Join(parts, "&")
}
