package cleaner

import (
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// keyRow matches a row of a table of keys.
var keyRow = regexp.MustCompile("(?m)^\\| `([a-z_]+)` \\| (\\S.*) \\|$")

// TestSchemaIsDocumented compares the keys of the JSON with the tables in examples/clean/README.md: both have the same
// keys in the same order.
func TestSchemaIsDocumented(t *testing.T) {
	readme, err := os.ReadFile(filepath.Join(testdata, "..", "examples", "clean", "README.md"))
	require.NoError(t, err)
	_, after, ok := strings.Cut(string(readme), "\n## JSON, schema version 2\n")
	require.True(t, ok, "no section for this version: %d", SchemaVersion)
	section, _, _ := strings.Cut(after, "\n## ")
	require.Equal(t, 2, SchemaVersion)
	for title, of := range map[string]any{
		"Article": articleJSON{}, "Post": postJSON{}, "Entry": entryJSON{}, "Product": Product{}, "Recipe": Recipe{},
		"Times": recipeMinutes{}, "Block": Block{}, "Removal": Removal{},
	} {
		t.Run(title, func(t *testing.T) {
			_, table, ok := strings.Cut(section, "\n### "+title+"\n")
			require.True(t, ok, "no table")
			table, _, _ = strings.Cut(table, "\n### ")
			var documented []string
			for _, row := range keyRow.FindAllStringSubmatch(table, -1) {
				documented = append(documented, row[1])
				always := strings.Contains(row[2], "always there")
				assert.Equal(t, !isOmitted(of, row[1]), always, "whether %s is always there", row[1])
			}
			assert.Equal(t, jsonKeys(of), documented)
		})
	}
}

// jsonKeys returns the keys of a struct in order.
func jsonKeys(of any) []string {
	var keys []string
	for f := range reflect.TypeOf(of).Fields() {
		key, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		keys = append(keys, key)
	}
	return keys
}

// isOmitted reports whether a key is left out if its value is zero.
func isOmitted(of any, key string) bool {
	for f := range reflect.TypeOf(of).Fields() {
		if name, rest, _ := strings.Cut(f.Tag.Get("json"), ","); name == key {
			return strings.Contains(rest, "omit")
		}
	}
	return false
}
