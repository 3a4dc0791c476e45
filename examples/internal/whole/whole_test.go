package whole_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/examples/internal/whole"
)

// A failure leaves the old file and no temporary file.
func TestFailure(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "file")
	require.NoError(t, whole.Write(name, []byte("old"), true))
	cause := errors.New("cause")
	require.ErrorIs(t, whole.WriteFunc(name, true, func(f *os.File) error {
		_, err := f.WriteString("half")
		return errors.Join(err, cause)
	}), cause)
	b, err := os.ReadFile(name)
	require.NoError(t, err)
	assert.Equal(t, "old", string(b))
	require.NoError(t, os.Mkdir(filepath.Join(dir, "folder"), 0o755))
	require.Error(t, whole.Write(filepath.Join(dir, "folder"), nil, false))
	require.ErrorIs(t, whole.Write(filepath.Join(dir, "none", "file"), nil, false), os.ErrNotExist)
	left, err := filepath.Glob(filepath.Join(dir, whole.TemporaryPrefix+"*"))
	require.NoError(t, err)
	assert.Empty(t, left)
}

func ExampleWrite() {
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		panic(err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	name := filepath.Join(dir, "tides.txt")
	if err := whole.Write(name, []byte("high at six"), true); err != nil {
		panic(err)
	}
	b, err := os.ReadFile(name)
	fmt.Println(string(b), err)
	// Output: high at six <nil>
}
