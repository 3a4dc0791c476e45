package fleet_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"time"

	"github.com/dechaff/dechaff/scraper"
	"github.com/dechaff/dechaff/scraper/fleet"
)

// newQuay serves an invented site of three pages on loopback.
func newQuay() *httptest.Server {
	pages := map[string]string{
		"/":      `<title>Quay</title><a href="/tides">Tides</a> <a href="/crane">Crane</a> <a href="/lost">Lost</a>`,
		"/tides": `<title>Tides</title><a href="/">Quay</a>`,
		"/crane": `<title>The crane</title>`,
	}
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		page, ok := pages[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, page)
	}))
}

// quayOptions are for a local server: on the Internet, leave AllowPrivate and Delay unset.
var quayOptions = fleet.Options{Scraper: scraper.Options{AllowPrivate: true, Delay: 5 * time.Millisecond}}

// openQuay opens a database in a temporary folder.
func openQuay() (f *fleet.Fleet, cleanUp func()) {
	dir, err := os.MkdirTemp("", "quay")
	if err != nil {
		log.Fatal(err)
	}
	if f, err = fleet.Open(context.Background(), filepath.Join(dir, "crawl.db"), quayOptions); err != nil {
		log.Fatal(err)
	}
	return f, func() {
		f.Close()
		_ = os.RemoveAll(dir)
	}
}

func ExampleOpen() {
	dir, err := os.MkdirTemp("", "quay")
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	f, err := fleet.Open(context.Background(), filepath.Join(dir, "crawl.db"), fleet.Options{
		Scraper: scraper.Options{UserAgent: "QuayBot/1.0 (+https://quay.example/bot)"},
	})
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	_, err = f.Status(context.Background(), "tides")
	fmt.Println(errors.Is(err, fleet.ErrNoCrawl))
	// Output: true
}

func ExampleFleet_Crawl() {
	web := newQuay()
	defer web.Close()
	f, cleanUp := openQuay()
	defer cleanUp()

	job := fleet.Job{Name: "quay", Job: scraper.Job{Seeds: []string{web.URL}}}
	ctx, cancel := context.WithCancel(context.Background())
	_, err := f.Crawl(ctx, job, func(_ context.Context, p *scraper.Page) error {
		fmt.Println(p.URL.Path)
		cancel() // as Ctrl-C does
		return nil
	})
	fmt.Println(err)
	stats, err := f.Crawl(context.Background(), job, func(_ context.Context, p *scraper.Page) error {
		fmt.Println(p.URL.Path)
		return nil
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(stats.Handled, "handled,", stats.Failed, "failed")
	// Output:
	// /
	// context canceled
	// /tides
	// /crane
	// 3 handled, 1 failed
}

func ExampleFleet_Status() {
	web := newQuay()
	defer web.Close()
	f, cleanUp := openQuay()
	defer cleanUp()

	if _, err := f.Crawl(context.Background(), fleet.Job{Job: scraper.Job{Seeds: []string{web.URL}}}, nil); err != nil {
		log.Fatal(err)
	}
	status, err := f.Status(context.Background(), "default")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(status.State, status.Stats.Handled)
	for _, host := range status.Hosts {
		fmt.Println(host.Waiting, "waiting,", host.Failed, "failed")
	}
	// Output:
	// done 3
	// 0 waiting, 1 failed
}

func ExampleFleet_Pause() {
	web := newQuay()
	defer web.Close()
	f, cleanUp := openQuay()
	defer cleanUp()

	ctx := context.Background()
	stats, err := f.Crawl(ctx, fleet.Job{Job: scraper.Job{Seeds: []string{web.URL}}},
		func(ctx context.Context, _ *scraper.Page) error {
			if err := f.Pause(ctx, "default"); err != nil {
				return err
			}
			return f.Resume(ctx, "default")
		})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(stats.Handled)
	// Output: 3
}

func ExampleFleet_Resume() {
	f, cleanUp := openQuay()
	defer cleanUp()
	fmt.Println(f.Resume(context.Background(), "tides"))
	// Output: fleet: no crawl with that name
}

func ExampleFleet_Cancel() {
	web := newQuay()
	defer web.Close()
	f, cleanUp := openQuay()
	defer cleanUp()

	_, err := f.Crawl(context.Background(), fleet.Job{Job: scraper.Job{Seeds: []string{web.URL}}},
		func(ctx context.Context, _ *scraper.Page) error {
			return f.Cancel(ctx, "default")
		})
	fmt.Println(errors.Is(err, fleet.ErrCancelled))
	// Output: true
}

func ExampleFleet_Restart() {
	web := newQuay()
	defer web.Close()
	f, cleanUp := openQuay()
	defer cleanUp()

	job := fleet.Job{Job: scraper.Job{Seeds: []string{web.URL}}}
	diskIsFull := true
	handler := func(context.Context, *scraper.Page) error {
		if diskIsFull {
			return errors.New("the disk is full")
		}
		return nil
	}
	if _, err := f.Crawl(context.Background(), job, handler); err != nil {
		log.Fatal(err)
	}
	diskIsFull = false
	n, err := f.Restart(context.Background(), "default")
	if err != nil {
		log.Fatal(err)
	}
	stats, err := f.Crawl(context.Background(), job, handler)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(n, "again:", stats.Handled, "handled,", stats.Failed, "failed")
	// Output: 4 again: 3 handled, 1 failed
}

func ExampleFleet_Backup() {
	web := newQuay()
	defer web.Close()
	f, cleanUp := openQuay()
	defer cleanUp()
	dir, err := os.MkdirTemp("", "copy")
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = os.RemoveAll(dir) }()

	ctx := context.Background()
	if _, err := f.Crawl(ctx, fleet.Job{Job: scraper.Job{Seeds: []string{web.URL}}}, nil); err != nil {
		log.Fatal(err)
	}
	if err := f.Backup(ctx, filepath.Join(dir, "copy.db")); err != nil {
		log.Fatal(err)
	}
	backup, err := fleet.Open(ctx, filepath.Join(dir, "copy.db"), quayOptions)
	if err != nil {
		log.Fatal(err)
	}
	defer backup.Close()
	status, err := backup.Status(ctx, "default")
	fmt.Println(status.Stats.Handled, err)
	// Output: 3 <nil>
}

func ExampleFleet_FetchFile() {
	quay := newQuay()
	defer quay.Close()
	f, cleanUp := openQuay()
	defer cleanUp()
	job := fleet.Job{Job: scraper.Job{Seeds: []string{quay.URL}}}
	if _, err := f.Crawl(context.Background(), job, nil); err != nil {
		log.Fatal(err)
	}
	file, err := f.FetchFile(context.Background(), quay.URL+"/crane", scraper.FileOptions{MaxBytes: 1 << 20})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(file.Status, len(file.Body), "bytes")
	// Output: 200 24 bytes
}
