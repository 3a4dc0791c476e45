package main

import (
	"context"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/dechaff/dechaff/examples/internal/hosts"
)

// maxQueued is the maximum number of files of one host in a fileQueue. The addresses of a host with more files would
// fill the memory, because a host gets only one request at a time.
const maxQueued = 10_000

// A fileQueue contains the addresses of files that are to be fetched, by host. Since a host gets one request at a time,
// only one file of each host is in work, so that a slow host occupies one fetcher and not all of them. The hosts take
// turns. A fileQueue is safe for concurrent use.
type fileQueue struct {
	mu     sync.Mutex
	change sync.Cond           // a host is ready, or the queue is closed
	hosts  map[string][]string // addresses by host; a host without addresses is in work
	ready  []string            // the hosts that have addresses and are not in work
	closed bool
}

func newFileQueue() *fileQueue {
	q := &fileQueue{hosts: make(map[string][]string)}
	q.change.L = &q.mu
	return q
}

// isFull reports whether the queue has no room for another file of the address's host.
func (q *fileQueue) isFull(address string) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.hosts[hosts.Of(address)]) >= maxQueued
}

// add adds a file.
func (q *fileQueue) add(address string) {
	host := hosts.Of(address)
	q.mu.Lock()
	defer q.mu.Unlock()
	waiting, known := q.hosts[host]
	q.hosts[host] = append(waiting, address)
	if !known {
		q.ready = append(q.ready, host)
		q.change.Signal()
	}
}

// next waits for a file of a host that is not in work. It returns false if no file is left, or if the queue was
// stopped.
func (q *fileQueue) next() (address string, ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.ready) == 0 && !(q.closed && len(q.hosts) == 0) {
		q.change.Wait()
	}
	if len(q.ready) == 0 {
		return "", false
	}
	host := q.ready[0]
	q.ready = q.ready[1:]
	address = q.hosts[host][0]
	q.hosts[host] = q.hosts[host][1:]
	return address, true
}

// done makes the next file of a host available, after the file at the given address.
func (q *fileQueue) done(address string) {
	host := hosts.Of(address)
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.hosts[host]) > 0 {
		q.ready = append(q.ready, host)
		q.change.Signal()
		return
	}
	delete(q.hosts, host)
	if q.closed && len(q.hosts) == 0 {
		q.change.Broadcast()
	}
}

// close declares that no more files are added.
func (q *fileQueue) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	q.change.Broadcast()
}

// stop is like close, but also drops the files that are not in work.
func (q *fileQueue) stop() {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, host := range q.ready {
		delete(q.hosts, host)
	}
	for host := range q.hosts {
		q.hosts[host] = nil
	}
	q.ready, q.closed = nil, true
	q.change.Broadcast()
}

// fetch starts goroutines that fetch the files of the queue, at most the given number at a time. If one fails, the
// group's context ends, and ctx must be that context.
func (q *fileQueue) fetch(ctx context.Context, group *errgroup.Group, atOnce int, file func(address string) error) {
	for range atOnce {
		group.Go(func() error {
			defer context.AfterFunc(ctx, q.stop)()
			for {
				address, ok := q.next()
				if !ok {
					return ctx.Err()
				}
				err := file(address)
				q.done(address)
				if err != nil {
					return err
				}
			}
		})
	}
}
