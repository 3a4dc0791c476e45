package fleet

import (
	"context"
	"maps"
	"slices"
)

// owed is a host's row that says that this worker has it, or may say so: the database was away when it was to be taken or given back.
type owed struct {
	host  hostRow
	owner string
	asked bool // it was this worker's, which has learned something of it
}

// hold keeps a host for one turn or visit of this process, before the database is asked for it: only one at a time may take its row, or give it back. It is false
// where another has it.
func (w *worker) hold(host int) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.held[host] {
		return false
	}
	w.held[host] = true
	return true
}

// letGo is the end of hold.
func (w *worker) letGo(host int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.held, host)
}

// owe has the next sign of life give a host's row back. Until then this process holds it.
func (w *worker) owe(o owed) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.debts[o.host.id] = o
}

// payBack gives back what is owed. A row that is another's by now stays as it is.
func (w *worker) payBack(ctx context.Context) error {
	w.mu.Lock()
	debts := slices.Collect(maps.Values(w.debts))
	w.mu.Unlock()
	for _, o := range debts {
		var err error
		if o.asked {
			err = o.host.release(ctx, w.f.store, o.owner)
		} else {
			_, err = w.f.store.exec(ctx, "UPDATE dechaff_host SET owner = NULL, crawl = NULL WHERE id = $1 AND owner = $2", o.host.id, o.owner)
		}
		if err != nil {
			return err
		}
		w.mu.Lock()
		delete(w.debts, o.host.id)
		delete(w.held, o.host.id)
		w.mu.Unlock()
	}
	return nil
}
