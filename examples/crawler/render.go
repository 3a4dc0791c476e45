package main

import (
	"errors"
	"flag"
	"fmt"

	"github.com/dechaff/dechaff/scraper"
	"github.com/dechaff/dechaff/scraper/render"
)

// rendering configures which pages are rendered in a browser, and how.
type rendering struct {
	mode    scraper.RenderMode
	browser render.Options
	// renderer is set by open. nil means no browser.
	renderer *render.Browser
}

// renderFlags defines the flags for rendering.
func (r *rendering) renderFlags(fs *flag.FlagSet) {
	fs.Func("render", "`pages` to render in a browser: never (default), empty (those without text) or always",
		func(value string) error {
			for mode := scraper.RenderNever; mode <= scraper.RenderAlways; mode++ {
				if mode.String() == value {
					r.mode = mode
					return nil
				}
			}
			return errors.New("must be never, empty or always")
		})
	fs.StringVar(&r.browser.Selector, "render-wait", "",
		"with -render: CSS `selector` of an element to wait for (default: until the page is quiet)")
	fs.BoolVar(&r.browser.NoSandbox, "no-sandbox", false,
		"with -render: run the browser without its sandbox (required as root)")
}

// open finds the browser, if one is needed.
func (r *rendering) open() (err error) {
	if r.mode == scraper.RenderNever {
		return nil
	}
	if r.renderer, err = render.New(r.browser); err != nil {
		return fmt.Errorf("-render: %w", err)
	}
	return nil
}

// addTo makes a scraper use the browser.
func (r *rendering) addTo(options *scraper.Options) {
	if r.renderer != nil {
		options.Render, options.Renderer = r.mode, r.renderer
	}
}

// end closes the browser.
func (r *rendering) end() {
	if r.renderer != nil {
		_ = r.renderer.Close()
	}
}
