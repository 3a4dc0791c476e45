package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// An album is a site that counts requests. Each of its pages has a few pictures.
type album struct {
	*httptest.Server

	pages    int
	pictures sync.Map     // the number of requests, an *atomic.Int64, by path
	served   atomic.Int64 // the number of pictures that were served
	killAt   atomic.Int64 // when this many pictures have been served, a value is sent to the channel reached
	reached  chan struct{}
	pad      []byte // is appended to each picture, to make it larger
}

// newAlbum returns a site with the given number of pages. Each page has three pictures of its own.
func newAlbum(t testing.TB, pages int) *album {
	t.Helper()
	s := &album{pages: pages, reached: make(chan struct{}, 1)}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

func (s *album) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	number, picture := 0, 0
	if n, _ := fmt.Sscanf(r.URL.Path, "/p%d/%d.png", &number, &picture); n == 2 {
		count, _ := s.pictures.LoadOrStore(r.URL.Path, new(atomic.Int64))
		count.(*atomic.Int64).Add(1)
		if s.served.Add(1) == s.killAt.Load() {
			s.reached <- struct{}{}
		}
		w.Header().Set("Content-Type", "image/png")
		_, _ = w.Write(append([]byte("\x89PNG\r\n\x1a\n"+r.URL.Path), s.pad...))
		return
	}
	if _, err := fmt.Sscanf(r.URL.Path, "/p%d", &number); err != nil || number >= s.pages {
		http.NotFound(w, r)
		return
	}
	var more strings.Builder
	for i := range 3 {
		fmt.Fprintf(&more, `<p><img src="/p%d/%d.png" alt="picture %[2]d"></p>`, number, i)
	}
	fmt.Fprintf(&more, `<p>It goes on <a href="/p%d">here</a> and <a href="/p%d">there</a>.</p>`, (2*number+1)%s.pages, (2*number+2)%s.pages)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write([]byte(pictured(fmt.Sprintf("Quay %d", number), more.String())))
}

// requests returns how often each picture was requested.
func (s *album) requests() map[string]int64 {
	counts := make(map[string]int64)
	s.pictures.Range(func(path, count any) bool {
		counts[path.(string)] = count.(*atomic.Int64).Load()
		return true
	})
	return counts
}

// savedPictures returns the names of the pictures that are saved.
func savedPictures(t *testing.T, out string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(out, imagesFolder, "*.png"))
	require.NoError(t, err)
	return names
}

// A run that is killed repeatedly never requests a saved picture again, and in the end no picture is missing.
func TestKilledWhileFetchingPictures(t *testing.T) {
	t.Parallel() // mostly waiting
	const pages, kills = 40, 4
	for _, withState := range []bool{false, true} {
		t.Run(fmt.Sprintf("state=%t", withState), func(t *testing.T) {
			t.Parallel()
			s := newAlbum(t, pages)
			out := filepath.Join(t.TempDir(), "out")
			args := []string{"-out", out, "-delay", "0", "-allow-private", "-images", s.URL + "/p0"}
			if withState {
				args = append([]string{"-state", filepath.Join(t.TempDir(), "crawl.db")}, args...)
			}
			saved := make(map[string]bool)
			for kill := range kills {
				cmd := exec.CommandContext(t.Context(), os.Args[0], args...)
				cmd.Env = append(os.Environ(), asProgram+"=1")
				s.killAt.Store(s.served.Load() + 20)
				require.NoError(t, cmd.Start())
				exited := make(chan error, 1)
				go func() { exited <- cmd.Wait() }()
				select {
				case <-s.reached:
				case err := <-exited:
					require.Fail(t, "ended before it was killed", "%d: %v", kill, err)
				}
				require.NoError(t, cmd.Process.Kill()) // SIGKILL
				require.Error(t, <-exited, "kill %d", kill)
				for _, name := range savedPictures(t, out) {
					text, err := os.ReadFile(name)
					require.NoError(t, err)
					saved[strings.TrimPrefix(string(text), "\x89PNG\r\n\x1a\n")] = true
				}
				assert.NotEmpty(t, saved, "kill %d", kill)
			}
			before := s.requests()
			code, stdout, stderr := crawl(t, out, args[:len(args):len(args)]...)
			require.Zero(t, code, stderr)
			after := s.requests()
			assert.Len(t, after, 3*pages)
			for path := range saved {
				assert.Equal(t, before[path], after[path], "saved and requested again: %s", path)
			}
			repeated := 0
			for _, n := range after {
				repeated += int(n - 1)
			}
			assert.LessOrEqual(t, repeated, kills*fetchers, "only pictures in progress are requested again")
			assert.Len(t, savedPictures(t, out), 3*pages)
			w := walkArchive(t, out)
			assert.Len(t, w.pictures, 3*pages, stdout)
			assert.Empty(t, w.online)
			assertNothingTemporary(t, out)
			assertNothingTemporary(t, filepath.Join(out, imagesFolder))
		})
	}
}

// A full disk stops the run while it saves pictures. When there is space again, the same command fetches the rest.
func TestFullDiskWhileFetchingPictures(t *testing.T) {
	disk := os.Getenv("DECHAFF_SMALL_DISK")
	if disk == "" {
		t.Skip("no small disk: .ci/disk sets DECHAFF_SMALL_DISK")
	}
	const pages = 20
	s := newAlbum(t, pages)
	s.pad = make([]byte, 100<<10)
	out := filepath.Join(disk, "out")
	ballast := fill(t, disk, 2<<20)
	args := []string{"-allow-private", "-images", s.URL + "/p0"}
	for range 2 { // the second time, the disk is full from the start
		code, stdout, stderr := crawl(t, out, args...)
		assert.Equal(t, exitStopped, code, stderr)
		assert.Contains(t, stdout, "Stopped early: ")
		assert.Contains(t, stdout, "no space left")
		assert.Less(t, s.served.Load(), int64(2*pages), "all pictures were requested")
		assertNothingTemporary(t, filepath.Join(out, imagesFolder))
	}
	saved := savedPictures(t, out)
	assert.NotEmpty(t, saved)
	require.NoError(t, os.Remove(ballast))
	asked := s.served.Load()
	code, stdout, stderr := crawl(t, out, args...)
	require.Equal(t, exitFinished, code, stdout+stderr)
	assert.Equal(t, int64(3*pages-len(saved)), s.served.Load()-asked)
	assert.Len(t, walkArchive(t, out).pictures, 3*pages)
	require.NoError(t, os.RemoveAll(out))
}
