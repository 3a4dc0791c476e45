package scraper

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/dns/dnsmessage"

	"github.com/dechaff/dechaff/scraper/internal/dnstest"
)

// forbiddenHosts are special addresses in every spelling that a resolver, a browser or a proxy may accept.
var forbiddenHosts = map[string][]string{
	"loopback":        {"127.0.0.1", "127.255.255.254", "[::1]", "[0:0:0:0:0:0:0:1]", "localhost", "LOCALHOST", "localhost.", "a.b.localhost", "a.localhost.."},
	"unspecified":     {"0.0.0.0", "0.1.2.3", "[::]"},
	"private":         {"10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "[fc00::1]", "[fd12:3456::1]"},
	"link-local":      {"169.254.0.1", "169.254.169.254", "[fe80::1]", "[fe80::1%25eth0]", "[fec0::1]"},
	"zone":            {"[2606:4700::1111%25lo]"},
	"carrier NAT":     {"100.64.0.1", "100.127.255.254"},
	"multicast":       {"224.0.0.1", "239.255.255.255", "[ff02::1]", "[ff0e::1]"},
	"broadcast":       {"255.255.255.255", "240.0.0.1"},
	"special":         {"192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "192.88.99.1", "[2001:db8::1]", "[100::1]", "[3fff::1]", "[5f00::1]"},
	"IPv4-mapped":     {"[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:10.0.0.1]", "[::ffff:169.254.169.254]", "[::ffff:0:127.0.0.1]", "[::127.0.0.1]"},
	"NAT64":           {"[64:ff9b::127.0.0.1]", "[64:ff9b::a00:1]", "[64:ff9b:1::10.0.0.1]"},
	"6to4":            {"[2002:7f00:1::1]", "[2002:a00:1::]"},
	"Teredo":          {"[2001:0:7f00:1::1]", "[2001::1]"},
	"decimal":         {"2130706433", "2852039166", "3232235777", "0", "127.1", "127.0.1", "10.1"},
	"octal":           {"0177.0.0.1", "017700000001", "0300.0250.1.1", "00000177.0.0.1", "127.0.0.01"},
	"hexadecimal":     {"0x7f.0.0.1", "0x7f000001", "0X7F.1", "0xA9FEA9FE", "0x", "0x7f.0x0.0x0.0x1"},
	"mixed":           {"0x7f.0.01", "0251.0xfe.43518", "127.0x1"},
	"other spellings": {"１２７.0.0.1", "127。0。0。1", "①②⑦.0.0.1", "127.0.0.1.", "127.0.0.1。", "localhost．", "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ", "LocalHost", "0ⅹ7f.1"},
}

// noHosts are neither addresses nor host names, although most of them look like addresses.
var noHosts = []string{
	"256.256.256.256", "1.2.3.4.5", "4294967296", "0x100000000", "127.0.0.1.5", "1.2.3.08", "08", "0x7g.0x1", "1..2",
	"127.0.0.1%00.example.org", "[::1", "[::1]x", "[127.0.0.1]", "[::g]", "%31%32%37.0.0.1", "127.0.0.1:80:80", "",
}

// refusingDialer records the addresses that pass the guard, and refuses to connect to those that are not in allowed.
type refusingDialer struct {
	mu      sync.Mutex
	allowed map[string]bool
	dialled []string
}

var errRefused = errors.New("the test's dialer refuses to leave loopback")

// install makes a scraper's connections go through the dialer, after the scraper's guard.
func (d *refusingDialer) install(t *testing.T, s *Scraper) {
	t.Helper()
	guarded := newDialer(s.opts, s.guard)
	control := guarded.Control
	guarded.Control = func(network, address string, conn syscall.RawConn) error {
		if control != nil {
			if err := control(network, address, conn); err != nil {
				return err
			}
		}
		d.mu.Lock()
		defer d.mu.Unlock()
		d.dialled = append(d.dialled, address)
		if !d.allowed[address] {
			return errRefused
		}
		return nil
	}
	connections, ok := s.transport.base.(*http.Transport)
	require.True(t, ok)
	connections.DialContext = guarded.DialContext
}

func (d *refusingDialer) past() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]string(nil), d.dialled...)
}

