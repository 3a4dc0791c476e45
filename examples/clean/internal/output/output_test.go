package output

import (
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/examples/internal/record"
)

const page = `<!DOCTYPE html><html lang="en"><title>The tide: "a" table</title><meta name="author" content="Ada Pell">
<meta property="article:tag" content="tides"><meta property="article:tag" content="harbours"><article><h1>The tide: "a" table</h1>
<p>The tide came in at six and went out again at noon, as the table by the harbour said that it would, and nobody was surprised.</p>
<p>The harbour master checks it every morning against the water, with a long stick that his father left him & that he has never lent.</p></article>`

// newRow returns the row for the test page, with the given id.
func newRow(t *testing.T, id string) *Row {
	t.Helper()
	a, err := cleaner.Clean(strings.NewReader(page), "https://tide.example/"+id)
	require.NoError(t, err)
	return &Row{Line: Line{Record: record.New(id, a), URLSource: "record", Input: "crawl.warc"}, Article: a}
}

// writeShard writes rows and returns the name of the shard.
func writeShard(t *testing.T, format string, fields *Fields, rows ...*Row) string {
	t.Helper()
	f, err := New(format, fields)
	require.NoError(t, err)
	name := filepath.Join(t.TempDir(), "shard"+f.Extension())
	w, err := f.Open(name)
	require.NoError(t, err)
	for _, r := range rows {
		encoded, err := f.Encode(r)
		require.NoError(t, err)
		require.NoError(t, w.Write(encoded))
	}
	require.NoError(t, w.Close())
	_, err = f.Open(name)
	require.Error(t, err, "a shard was opened again")
	return name
}

func selected(t *testing.T, fields, omit string) *Fields {
	t.Helper()
	f, err := Select(fields, omit)
	require.NoError(t, err)
	return f
}

func TestJSONLines(t *testing.T) {
	for format, open := range map[string]func(io.Reader) (io.Reader, error){
		"jsonl":     func(r io.Reader) (io.Reader, error) { return r, nil },
		"jsonl.gz":  func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) },
		"jsonl.zst": func(r io.Reader) (io.Reader, error) { return zstd.NewReader(r) },
	} {
		t.Run(format, func(t *testing.T) {
			name := writeShard(t, format, selected(t, "", ""), newRow(t, "a"), newRow(t, "b"))
			assert.True(t, strings.HasSuffix(name, "."+format))
			f, err := os.Open(name)
			require.NoError(t, err)
			defer f.Close()
			r, err := open(f)
			require.NoError(t, err)
			d := json.NewDecoder(r)
			for _, id := range []string{"a", "b"} {
				var line Line
				require.NoError(t, d.Decode(&line))
				assert.Equal(t, newRow(t, id).Line, line)
			}
			assert.False(t, d.More())
		})
	}
}

// -fields and -omit select fields by key. Fields that a Line does not have are taken from the article's own JSON.
func TestFields(t *testing.T) {
	for name, c := range map[string]struct{ fields, omit, want string }{
		"some":                  {"id,words,tags", "", `{"id":"a","words":50,"tags":["tides","harbours"]}`},
		"in the order given":    {"words, id", "", `{"words":50,"id":"a"}`},
		"the article's own":     {"id,kind,reading_minutes", "", `{"id":"a","kind":"article","reading_minutes":1}`},
		"one that is not there": {"id,paywalled", "", `{"id":"a"}`},
		"only that":             {"paywalled", "", `{}`},
	} {
		t.Run(name, func(t *testing.T) {
			b, err := selected(t, c.fields, c.omit).JSON(newRow(t, "a"))
			require.NoError(t, err)
			assert.Equal(t, c.want+"\n", string(b))
		})
	}
	keys := func(f *Fields) (keys []string) {
		b, err := f.JSON(newRow(t, "a"))
		require.NoError(t, err)
		var object map[string]json.RawMessage
		require.NoError(t, json.Unmarshal(b, &object))
		for key := range object {
			keys = append(keys, key)
		}
		return keys
	}
	all := keys(selected(t, "", ""))
	assert.Len(t, all, len(lineFields))
	assert.ElementsMatch(t, append(all, "html", "provenance"), keys(selected(t, "+html,+provenance", "")))
	assert.Len(t, keys(selected(t, "", "text,markdown")), len(all)-2)

	for _, bad := range [][2]string{{"", "titel"}, {"id", "id"}, {"id", "text"}, {"id,titel", ""}, {"+titel", ""}} {
		_, err := Select(bad[0], bad[1])
		require.ErrorIs(t, err, ErrFields, bad)
	}
}

