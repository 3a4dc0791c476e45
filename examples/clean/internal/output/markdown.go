package output

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"go.yaml.in/yaml/v3"
)

// markdown writes a folder with one file per row.
type markdown struct{ fields *Fields }

func (m *markdown) Extension() string { return "" }

// A markdownFile is an encoded row.
type markdownFile struct {
	name    string
	content []byte
}

// Encode returns a file: the selected fields as YAML, except the text, the Markdown and empty fields, followed by the
// article as Markdown.
func (m *markdown) Encode(r *Row) (any, error) {
	own, err := m.fields.ownFields(r)
	if err != nil {
		return nil, err
	}
	matter := yaml.Node{Kind: yaml.MappingNode}
	for _, c := range m.fields.columns {
		if c.key == "markdown" || c.key == "text" || c.own && own[c.key] == nil {
			continue
		}
		var key, value yaml.Node
		key.SetString(c.key)
		if c.own {
			var document yaml.Node
			if err = yaml.Unmarshal(own[c.key], &document); err == nil { // JSON is YAML
				value = *document.Content[0]
			}
		} else {
			err = value.Encode(r.value(c.lineField))
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", c.key, err)
		}
		if isEmpty := value.Value == "" && len(value.Content) == 0; !isEmpty {
			matter.Content = append(matter.Content, &key, &value)
		}
	}
	b, err := yaml.Marshal(&matter)
	if err != nil {
		return nil, err
	}
	return markdownFile{FileName(r.ID) + ".md", fmt.Appendf(nil, "---\n%s---\n\n%s\n", b, r.Markdown)}, nil
}

// maxName is the maximum number of bytes of an id in a file name. A longer id loses its beginning. With a hash and an
// extension, the name is still shorter than the 255 bytes that file systems allow.
const maxName = 120

// FileName returns a file name, without extension, that is unique to the id and valid on any file system: it has only
// lower-case letters, digits, dots, hyphens and underscores. The name ends with part of the id's SHA-256. The exception
// is an id of "urn:uuid:" followed by at most maxName of these characters but no dot: its name is what follows.
func FileName(id string) string {
	const uuid = "urn:uuid:"
	bare := strings.TrimPrefix(id, uuid)
	safe := strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || r == '_' || r == '.' {
			return r
		}
		return '-'
	}, bare)
	if safe == bare && bare != id && len(safe) <= maxName && !strings.Contains(safe, ".") {
		return safe
	}
	sum := sha256.Sum256([]byte(id))
	return strings.Trim(safe[max(0, len(safe)-maxName):], "-.") + "-" + hex.EncodeToString(sum[:8])
}

func (m *markdown) Open(name string) (Writer, error) {
	if err := os.Mkdir(name, 0o755); err != nil {
		return nil, err
	}
	return &folderWriter{name, make(map[string]int)}, nil
}

// A folderWriter writes files to a folder.
type folderWriter struct {
	dir   string
	again map[string]int // how often each name was already taken
}

// Write writes a file. If rows have the same id, the files after the first are numbered.
func (w *folderWriter) Write(encoded any) error {
	f, ok := encoded.(markdownFile)
	if !ok {
		return fmt.Errorf("not a file: %T", encoded)
	}
	file, err := os.OpenFile(filepath.Join(w.dir, f.name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, os.ErrExist) {
		w.again[f.name]++
		name := fmt.Sprintf("%s-%d.md", strings.TrimSuffix(f.name, ".md"), w.again[f.name]+1)
		file, err = os.OpenFile(filepath.Join(w.dir, name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	}
	if err != nil {
		return err
	}
	_, err = file.Write(f.content)
	return errors.Join(err, file.Close())
}

func (w *folderWriter) Close() error { return nil }
