package fleet

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/scraper"
	"github.com/dechaff/dechaff/scraper/internal/dnstest"
)

// workerEnv is the environment variable that makes the test program run as a worker. Its value is a workerConfig in
// JSON.
const workerEnv = "DECHAFF_FLEET_TEST_WORKER"

// workerConfig configures a worker process.
type workerConfig struct {
	Database, DNS, Seed, Log string
	Delay, Turn              time.Duration
	Handling                 time.Duration // how long the handler of each page sleeps
	Workers, MaxPages        int
}

func TestMain(m *testing.M) {
	if text := os.Getenv(workerEnv); text != "" {
		if err := work(text); err != nil {
			fmt.Fprintln(os.Stderr, "worker:", err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	// The tests that call t.Parallel mostly wait, so more of them can run at once than there are cores. With -short, they
	// run under the race detector, which keeps all cores busy.
	flag.Parse()
	parallel := flag.Lookup("test.parallel").Value
	if !testing.Short() && parallel.String() == strconv.Itoa(runtime.GOMAXPROCS(0)) { // the default
		_ = parallel.Set("6")
	}
	os.Exit(m.Run())
}

func (c workerConfig) options() Options {
	delay := c.Delay
	if delay == 0 {
		delay = -1
	}
	return Options{Turn: c.Turn, Scraper: scraper.Options{
		UserAgent: "QuayBot/1.0 (+https://quay.example/bot)", AllowPrivate: true, Delay: delay,
		Timeout: 3 * time.Second, Workers: c.Workers,
		RetryDelay: 200 * time.Millisecond, MaxHostFailures: -1, Resolver: dnstest.Resolver(c.DNS),
	}}
}

func (c workerConfig) job() Job {
	return Job{Job: scraper.Job{Seeds: []string{c.Seed}, Scope: scraper.AnyHost, MaxPages: c.MaxPages}}
}

// work runs a worker process. The argument is a workerConfig in JSON. Without a database, the worker crawls in memory.
// When the handler of a page ends, it writes the page's address to the log.
func work(text string) error {
	var c workerConfig
	if err := json.Unmarshal([]byte(text), &c); err != nil {
		return err
	}
	log, err := os.OpenFile(c.Log, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	handler := func(_ context.Context, p *scraper.Page) error {
		time.Sleep(c.Handling)
		_, err := log.WriteString(p.Request.URL + "\n")
		return err
	}
	var report workerReport
	if c.Database == "" {
		s, err := scraper.New(c.options().Scraper)
		if err != nil {
			return err
		}
		if report.Stats, err = s.Crawl(context.Background(), c.job().Job, handler); err != nil {
			return err
		}
		return json.NewEncoder(os.Stdout).Encode(report)
	}
	f, err := Open(context.Background(), c.Database, c.options())
	if err != nil {
		return err
	}
	defer f.Close()
	if report.Stats, err = f.Crawl(context.Background(), c.job(), handler); err != nil {
		return err
	}
	report.Statements = f.statements()
	return json.NewEncoder(os.Stdout).Encode(report)
}

// workerReport is what a worker process writes to its standard output, in JSON, when it ends.
type workerReport struct {
	Stats      scraper.Stats
	Statements int64
}

// statements returns how many statements this process has run on the fleet's database. On PostgreSQL, this includes
// River's statements.
func (f *Fleet) statements() int64 {
	inner := f.store
	if s, ok := inner.(*shaky); ok {
		inner = s.store
	}
	switch s := inner.(type) {
	case *sqliteStore:
		return s.statements.Load()
	case *postgresStore:
		return s.statements.Load()
	}
	return 0
}

// process is a started worker process.
type process struct {
	*exec.Cmd
	ended  chan error
	stdout bytes.Buffer
}

func startWorker(t *testing.T, c workerConfig) *process {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), workerEnv+"="+toJSON(c))
	p := &process{Cmd: cmd, ended: make(chan error, 1)}
	cmd.Stderr, cmd.Stdout = os.Stderr, &p.stdout
	require.NoError(t, cmd.Start())
	go func() { p.ended <- cmd.Wait() }()
	t.Cleanup(func() { _ = p.Process.Kill() })
	return p
}

// kill sends SIGKILL. It returns false if the worker had already ended.
func (p *process) kill(t *testing.T) bool {
	t.Helper()
	if err := p.Process.Kill(); errors.Is(err, os.ErrProcessDone) {
		return false
	}
	require.Error(t, <-p.ended)
	return true
}

// handled counts the lines of the workers' logs, by address.
func handled(t *testing.T, log string) map[string]int {
	t.Helper()
	counts := make(map[string]int)
	f, err := os.Open(log)
	if errors.Is(err, os.ErrNotExist) {
		return counts
	}
	require.NoError(t, err)
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		counts[lines.Text()]++
	}
	require.NoError(t, lines.Err())
	return counts
}

func newConfig(t testing.TB, w *web, database string) workerConfig {
	t.Helper()
	return workerConfig{
		Database: database, DNS: w.dns, Seed: w.address(0), Log: filepath.Join(t.TempDir(), "handled"),
		Workers: 32, Turn: 5 * time.Second,
	}
}