// fakeDNS resolves names. Each name has a list of answers, which are given in this order for each type of query; the
// last one is repeated.
type fakeDNS struct {
	mu      sync.Mutex
	answers map[string][][]string
	asked   map[string]int
	address string
}

func newFakeDNS(t *testing.T, answers map[string][][]string) *fakeDNS {
	t.Helper()
	d := &fakeDNS{answers: answers, asked: make(map[string]int)}
	d.address = dnstest.Serve(t, d.next)
	return d
}

func (d *fakeDNS) resolver() *net.Resolver { return dnstest.Resolver(d.address) }

func (d *fakeDNS) next(name string, kind dnsmessage.Type) (list []netip.Addr, ok bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	rounds := d.answers[name]
	if len(rounds) == 0 {
		return nil, false
	}
	key := fmt.Sprint(name, kind)
	for _, text := range rounds[min(d.asked[key], len(rounds)-1)] {
		list = append(list, netip.MustParseAddr(text))
	}
	d.asked[key]++
	return list, true
}

// guardedScraper returns a scraper with the guard enabled, a resolver that knows only the given names (see fakeDNS),
// and a dialer that refuses all connections.
func guardedScraper(t *testing.T, names map[string][][]string, change func(*Options)) (*Scraper, *refusingDialer) {
	t.Helper()
	s := newScraper(t, func(o *Options) {
		o.AllowPrivate, o.Resolver, o.MaxTries = false, newFakeDNS(t, names).resolver(), 1
		if change != nil {
			change(o)
		}
	})
	d := &refusingDialer{}
	d.install(t, s)
	return s, d
}

func TestForbiddenAddressesAreRefused(t *testing.T) {
	s, dialer := guardedScraper(t, nil, nil)
	for kind, hosts := range forbiddenHosts {
		for _, host := range hosts {
			for _, form := range []string{"http://%s/", "https://%s:8443/a?b", "http://user:pass@%s/"} {
				_, err := s.Fetch(t.Context(), fmt.Sprintf(form, host))
				require.ErrorIs(t, err, ErrForbiddenAddress, "%s: "+form, kind, host)
			}
		}
	}
	for _, host := range noHosts {
		_, err := s.Fetch(t.Context(), "http://"+host+"/")
		require.ErrorIs(t, err, ErrBadURL, host)
	}
	assert.Empty(t, dialer.past())
}

// The guard must also work when dialing: names that resolve to forbidden addresses are refused.
func TestNamesOfForbiddenAddressesAreRefused(t *testing.T) {
	names := make(map[string][][]string)
	for kind, hosts := range forbiddenHosts {
		for i, host := range hosts {
			// no name resolves to an address with a zone
			if addr, err := netip.ParseAddr(strings.Trim(host, "[]")); err == nil && addr.Zone() == "" {
				names[fmt.Sprintf("h%d.%s.example", i,
					strings.ReplaceAll(strings.ToLower(kind), " ", "-"))] = [][]string{{addr.String()}}
			}
		}
	}
	require.Greater(t, len(names), 40)
	s, dialer := guardedScraper(t, names, nil)
	for name, address := range names {
		_, err := s.Fetch(t.Context(), "http://"+name+"/")
		require.ErrorIs(t, err, ErrForbiddenAddress, "%s is at %s", name, address)
	}
	assert.Empty(t, dialer.past())
}

// Public addresses pass the guard and reach the test's dialer. This shows that the tests above can fail.
func TestPublicAddressesPassTheGuard(t *testing.T) {
	s, dialer := guardedScraper(t, map[string][][]string{"public.example": {{"93.184.215.14"}}},
		func(o *Options) { o.IgnoreRobots = true })
	for _, host := range []string{"public.example", "8.8.8.8", "1.1", "0x08080808", "[2606:4700::1111]"} {
		_, err := s.Fetch(t.Context(), "http://"+host+"/")
		require.Error(t, err)
		require.NotErrorIs(t, err, ErrForbiddenAddress, host)
	}
	assert.Subset(t, dialer.past(), []string{"93.184.215.14:80", "8.8.8.8:80"})
}

