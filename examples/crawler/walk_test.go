package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A walk contains the targets of all links and pictures in an archive's Markdown and HTML files. files is the number of
// these files. pictures counts how often each picture is a target, and articles how often each other file is.
type walk struct {
	files    int
	pictures map[string]int // by the path of the file in the archive
	articles map[string]int
	online   []string // addresses of pictures that are not in the archive
}

// walkArchive renders each Markdown file of an archive and reads each HTML file. It requires every relative link in
// them to lead to an existing file.
func walkArchive(t *testing.T, out string) walk {
	t.Helper()
	w := walk{pictures: make(map[string]int), articles: make(map[string]int)}
	require.NoError(t, filepath.WalkDir(out, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(name)
		switch filepath.Ext(name) {
		case ".md":
			_, body := cutMatter(text)
			var rendered bytes.Buffer
			require.NoError(t, goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote)).Convert(body, &rendered))
			text = rendered.Bytes()
		case ".html":
		default:
			return err
		}
		w.files++
		doc, parseErr := html.Parse(bytes.NewReader(text))
		require.NoError(t, parseErr)
		for n := range doc.Descendants() {
			key := linkKeys[n.DataAtom]
			for _, a := range n.Attr {
				if key != "" && a.Key == key {
					w.follow(t, out, name, a.Val, n.DataAtom == atom.Img)
				}
			}
		}
		return err
	}))
	return w
}

// follow records the target of an address in a file; name is the path of that file. A relative address must lead to an
// existing file of the archive.
func (w *walk) follow(t *testing.T, out, name, address string, isPicture bool) {
	t.Helper()
	u, err := url.Parse(address)
	require.NoError(t, err)
	if u.Scheme != "" || strings.HasPrefix(address, "#") {
		if isPicture {
			w.online = append(w.online, address)
		}
		return
	}
	target := filepath.Join(filepath.Dir(name), filepath.FromSlash(u.Path))
	if !assert.FileExists(t, target, "%s leads to %s", name, address) {
		return
	}
	relative, err := filepath.Rel(out, target)
	require.NoError(t, err)
	require.True(t, filepath.IsLocal(relative), "%s leads out of the archive: %s", name, address)
	if relative = filepath.ToSlash(relative); strings.HasPrefix(relative, imagesFolder+"/") {
		w.pictures[relative]++
	} else {
		w.articles[relative]++
	}
}

// archiveFiles returns the times and hashes of all files of an archive except the private ones.
func archiveFiles(t *testing.T, out string) map[string]string {
	t.Helper()
	files := make(map[string]string)
	require.NoError(t, filepath.WalkDir(out, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && entry.Name() == privateFolder:
			return filepath.SkipDir
		case entry.IsDir():
			return nil
		}
		info, err := entry.Info()
		require.NoError(t, err)
		text, err := os.ReadFile(name)
		files[strings.TrimPrefix(filepath.ToSlash(name), filepath.ToSlash(out)+"/")] = fmt.Sprintf("%s %x", info.ModTime(), sha256.Sum256(text))
		return err
	}))
	return files
}
