//go:build soak

package fleet

import (
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// In the middle of a crawl with three workers, PostgreSQL is stopped for 30 seconds and then restarted.
func TestSoakOutage(t *testing.T) {
	ctl := os.Getenv("DECHAFF_POSTGRES_CTL")
	if ctl == "" {
		t.Skip("DECHAFF_POSTGRES_CTL is not set to a script that stops the server: see .ci/postgres")
	}
	server := func(what string) {
		out, err := exec.Command(ctl, what).CombinedOutput()
		require.NoError(t, err, "%s", out)
	}
	w := newWeb(t, 6000, 60, slowly)
	c := newConfig(t, w, postgres(t))
	c.Delay = 50 * time.Millisecond
	procs := []*process{startWorker(t, c), startWorker(t, c), startWorker(t, c)}
	require.Eventually(t, func() bool { return w.asked() > 1500 }, time.Minute, 10*time.Millisecond)
	stopped := time.Now()
	server("stop")
	time.Sleep(30 * time.Second)
	during := w.asked()
	server("start")
	started := time.Now()
	require.Eventually(t, func() bool { return w.asked() > during+100 }, 2*time.Minute, 10*time.Millisecond)
	t.Logf("%d requests before the stop and just after it; the crawl continued %s after the start", during,
		time.Since(started).Round(time.Second/10))
	for _, p := range procs {
		require.NoError(t, <-p.ended)
	}
	done := handled(t, c.Log)
	assert.Len(t, done, w.pages)
	w.checkPace(t, c.Delay)
	w.repeats(t, []time.Time{stopped, stopped.Add(3 * time.Second), stopped.Add(6 * time.Second)}, 0)
}
