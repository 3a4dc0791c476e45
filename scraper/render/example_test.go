package render_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/scraper"
	"github.com/dechaff/dechaff/scraper/render"
)

func ExampleNew() {
	_, err := render.New(render.Options{Path: "/opt/none/chromium"})
	fmt.Println(errors.Is(err, render.ErrNoBrowser))
	// Output: true
}

// TestExampleBrowser runs this example if there is a Chromium.
func ExampleBrowser() {
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `<!DOCTYPE html><title>Tides</title><div id="root"></div>
			<script>setTimeout(() => { root.innerHTML = "<p>High water is at noon." }, 2000)</script>`)
	}))
	defer site.Close()

	browser, err := render.New(render.Options{NoSandbox: os.Geteuid() == 0})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = browser.Close() }()
	s, err := scraper.New(scraper.Options{
		Render: scraper.RenderWhenEmpty, Renderer: browser, AllowPrivate: true, // the site of this example is on loopback
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer s.Close()
	page, err := s.Fetch(context.Background(), site.URL)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(page.Rendered, strings.Contains(string(page.Body), "<p>High water is at noon.</p>"))
}

func TestExampleBrowser(t *testing.T) {
	if _, err := render.New(render.Options{}); errors.Is(err, render.ErrNoBrowser) {
		t.Skip("Chromium is not installed: .ci/render installs it")
	}
	r, w, err := os.Pipe()
	require.NoError(t, err)
	stdout := os.Stdout
	os.Stdout = w
	defer func() { os.Stdout = stdout }()
	ExampleBrowser()
	require.NoError(t, w.Close())
	printed, err := io.ReadAll(r)
	require.NoError(t, err)
	assert.Equal(t, "true true\n", string(printed))
}
