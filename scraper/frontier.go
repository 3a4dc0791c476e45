package scraper

import (
	"container/heap"
	"hash/maphash"
	"slices"
	"time"
)

// frontier contains the waiting requests: a queue for each host, and a heap of hosts by the time of their next
// request, so that a slow host does not delay others. Only the scheduling goroutine may use it.
type frontier struct {
	hosts  map[string]*hostQueue
	ready  hostHeap
	due    func(host string) time.Time // when the next request to a host may be made
	size   int                         // how many requests are waiting
	origin *origin                     // of the last request that was pushed
}

// waiting is a request in a compact form, because a crawl has millions of them. Most differ only in their address.
type waiting struct {
	url    string
	origin *origin
	whole  *Request // the complete request, if the compact form cannot hold it
}

// origin contains the values that all links of one page share.
type origin struct {
	seed, referrer string
	depth          int
}

// pack converts a request to the compact form. Successive links of a page have a common origin.
func (f *frontier) pack(req Request) waiting {
	if req.Via != nil || req.Tries > 0 || req.List != NoList || !req.Published.IsZero() || !req.Modified.IsZero() ||
		req.OwnIdentity {
		return waiting{whole: &req}
	}
	from := origin{req.Seed, req.Referrer, req.Depth}
	if f.origin == nil || *f.origin != from {
		f.origin = &from
	}
	return waiting{url: req.URL, origin: f.origin}
}

func (w *waiting) address() string {
	if w.whole != nil {
		return w.whole.URL
	}
	return w.url
}

func (w *waiting) request() Request {
	if w.whole != nil {
		return *w.whole
	}
	return Request{URL: w.url, Seed: w.origin.seed, Referrer: w.origin.referrer, Depth: w.origin.depth}
}

// hostQueue contains one host's new requests in order of arrival, and its retries in the order in which they are due.
type hostQueue struct {
	host      string
	fifo      []waiting // new requests, from fifo[head] on
	head      int
	retries   retryHeap
	notBefore time.Time // no request may be made before this time
	busy      bool      // one of its requests is in flight
	due       time.Time // the key of the queue in the heap
	index     int       // the position of the queue in the heap; -1 if it is not there
}

func newFrontier(due func(host string) time.Time) *frontier {
	return &frontier{hosts: make(map[string]*hostQueue), due: due}
}

func (f *frontier) queue(host string) *hostQueue {
	q := f.hosts[host]
	if q == nil {
		q = &hostQueue{host: host, index: -1}
		f.hosts[host] = q
	}
	return q
}

// push adds a new request.
func (f *frontier) push(host string, req Request) {
	q := f.queue(host)
	q.fifo = append(q.fifo, f.pack(req))
	f.size++
	f.update(q)
}

// pushFront adds a new request before all other new requests of its host.
func (f *frontier) pushFront(host string, req Request) {
	q := f.queue(host)
	q.putBack(f.pack(req))
	f.size++
	f.update(q)
}

// promote moves the new request for an address to the front of its host's queue. It does nothing if there is no such
// request.
func (f *frontier) promote(host, address string) {
	q := f.hosts[host]
	if q == nil {
		return
	}
	waits := q.fifo[q.head:]
	at := slices.IndexFunc(waits, func(w waiting) bool { return w.address() == address })
	if at > 0 {
		found := waits[at]
		copy(waits[1:at+1], waits[:at])
		waits[0] = found
	}
}

// putBack puts a request before all other new requests of the queue.
func (q *hostQueue) putBack(w waiting) {
	if q.head > 0 {
		q.head--
		q.fifo[q.head] = w
	} else {
		q.fifo = append([]waiting{w}, q.fifo...)
	}
}

// retry adds a request that must not be made before the given time.
func (f *frontier) retry(q *hostQueue, req Request, at time.Time) {
	heap.Push(&q.retries, retryItem{req, at})
	f.size++
	f.update(q)
}

// deferHost puts a request back at the head of the queue. No request to the host is made before the given time.
func (f *frontier) deferHost(q *hostQueue, req Request, until time.Time) {
	q.putBack(f.pack(req))
	q.notBefore = until
	f.size++
	f.update(q)
}

