package fleet

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The error for a database that cannot be opened names the file. A mistyped URL is not taken for the name of a file.
func TestOpenErrorsNameTheFile(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	broken := filepath.Join(folder, "broken.db")
	require.NoError(t, os.WriteFile(broken, bytes.Repeat([]byte("no database "), 1000), 0o600))
	for _, name := range []string{filepath.Join(folder, "missing", "crawl.db"), folder, broken} {
		_, err := Open(t.Context(), name, Options{})
		require.ErrorIs(t, err, ErrOpen)
		require.ErrorContains(t, err, strings.TrimSuffix(name, "/crawl.db"))
	}
	for _, name := range []string{"", "postgres:/crawl", "postgres:crawl", "mysql://db.example/crawl", "sqlite:crawl.db"} {
		_, err := Open(t.Context(), name, Options{})
		require.ErrorIs(t, err, ErrOptions, name)
	}
}
