package fleet

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"strconv"
	"sync"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/rivertype"
)

// turnArgs are the arguments of a River job: a host's turn in a crawl. River counts a dead worker's job as running
// until it rescues the job. Because of Epoch, a new turn of the host is a different job and need not wait for the
// rescue.
type turnArgs struct {
	Crawl int `json:"crawl" river:"unique"`
	Host  int `json:"host" river:"unique"`
	Epoch int `json:"epoch" river:"unique"`
}

// Kind is River's name for the kind of job.
func (turnArgs) Kind() string { return "dechaff_turn" }

// queueName returns the name of a crawl's queue. Workers only fetch turns of their own crawl.
func queueName(crawl int) string { return "dechaff_" + strconv.Itoa(crawl) }

// maxAttempts is the largest number of attempts that River can store for a job. A worker that dies uses up an attempt,
// which must not end the turn.
const maxAttempts = 32767

// unfinished lists the states of a River job in which the same turn cannot be queued again.
var unfinished = []rivertype.JobState{
	rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRetryable, rivertype.JobStateRunning,
	rivertype.JobStateScheduled,
}

// job is a turn that River runs at this worker.
type job = river.Job[turnArgs]

// queue is the job queue River, on either database engine.
type queue interface {
	// insert adds turns in a transaction.
	insert(ctx context.Context, tx executor, turns []turnArgs) error
	// complete ends a turn in a transaction. ctx must be the context that the work function received, or one derived from
	// it.
	complete(ctx context.Context, tx executor, turn *job) error
	// work runs a crawl's turns until the returned function stop is called. That function cancels the turns that are
	// running and waits until they have ended, for at most the given time.
	work(crawl int, o workOptions) (stop func(grace time.Duration), err error)
	// runningTurns returns the turns of a crawl that River counts as running on a client. After the client's death, these
	// are the turns that it had fetched, including turns that had ended but whose end River had not stored.
	runningTurns(ctx context.Context, tx executor, crawl int, client string) ([]turnArgs, error)
	// deleteTurns deletes the turns of a crawl, except for those that are running.
	deleteTurns(ctx context.Context, crawl int) error
}

// workOptions are the arguments of queue.work.
type workOptions struct {
	client string                            // the worker's name in River
	turns  int                               // how many turns run at once, at most
	length time.Duration                     // how long a turn lasts, at most
	work   func(context.Context, *job) error // runs a turn
	logger *slog.Logger
}

// riverQueue implements queue with River. TTx is the type of an engine's transactions.
type riverQueue[TTx any] struct {
	driver   riverdriver.Driver[TTx]
	time     riverTime
	schema   string
	pollOnly bool               // the engine cannot notify River of new jobs
	poll     time.Duration      // the pause between two polls for jobs
	unwrap   func(executor) TTx // returns the engine's transaction
	once     sync.Once          // guards the creation of inserter
	inserter *river.Client[TTx] // created by the method client on its first call
	failed   error              // why inserter could not be created
}

// jobsAtOnce is how many jobs one statement inserts, lists or deletes, at most.
const jobsAtOnce = 1000

// client returns a River client for everything except running jobs.
func (q *riverQueue[TTx]) client() (*river.Client[TTx], error) {
	q.once.Do(func() {
		q.inserter, q.failed = river.NewClient(q.driver, &river.Config{
			Schema: q.schema, Logger: silent, Test: river.TestConfig{Time: q.time},
		})
	})
	return q.inserter, q.failed
}

func (q *riverQueue[TTx]) insert(ctx context.Context, tx executor, turns []turnArgs) error {
	client, err := q.client()
	if err != nil {
		return err
	}
	for len(turns) > 0 {
		n := min(len(turns), jobsAtOnce)
		params := make([]river.InsertManyParams, 0, n)
		for _, turn := range turns[:n] {
			params = append(params, river.InsertManyParams{Args: turn, InsertOpts: &river.InsertOpts{
				Queue: queueName(turn.Crawl), MaxAttempts: maxAttempts,
				UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: unfinished},
			}})
		}
		if _, err := client.InsertManyTx(ctx, q.unwrap(tx), params); err != nil {
			return err
		}
		turns = turns[n:]
	}
	return nil
}

