package scraper

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The cases follow RFC 9309 and Google's documentation of its own parser. The files are invented.
func TestRobotsAllows(t *testing.T) {
	const site = "https://harbour.example"
	for _, tt := range []struct {
		name, file, agent, path string
		want                    bool
	}{
		{"empty file allows", "", "GullBot", "/x", true},
		{"no group for us", "user-agent: GullBot\ndisallow: /", "", "/x", true},
		{"forbidden", "user-agent: GullBot\ndisallow: /", "GullBot", "/x", false},
		{"keys in any case", "USER-AGENT: GullBot\nDISALLOW: /", "GullBot", "/x", false},
		{"our name in any case", "user-agent: gULLbOT\ndisallow: /", "GullBot", "/x", false},
		{"paths keep their case", "user-agent: *\ndisallow: /X/", "GullBot", "/x/", true},
		{"version after the name", "user-agent: GullBot/2.1\ndisallow: /", "GullBot", "/x", false},
		{"words after the name", "user-agent: GullBot the second\ndisallow: /", "GullBot", "/x", false},
		{"a longer name is not ours", "user-agent: GullBotNews\ndisallow: /", "GullBot", "/x", true},
		{"a shorter name is not ours", "user-agent: Gull\ndisallow: /", "GullBot", "/x", true},
		{"star is for all", "user-agent: *\ndisallow: /", "GullBot", "/x", false},
		{"our group instead of star", "user-agent: *\ndisallow: /\nuser-agent: GullBot\nallow: /", "GullBot", "/x", true},
		{"our empty group instead of star", "user-agent: GullBot\n\nuser-agent: Other\ndisallow: /\n", "GullBot", "/x", false},
		{"our group with an empty disallow", "user-agent: *\ndisallow: /\nuser-agent: GullBot\ndisallow:", "GullBot", "/x", true},
		{"groups with the same name are merged", "user-agent: GullBot\ndisallow: /a\n\nuser-agent: Other\ndisallow: /\n\nuser-agent: GullBot\ndisallow: /b", "GullBot", "/b", false},
		{"several names for a group", "user-agent: Other\nuser-agent: GullBot\ndisallow: /a", "GullBot", "/a", false},
		{"an unknown line ends no group", "user-agent: GullBot\nfrobnicate: yes\nuser-agent: *\ndisallow: /", "GullBot", "/x", false},
		{"a sitemap line ends no group", "user-agent: GullBot\nsitemap: https://harbour.example/s.xml\nuser-agent: *\ndisallow: /", "GullBot", "/x", false},
		{"a crawl-delay ends one", "user-agent: *\ncrawl-delay: 5\nuser-agent: Other\ndisallow: /", "GullBot", "/x", true},
		{"rules before any group", "disallow: /\nuser-agent: Other\nallow: /", "GullBot", "/x", true},
		{"white space and comments", " user-agent :  * # all\n\tdisallow  :/a # no", "GullBot", "/a", false},
		{"no colon", "user-agent *\ndisallow /a", "GullBot", "/a", false},
		{"misspelt", "useragent: *\ndissallow: /a", "GullBot", "/a", false},
		{"carriage returns", "user-agent: *\rdisallow: /a\r", "GullBot", "/a", false},
		{"byte order mark", "\xef\xbb\xbfuser-agent: *\ndisallow: /a", "GullBot", "/a", false},
		{"a line of garbage", "\x00\xff rubbish\nuser-agent: *\n<html>\ndisallow: /a", "GullBot", "/a", false},
		{"prefix", "user-agent: *\ndisallow: /fish", "GullBot", "/fish-heads/yum.html", false},
		{"prefix with a slash", "user-agent: *\ndisallow: /fish/", "GullBot", "/fish", true},
		{"not in the middle", "user-agent: *\ndisallow: /fish", "GullBot", "/cat/fish", true},
		{"no slash, no match", "user-agent: *\ndisallow: fish", "GullBot", "/fish", true},
		{"longest wins, allow", "user-agent: *\ndisallow: /a/\nallow: /a/b/", "GullBot", "/a/b/c", true},
		{"longest wins, disallow", "user-agent: *\nallow: /a/\ndisallow: /a/b/", "GullBot", "/a/b/c", false},
		{"longest wins in any order", "user-agent: *\nallow: /a/b/\ndisallow: /a/", "GullBot", "/a/b/c", true},
		{"allow wins a tie", "user-agent: *\ndisallow: /a\nallow: /a", "GullBot", "/a", true},
		{"star within", "user-agent: *\ndisallow: /a*/z", "GullBot", "/a/b/c/z", false},
		{"star within, no match", "user-agent: *\ndisallow: /a*/z", "GullBot", "/b/z", true},
		{"star first", "user-agent: *\ndisallow: *.pdf", "GullBot", "/a/b.pdf?x", false},
		{"stars in a row", "user-agent: *\ndisallow: /a**b", "GullBot", "/a-b", false},
		{"a star at the end means nothing", "user-agent: *\ndisallow: /fish*", "GullBot", "/fish", false},
		{"end", "user-agent: *\ndisallow: /*.php$", "GullBot", "/a/b.php", false},
		{"end, no match", "user-agent: *\ndisallow: /*.php$", "GullBot", "/b.php?x=1", true},
		{"end is looked for last", "user-agent: *\ndisallow: /*.php$", "GullBot", "/b.php/c.php", false},
		{"end of a literal", "user-agent: *\ndisallow: /a$", "GullBot", "/ab", true},
		{"only the home page", "user-agent: *\nallow: /$\ndisallow: /", "GullBot", "/", true},
		{"all but the home page", "user-agent: *\nallow: /$\ndisallow: /", "GullBot", "/a", false},
		{"a dollar in the middle is literal", "user-agent: *\ndisallow: /a$b", "GullBot", "/a$b", false},
		{"pieces do not overlap", "user-agent: *\ndisallow: /ab*ba$", "GullBot", "/aba", true},
		{"query", "user-agent: *\ndisallow: /*?", "GullBot", "/a?b=c", false},
		{"query is part of the path", "user-agent: *\ndisallow: /a?id=1", "GullBot", "/a?id=12", false},
		{"address in a query", "user-agent: *\ndisallow: /a?to=http://b.example", "GullBot", "/a?to=http%3A%2F%2Fb.example", false},
		{"other octets escaped in the address", "user-agent: *\ndisallow: /bar/ツ", "GullBot", "/bar/%E3%83%84", false},
		{"other octets escaped in the file", "user-agent: *\ndisallow: /bar/%e3%83%84", "GullBot", "/bar/ツ", false},
		{"unreserved escaped in the file", "user-agent: *\ndisallow: /bar/%62%61%7A", "GullBot", "/bar/baz", false},
		{"unreserved escaped in the address", "user-agent: *\ndisallow: /bar/baz", "GullBot", "/bar/%62%61%7A", false},
		{"an escaped slash is not a slash", "user-agent: *\ndisallow: /a/b", "GullBot", "/a%2Fb", true},
		{"an escaped star is a star", "user-agent: *\ndisallow: /a%2Ab", "GullBot", "/a*b", false},
		{"an escaped star is not a wildcard", "user-agent: *\ndisallow: /a%2Ab", "GullBot", "/a-b", true},
		{"a broken escape is literal", "user-agent: *\ndisallow: /100%", "GullBot", "/100%25", false},
		{"robots.txt itself", "user-agent: *\ndisallow: /", "GullBot", "/robots.txt", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			u, err := url.Parse(site + tt.path)
			require.NoError(t, err)
			assert.Equal(t, tt.want, parseRobots([]byte(tt.file), tt.agent).allows(u))
		})
	}
}

