package scraper

import (
	"errors"
	"fmt"
	"hash/maphash"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// Limits of views.
const (
	minViews     = 20 // how many pages with the parameters of a view must be copies of the page without them
	maxViewKinds = 64 // how many kinds of views of a site are counted
)

// views is what a Watch learns about parameters that select another view of a page, such as "print=1": pages at
// addresses with them were copies of the page at the address without them. It is protected by the mutex of the Watch.
type views struct {
	seed  maphash.Seed
	pages map[uint64]bool        // addresses of pages that were delivered or are copies of such a page
	kinds map[string][]*viewKind // by site
}

// viewKind counts the pages whose addresses have certain parameters in addition to those of another page.
type viewKind struct {
	parts  []string // sorted: "print=1"
	copies int      // pages that were copies of the page at the address without the parameters
	varies bool     // a page with these parameters was delivered
}

func newViews() views {
	return views{seed: maphash.MakeSeed(), pages: make(map[uint64]bool), kinds: make(map[string][]*viewKind)}
}

func (v *views) key(u *url.URL, parts []string) uint64 {
	return maphash.String(v.seed, siteOf(u)+u.EscapedPath()+"?"+strings.Join(parts, "&"))
}

// queryParts returns the parameters of an address, sorted.
func queryParts(u *url.URL) []string {
	if u.RawQuery == "" {
		return nil
	}
	parts := strings.Split(u.RawQuery, "&")
	slices.Sort(parts)
	return parts
}

// without returns the parameters that are not in the list remove. ok is false if a parameter in remove is missing.
func without(parts, remove []string) (kept []string, ok bool) {
	kept = slices.DeleteFunc(slices.Clone(parts), func(part string) bool {
		_, found := slices.BinarySearch(remove, part)
		return found
	})
	return kept, len(kept)+len(remove) == len(parts)
}

// learnView learns from a page that was delivered, with a nil error, or is a copy of another one.
func (w *Watch) learnView(u *url.URL, err error) {
	duplicate, isCopy := errors.AsType[*duplicateError](err)
	if w == nil || err != nil && !isCopy {
		return
	}
	own := queryParts(u)
	w.mu.Lock()
	defer w.mu.Unlock()
	v := &w.views
	bound(v.pages)
	v.pages[v.key(u, own)] = true
	if !isCopy {
		for _, kind := range v.kinds[siteOf(u)] {
			if _, ok := without(own, kind.parts); ok {
				kind.varies = true
			}
		}
		return
	}
	original := parseSeed(duplicate.address)
	added, ok := without(own, queryParts(original))
	if !ok || len(added) == 0 || siteOf(original) != siteOf(u) || original.EscapedPath() != u.EscapedPath() ||
		slices.ContainsFunc(added, selectsText) {
		return
	}
	if kind := v.kind(siteOf(u), added); kind != nil {
		kind.copies++
	}
}

// selectsText reports whether a parameter may select another text on some pages, although other pages are the same with
// and without it: a part of a page or the whole page, as "page=2" and "page=all" do, or a language, because a site
// shows a page that is not translated in the language that it has.
func selectsText(parameter string) bool {
	name, value, _ := strings.Cut(strings.ToLower(parameter), "=")
	number, err := strconv.Atoi(value)
	return err == nil && number > 1 || value == "all" || value == "full" ||
		name == "hl" || name == "lng" || name == "l10n" || strings.Contains(name, "lang") || strings.Contains(name, "locale")
}

// kind returns the kind of view with the given parameters. It returns nil if there are too many kinds.
func (v *views) kind(site string, parts []string) *viewKind {
	for _, kind := range v.kinds[site] {
		if slices.Equal(kind.parts, parts) {
			return kind
		}
	}
	if len(v.kinds[site]) >= maxViewKinds {
		return nil
	}
	bound(v.kinds)
	kind := &viewKind{parts: parts}
	v.kinds[site] = append(v.kinds[site], kind)
	return kind
}

// viewEnded returns an ErrTrap if an address is that of another view of a page that was delivered.
func (w *Watch) viewEnded(req *Request, u *url.URL) error {
	if u.RawQuery == "" || req.Depth == 0 || req.OwnIdentity {
		return nil
	}
	own := queryParts(u)
	w.mu.Lock()
	name := ""
	for _, kind := range w.views.kinds[siteOf(u)] {
		if kind.copies < minViews || kind.varies {
			continue
		}
		if kept, ok := without(own, kind.parts); ok && w.views.pages[w.views.key(u, kept)] {
			name = strings.Join(kind.parts, "&")
			break
		}
	}
	w.mu.Unlock()
	if name == "" {
		return nil
	}
	err := fmt.Errorf("%w: pages of %s with ?%s are copies of the page without it", ErrTrap, u.Host, name)
	w.report("views of "+u.Host+" with "+name, hostKey(u), err)
	return err
}
