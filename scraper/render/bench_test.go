//go:build linux

package render

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/scraper"
)

// BenchmarkRender renders pages of eight hosts. Each page has a script of 100 kB and loads data. The benchmark reports
// pages per second, the processor time of Chromium, and its memory while its tabs are open. Shared memory is counted
// once.
func BenchmarkRender(b *testing.B) {
	const hosts = 8
	var sites []*site
	for range hosts {
		sites = append(sites, newSite(b, map[string]string{
			"/app.js": `fetch("/story.json").then(r => r.json()).then(s => setTimeout(() => {
				for (let i = 0; i < 200; i++) root.append(Object.assign(document.createElement("p"), {textContent: s.text}))
			}, 2000));` + strings.Repeat("function f() { return 1 }\n", 4000),
			"/story.json": `{"text": "` + story + `"}`,
		}))
	}
	for _, tabs := range []int{1, 4, 8} {
		b.Run(fmt.Sprint(tabs, " tabs"), func(b *testing.B) {
			browser := newBrowser(b, func(o *Options) { o.Tabs = tabs })
			request := func(i int) scraper.RenderRequest {
				return scraper.RenderRequest{
					URL: sites[i%hosts].URL + "/" + strconv.Itoa(i), Encoding: "utf-8", MaxBytes: 1e7, Dial: newDialer(),
					Body: []byte(`<!DOCTYPE html><div id=root></div><script src="/app.js"></script>`),
				}
			}
			all := func(pages, tabs int) {
				next := make(chan int)
				var group sync.WaitGroup
				for tab := range tabs {
					group.Go(func() {
						for i := range next {
							got, err := browser.Render(b.Context(), request(i*hosts+tab)) // each tab has one host
							if err != nil || !strings.Contains(string(got.HTML), story) {
								b.Errorf("%v %.200s", err, got.HTML)
							}
						}
					})
				}
				for i := range pages {
					next <- i
				}
				close(next)
				group.Wait()
			}
			all(2*tabs, tabs) // opens the tabs
			require.False(b, b.Failed())
			b.ResetTimer()
			began, used := time.Now(), ticks(descendants(os.Getpid()))
			all(b.N, tabs)
			b.ReportMetric(float64(b.N)/time.Since(began).Seconds(), "pages/s")
			b.ReportMetric(float64(ticks(descendants(os.Getpid()))-used)*10/float64(b.N), "cpu-ms/page")
			b.ReportMetric(float64(memory(descendants(os.Getpid())))/1024, "MiB")
		})
	}
}

// memory returns the memory of processes in KiB, with shared memory divided among the processes that share it.
func memory(processes map[int]string) (sum int) {
	for pid := range processes {
		text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/smaps_rollup", pid))
		if _, rest, ok := strings.Cut(string(text), "Pss:"); ok {
			n, _ := strconv.Atoi(strings.Fields(rest)[0])
			sum += n
		}
	}
	return sum
}