func TestRobotsLimitDropsTheCutLine(t *testing.T) {
	cut := "user-agent: *\ndisallow: /first\n"
	cut += strings.Repeat("#", robotsMaxBytes-len(cut)-len("\ndisallow: /")) + "\ndisallow: /"
	require.Len(t, cut, robotsMaxBytes)
	rules := parseRobots([]byte(cut), "GullBot")
	assert.False(t, rules.allows(&url.URL{Path: "/first"}))
	assert.True(t, rules.allows(&url.URL{Path: "/second"}), "the last line may have been longer")
}

func TestRobotsCrawlDelayAndSitemaps(t *testing.T) {
	rules := parseRobots([]byte("Sitemap: https://harbour.example/a.xml\nUser-agent: GullBot\nCrawl-delay: 1.5\n"+
		"User-agent: *\nCrawl-delay: 60\nSitemap: /b.xml"), "GullBot")
	assert.Equal(t, 1500*time.Millisecond, rules.crawlDelay)
	assert.Equal(t, []string{"https://harbour.example/a.xml", "/b.xml"}, rules.sitemaps)
	for value, want := range map[string]time.Duration{
		"0,5": 500 * time.Millisecond, ".5": 500 * time.Millisecond, "10s": 10 * time.Second, "2.5 Seconds": 2500 * time.Millisecond,
	} {
		assert.Equal(t, want, parseRobots([]byte("user-agent: *\ncrawl-delay: "+value), "").crawlDelay, value)
	}
	for _, bad := range []string{"-1", "soon", "NaN", "1,2,3", "s", "500ms", ""} {
		assert.Zero(t, parseRobots([]byte("user-agent: *\ncrawl-delay: "+bad), "").crawlDelay, bad)
	}
	assert.Equal(t, 24*time.Hour, parseRobots([]byte("user-agent: *\ncrawl-delay: 1e300"), "").crawlDelay)
}

// A backtracking matcher would practically never finish this.
func TestRobotsHostileFileIsLinear(t *testing.T) {
	pattern := "disallow: /" + strings.Repeat("a*", 2000) + "b$\n"
	file := "user-agent: *\n" + strings.Repeat(pattern, 100)
	u := &url.URL{Path: "/" + strings.Repeat("a", maxURLBytes)}
	begun := time.Now()
	assert.True(t, parseRobots([]byte(file), "GullBot").allows(u))
	assert.Less(t, time.Since(begun), time.Minute)
}

func TestProductToken(t *testing.T) {
	for userAgent, want := range map[string]string{
		DefaultUserAgent:                  "dechaff",
		"GullBot/2.1":                     "GullBot",
		"Gull_Bot-x (+https://g.example)": "Gull_Bot-x",
		"Mozilla/5.0 (compatible; GullBot/2.1; +https://g.example)": "GullBot",
		"(none)": "",
	} {
		assert.Equal(t, want, productToken(userAgent), userAgent)
	}
}
