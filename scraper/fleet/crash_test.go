package fleet

import (
	"encoding/json"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A killing is a test crawl whose workers are repeatedly killed and replaced. The method run runs it and checks the
// result.
type killing struct {
	workers, kills int
	limit          time.Duration // how long the crawl may last after the last kill
}

func (k killing) run(t *testing.T, w *web, c workerConfig) {
	t.Helper()
	began := time.Now()
	procs := make([]*process, k.workers)
	for i := range procs {
		procs[i] = startWorker(t, c)
	}
	var kills []time.Time
	for len(kills) < k.kills {
		// Kills are triggered by requests, not by time: on a fast machine, the crawl would otherwise end first.
		share := w.pages / (k.kills + 2)
		at := max(share*len(kills)+1+rand.IntN(share), w.asked()+10)
		require.Eventually(t, func() bool { return w.asked() > at }, time.Minute, time.Millisecond, "no progress")
		i := rand.IntN(len(procs))
		if !procs[i].kill(t) {
			break
		}
		kills = append(kills, time.Now())
		t.Logf("%5.1f s: killed worker %d; %d requests until then", time.Since(began).Seconds(), i, w.asked())
		procs[i] = startWorker(t, c)
	}
	require.Len(t, kills, k.kills, "the crawl ended before all kills")
	deadline := time.After(k.limit)
	for _, p := range procs {
		select {
		case err := <-p.ended:
			require.NoError(t, err)
		case <-deadline:
			require.Fail(t, "the crawl did not end", "%d requests so far", w.asked())
		}
	}
	took := time.Since(began)
	done := handled(t, c.Log)
	again := 0
	for page := range w.pages {
		n := done[w.address(page)]
		if !assert.NotZero(t, n, "%s was not handled", w.address(page)) {
			break
		}
		again += n - 1
	}
	assert.Len(t, done, w.pages)
	t.Logf("%d pages in %.1f s with %d kills; %d were handled again", len(done), took.Seconds(), len(kills), again)
	var report workerReport
	require.NoError(t, json.Unmarshal(procs[0].stdout.Bytes(), &report))
	t.Logf("%+v", report.Stats)
	w.checkPace(t, c.Delay)
	w.repeats(t, kills, report.Stats.Retried)
}

// A worker is killed without warning, as in a power cut. The crawl continues without losing a page or violating a
// host's delay.
func TestKill(t *testing.T) {
	notInShort(t)
	t.Parallel() // mostly waiting
	engines(t, func(t *testing.T, name string) {
		w := newWeb(t, 600, 20, slowly)
		c := newConfig(t, w, name)
		c.Delay = 60 * time.Millisecond
		k := killing{workers: 1, kills: 2, limit: 100 * time.Second}
		if t.Name() == "TestKill/postgres" {
			k.workers = 3
		}
		k.run(t, w, c)
	})
}