// Every key of an article's JSON can be selected.
func TestEveryKeyOfTheArticle(t *testing.T) {
	row := newRow(t, "a")
	fillFields(row.Article)
	own, err := row.articleFields()
	require.NoError(t, err)
	require.Contains(t, own, "recipe")
	for key := range own {
		b, err := selected(t, key, "").JSON(row)
		require.NoError(t, err)
		assert.True(t, strings.HasPrefix(string(b), `{"`+key+`":`), string(b))
		name := writeShard(t, "parquet", selected(t, "id,"+key, ""), row)
		assert.Equal(t, int64(1), openParquet(t, name).NumRows())
	}
}

// fillFields gives a value to each field of an article that has none.
func fillFields(a *cleaner.Article) {
	v := reflect.ValueOf(a).Elem()
	for i := range v.NumField() {
		switch f := v.Field(i); {
		case !f.CanSet() || !f.IsZero():
		case f.Kind() == reflect.Slice:
			f.Set(reflect.MakeSlice(f.Type(), 1, 1))
		case f.Kind() == reflect.Pointer:
			f.Set(reflect.New(f.Type().Elem()))
		case f.Kind() == reflect.Bool:
			f.SetBool(true)
		case f.Kind() == reflect.Float64:
			f.SetFloat(0.5)
		case f.Kind() == reflect.String:
			f.SetString("x")
		}
	}
}

func TestMarkdown(t *testing.T) {
	ids := []string{"urn:uuid:0b2f", "urn:uuid:0B2F", "a/b.html", "a-b.html", "../../etc/x", "CON", strings.Repeat("long/", 99), "é", "e\u0301", ".", "/"}
	ids = append(ids, ids[0], ids[0]) // an id of the input that occurs three times
	rows := make([]*Row, len(ids))
	for i, id := range ids {
		rows[i] = newRow(t, id)
	}
	dir := writeShard(t, "markdown", selected(t, "+reading_minutes", "excerpt"), rows...)
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, entries, len(ids))
	folded := make(map[string]bool)
	for _, e := range entries {
		assert.Regexp(t, `^[a-z0-9._-]{1,150}\.md$`, e.Name())
		folded[strings.ToLower(e.Name())] = true
	}
	assert.Len(t, folded, len(ids), "names that differ by case only")

	b, err := os.ReadFile(filepath.Join(dir, "0b2f.md"))
	require.NoError(t, err)
	matter, body, ok := strings.Cut(strings.TrimPrefix(string(b), "---\n"), "---\n\n")
	require.True(t, ok)
	assert.Equal(t, rows[0].Markdown+"\n", body)
	var read map[string]any
	require.NoError(t, yaml.Unmarshal([]byte(matter), &read))
	assert.Equal(t, map[string]any{
		"schema": cleaner.SchemaVersion, "id": "urn:uuid:0b2f", "url": "https://tide.example/urn:uuid:0b2f", "title": `The tide: "a" table`, "byline": "Ada Pell",
		"authors": []any{"Ada Pell"}, "language": "en", "kind": "article", "tags": []any{"tides", "harbours"}, "words": 50, "url_source": "record",
		"input": "crawl.warc", "reading_minutes": 1,
	}, read)
}

