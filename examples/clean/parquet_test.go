package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// readParquet is a script that prints the columns of a Parquet file with their types, and each row as a line of JSON.
const readParquet = `
import { readFileSync } from 'fs'
import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
const bytes = readFileSync(process.argv[2])
const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
const metadata = parquetMetadata(file)
const columns = {}
for (const e of metadata.schema.slice(1)) {
  columns[e.name] ??= [e.type, e.logical_type?.type, e.repetition_type].filter(x => x).join(' ')
}
console.log(JSON.stringify({ columns, rows: Number(metadata.num_rows), groups: metadata.row_groups.length }))
const plain = (_, v) => typeof v === 'bigint' ? Number(v) : v
for (const row of await parquetReadObjects({ file, compressors })) console.log(JSON.stringify(row, plain))
`

// Another implementation reads the same rows from Parquet as from JSON lines.
func TestParquetElsewhere(t *testing.T) {
	module := os.Getenv("DECHAFF_HYPARQUET")
	if module == "" {
		t.Skip("DECHAFF_HYPARQUET is not set: see .ci/parquet")
	}
	script := write(t, module, "read.mjs", readParquet)
	dir := t.TempDir()
	for _, format := range []string{"parquet", "jsonl"} {
		code, _, stderr := clean(t, "", "-format", format, "-fields", "+html,+provenance,+paywalled", "-out", filepath.Join(dir, format), "../../testdata/pages")
		require.Zero(t, code, stderr)
	}
	read, err := exec.CommandContext(t.Context(), "node", script, filepath.Join(dir, "parquet", "pages-00000.parquet")).Output()
	require.NoError(t, err)
	head, rows, _ := strings.Cut(string(read), "\n")
	var about struct {
		Columns      map[string]string
		Rows, Groups int
	}
	require.NoError(t, json.Unmarshal([]byte(head), &about))
	text := "BYTE_ARRAY STRING REQUIRED"
	for column, kind := range map[string]string{
		"id": text, "url": text, "text": text, "markdown": text, "published": text, "kind": text, "words": "INT64 INTEGER REQUIRED", "schema": "INT64 INTEGER REQUIRED",
		"authors": "LIST REQUIRED", "tags": "LIST REQUIRED", "html": "BYTE_ARRAY JSON OPTIONAL", "paywalled": "BYTE_ARRAY JSON OPTIONAL",
	} {
		assert.Equal(t, kind, about.Columns[column], column)
	}
	want, err := os.ReadFile(filepath.Join(dir, "jsonl", "pages-00000.jsonl"))
	require.NoError(t, err)
	got, wanted := strings.Split(strings.TrimSpace(rows), "\n"), strings.Split(strings.TrimSpace(string(want)), "\n")
	require.Len(t, got, len(wanted))
	assert.Equal(t, len(wanted), about.Rows)
	require.Greater(t, len(wanted), 20)
	for i := range wanted {
		var a, b map[string]any
		require.NoError(t, json.Unmarshal([]byte(got[i]), &a))
		require.NoError(t, json.Unmarshal([]byte(wanted[i]), &b))
		for key, value := range a {
			if value == nil {
				delete(a, key)
			}
		}
		assert.Equal(t, b, a)
	}
}
