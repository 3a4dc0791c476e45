package judge

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// NOTICE names every collection that a model was trained on.
func TestNoticeNamesTheCollections(t *testing.T) {
	notice, err := modelFiles.ReadFile("model/NOTICE")
	require.NoError(t, err)
	for _, m := range []interface{ Record() string }{models().kind, models().first, models().second} {
		var record map[string]any
		require.NoError(t, json.Unmarshal([]byte(m.Record()), &record))
		collections := 0
		for name, hash := range record {
			if text, ok := hash.(string); ok && len(text) == 16 { // hash of the collection's truth
				collections++
				assert.Contains(t, string(notice), "\n  "+name+" ")
			}
		}
		assert.Positive(t, collections)
	}
}