func TestDNSThatChangesIsRefused(t *testing.T) {
	for name, rounds := range map[string][][]string{
		"rebound":             {{"93.184.215.14"}, {"127.0.0.1"}},
		"rebound on a second": {{"93.184.215.14"}, {"93.184.215.14"}, {"10.0.0.1"}},
		"both at once":        {{"127.0.0.1", "10.0.0.1"}},
	} {
		t.Run(name, func(t *testing.T) {
			s, dialer := guardedScraper(t, map[string][][]string{"gull.example": rounds},
				func(o *Options) { o.IgnoreRobots = true })
			var err error
			for range len(rounds) {
				_, err = s.Fetch(t.Context(), "http://gull.example/")
			}
			require.ErrorIs(t, err, ErrForbiddenAddress)
			for _, address := range dialer.past() {
				assert.Equal(t, "93.184.215.14:80", address)
			}
		})
	}
}

// publicSite returns a site on loopback that the scraper considers public: the name gull.example resolves to a public
// address, but connections to it go to the site. Connections to other addresses that pass the guard are recorded and
// refused.
func publicSite(t *testing.T, change func(*Options)) (*Scraper, *refusingDialer, *site) {
	t.Helper()
	web := newSite(t)
	s, d := guardedScraper(t, map[string][][]string{"gull.example": {{"93.184.215.14"}}}, change)
	connections := s.transport.base.(*http.Transport)
	guarded := connections.DialContext
	connections.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		if address == "gull.example:80" {
			return (&net.Dialer{}).DialContext(ctx, network, web.Listener.Addr().String())
		}
		return guarded(ctx, network, address)
	}
	return s, d, web
}

// everyForbidden returns all spellings in forbiddenHosts.
func everyForbidden() []string {
	var all []string
	for _, hosts := range forbiddenHosts {
		all = append(all, hosts...)
	}
	return all
}

func TestRedirectsToForbiddenAddressesAreRefused(t *testing.T) {
	s, dialer, web := publicSite(t, nil)
	for i, host := range everyForbidden() {
		path := fmt.Sprintf("/%d", i)
		web.redirect(path, "http://"+host+"/secret")
		_, err := s.Fetch(t.Context(), "http://gull.example"+path)
		require.ErrorIs(t, err, ErrForbiddenAddress, host)
	}
	web.redirect("/one", "//gull.example/two")
	web.redirect("/two", "//0177.1/three")
	_, err := s.Fetch(t.Context(), "http://gull.example/one")
	require.ErrorIs(t, err, ErrForbiddenAddress)
	assert.Empty(t, dialer.past())
}

func TestRobotsRedirectedToForbiddenAddressesIsRefused(t *testing.T) {
	for _, host := range everyForbidden() {
		s, dialer, web := publicSite(t, nil)
		web.redirect("/robots.txt", "http://"+host+":6379/robots.txt")
		web.page("/a")
		_, err := s.Fetch(t.Context(), "http://gull.example/a")
		require.ErrorIs(t, err, ErrForbiddenAddress, host)
		assert.Empty(t, dialer.past(), host)
		assert.Empty(t, web.asked(), host)
	}
}

