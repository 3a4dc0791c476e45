package main

import (
	"context"
	"errors"
	"fmt"
	"html"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

const module = "github.com/dechaff/dechaff"

// A sandbox is a copy of the repository that also contains the files that the documents mention: page.html, saved/,
// crawl/ and rules/.
type sandbox struct {
	root, dir string
	site      string
	env       []string
}

func newSandbox(ctx context.Context, site string) (*sandbox, error) {
	root, err := os.MkdirTemp("", "dechaff-docs-")
	if err != nil {
		return nil, err
	}
	s := &sandbox{root: root, dir: filepath.Join(root, "dechaff"), site: site}
	bin := filepath.Join(root, "bin")
	s.env = append(os.Environ(), "GOBIN="+bin, "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	copyAll := "mkdir -p \"$0\" && git ls-files -co --exclude-standard -z | xargs -0 cp --parents -t \"$0\""
	cmd := exec.CommandContext(ctx, "bash", "-c", copyAll, s.dir)
	if out, err := cmd.CombinedOutput(); err != nil {
		s.remove()
		return nil, fmt.Errorf("copying the repository: %w\n%s", err, out)
	}
	return s, nil
}

// clear deletes the files that commands may have written and recreates the sample files, so that the commands of one
// document do not see the results of the commands of another.
func (s *sandbox) clear() error {
	script := `rm -rf articles parquet learned unique reports rules
rm -rf blog manual site archive crawl saved crawl.db* sites.jsonl page.html
mkdir -p saved crawl rules
echo 'remove: .ad' > rules/courier.example.yaml
for d in testdata/pages/*/; do cp "$d/page.html" "saved/$(basename "$d").html"; done
cp testdata/pages/wordpress-seed/page.html page.html
for page in saved/seed-*.html; do
  name=$(basename "$page" .html)
  head='HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n'
  length=$(($(printf "$head" | wc -c) + $(wc -c < "$page")))
  printf "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:example:$name>\r\n"
  printf "WARC-Date: 2026-03-02T04:00:00Z\r\nWARC-Target-URI: https://quay.example/$name/\r\n"
  printf "Content-Type: application/http; msgtype=response\r\n"
  printf "Content-Length: $length\r\n\r\n$head"
  cat "$page"
  printf '\r\n\r\n'
done | gzip > crawl/quay.warc.gz`
	cmd := exec.Command("bash", "-euc", script)
	cmd.Dir = s.dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("the sample files: %w\n%s", err, out)
	}
	return nil
}

func (s *sandbox) remove() { _ = os.RemoveAll(s.root) }

var (
	published = regexp.MustCompile(regexp.QuoteMeta(module) + `/(examples/\w+)@latest`)
	gets      = regexp.MustCompile(`^go get ` + regexp.QuoteMeta(module))
	samples   = regexp.MustCompile(`https://(?:[a-z]+\.)?example(?:\.(?:org|com))?/[\w./-]*`)
	crawls    = regexp.MustCompile(`(examples/crawler|^crawler)( |$)`)
)

// local rewrites a command so that it needs no internet: the published module becomes this copy, and example addresses
// become those of the site on loopback.
func (s *sandbox) local(command string) string {
	command = published.ReplaceAllString(command, "./$1")
	if gets.MatchString(command) {
		return fmt.Sprintf("mkdir %[1]s/get; cd %[1]s/get; go mod init example.org/get; go mod edit -replace %[2]s=%[3]s; GOPROXY=off %[4]s",
			s.root, module, s.dir, command)
	}
	if samples.MatchString(command) {
		command = samples.ReplaceAllString(command, s.site)
		command = crawls.ReplaceAllString(command, "$1 -allow-private -delay 10ms$2")
	}
	return command
}

// A server is a small site on loopback, made from the golden pages.
type server struct {
	*http.Server
	address string
}

// serve starts a server. It serves the page of each subfolder whose name begins with "seed-", and a front page that
// links to these pages.
func serve(ctx context.Context, folder string) (*server, error) {
	pages, err := filepath.Glob(filepath.Join(folder, "seed-*", "page.html"))
	if err != nil || len(pages) == 0 {
		return nil, errors.Join(err, errors.New("there are no golden pages"))
	}
	var front strings.Builder
	front.WriteString("<!doctype html><title>The Quay</title><h1>The Quay</h1><ul>")
	mux := http.NewServeMux()
	for _, page := range pages {
		name := filepath.Base(filepath.Dir(page))
		fmt.Fprintf(&front, "<li><a href=/%s/>%s</a>", name, html.EscapeString(name))
		mux.HandleFunc("/"+name+"/", func(w http.ResponseWriter, r *http.Request) {
			body, err := os.ReadFile(page)
			if err != nil {
				http.NotFound(w, r)
				return
			}
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = w.Write(body)
		})
	}
	mux.HandleFunc("/{$}", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, front.String()) })
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &server{&http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}, "http://" + listener.Addr().String() + "/"}
	go func() { _ = s.Serve(listener) }() // returns ErrServerClosed after Close
	return s, nil
}
