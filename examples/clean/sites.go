package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/examples/internal/input"
	"github.com/dechaff/dechaff/examples/internal/parallel"
	"github.com/dechaff/dechaff/examples/internal/whole"
)

// minSitePages is the minimum number of pages that a host must have to be learned from.
const minSitePages = 3

// maxSites is the maximum number of hosts to learn from: those with the most pages. Each takes up to 1.5 MiB of memory.
// maxHosts is the maximum number of hosts whose pages are counted at a time.
const (
	maxSites = 200
	maxHosts = 1 << 20
)

// sites maps each host to what its pages have in common.
type sites map[string]*cleaner.Snapshot

// A learner reads the inputs twice: to count the pages of each host, and to observe those of hosts with enough pages.
type learner struct {
	inputs  []*input.Input
	o       input.Options
	workers int
}

// learn returns the Sites of the hosts that have enough pages, at most maxSites. It leaves out inputs that can be
// read only once, pages of unknown hosts, and plain texts. Errors are reported later, when the input is cleaned.
func (l learner) learn(ctx context.Context) map[string]*cleaner.Site {
	counted := make(map[string]int)
	for p := range parallel.Map(ctx, l.pages(ctx), l.workers, func(p *input.Page) string {
		p.Prepare()
		return p.Host()
	}) {
		if counted[p]++; len(counted) > maxHosts { // drop the rare hosts, to bound the memory
			maps.DeleteFunc(counted, func(_ string, n int) bool { return n < minSitePages })
		}
	}
	delete(counted, "")
	maps.DeleteFunc(counted, func(_ string, n int) bool { return n < minSitePages })
	names := slices.SortedFunc(maps.Keys(counted), func(a, b string) int {
		if counted[a] != counted[b] {
			return counted[b] - counted[a]
		}
		return strings.Compare(a, b)
	})
	learning := make(map[string]*cleaner.Site)
	for _, name := range names[:min(len(names), maxSites)] {
		learning[name] = cleaner.NewSite()
	}
	if len(learning) == 0 {
		return nil
	}
	// Pages are parsed in parallel but observed in order: only the first of two identical pages counts, and the result
	// should be deterministic.
	type parsed struct {
		site *cleaner.Site
		doc  *htmldoc.Document
	}
	for p := range parallel.Map(ctx, l.pages(ctx), l.workers, func(p *input.Page) (r parsed) {
		defer func() {
			if recover() != nil { // the panic is reported when the page is cleaned
				r = parsed{}
			}
		}()
		p.Prepare()
		if site := learning[p.Host()]; site != nil {
			if doc, err := p.Parse(); err == nil {
				return parsed{site, doc}
			}
		}
		return parsed{}
	}) {
		if p.doc != nil {
			p.site.Observe(p.doc)
		}
	}
	return learning
}

// pages yields the pages of the inputs that can be read more than once.
func (l learner) pages(ctx context.Context) func(yield func(*input.Page) bool) {
	return func(yield func(*input.Page) bool) {
		for _, in := range l.inputs {
			if in.Once() {
				continue
			}
			more := true
			_ = in.Pages(ctx, l.o, func(p *input.Page) bool { // an error is reported when the input is cleaned
				more = yield(p)
				return more
			})
			if !more || ctx.Err() != nil {
				return
			}
		}
	}
}

// snapshots returns the current snapshots of the Sites.
func snapshots(learned map[string]*cleaner.Site) sites {
	known := make(sites, len(learned))
	for host, site := range learned {
		known[host] = site.Snapshot()
	}
	return known
}

// A siteLine is a line of the file that -learn-site writes.
type siteLine struct {
	Host  string `json:"host"`
	Pages int    `json:"pages"`
	Site  []byte `json:"site"`
}

// writeSites writes a file for -site.
func writeSites(name string, learned map[string]*cleaner.Site) error {
	var b bytes.Buffer
	for _, host := range slices.Sorted(maps.Keys(learned)) {
		site, err := learned[host].MarshalBinary()
		if err != nil {
			return err
		}
		if err := json.NewEncoder(&b).Encode(siteLine{host, learned[host].Pages(), site}); err != nil {
			return err
		}
	}
	return whole.Write(name, b.Bytes(), true)
}

// readSites reads a file that -learn-site wrote.
func readSites(name string) (sites, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	known := make(sites)
	lines := json.NewDecoder(bufio.NewReader(f))
	for {
		var line siteLine
		err := lines.Decode(&line)
		if errors.Is(err, io.EOF) {
			return known, nil
		}
		site := cleaner.NewSite()
		if err == nil {
			err = site.UnmarshalBinary(line.Site)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		known[line.Host] = site.Snapshot()
	}
}