// next removes and returns a request that may be made now. Its host is then busy until release is called. It returns
// false if there is no such request.
func (f *frontier) next(now time.Time) (*hostQueue, Request, bool) {
	if len(f.ready) == 0 || now.Before(f.ready[0].due) {
		return nil, Request{}, false
	}
	q := f.ready[0]
	q.busy = true
	f.update(q)
	f.size--
	return q, q.pop(now), true
}

// release marks the host as not busy.
func (f *frontier) release(q *hostQueue) {
	q.busy = false
	f.update(q)
}

// nextDue returns when the method next will return a request. If ok is false, no request is waiting for a host that is
// not busy.
func (f *frontier) nextDue() (at time.Time, ok bool) {
	if len(f.ready) == 0 {
		return time.Time{}, false
	}
	return f.ready[0].due, true
}

// drain removes all requests and passes them to the function each, in no particular order.
func (f *frontier) drain(each func(Request)) {
	for _, q := range f.hosts {
		for _, w := range q.fifo[q.head:] {
			each(w.request())
		}
		for _, item := range q.retries {
			each(item.req)
		}
		q.fifo, q.head, q.retries = nil, 0, nil
	}
	f.ready, f.size = nil, 0
}

// update moves the queue to its position in the heap. It removes the queue from the heap if the queue is empty or its
// host is busy.
func (f *frontier) update(q *hostQueue) {
	if q.busy || q.len() == 0 {
		if q.index >= 0 {
			heap.Remove(&f.ready, q.index)
		}
		return
	}
	q.due = f.due(q.host)
	if q.notBefore.After(q.due) {
		q.due = q.notBefore
	}
	if q.head == len(q.fifo) && q.retries[0].at.After(q.due) {
		q.due = q.retries[0].at
	}
	if q.index < 0 {
		heap.Push(&f.ready, q)
	} else {
		heap.Fix(&f.ready, q.index)
	}
}

func (q *hostQueue) len() int { return len(q.fifo) - q.head + len(q.retries) }

// pop removes and returns a due retry if there is one, and otherwise a new request: finishing pages has priority over
// starting others.
func (q *hostQueue) pop(now time.Time) Request {
	if len(q.retries) > 0 && (q.head == len(q.fifo) || !now.Before(q.retries[0].at)) {
		return heap.Pop(&q.retries).(retryItem).req
	}
	req := q.fifo[q.head].request()
	q.fifo[q.head] = waiting{}
	q.head++
	switch {
	case q.head == len(q.fifo):
		q.fifo, q.head = nil, 0
	case q.head > 64 && q.head > len(q.fifo)/2:
		q.fifo = append(make([]waiting, 0, 2*(len(q.fifo)-q.head)), q.fifo[q.head:]...)
		q.head = 0
	}
	return req
}

type retryItem struct {
	req Request
	at  time.Time
}

type retryHeap []retryItem

func (h retryHeap) Len() int           { return len(h) }
func (h retryHeap) Less(i, j int) bool { return h[i].at.Before(h[j].at) }
func (h retryHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *retryHeap) Push(x any)        { *h = append(*h, x.(retryItem)) }

func (h *retryHeap) Pop() any {
	old := *h
	last := old[len(old)-1]
	old[len(old)-1] = retryItem{}
	*h = old[:len(old)-1]
	return last
}

type hostHeap []*hostQueue

func (h hostHeap) Len() int           { return len(h) }
func (h hostHeap) Less(i, j int) bool { return h[i].due.Before(h[j].due) }

func (h hostHeap) Swap(i, j int) {
	h[i], h[j] = h[j], h[i]
	h[i].index, h[j].index = i, j
}

func (h *hostHeap) Push(x any) {
	q := x.(*hostQueue)
	q.index = len(*h)
	*h = append(*h, q)
}

func (h *hostHeap) Pop() any {
	old := *h
	q := old[len(old)-1]
	old[len(old)-1] = nil
	*h = old[:len(old)-1]
	q.index = -1
	return q
}

// urlKey is the key of an address in the sets of seen addresses. It has 128 bits, so that a million addresses need
// little memory and collisions practically never happen.
type urlKey [2]uint64

// urlHash computes the keys of the addresses in one crawl.
type urlHash [2]maphash.Seed

func newURLHash() urlHash { return urlHash{maphash.MakeSeed(), maphash.MakeSeed()} }

func (h urlHash) key(address string) urlKey {
	return urlKey{maphash.String(h[0], address), maphash.String(h[1], address)}
}
