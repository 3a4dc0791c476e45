package render

import "sync"

// A meter counts what a page loads, up to its limits. It is safe for concurrent use.
type meter struct {
	mu       sync.Mutex
	limit    int    // the maximum number of requests in each place
	bytes    int64  // how many bytes may still be sent and received
	requests [2]int // by place
	received int64  // in bytes
	spent    bool   // the page is over a limit and may load nothing more
	onSpent  func() // ends all connections
}

// Requests are counted in two places: the tab does not see requests made by workers, and the proxy does not see
// requests within a tunnel.
const (
	inTab = iota
	atProxy
)

// request counts a request in one of the places, and reports whether it may be made. If not, nothing more may be
// loaded.
func (m *meter) request(place int) bool {
	m.mu.Lock()
	m.requests[place]++
	ok := m.requests[place] <= m.limit && !m.spent
	m.mu.Unlock()
	if !ok {
		m.spend()
	}
	return ok
}

// count counts n bytes that were received or sent, and reports whether more may follow. If not, nothing more may be
// loaded.
func (m *meter) count(n int, received bool) bool {
	m.mu.Lock()
	m.bytes -= int64(n)
	if received {
		m.received += int64(n)
	}
	ok := m.bytes >= 0 && !m.spent
	m.mu.Unlock()
	if !ok {
		m.spend()
	}
	return ok
}

// spend ends the page's network access.
func (m *meter) spend() {
	m.mu.Lock()
	first := !m.spent
	m.spent = true
	m.mu.Unlock()
	if first && m.onSpent != nil {
		m.onSpent()
	}
}

// total returns how many bytes were received.
func (m *meter) total() int64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.received
}
