package fleet

import (
	"cmp"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"golang.org/x/net/dns/dnsmessage"

	"github.com/dechaff/dechaff/scraper/internal/dnstest"
)

// web is a server on loopback with many host names. All its pages can be reached from the first one through links. It
// logs its requests.
type web struct {
	*httptest.Server
	dns          string               // the address of a name server for the host names
	pages, hosts int                  // how many there are
	links        func(page int) []int // the pages to which a page links
	slow         time.Duration        // the longest time that a response takes

	mu  sync.Mutex
	log []request
}

// slowly makes responses take up to 20 ms.
func slowly(w *web) { w.slow = 20 * time.Millisecond }

// request is a line of the server's log.
type request struct {
	host, path    string
	arrived, left time.Time
}

func newWeb(t testing.TB, pages, hosts int, change ...func(*web)) *web {
	t.Helper()
	w := &web{pages: pages, hosts: hosts, dns: startDNS(t)}
	w.links = func(page int) []int {
		r := rand.New(rand.NewPCG(1, uint64(page)))
		return []int{2*page + 1, 2*page + 2, r.IntN(pages), r.IntN(pages), page / 2, 0}
	}
	w.Server = httptest.NewUnstartedServer(http.HandlerFunc(w.serve))
	for _, c := range change {
		c(w)
	}
	w.Start()
	t.Cleanup(w.Close)
	return w
}

func (w *web) serve(rw http.ResponseWriter, r *http.Request) {
	line := request{host: r.Host, path: r.URL.Path, arrived: time.Now()}
	defer func() {
		line.left = time.Now()
		w.mu.Lock()
		defer w.mu.Unlock()
		w.log = append(w.log, line)
	}()
	if w.slow > 0 {
		time.Sleep(rand.N(w.slow))
	}
	page := 0
	if r.URL.Path == "/robots.txt" {
		_, _ = io.WriteString(rw, "User-agent: *\nDisallow: /never/\n")
		return
	}
	if _, err := fmt.Sscanf(r.URL.Path, "/%d", &page); err != nil || w.address(page) != "http://"+r.Host+r.URL.Path {
		http.NotFound(rw, r)
		return
	}
	rw.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = fmt.Fprintf(rw, "<!doctype html><title>%d</title>", page)
	for _, to := range w.links(page) {
		if to < w.pages {
			_, _ = fmt.Fprintf(rw, "<a href=%q>%d</a>\n", w.address(to), to)
		}
	}
}

func (w *web) port() string {
	_, port, _ := net.SplitHostPort(w.Listener.Addr().String())
	return port
}

func (w *web) address(page int) string {
	return fmt.Sprintf("http://h%d.quay.example:%s/%d", page%w.hosts, w.port(), page)
}

func (w *web) history() []request {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.log)
}

func (w *web) asked() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.log)
}

// checkPace checks in the server's log that no host got two requests at once, and that at least the delay passed
// between each response of a host and the next request to it.
func (w *web) checkPace(t *testing.T, delay time.Duration) {
	t.Helper()
	byHost := make(map[string][]request)
	for _, line := range w.history() {
		byHost[line.host] = append(byHost[line.host], line)
	}
	gaps, least := 0, time.Hour
	for host, lines := range byHost {
		slices.SortFunc(lines, func(a, b request) int { return a.arrived.Compare(b.arrived) })
		for i := 1; i < len(lines); i++ {
			gap := lines[i].arrived.Sub(lines[i-1].left)
			least = min(least, gap)
			if gap < delay {
				gaps++
				if gaps < 10 {
					t.Logf("%s: request for %s at %s, %s after the response to %s", host, lines[i].path,
						lines[i].arrived.Format("15:04:05.000"), gap, lines[i-1].path)
				}
			}
		}
	}
	t.Logf("%d hosts, %d requests; the shortest pause of a host was %s", len(byHost), len(w.history()), least)
	assert.Zero(t, gaps, "pauses shorter than the delay of %s", delay)
}

// repeats checks the requests that were followed by another one for the same page. Those that were not in progress when
// a worker was killed are unexplained: their number must not exceed the argument tries. It also checks how often
// robots.txt was requested.
func (w *web) repeats(t *testing.T, kills []time.Time, tries int) {
	t.Helper()
	const (
		// onItsWay bounds how long before the kill a request in progress can have arrived.
		onItsWay = 3 * time.Second
		// onTheNet bounds how long after the kill it can have arrived: the server may be late to read a request that
		// the worker sent before the kill.
		onTheNet = 200 * time.Millisecond
	)
	byPage := make(map[string][]request)
	robots := make(map[string]int)
	for _, line := range w.history() {
		if line.path == "/robots.txt" {
			robots[line.host]++
			continue
		}
		byPage[line.host+line.path] = append(byPage[line.host+line.path], line)
	}
	repeats, unexplained := 0, 0
	for page, lines := range byPage {
		slices.SortFunc(lines, func(a, b request) int { return cmp.Compare(a.arrived.UnixNano(), b.arrived.UnixNano()) })
		for _, line := range lines[:len(lines)-1] {
			repeats++
			if !slices.ContainsFunc(kills, func(kill time.Time) bool {
				return line.arrived.Sub(kill) < onTheNet && kill.Sub(line.arrived) < onItsWay
			}) {
				unexplained++
				t.Logf("%s was requested at %s and again, although no worker was killed then", page, line.arrived.Format("15:04:05.000"))
			}
		}
	}
	more := 0
	for _, n := range robots {
		more += n - 1
	}
	t.Logf("%d pages were requested again after %d kills; robots.txt was requested %d times on %d hosts", repeats,
		len(kills), len(robots)+more, len(robots))
	assert.LessOrEqual(t, unexplained, tries)
	assert.LessOrEqual(t, more, 32*len(kills), "each robots.txt once, except for requests in progress at a kill")
}

// startDNS starts a name server on loopback that resolves every name under .example to loopback.
func startDNS(t testing.TB) string {
	t.Helper()
	return dnstest.Serve(t, func(name string, _ dnsmessage.Type) ([]netip.Addr, bool) {
		return []netip.Addr{netip.MustParseAddr("127.0.0.1")}, strings.HasSuffix(name, ".example")
	})
}
