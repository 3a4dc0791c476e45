package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/examples/internal/input"
	"github.com/dechaff/dechaff/examples/internal/whole"
)

// fullSink is a sink that fails once the pages in progress have used up the runner's memory limit.
type fullSink struct {
	printer

	r *runner
}

var errFull = errors.New("full")

func (s *fullSink) page(*result) error {
	for s.r.memory.TryAcquire(largeLine) {
		s.r.memory.Release(largeLine)
		time.Sleep(time.Millisecond)
	}
	return errFull
}

// largeLine is the size of a line in bytes. Nine of them exceed maxMemory.
const largeLine = 12 << 20

// If the output fails, the run ends, even while the reader waits for memory.
func TestOutputFailsWhileMemoryIsFull(t *testing.T) {
	name := filepath.Join(t.TempDir(), "pages.jsonl")
	f, err := os.Create(name)
	require.NoError(t, err)
	const before, after = `{"html":"<p>a page</p>","rest":"`, "\"}\n"
	line := before + strings.Repeat("x", largeLine-len(before)-len(after)) + after
	for range 12 {
		_, err = io.WriteString(f, line)
		require.NoError(t, err)
	}
	require.NoError(t, f.Close())
	c := config{arguments: []string{name}, workers: 4, part: 1, of: 1}
	plan, err := makePlan(c, input.Options{}, io.Discard)
	require.NoError(t, err)
	r := &runner{config: c, plan: plan, stderr: io.Discard, report: newReport(c.workers)}
	r.job = job{cleaner: cleaner.New(cleaner.Options{}), timeout: time.Minute}
	r.sink = &fullSink{r: r}
	ended := make(chan error, 1)
	go func() { ended <- r.process(t.Context(), input.Options{}) }()
	select {
	case err := <-ended:
		require.ErrorIs(t, err, errFull)
	case <-time.After(30 * time.Second):
		t.Fatal("the run did not end")
	}
}

// If failures.jsonl cannot be written, no unfinished file is left, and the old one stays.
func TestUnreadableFailures(t *testing.T) {
	out := t.TempDir()
	state := filepath.Join(out, stateFolder)
	require.NoError(t, os.Mkdir(state, 0o755))
	require.NoError(t, os.Symlink(t.TempDir(), filepath.Join(state, "tide"+failuresEnding)))
	name := filepath.Join(out, failuresName)
	require.NoError(t, os.WriteFile(name, []byte("old"), 0o600))
	require.Error(t, writeFailures(&plan{}, config{out: out}))
	b, err := os.ReadFile(name)
	require.NoError(t, err)
	assert.Equal(t, "old", string(b))
	left, err := filepath.Glob(filepath.Join(out, whole.TemporaryPrefix+"*"))
	require.NoError(t, err)
	assert.Empty(t, left)
}
