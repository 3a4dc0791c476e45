package scraper

import (
	"errors"
	"net/http"
	"syscall"
)

// LetThrough makes a scraper connect to one address besides those that the guard lets through, and to none of the
// latter: tests stay on loopback. It calls past with each address that the guard lets through.
func LetThrough(s *Scraper, allowed string, past func(address string)) {
	guarded := newDialer(s.opts, s.guard)
	control := guarded.Control
	guarded.Control = func(network, address string, conn syscall.RawConn) error {
		if address == allowed {
			return nil
		}
		if err := control(network, address, conn); err != nil {
			return err
		}
		past(address)
		return errors.New("the test stays on loopback")
	}
	connections, ok := s.transport.base.(*http.Transport)
	if !ok {
		panic("not the scraper's own connections")
	}
	connections.DialContext = guarded.DialContext
}
