package scraper

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTraps(t *testing.T) {
	for _, c := range []struct {
		address string
		want    bool
	}{
		{"https://a.example/news/2026/05/01/story", false},
		{"https://a.example/a/a/a/story", false},
		{"https://a.example/a/a/a/a/story", true},
		{"https://a.example/en/shop/en/shop/en/shop/en/shop/x", true},
		{"https://a.example/x/en/shop/en/shop/en/shop/en/shop", true},
		{"https://a.example/x/y/en/shop/tea/en/shop/tea/en/shop/tea/en/shop/tea/z", true},
		{"https://a.example/x/en/shop/en/shop/en/shop/en/tea", false},
		{"https://a.example/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17/18/19/20/21/22/23/24/25", true},
		{"https://a.example/calendar/2031/05/", true},
		{"https://a.example/calendar/2031-05/", true},
		{"https://a.example/calendar/2027/05/", false},
		{"https://a.example/events?month=2031-05", true},
		{"https://a.example/events?id=2031", false},
		{"https://a.example/the-year-2031", false},
		{"https://a.example/plan/2031/energy", false},
		{"https://a.example/viewtopic.php?f=2&t=99999", false},
	} {
		u, err := url.Parse(c.address)
		require.NoError(t, err)
		assert.Equal(t, c.want, (&traps{year: 2026}).isEndless(u), c.address)
	}
}

// A list with four filters has one address for each combination, of which only the first maxPermuted4 are visited. A
// forum has one address for each thread, and all of them are visited.
func TestTrapOfFilters(t *testing.T) {
	families := families{counts: make(map[urlKey]int), hash: newURLHash()}
	isFull := func(u *url.URL) bool {
		name, limit := family(u)
		return families.isFull(&Finding{Family: name, FamilyLimit: limit})
	}
	taken := 0
	for i := range 1000 {
		u, err := url.Parse(fmt.Sprintf("https://a.example/shop?size=%d&colour=%d&brand=%d&sort=%d", i%10, i/10%10,
			i/100, i%3))
		require.NoError(t, err)
		if !isFull(u) {
			taken++
		}
		u, err = url.Parse(fmt.Sprintf("https://a.example/viewtopic.php?f=1&t=%d", i))
		require.NoError(t, err)
		assert.False(t, isFull(u))
	}
	assert.Equal(t, maxPermuted4, taken)
}

// A query that grows with each link, and a list whose filters have the same name, are families too.
func TestTrapOfRepeatedParameters(t *testing.T) {
	of := func(query string) (string, int) {
		return family(&url.URL{Host: "a.example", Path: "/shop", RawQuery: query})
	}
	for _, c := range []struct {
		query, name string
		limit       int
	}{
		{"lang=en", "", 0},
		{"lang=en&lang=de", "", 0},
		{"lang=en&lang=de&lang=en", "a.example/shop?lang&lang&lang", maxPermuted3},
		{"f[]=red&sort=price&f[]=wool", "a.example/shop?f[]&sort&sort", maxPermuted3},
		{"lang=en&lang=de&lang=en&lang=de", "a.example/shop?lang&lang&lang&lang", maxPermuted4},
		{"lang=en&lang=de&lang=en&lang=de&lang=en", "a.example/shop?lang&lang&lang&lang", maxPermuted4},
		{"a=1&b=2&c=3&d=4&e=5", "a.example/shop?a&b&c&d&e", maxPermuted4},
	} {
		name, limit := of(c.query)
		assert.Equal(t, c.name, name, c.query)
		assert.Equal(t, c.limit, limit, c.query)
	}
}

// With a name server that knows every name, each page can link to new subdomains.
func TestTrapOfSubdomains(t *testing.T) {
	seed := Request{URL: "https://www.quay.example/", Seed: "https://www.quay.example/"}
	out := Outcome{Kind: OutcomeDone}
	for i := range maxSubdomains + 30 {
		out.Links = append(out.Links, fmt.Sprintf("https://n%d.quay.example/", i), fmt.Sprintf("https://n%d.quay.example/a", i),
			fmt.Sprintf("https://www.quay.example/?%d", i), fmt.Sprintf("https://n%d.gull.example/", i))
	}
	hash := newURLHash()
	counted := families{counts: make(map[urlKey]int), hash: hash}
	taken := make(map[string]int)
	for _, f := range (Job{Scope: AnyHost}).Findings(seed, out, nil) {
		require.NoError(t, f.Err)
		if !counted.isFull(&f) {
			taken[f.Family]++
		}
	}
	assert.Equal(t, map[string]int{"subdomains of quay.example": maxSubdomains, "": 3 * (maxSubdomains + 30)}, taken)

	trap := traps{year: 2026}
	for host, want := range map[string]bool{
		"a.b.c.quay.example": false, "www.www.quay.example": false, "www.www.www.www.quay.example": true, "192.168.0.1": false,
		"1.1.1.1": false, "[2001:db8::1]": false, strings.Repeat("a.b.c.d.e.", 2) + "quay.example": true,
	} {
		assert.Equal(t, want, trap.isEndless(&url.URL{Host: host, Path: "/"}), host)
	}
}

func TestSortQuery(t *testing.T) {
	assert.Equal(t, "a=1&b=2", sortQuery("b=2&a=1"))
	assert.Equal(t, "tag=z&tag=a&x=1", sortQuery("x=1&tag=z&tag=a"), "values of one name keep their order")
	assert.Equal(t, "plain", sortQuery("plain"))
	assert.Equal(t, sortQuery("a=y&a1=x"), sortQuery("a1=x&a=y"), "one name is a prefix of the other")
}

// A crawl ends on a site that generates nested folders, calendar pages and filters.
func TestCrawlLeavesTraps(t *testing.T) {
	web := newSite(t)
	web.Config.Handler = trapHandler(web)
	stats, err := newScraper(t, nil).Crawl(t.Context(), Job{Seeds: []string{web.URL + "/"}}, nil)
	require.NoError(t, err)
	assert.Less(t, stats.Fetched, 400)
	assert.NotZero(t, stats.Skipped[Reason(ErrTrap)])
	assert.Equal(t, 1, web.count("/story?b=2&a=1")+web.count("/story?a=1&b=2"), "one page, in either order")
}
