package fleet

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The turns of a dead worker are found behind those of other workers, even if River lists only a part of them at once.
func TestRunningTurnsOfLargeCrawl(t *testing.T) {
	engines(t, func(t *testing.T, name string) {
		f := open(t, name, nil)
		turns := make([]turnArgs, 2*jobsAtOnce+2)
		for i := range turns {
			turns[i] = turnArgs{Crawl: 1, Host: i, Epoch: 1}
		}
		running := func(worker string) []turnArgs {
			var found []turnArgs
			require.NoError(t, f.tx(t.Context(), func(q queries) error {
				var err error
				found, err = f.queue.runningTurns(t.Context(), q.executor, 1, worker)
				return err
			}))
			return found
		}
		assert.Empty(t, running("dead"))
		require.NoError(t, f.tx(t.Context(), func(q queries) error {
			return f.queue.insert(t.Context(), q.executor, turns)
		}))
		update := "UPDATE river_job SET state = 'running', attempted_by = '[\"living\"]'"
		if t.Name() == "TestRunningTurnsOfLargeCrawl/postgres" {
			update = "UPDATE " + riverSchema + ".river_job SET state = 'running', attempted_by = '{living}'"
		}
		_, err := f.store.exec(t.Context(), update)
		require.NoError(t, err)
		assert.Empty(t, running("dead"))
		assert.ElementsMatch(t, turns, running("living"))
	})
}