func TestForbiddenAddressesInListsAreRefused(t *testing.T) {
	s, dialer, web := publicSite(t, nil)
	var robots, sitemap, index, feed, links strings.Builder
	for _, host := range everyForbidden() {
		fmt.Fprintf(&robots, "Sitemap: http://%s/sitemap.xml\n", host)
		fmt.Fprintf(&index, "<sitemap><loc>http://%s/more.xml</loc></sitemap>", host)
		fmt.Fprintf(&sitemap, "<url><loc>http://%s/page</loc></url>", host)
		fmt.Fprintf(&feed, "<item><link>http://%s/item</link></item>", host)
		fmt.Fprintf(&links, `<a href="http://%s/link">x</a> <link rel=alternate type="application/rss+xml" href="http://%s/feed">`, host, host)
	}
	web.robots(robots.String() + "Sitemap: /index.xml\nSitemap: /sitemap.xml\n")
	serve := func(path, contentType, body string) {
		web.handle(path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", contentType)
			_, _ = io.WriteString(w, body)
		})
	}
	serve("/index.xml", "text/xml", "<sitemapindex>"+index.String()+"</sitemapindex>")
	serve("/sitemap.xml", "text/xml", "<urlset>"+sitemap.String()+"</urlset>")
	serve("/feed", "application/rss+xml", "<rss><channel>"+feed.String()+"</channel></rss>")
	serve("/", "text/html", `<link rel=alternate type="application/rss+xml" href="/feed">`+links.String())
	anywhere := func(*url.URL, *url.URL) bool { return true }
	stats, err := s.Crawl(t.Context(), Job{
		Seeds: []string{"http://gull.example/"}, Scope: anywhere, Sitemaps: true,
		Feeds: true,
	}, nil)
	require.NoError(t, err)
	assert.Equal(t, 1, stats.Handled)
	assert.Greater(t, stats.Skipped[Reason(ErrForbiddenAddress)], len(forbiddenHosts))
	assert.Empty(t, dialer.past())
	assert.Subset(t, web.asked(), []string{"/", "/index.xml", "/sitemap.xml", "/feed"}, "the lists were read")
}

func TestProxiesGetNoForbiddenAddresses(t *testing.T) {
	proxy := newSite(t)
	proxy.page("/a")
	proxy.redirect("/robots.txt", "http://10.0.0.1/robots.txt")
	address, err := url.Parse(proxy.URL)
	require.NoError(t, err)
	for name, change := range map[string]func(*Options){
		"proxy": func(o *Options) { o.Proxy = address },
		"custom transport": func(o *Options) {
			o.Transport = transportFunc(func(r *http.Request) (*http.Response, error) {
				w := httptest.NewRecorder()
				proxy.serve(w, r)
				return w.Result(), nil
			})
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newScraper(t, func(o *Options) { o.AllowPrivate, o.MaxTries = false, 1; change(o) })
			before := len(proxy.history())
			for _, host := range everyForbidden() {
				_, err := s.Fetch(t.Context(), "http://"+host+"/a")
				require.ErrorIs(t, err, ErrForbiddenAddress, host)
			}
			assert.Len(t, proxy.history(), before, "requested a literal address")
			_, err := s.Fetch(t.Context(), "http://gull.example/a")
			require.ErrorIs(t, err, ErrForbiddenAddress, "its robots.txt leads to a literal address")
			assert.Len(t, proxy.history(), before+1, "only the robots.txt")
		})
	}
}

// FuzzGuard checks any IPv4 address in each of its spellings: either all spellings are refused, or none is.
func FuzzGuard(f *testing.F) {
	for _, a := range []uint32{0, 0x7f000001, 0x0a000001, 0xa9fea9fe, 0x08080808, 0xffffffff} {
		f.Add(a)
	}
	guard := newAddressGuard()
	f.Fuzz(func(t *testing.T, address uint32) {
		var octets [4]byte
		binary.BigEndian.PutUint32(octets[:], address)
		plain := netip.AddrFrom4(octets).String()
		want := guard.checkHost(plain) != nil
		for _, form := range []string{
			plain, fmt.Sprint(address), fmt.Sprintf("0x%x", address), fmt.Sprintf("0%o", address),
			fmt.Sprintf("%d.%d", octets[0], address&0xffffff), fmt.Sprintf("0x%x.0%o.%d", octets[0], octets[1], address&0xffff),
		} {
			u, err := canonicalURL("http://" + form + "/")
			require.NoError(t, err, form)
			assert.Equal(t, plain, u.Hostname(), form)
			assert.Equal(t, want, guard.checkHost(u.Hostname()) != nil, form)
		}
	})
}
