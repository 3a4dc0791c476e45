package explain

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"path"
	"strings"

	"golang.org/x/net/html"
)

// files are the files that were saved with a page.
type files struct {
	open  func(path string) ([]byte, bool)
	taken int // total size in bytes of the files read so far
}

// maxFiles is the maximum total size in bytes of the files in a copy.
const maxFiles = 16 << 20

// read returns a file by its address in the page, or false if the address is not relative, the file is missing, or the
// files in the copy would exceed maxFiles.
func (f *files) read(address string) ([]byte, bool) {
	u, err := url.Parse(strings.TrimSpace(address))
	if f.open == nil || err != nil || u.Scheme != "" || u.Host != "" || u.Path == "" || u.Path[0] == '/' {
		return nil, false
	}
	b, ok := f.open(path.Clean(u.Path))
	if !ok || f.taken+len(b) > maxFiles {
		return nil, false
	}
	f.taken += len(b)
	return b, true
}

// text returns a file as text, or "" if read returns false.
func (f *files) text(address string) string {
	b, _ := f.read(address)
	return strings.ToValidUTF8(string(b), "\uFFFD")
}

// picture returns a picture as a data address, or false if there is none.
func (f *files) picture(address string) (string, bool) {
	b, ok := f.read(address)
	if !ok {
		return "", false
	}
	kind := http.DetectContentType(b)
	if strings.HasSuffix(strings.ToLower(address), ".svg") {
		kind = "image/svg+xml" // in an img, its scripts do not run
	}
	if !strings.HasPrefix(kind, "image/") {
		return "", false
	}
	return "data:" + kind + ";base64," + base64.StdEncoding.EncodeToString(b), true
}

// isForPrint reports whether a style or link element is only for printing.
func isForPrint(n *html.Node) bool {
	return strings.EqualFold(strings.TrimSpace(valueOf(n, "media")), "print")
}

func valueOf(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}
