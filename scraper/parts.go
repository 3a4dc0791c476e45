package scraper

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// maxParts is the maximum number of parts of an article, including its first page.
const maxParts = 30

// fetchParts fetches the page with the whole article. If there is none, or it cannot be fetched, it fetches the parts
// that follow a page, in order, each once, and at the host's pace. A part that cannot be fetched, or is skipped as
// noindex, ends the list, which is then complete. If ctx ends or a hook fails, the list is not complete. If
// v.isPartHostTaken is set, the list is not complete either, but the next part may be available later.
func (v *visit) fetchParts(ctx context.Context, page *Page) {
	if v.hooks.Whole != nil {
		address := page.beside(v.hooks.Whole(page), SameDomain)
		if page.Whole = v.fetchClaimed(ctx, address, page); page.Whole != nil || v.hookErr != nil || v.isPartHostTaken {
			return
		}
	}
	part := page
	for number := 2; number <= maxParts; number++ {
		if part = v.fetchClaimed(ctx, v.nextPart(page, part, number), part); part == nil {
			return
		}
		page.Parts = append(page.Parts, part)
	}
}

// joins reports whether parts, or pages with whole articles, are fetched together with a page.
func (h *Hooks) joins() bool { return h.JoinParts || h.Next != nil || h.Whole != nil }

// nextPart returns the address of the part that follows another part of an article, or "" if there is none. The
// argument number is the number of the part that follows: 2 for the one after the first page.
func (v *visit) nextPart(first, part *Page, number int) string {
	if v.hooks.Next != nil {
		if next, known := v.hooks.Next(part); known {
			return part.beside(next, SameHost)
		}
	}
	if v.hooks.JoinParts && partNumber(first.Request.URL, part.Next) == number {
		return part.Next
	}
	return ""
}

// beside returns the canonical form of an address that a page or the caller names. It returns "" if the address is
// invalid, is the page's own address, or is not in scope.
func (p *Page) beside(ref string, scope Scope) string {
	abs, ok := p.Resolve(ref)
	if ref == "" || !ok {
		return ""
	}
	u, err := canonicalURL(abs)
	if err != nil || p.URL == nil || !scope(u, p.URL) || u.String() == p.Request.URL {
		return ""
	}
	return u.String()
}

// fetchClaimed fetches a part of a page, or the page with the whole article, unless the claim is refused. It returns
// nil if nothing was fetched.
func (v *visit) fetchClaimed(ctx context.Context, address string, from *Page) *Page {
	if address == "" || v.claim(ctx, &Claim{Identity: address, Part: true}) != nil {
		return nil
	}
	return v.fetchPart(ctx, Request{URL: address, Seed: v.req.Seed, Depth: v.req.Depth, Referrer: from.Request.URL})
}

// maxRefusals is how many times in a row a schedule may refuse the host that a part redirects to. The visit holds the
// page's host in the meantime, and a visit that holds the other host may be waiting for the page's host.
const maxRefusals = 20

// errHostTaken ends the visit of a part after maxRefusals. It counts as a failed try of the page. After the last try,
// the page is delivered without that part and the parts that follow it.
var errHostTaken = errors.New("the host of a part is busy")

// fetchPart visits an address until the visit is done, and returns the page, or nil if there is none. While it waits
// for the host's clock, it does not reserve the host: Enter is called right before each request.
func (v *visit) fetchPart(ctx context.Context, req Request) *Page {
	var page *Page
	part := visit{
		s: v.s, req: req, acquire: v.s.acquireNow,
		handler: func(_ context.Context, p *Page) error { page = p; return nil },
		hooks:   Hooks{NoIndex: v.hooks.NoIndex, Cookies: v.hooks.Cookies},
	}
	if v.hooks.Enter != nil {
		refusals := 0
		part.hooks.Enter = func(ctx context.Context, host string) (func(), time.Time, error) {
			leave, again, err := v.hooks.Enter(ctx, host)
			if leave != nil || err != nil {
				refusals = 0
			} else if refusals++; refusals > maxRefusals {
				v.isPartHostTaken, err = true, errHostTaken
			}
			return leave, again, err
		}
	}
	err := part.finish(ctx)
	if !v.isPartHostTaken {
		v.hookErr = part.hookErr
	}
	if err != nil {
		return nil
	}
	return page
}

// partNumber returns the part number of the address next in the article at the address first: 2 for "/story/2" in the
// article "/story" or "/story.html", for "/story?page=2" in "/story", and for "/story-2.html" in "/story.html". It
// returns 0 if the address next is not a part of the article. Lists of articles also have numbers, but in a separate
// folder ("/page/2").
func partNumber(first, next string) int {
	a, errA := url.Parse(first)
	b, errB := url.Parse(next)
	if errA != nil || errB != nil || a.Host != b.Host || strings.Trim(a.Path, "/") == "" {
		return 0
	}
	if a.Path == b.Path {
		return queryNumber(a.Query(), b.Query())
	}
	stem, ext := strings.TrimSuffix(a.Path, "/"), ""
	if dot := strings.LastIndexByte(stem, '.'); dot > strings.LastIndexByte(stem, '/') {
		stem, ext = stem[:dot], stem[dot:]
	}
	rest, ok := strings.CutPrefix(strings.TrimSuffix(b.Path, "/"), stem)
	if !ok {
		return 0
	}
	rest = strings.TrimSuffix(rest, ext)
	if ext != "" {
		rest = strings.TrimPrefix(rest, ext) // "/story.html/2"
	}
	number, err := strconv.Atoi(strings.TrimLeft(rest, "/-_"))
	if err != nil || rest == "" || len(rest) > 4 || '0' <= rest[0] && rest[0] <= '9' {
		return 0
	}
	return number
}

// queryNumber returns the number in the only parameter of b that a lacks or has with other values. It returns 0 if
// there is no such parameter or more than one, or if its value is not a number.
func queryNumber(a, b url.Values) int {
	number, differing := 0, 0
	for name, values := range b {
		if slices.Equal(values, a[name]) {
			continue
		}
		n, err := strconv.Atoi(b.Get(name))
		if err != nil || len(values) > 1 {
			return 0
		}
		number = n
		differing++
	}
	if differing != 1 {
		return 0
	}
	return number
}