func (q *riverQueue[TTx]) complete(ctx context.Context, tx executor, turn *job) error {
	_, err := river.JobCompleteTx[riverdriver.Driver[TTx]](ctx, q.unwrap(tx), turn)
	if errors.Is(err, rivertype.ErrNotFound) { // River rescued the job, which will find its epoch outdated
		return nil
	}
	return err
}

// riverWorker passes River's jobs to the function do.
type riverWorker struct {
	river.WorkerDefaults[turnArgs]
	do   func(context.Context, *job) error
	time riverTime
}

// Work runs one turn.
func (w *riverWorker) Work(ctx context.Context, turn *job) error { return w.do(ctx, turn) }

// NextRetry makes a turn run again after a second, if it was rescued or ended by an outage of the database.
func (w *riverWorker) NextRetry(*job) time.Time { return w.time.Now().Add(time.Second) }

// graceTime is how far a turn may exceed its length, for example because it waits for the database, before River
// cancels it.
const graceTime = 15 * time.Second

func (q *riverQueue[TTx]) work(crawl int, o workOptions) (func(time.Duration), error) {
	workers := river.NewWorkers()
	river.AddWorker(workers, &riverWorker{do: o.work, time: q.time})
	client, err := river.NewClient(q.driver, &river.Config{
		ID: o.client, Schema: q.schema, Logger: o.logger, Workers: workers, PollOnly: q.pollOnly, FetchPollInterval: q.poll,
		Queues:      map[string]river.QueueConfig{queueName(crawl): {MaxWorkers: o.turns}},
		MaxAttempts: maxAttempts, JobTimeout: o.length + graceTime,
		RescueStuckJobsAfter:        o.length + graceTime + 5*time.Second + q.time.machineIsAhead(),
		Test:                        river.TestConfig{Time: q.time},
		CompletedJobRetentionPeriod: time.Minute, // our tables keep the results
	})
	if err != nil {
		return nil, err
	}
	if err := client.Start(context.Background()); err != nil { // stop ends the client and waits for it
		return nil, err
	}
	return func(grace time.Duration) {
		ctx, cancel := context.WithTimeout(context.Background(), grace)
		defer cancel()
		_ = client.StopAndCancel(ctx) // River rescues jobs that do not end in time
	}, nil
}

func (q *riverQueue[TTx]) runningTurns(ctx context.Context, tx executor, crawl int, worker string) ([]turnArgs, error) {
	client, err := q.client()
	if err != nil {
		return nil, err
	}
	params := river.NewJobListParams().Queues(queueName(crawl)).States(rivertype.JobStateRunning).First(jobsAtOnce)
	var turns []turnArgs
	for {
		result, err := client.JobListTx(ctx, q.unwrap(tx), params)
		if err != nil {
			return nil, err
		}
		for _, row := range result.Jobs {
			if n := len(row.AttemptedBy); n == 0 || row.AttemptedBy[n-1] != worker {
				continue
			}
			var turn turnArgs
			if err := json.Unmarshal(row.EncodedArgs, &turn); err != nil {
				return nil, err
			}
			turns = append(turns, turn)
		}
		if len(result.Jobs) < jobsAtOnce {
			return turns, nil
		}
		params = params.After(result.LastCursor)
	}
}

func (q *riverQueue[TTx]) deleteTurns(ctx context.Context, crawl int) error {
	client, err := q.client()
	if err != nil {
		return err
	}
	for {
		params := river.NewJobDeleteManyParams().Queues(queueName(crawl)).First(jobsAtOnce)
		result, err := client.JobDeleteMany(ctx, params)
		if err != nil || len(result.Jobs) == 0 {
			return err
		}
	}
}