func openParquet(t *testing.T, name string) *parquet.File {
	t.Helper()
	f, err := os.Open(name)
	require.NoError(t, err)
	t.Cleanup(func() { f.Close() })
	info, err := f.Stat()
	require.NoError(t, err)
	file, err := parquet.OpenFile(f, info.Size())
	require.NoError(t, err)
	return file
}

// The file is read back through structs, although it was not written through structs.
func TestParquet(t *testing.T) {
	bad := newRow(t, "b")
	bad.URL, bad.Tags = "https://tide.example/\xff", nil
	rows := []*Row{newRow(t, "a"), bad}
	name := writeShard(t, "parquet", selected(t, "+html,+paywalled", ""), rows...)
	type row struct {
		ID        string   `parquet:"id"`
		URL       string   `parquet:"url"`
		Words     int64    `parquet:"words"`
		Tags      []string `parquet:"tags,list"`
		Published string   `parquet:"published"`
		Kind      string   `parquet:"kind"`
		Text      string   `parquet:"text"`
	}
	got, err := parquet.ReadFile[row](name)
	require.NoError(t, err)
	require.Len(t, got, 2)
	for i, r := range got {
		want := rows[i]
		assert.Equal(t, row{
			want.ID, strings.ToValidUTF8(want.URL, "\uFFFD"), int64(want.Words), append([]string{}, want.Tags...), "", "article", want.Text,
		}, row{r.ID, r.URL, r.Words, append([]string{}, r.Tags...), r.Published, r.Kind, r.Text})
	}
	file := openParquet(t, name)
	assert.Equal(t, "LIST", file.Schema().Fields()[columnNumber(t, file, "tags")].Type().LogicalType().String())
	for _, column := range file.Metadata().RowGroups[0].Columns {
		assert.Equal(t, "ZSTD", column.MetaData.Codec.String())
	}
	own := make([]parquet.Row, 1)
	_, err = file.RowGroups()[0].Rows().ReadRows(own)
	require.NoError(t, err)
	own[0].Range(func(column int, values []parquet.Value) bool {
		switch file.Schema().Columns()[column][0] {
		case "html":
			var html string
			require.NoError(t, json.Unmarshal(values[0].Bytes(), &html))
			assert.Contains(t, html, "<p>The tide came in")
		case "paywalled":
			assert.True(t, values[0].IsNull())
		}
		return true
	})
	assert.Equal(t, int64(0), openParquet(t, writeShard(t, "parquet", selected(t, "", ""))).NumRows())
}

func columnNumber(t *testing.T, file *parquet.File, name string) int {
	t.Helper()
	for i, f := range file.Schema().Fields() {
		if f.Name() == name {
			return i
		}
	}
	require.Fail(t, "no column", name)
	return 0
}

// A shard of any size is written in groups of bounded size.
func TestRowGroups(t *testing.T) {
	row := newRow(t, "a")
	row.Text = strings.Repeat("The tide came in. ", 1<<20/18)
	rows := make([]*Row, 70)
	for i := range rows {
		rows[i] = row
	}
	file := openParquet(t, writeShard(t, "parquet", selected(t, "id,text", ""), rows...))
	assert.Len(t, file.RowGroups(), 3)
	assert.Equal(t, int64(70), file.NumRows())
}

func TestUnknownFormats(t *testing.T) {
	for _, name := range []string{"", "html", "jsonl.bz2", "JSONL"} {
		_, err := New(name, selected(t, "", ""))
		require.ErrorContains(t, err, "jsonl.zst")
	}
}

func BenchmarkEncode(b *testing.B) {
	a, err := cleaner.Clean(strings.NewReader(page), "")
	require.NoError(b, err)
	row := &Row{Line: Line{Record: record.New("a", a)}, Article: a}
	fields, err := Select("", "")
	require.NoError(b, err)
	for _, name := range []string{"jsonl", "markdown", "parquet"} {
		b.Run(name, func(b *testing.B) {
			f, err := New(name, fields)
			require.NoError(b, err)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := f.Encode(row); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
