package scraper

import (
	"fmt"
	"net/netip"
	"strings"
	"syscall"

	"code.dny.dev/ssrf"
)

// addressGuard rejects addresses that are not on the public Internet. It checks each dial, after name resolution, so
// that neither a redirect nor DNS rebinding can bypass it.
type addressGuard struct{ guardian *ssrf.Guardian }

// newAddressGuard returns a guard that allows every port, because public sites also use ports other than 80 and 443.
func newAddressGuard() *addressGuard {
	return &addressGuard{guardian: ssrf.New(ssrf.WithAnyPort())}
}

// control returns ErrForbiddenAddress for an address that must not be dialed. It has the signature of
// net.Dialer.Control.
func (g *addressGuard) control(network, address string, conn syscall.RawConn) error {
	if err := g.guardian.Safe(network, address, conn); err != nil {
		return fmt.Errorf("%w: %w", ErrForbiddenAddress, err)
	}
	return nil
}

// checkHost checks literal addresses, rejects localhost by name, and accepts all other names. It saves a dial, and it
// is the only check if a proxy or the caller's transport dials.
func (g *addressGuard) checkHost(host string) error {
	if host = strings.ToLower(strings.TrimRight(host, ".")); host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return fmt.Errorf("%w: %s", ErrForbiddenAddress, host)
	}
	addr, err := netip.ParseAddr(host)
	if err != nil {
		return nil //nolint:nilerr // a name, whose addresses are checked when dialing; normalHost has converted numbers
	}
	if err := g.guardian.SafeAddr(addr); err != nil {
		return fmt.Errorf("%w: %w", ErrForbiddenAddress, err)
	}
	return nil
}
