package scraper

import (
	"errors"
	"net/http"
	"syscall"
)

// LetThrough makes a scraper connect to the allowed address only, so that tests stay on loopback. All other addresses
// go through the guard. The function past is called with each address that the guard lets through, but no connection
// to it is made.
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
