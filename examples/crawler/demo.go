package main

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"net"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"
)

//go:embed demo
var demoFiles embed.FS

// A story is one invented article of the demo site. Its fields are what demo/page.tmpl shows.
type story struct {
	Lang, Title, Slug, Author, Date, Day, Caption, Base string

	Number  int
	Tags    []string
	Body    []template.HTML
	Related []*story
	All     []*story
	T       map[string]string
}

// A demoSite serves the embedded stories on loopback, styled like a WordPress blog with many kinds of chaff that the
// cleaner removes.
type demoSite struct {
	// URL is the site's address without a trailing slash.
	URL     string
	stories []*story
	page    *template.Template
	list    *template.Template
	server  *http.Server
}

func startDemo(ctx context.Context) (*demoSite, error) {
	d := &demoSite{}
	if err := d.load(); err != nil {
		return nil, fmt.Errorf("the demo site: %w", err)
	}
	listener, err := listenDemo(ctx)
	if err != nil {
		return nil, fmt.Errorf("the demo site: %w", err)
	}
	d.URL = "http://" + listener.Addr().String()
	for _, s := range d.stories {
		s.Base = d.URL
	}
	d.server = &http.Server{Handler: d.routes(), ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = d.server.Serve(listener) }() // returns ErrServerClosed after Close
	return d, nil
}

// demoPort is the demo site's preferred port. On the same port, a second demo finds the same addresses as the first,
// and does not write anything twice.
const demoPort = 18741

func listenDemo(ctx context.Context) (net.Listener, error) {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", fmt.Sprintf("127.0.0.1:%d", demoPort))
	if err != nil {
		listener, err = config.Listen(ctx, "tcp", "127.0.0.1:0")
	}
	return listener, err
}

// Close stops the server.
func (d *demoSite) Close() error { return d.server.Close() }

func (d *demoSite) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) { d.serveList(w, d.stories) })
	mux.HandleFunc("GET /category/{lang}/", func(w http.ResponseWriter, r *http.Request) {
		d.serveList(w, inLanguage(d.stories, r.PathValue("lang")))
	})
	mux.HandleFunc("GET /robots.txt", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, "User-agent: *\nDisallow: /private/\n")
	})
	mux.Handle("GET /old-address/", http.RedirectHandler("/"+d.stories[0].Slug+"/", http.StatusMovedPermanently))
	mux.HandleFunc("GET /about.pdf", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/pdf")
		_, _ = io.WriteString(w, "%PDF-1.4\n%%EOF\n") // the crawler must not read this file
	})
	mux.HandleFunc("GET /wp-content/uploads/{file}", d.servePicture)
	mux.HandleFunc("GET /{slug}/", func(w http.ResponseWriter, r *http.Request) {
		i := slices.IndexFunc(d.stories, func(s *story) bool { return s.Slug == r.PathValue("slug") })
		if i < 0 || r.URL.Path != "/"+d.stories[i].Slug+"/" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=UTF-8")
		if err := d.page.Execute(w, d.stories[i]); err != nil {
			panic(http.ErrAbortHandler) // the client disconnected
		}
	})
	return mux
}

func (d *demoSite) serveList(w http.ResponseWriter, stories []*story) {
	if len(stories) == 0 {
		http.Error(w, "404 page not found", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=UTF-8")
	page := struct {
		Lang, Site string
		Stories    []*story
	}{stories[0].Lang, stories[0].T["Site"], stories}
	if err := d.list.Execute(w, page); err != nil {
		panic(http.ErrAbortHandler)
	}
}

// load reads the templates, the word list and the stories.
func (d *demoSite) load() error {
	var err error
	if d.page, err = template.ParseFS(demoFiles, "demo/page.tmpl"); err != nil {
		return err
	}
	if d.list, err = template.ParseFS(demoFiles, "demo/list.tmpl"); err != nil {
		return err
	}
	var words map[string]map[string]string
	b, err := demoFiles.ReadFile("demo/words.json")
	if err != nil {
		return err
	}
	if err := json.Unmarshal(b, &words); err != nil {
		return err
	}
	files, err := fs.Glob(demoFiles, "demo/stories/*.txt")
	if err != nil {
		return err
	}
	for i, name := range files {
		text, err := demoFiles.ReadFile(name)
		if err != nil {
			return err
		}
		s := parseStory(string(text))
		s.Slug, s.Number, s.T = strings.TrimSuffix(path.Base(name), ".txt"), 40+i, words[s.Lang]
		d.stories = append(d.stories, s)
	}
	for _, s := range d.stories {
		s.All = inLanguage(d.stories, s.Lang)
		s.Related = slices.DeleteFunc(slices.Clone(s.All), func(o *story) bool { return o == s })
	}
	return nil
}

func inLanguage(stories []*story, lang string) []*story {
	return slices.DeleteFunc(slices.Clone(stories), func(s *story) bool { return s.Lang != lang })
}

// parseStory parses header lines, an empty line, and blocks. A block that begins with "<" is HTML; any other is a
// paragraph of plain text.
func parseStory(text string) *story {
	head, body, _ := strings.Cut(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n")
	s := &story{}
	fields := map[string]*string{
		"lang": &s.Lang, "title": &s.Title, "author": &s.Author, "date": &s.Date,
		"caption": &s.Caption,
	}
	for line := range strings.Lines(head) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		if key == "tags" {
			s.Tags = strings.Split(value, ", ")
		} else if field := fields[key]; field != nil {
			*field = value
		}
	}
	if day, err := time.Parse(time.RFC3339, s.Date); err == nil {
		s.Day = day.Format("02/01/2006")
	}
	for block := range strings.SplitSeq(strings.TrimSpace(body), "\n\n") {
		if strings.HasPrefix(block, "<") {
			s.Body = append(s.Body, template.HTML(block))
			continue
		}
		s.Body = append(s.Body, template.HTML("<p>"+template.HTMLEscapeString(block)+"</p>"))
	}
	return s
}
