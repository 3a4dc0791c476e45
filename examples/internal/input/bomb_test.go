package input

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// zeros is a file that repeats one byte n times.
type zeros struct{ n int64 }

func (z *zeros) Read(p []byte) (int, error) {
	if z.n <= 0 {
		return 0, io.EOF
	}
	n := min(int64(len(p)), z.n)
	z.n -= n
	for i := range p[:n] {
		p[i] = 'x'
	}
	return int(n), nil
}

// A file that unpacks to far too much data is abandoned, in bounded memory.
func TestBombs(t *testing.T) {
	bomb := func(start string) string {
		var b bytes.Buffer
		w, err := zstd.NewWriter(&b, zstd.WithEncoderConcurrency(1))
		require.NoError(t, err)
		_, err = io.Copy(w, io.MultiReader(strings.NewReader(start), &zeros{100 << 20}))
		require.NoError(t, err)
		require.NoError(t, w.Close())
		return b.String()
	}
	for name, start := range map[string]string{
		"JSON lines": `{"html": "`,
		"a WARC":     "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: 999999999999\r\n\r\n",
		"a header":   "WARC/1.0\r\nWARC-Type: ",
	} {
		t.Run(name, func(t *testing.T) {
			_, _, errs := pages(t, Options{MaxUnpacked: 64 << 20}, write(t, t.TempDir(), "bomb", bomb(start)))
			require.Len(t, errs, 1)
			require.ErrorIs(t, errs[0], ErrBomb)
		})
	}
	t.Run("a page", func(t *testing.T) {
		found, _, errs := pages(t, Options{}, write(t, t.TempDir(), "bomb", bomb("<html>")))
		require.Empty(t, errs)
		require.ErrorIs(t, found[0].Err, ErrTooLarge)
	})
	t.Run("the header of MHTML", func(t *testing.T) {
		path := write(t, t.TempDir(), "bomb", bomb("Content-Type: multipart/related; boundary=b\r\nSubject: "))
		found, _, errs := pages(t, Options{}, path)
		require.Empty(t, found)
		require.Len(t, errs, 1)
		require.ErrorIs(t, errs[0], ErrCut)
		in := &zeros{100 << 20}
		s, err := newStream(io.MultiReader(strings.NewReader("Subject: "), in), "bomb", nil)
		require.NoError(t, err)
		require.Error(t, readMHTML(s, &Input{}, Options{}, func(*Page) bool { return false }))
		assert.Positive(t, in.n, "the header was read to its end")
	})
	t.Run("zip", func(t *testing.T) {
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		for i := range 10 {
			f, err := w.Create(fmt.Sprintf("%d.html", i))
			require.NoError(t, err)
			_, err = io.Copy(f, io.MultiReader(strings.NewReader("<html>"), &zeros{17 << 20}))
			require.NoError(t, err)
		}
		require.NoError(t, w.Close())
		found, _, errs := pages(t, Options{}, write(t, t.TempDir(), "bomb.zip", b.String()))
		require.Empty(t, errs)
		require.Len(t, found, 10)
		for _, p := range found {
			require.ErrorIs(t, p.Err, ErrTooLarge)
			assert.Empty(t, p.Body)
		}
		_, _, errs = pages(t, Options{MaxUnpacked: 64 << 20}, write(t, t.TempDir(), "bomb.zip", b.String()))
		require.Len(t, errs, 1)
		require.ErrorIs(t, errs[0], ErrBomb)
	})
}

func TestStop(t *testing.T) {
	path := write(t, t.TempDir(), "crawl", response("a")+response("b"))
	inputs, err := Find([]string{path}, "", Options{}, func(err error, _ bool) { require.NoError(t, err) })
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	n := 0
	err = inputs[0].Pages(ctx, Options{}, func(*Page) bool {
		n++
		cancel()
		return true
	})
	require.ErrorIs(t, err, context.Canceled)
	assert.Equal(t, 1, n)
}
