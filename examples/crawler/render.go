package main

import (
	"errors"
	"flag"
	"fmt"

	"github.com/dechaff/dechaff/scraper"
	"github.com/dechaff/dechaff/scraper/render"
)

// rendering says which pages are rendered in a browser, and how.
type rendering struct {
	mode     scraper.RenderMode
	renderer render.Options
}

// renderFlags defines the flags of rendering.
func (r *rendering) renderFlags(fs *flag.FlagSet) {
	fs.Func("render", "`pages` to render in a browser: never (default), empty (those without text) or always",
		func(value string) error {
			for mode := scraper.RenderNever; mode <= scraper.RenderAlways; mode++ {
				if mode.String() == value {
					r.mode = mode
					return nil
				}
			}
			return errors.New("it is never, empty or always")
		})
	fs.StringVar(&r.renderer.Selector, "render-wait", "",
		"with -render: CSS `selector` of an element to wait for (default: until the page is quiet)")
	fs.BoolVar(&r.renderer.NoSandbox, "no-sandbox", false,
		"with -render: run the browser without its sandbox, which it needs as root")
}

// start adds a browser to the options, if there is to be one. The function that it returns ends the browser.
func (r *rendering) start(options *scraper.Options) (end func(), err error) {
	if r.mode == scraper.RenderNever {
		return func() {}, nil
	}
	browser, err := render.New(r.renderer)
	if err != nil {
		return nil, fmt.Errorf("-render: %w", err)
	}
	options.Render, options.Renderer = r.mode, browser
	return func() { _ = browser.Close() }, nil
}
