package main

import (
	"crypto/rand"
	"crypto/subtle"
	"embed"
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"github.com/dechaff/dechaff/examples/internal/explain"
)

//go:embed assets
var assets embed.FS

// A server serves the inspector. Everything is below a secret address, which other sites cannot know. It also refuses
// requests that another site's page could make a browser send.
type server struct {
	host, token string
	library     *library
	rules       *rulebook
	mux         *http.ServeMux
}

func newServer(host string, l *library, rules *rulebook) *server {
	s := &server{host: host, token: rand.Text(), library: l, rules: rules, mux: http.NewServeMux()}
	s.mux.HandleFunc("GET /{$}", s.asset("index.html", "text/html; charset=utf-8"))
	s.mux.HandleFunc("GET /app.css", s.asset("app.css", "text/css; charset=utf-8"))
	for _, script := range []string{"app.js", "list.js", "page.js", "rules.js", "panes.js"} {
		s.mux.HandleFunc("GET /"+script, s.asset(script, "text/javascript; charset=utf-8"))
	}
	s.mux.HandleFunc("GET /view", s.view)
	s.mux.HandleFunc("GET /article", s.article)
	s.mux.HandleFunc("GET /text", s.text)
	s.mux.HandleFunc("GET /api/pages", s.pages)
	s.mux.HandleFunc("GET /api/page", s.page)
	s.mux.HandleFunc("GET /api/rules", s.showRules)
	s.mux.HandleFunc("POST /api/teach", s.teach)
	s.mux.HandleFunc("POST /api/edit", s.edit)
	s.mux.HandleFunc("POST /api/undo", s.undo)
	s.mux.HandleFunc("POST /api/save", s.save)
	return s
}

// url returns the secret address.
func (s *server) url() string { return "http://" + s.host + "/" + s.token + "/" }

// shellPolicy is the Content-Security-Policy of the inspector itself. It allows only the inspector's own scripts,
// styles, requests and frames, and pictures in data addresses.
const shellPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; " +
	"img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// framePolicy is the policy of the copies of pages. Without allow-scripts, no script runs in them. With
// allow-same-origin, the inspector can color them.
const framePolicy = explain.Policy + "; sandbox allow-same-origin; base-uri 'none'; form-action 'none'; " +
	"frame-ancestors 'self'"

// ServeHTTP implements http.Handler.
func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Security-Policy", shellPolicy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
	rest, ok := s.admit(r)
	if !ok {
		http.Error(w, "forbidden", http.StatusForbidden)
		return
	}
	r2 := r.Clone(r.Context())
	r2.URL.Path, r2.URL.RawPath = rest, ""
	s.mux.ServeHTTP(w, r2)
}

// admit returns the path below the secret address, if the request is allowed. It checks the Host header, because an
// attacker's host name can resolve to this machine (DNS rebinding). It checks the Origin header, which names another
// origin if a form or a script on another site sends the request.
func (s *server) admit(r *http.Request) (path string, ok bool) {
	token, rest, found := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	if subtle.ConstantTimeCompare([]byte(token), []byte(s.token)) != 1 || !found || r.Host != s.host {
		return "", false
	}
	origin, own := r.Header.Get("Origin"), "http://"+s.host
	if origin != own && (origin != "" || r.Method != http.MethodGet) {
		return "", false
	}
	isVisit := r.Method == http.MethodGet && r.Header.Get("Sec-Fetch-Dest") == "document"
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "none", "same-origin":
	default: // a user may open the secret address, but no site may use it
		if !isVisit {
			return "", false
		}
	}
	return "/" + rest, true
}

func (s *server) asset(name, contentType string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		b, err := assets.ReadFile("assets/" + name)
		if err != nil {
			fail(w, err)
			return
		}
		w.Header().Set("Content-Type", contentType)
		_, _ = w.Write(b)
	}
}

// view serves the copy of a page.
func (s *server) view(w http.ResponseWriter, r *http.Request) {
	p, err := s.library.explain(r.Context(), r.URL.Query(), s.rules)
	if err != nil {
		fail(w, err)
		return
	}
	page, _ := s.library.pageOf(r.URL.Query().Get("page")) // explain has checked it
	writeFrame(w, p.View(explain.ViewOptions{
		Plain: r.URL.Query().Get("plain") == "true", File: s.library.all[page].file,
	}))
}

// article serves the article as HTML.
func (s *server) article(w http.ResponseWriter, r *http.Request) {
	p, err := s.library.explain(r.Context(), r.URL.Query(), s.rules)
	var view string
	if err == nil {
		view, err = p.ArticleView()
	}
	if err != nil {
		fail(w, err)
		return
	}
	writeFrame(w, view)
}

// text serves the article as Markdown or as text.
func (s *server) text(w http.ResponseWriter, r *http.Request) {
	p, err := s.library.explain(r.Context(), r.URL.Query(), s.rules)
	if err != nil {
		fail(w, err)
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	switch {
	case p.Failure != nil:
	case r.URL.Query().Get("format") == "markdown":
		_, _ = w.Write([]byte(p.Article.Markdown()))
	default:
		_, _ = w.Write([]byte(p.Article.Text()))
	}
}

func writeFrame(w http.ResponseWriter, view string) {
	w.Header().Set("Content-Security-Policy", framePolicy)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write([]byte(view))
}

// pages serves the list of pages.
func (s *server) pages(w http.ResponseWriter, _ *http.Request) { answer(w, s.library.list()) }

// page serves all decisions about a page.
func (s *server) page(w http.ResponseWriter, r *http.Request) {
	p, err := s.library.explain(r.Context(), r.URL.Query(), s.rules)
	if err != nil {
		fail(w, err)
		return
	}
	answer(w, describe(p))
}

// errRequest means that a request is invalid, for example because it names a page that does not exist.
var errRequest = errors.New("not possible")

func answer(w http.ResponseWriter, value any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(value) // the browser may have disconnected
}

func fail(w http.ResponseWriter, err error) {
	status := http.StatusInternalServerError
	if errors.Is(err, errRequest) {
		status = http.StatusBadRequest
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]string{"error": err.Error()})
}
