package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// With -login, the crawler signs in with a site's form, as the site's rules describe, and then gets the pages.
func TestLogin(t *testing.T) {
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/robots.txt":
			http.NotFound(w, r)
		case r.URL.Path == "/login" && r.Method == http.MethodGet:
			http.SetCookie(w, &http.Cookie{Name: "test", Value: "1"})
		case r.URL.Path == "/login":
			if _, err := r.Cookie("test"); err != nil || r.FormValue("log") != "una" || r.FormValue("pwd") != "gull:7" || r.FormValue("stay") != "on" {
				w.WriteHeader(http.StatusForbidden)
				return
			}
			http.SetCookie(w, &http.Cookie{Name: "session", Value: "abc"})
			http.Redirect(w, r, "/", http.StatusFound)
		case !strings.Contains(r.Header.Get("Cookie"), "session=abc"):
			w.WriteHeader(http.StatusForbidden)
		default:
			_, _ = fmt.Fprint(w, article("Members only", ""))
		}
	}))
	defer web.Close()
	u, err := url.Parse(web.URL)
	require.NoError(t, err)
	rules := t.TempDir()
	say := func(uri string) {
		require.NoError(t, os.WriteFile(filepath.Join(rules, u.Hostname()+".txt"), []byte("requires_login: yes\nlogin_uri: "+uri+
			"\nlogin_username_field: log\nlogin_password_field: pwd\nlogin_extra_fields: stay=on\n"), 0o600))
	}
	say(web.URL + "/login")
	password := func(p string) {
		name := filepath.Join(t.TempDir(), "in")
		require.NoError(t, os.WriteFile(name, []byte(p+"\n"), 0o600))
		in, err := os.Open(name)
		require.NoError(t, err)
		old := os.Stdin
		os.Stdin = in
		t.Cleanup(func() { os.Stdin = old; _ = in.Close() })
	}
	args := []string{"-site-rules", rules, "-login", "una@" + u.Hostname(), web.URL + "/"}
	password("gull:7")
	paths, _ := runCrawler(t, exitFinished, args...)
	assert.Equal(t, []string{"/"}, paths)

	password("wrong")
	_, problems := runCrawler(t, exitNothing, args...)
	assert.Contains(t, problems, "signing in failed: 403 Forbidden")
	say("https://elsewhere.example/login")
	password("gull:7")
	_, problems = runCrawler(t, exitNothing, args...)
	assert.Contains(t, problems, "is not an encrypted page of the site")
	_, problems = runCrawler(t, exitUsage, args[2:]...)
	assert.Contains(t, problems, "-login needs -site-rules")
	args[1] = t.TempDir()
	password("gull:7")
	_, problems = runCrawler(t, exitNothing, args...)
	assert.Contains(t, problems, "no rule in -site-rules describes the form")
}
