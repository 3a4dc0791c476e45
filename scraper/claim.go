package scraper

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
)

// A Claim describes a page that a visit is about to pass to the handler, or a part of an article that the visit is
// about to fetch. Hooks.Claim uses it to decide which of several identical pages is delivered.
type Claim struct {
	// Identity is the page's own address in canonical form.
	Identity string
	// Part reports whether the Claim is for a further part of an article on several pages. In this case only Identity
	// is set.
	Part bool
	// Canonical is the page's rel=canonical: the address of the page that this one repeats. It is empty if there is
	// none, or if it need not be checked.
	Canonical string
	// Print is a fingerprint of the page's text, to be remembered for later comparisons.
	Print Print
	// Contents are keys that identical pages have in common. One is for pages with the same text at addresses that
	// differ only in the scheme, "www.", a trailing slash or an index file. The other is for pages of one host that show
	// the same; pages with hardly any text do not have it. Of the pages that share a key, only one may be delivered.
	Contents []string
	// Refused is set by the hook if it rejects Canonical. The page is then delivered under its own address.
	Refused bool
}

// minWords is how many words a page must have to count as identical to another page that shows the same. Pages with
// fewer words are often shells that scripts fill with different content.
const minWords = 20

// newClaim returns the claim of a page.
func (v *visit) newClaim(page *Page, words []word) *Claim {
	c := &Claim{Identity: page.ownAddress(), Print: page.print(words)}
	own, err := url.Parse(c.Identity)
	if err != nil {
		return c // impossible: url.URL.String made the address
	}
	c.Contents = []string{"text " + variantAddress(own) + " " + hex.EncodeToString(c.Print[printText:printSketch])}
	if len(words) >= minWords {
		c.Contents = append(c.Contents, "view "+siteOf(own)+" "+page.view())
	}
	if page.Canonical == "" || v.req.OwnIdentity || v.hooks.Watch.distrusts(hostKey(own)) {
		return c
	}
	if target, err := url.Parse(page.Canonical); err == nil && variantAddress(target) != variantAddress(own) {
		c.Canonical = page.Canonical
	}
	return c
}

// refuseCanonical sets Page.CanonicalErr if the page's rel=canonical was rejected. It calls Job.OnNotice for the first
// such page of a host.
func (v *visit) refuseCanonical(page *Page, claim *Claim) {
	host := hostOf(claim.Identity)
	if page.Canonical != "" && (claim.Refused || v.req.OwnIdentity || v.hooks.Watch.distrusts(host)) &&
		DedupKey(page.Canonical) != DedupKey(claim.Identity) {
		page.CanonicalErr = fmt.Errorf("%w: %s is a different page", ErrCanonical, page.Canonical)
		page.Canonical = ""
	}
	if page.CanonicalErr != nil {
		v.hooks.Watch.report("canonical of "+host, host, fmt.Errorf("%w, which %s names", page.CanonicalErr, claim.Identity))
	}
}

// claim calls Hooks.Claim, which returns an error if a page or a part must not be passed to the handler.
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

// DuplicateOf returns the error for a page that repeats the page at an address.
func DuplicateOf(address string) error { return &duplicateError{address} }

// duplicateError is an ErrDuplicate with the address of the other page.
type duplicateError struct{ address string }

func (e *duplicateError) Error() string { return ErrDuplicate.Error() + ": " + e.address }

func (e *duplicateError) Unwrap() error { return ErrDuplicate }
