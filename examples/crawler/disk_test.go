package main

import (
	"bytes"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A full disk stops the crawl at once. When there is space again, the same command delivers the rest: in the end,
// nothing is lost and no line is incomplete. .ci/disk mounts the disk.
func TestFullDisk(t *testing.T) {
	disk := os.Getenv("DECHAFF_SMALL_DISK")
	if disk == "" {
		t.Skip("no small disk: .ci/disk sets DECHAFF_SMALL_DISK")
	}
	for _, c := range []struct {
		name, state string // state is the folder of the database, or "" without -state
	}{
		{"no state", ""},
		{"state elsewhere", t.TempDir()},
		{"state on the same disk", disk},
	} {
		t.Run(c.name, func(t *testing.T) {
			const pages = 150
			h := newHarbour(t, pages)
			out := filepath.Join(disk, "out")
			require.NoError(t, os.Mkdir(out, 0o755))
			args := []string{"-delay", "1ms"}
			if c.state != "" {
				args = append(args, "-state", filepath.Join(c.state, "crawl.db"))
				code, _, stderr := h.crawl(t, out, append(args, "-max", "1")...) // before the disk is full
				require.Equal(t, exitFinished, code, stderr)
			}
			ballast := fill(t, disk, 60<<10)
			before := contents(t, out)
			h.asked.Store(0)
			for range 2 { // the second time, the disk is full from the start
				code, stdout, stderr := h.crawl(t, out, args...)
				assert.Equal(t, exitStopped, code, stderr)
				assert.Contains(t, stdout, "Stopped early: ")
				assert.Regexp(t, "no space left|disk is full", stdout)
				assert.Less(t, h.asked.Load(), int64(pages), "all pages were requested")
				list := lines(t, out)
				assert.Less(t, len(list), pages)
				assertNothingTemporary(t, out)
				for name, text := range before {
					if name == linesName {
						assert.True(t, bytes.HasPrefix([]byte(contents(t, out)[name]), []byte(text)))
						continue
					}
					assert.Equal(t, text, contents(t, out)[name])
				}
			}
			require.NoError(t, os.Remove(ballast))
			code, stdout, stderr := h.crawl(t, out, args...)
			require.Equal(t, exitFinished, code, stdout+stderr)
			urls := make(map[any]bool)
			for _, line := range lines(t, out) {
				require.False(t, urls[line["url"]])
				urls[line["url"]] = true
			}
			assert.Len(t, urls, pages)
			require.NoError(t, os.RemoveAll(out))
			if c.state == disk {
				for _, suffix := range []string{"", "-wal", "-shm"} {
					_ = os.Remove(filepath.Join(disk, "crawl.db"+suffix))
				}
			}
		})
	}
}

// fill writes a file that leaves the given number of bytes free on a disk, and returns its name.
func fill(t *testing.T, disk string, free int) string {
	t.Helper()
	name := filepath.Join(disk, "ballast")
	f, err := os.Create(name)
	require.NoError(t, err)
	defer f.Close()
	source := rand.NewChaCha8([32]byte{})
	for { // until the disk is full
		if _, err := io.CopyN(f, source, 4<<10); err != nil {
			break
		}
	}
	info, err := f.Stat()
	require.NoError(t, err)
	require.NoError(t, f.Truncate(max(info.Size()-int64(free), 0)))
	return name
}
