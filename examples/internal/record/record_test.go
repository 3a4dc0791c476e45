package record_test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/examples/internal/record"
)

// TestRecordIsDocumented looks up each key of a record in the section that describes them.
func TestRecordIsDocumented(t *testing.T) {
	readme, err := os.ReadFile(filepath.Join("..", "..", "clean", "README.md"))
	require.NoError(t, err)
	_, section, ok := strings.Cut(string(readme), "\n### Record\n")
	require.True(t, ok)
	section, _, _ = strings.Cut(section, "\n### ")
	for f := range reflect.TypeFor[record.Record]().Fields() {
		key, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		assert.Contains(t, section, "`"+key+"`")
	}
}
