package scraper

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Pages that an element opens by a script with a literal address are links. Addresses that scripts compose and actions
// that must be confirmed are not.
func TestLinksInScripts(t *testing.T) {
	web := newSite(t)
	web.handle("/", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = fmt.Fprint(w, `<!doctype html><title>x</title>
<div onclick="location.href='/a'">x</div><table><tr><td onclick='window.location = "/b";'>x</table>
<a href="javascript:window.open('/c', '_blank', 'width=9')">x</a><a href="#" onclick="document.location.assign('d'); return false">x</a>
<a href=" JavaScript:location.replace('/e')">x</a><button onclick="if (!event.button) { top.location='/f' }">x</button>
<select onchange="document.location.href=this.options[this.selectedIndex].value"><option value="">Month<optgroup><option value="/g">May</select>
<div onclick="location.href='/not?id='+id">x</div><a onclick="if (confirm('Sure?')) location.href='/not1'">x</a>
<a href="javascript:show('/not2')">x</a><select onchange="sort(this.value)"><option value="/not3">x</select>
<a rel=nofollow href="javascript:location.href='/not4'">x</a><div onclick="var allocation='/not5'">x</div>`)
	})
	for _, path := range strings.Fields("/a /b /c /d /e /f /g /not /not1 /not2 /not3 /not4 /not5") {
		web.page(path)
	}
	paths, stats, _ := crawlAll(t, web, nil)
	assert.Equal(t, strings.Fields("/ /a /b /c /d /e /f /g"), paths)
	assert.Equal(t, map[string]int{Reason(ErrNoFollow): 1}, stats.Skipped)
}

// A link that is too long for a request is dropped. A crawl reports that once per host.
func TestLinksThatAreTooLong(t *testing.T) {
	web := newSite(t)
	web.page("/", "/a", "/?state="+strings.Repeat("x", maxURLBytes), "http://[bad/")
	web.page("/a", "/?state="+strings.Repeat("y", maxURLBytes))
	paths, _, notices := crawlAll(t, web, nil)
	assert.Equal(t, []string{"/", "/a"}, paths)
	require.Len(t, notices, 1)
	require.ErrorIs(t, notices[0], ErrBadURL)
	assert.ErrorContains(t, notices[0], web.URL+"/")
}
