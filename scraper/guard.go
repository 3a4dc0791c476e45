package scraper

import (
	"fmt"
	"net/netip"
	"strings"
	"syscall"

	"code.dny.dev/ssrf"
)

// addressGuard refuses addresses that are not on the public Internet. It sits at the
// dial, after name resolution, so that neither a redirect nor a rebinding DNS server gets around it.
type addressGuard struct{ guardian *ssrf.Guardian }

// newAddressGuard allows every port: sites on port 8080 are as public as others.
func newAddressGuard() *addressGuard {
	return &addressGuard{guardian: ssrf.New(ssrf.WithAnyPort())}
}

// control is a net.Dialer's Control.
func (g *addressGuard) control(network, address string, conn syscall.RawConn) error {
	if err := g.guardian.Safe(network, address, conn); err != nil {
		return fmt.Errorf("%w: %w", ErrForbiddenAddress, err)
	}
	return nil
}

// checkHost judges what the name alone gives away: literal addresses and localhost. It spares a dial,
// and is all there is when a proxy or the caller's own transport does the dialling.
func (g *addressGuard) checkHost(host string) error {
	if host = strings.ToLower(strings.TrimRight(host, ".")); host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return fmt.Errorf("%w: %s", ErrForbiddenAddress, host)
	}
	addr, err := netip.ParseAddr(host)
	if err != nil {
		return nil //nolint:nilerr // a name: what it resolves to is judged when dialling. Numbers are none: see normalHost
	}
	if err := g.guardian.SafeAddr(addr); err != nil {
		return fmt.Errorf("%w: %w", ErrForbiddenAddress, err)
	}
	return nil
}
