package fleet

import (
	"cmp"
	"context"
	"slices"
)

// buryDead gives the hosts of workers that are alive no more to others. One that is only late, and finds itself among them, is but.
func (f *Fleet) buryDead(ctx context.Context, but string) error {
	var dead []string
	err := each(ctx, f.store, "SELECT id FROM dechaff_worker WHERE alive_until < $1 AND id <> $2", []any{f.clock.earliest(), but}, func(scan func(...any) error) error {
		id := ""
		if err := scan(&id); err != nil {
			return err
		}
		dead = append(dead, id)
		return nil
	})
	for _, id := range dead {
		if err == nil {
			err = f.bury(ctx, id, f.clock.earliest())
		}
	}
	return err
}

// bury removes a worker that was not alive at a time. River's rescue would give its turns to others a minute later at the soonest; here
// each gets a new epoch and a new job, and what River rescues then finds its epoch over.
func (f *Fleet) bury(ctx context.Context, id string, deadAt int64) error {
	return f.store.tx(ctx, func(tx executor) error {
		crawl, client := 0, ""
		found, err := one(ctx, tx, "SELECT crawl, client FROM dechaff_worker WHERE id = $1 AND alive_until < $2 FOR UPDATE SKIP LOCKED", []any{id, deadAt}, &crawl, &client)
		if err != nil || !found {
			return err
		}
		turns, err := f.turnsOf(ctx, tx, id, crawl, client)
		if err != nil {
			return err
		}
		var again []turnArgs
		for _, turn := range turns {
			n, err := tx.exec(ctx, "UPDATE dechaff_turn SET epoch = epoch + 1 WHERE crawl = $1 AND host = $2 AND epoch = $3 AND active", turn.Crawl, turn.Host, turn.Epoch)
			if err != nil {
				return err
			}
			if turn.Epoch++; n > 0 {
				again = append(again, turn)
			}
		}
		if _, err := tx.exec(ctx, "UPDATE dechaff_host SET owner = NULL, crawl = NULL WHERE owner = $1", id); err != nil {
			return err
		}
		if _, err := tx.exec(ctx, "DELETE FROM dechaff_worker WHERE id = $1", id); err != nil {
			return err
		}
		return f.queue.insert(ctx, tx, again)
	})
}

// turnsOf lists the turns that a worker had taken, and those that River had given it, by host.
func (f *Fleet) turnsOf(ctx context.Context, tx executor, id string, crawl int, client string) ([]turnArgs, error) {
	turns, err := f.queue.lost(ctx, tx, crawl, client)
	if err != nil {
		return nil, err
	}
	err = each(ctx, tx, "SELECT t.crawl, t.host, t.epoch FROM dechaff_turn t JOIN dechaff_host h ON h.id = t.host AND h.crawl = t.crawl WHERE h.owner = $1 AND t.active",
		[]any{id}, func(scan func(...any) error) error {
			var t turnArgs
			if err := scan(&t.Crawl, &t.Host, &t.Epoch); err != nil {
				return err
			}
			turns = append(turns, t)
			return nil
		})
	slices.SortFunc(turns, func(a, b turnArgs) int { return cmp.Or(cmp.Compare(a.Host, b.Host), cmp.Compare(a.Epoch, b.Epoch)) })
	return slices.Compact(turns), err
}
