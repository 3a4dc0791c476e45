package scraper

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
)

// A Claim is a page that a visit is about to pass to the handler, or a part of it that the visit is about to fetch. A
// schedule decides by it, in Hooks.Claim, which of the pages that are one are delivered.
type Claim struct {
	// Identity is the page's own address in canonical form.
	Identity string
	// Part reports whether this is a part of an article on several pages. Only Identity is set then.
	Part bool
	// Canonical is the address of the page that this one says it repeats, by rel=canonical. It is empty if there is
	// none, or if it need not be checked.
	Canonical string
	// Print is what to remember of the page's text.
	Print Print
	// Contents are what the page shares with pages that are the same: its text at addresses that differ only in the
	// scheme, "www.", a slash at the end or an index file, and its bytes on its host, unless it has hardly any text. Of
	// the pages that have one in common, only one may be delivered.
	Contents []string
	// Refused is set by the hook if it does not believe the Canonical, and delivers the page under its own address.
	Refused bool
}

// minWords is how many words a page must have to count as the same as another with the same bytes. Pages with fewer are
// often shells that scripts fill, each with something else.
const minWords = 20

// newClaim returns the claim of a page.
func (v *visit) newClaim(page *Page, words []word) *Claim {
	c := &Claim{Identity: page.ownAddress(), Print: page.print(words)}
	own, err := url.Parse(c.Identity)
	if err != nil {
		return c // it was made by url.URL.String
	}
	c.Contents = []string{"text " + variantAddress(own) + " " + hex.EncodeToString(c.Print[printText:printSketch])}
	if len(words) >= minWords {
		c.Contents = append(c.Contents, "bytes "+siteOf(own)+" "+page.Hash)
	}
	if page.Canonical == "" || v.req.OwnIdentity || v.hooks.Watch.distrusts(hostKey(own)) {
		return c
	}
	if target, err := url.Parse(page.Canonical); err == nil && variantAddress(target) != variantAddress(own) {
		c.Canonical = page.Canonical
	}
	return c
}

// refuseCanonical sets what a handler sees of a rel=canonical that was not believed.
func (v *visit) refuseCanonical(page *Page, claim *Claim) {
	host := hostOf(claim.Identity)
	if page.Canonical != "" && (claim.Refused || v.req.OwnIdentity || v.hooks.Watch.distrusts(host)) &&
		DedupKey(page.Canonical) != DedupKey(claim.Identity) {
		page.CanonicalErr = fmt.Errorf("%w: %s is another page", ErrCanonical, page.Canonical)
		page.Canonical = ""
	}
	if page.CanonicalErr != nil {
		v.hooks.Watch.report("canonical of "+host, host, fmt.Errorf("%w, which %s names", page.CanonicalErr, claim.Identity))
	}
}

// claim asks the hook for the right to pass a page or a part to the handler.
func (v *visit) claim(ctx context.Context, claim *Claim) error {
	if v.hooks.Claim == nil {
		return nil
	}
	err := v.hooks.Claim(ctx, claim)
	if err != nil && !errors.Is(err, ErrDuplicate) && !errors.Is(err, ErrPageLimit) && !errors.Is(err, ErrParked) {
		v.hookErr = err
	}
	return err
}

// DuplicateOf returns the error for a page that repeats the one at an address.
func DuplicateOf(address string) error { return fmt.Errorf("%w: %s", ErrDuplicate, address) }
