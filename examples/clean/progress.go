package main

import (
	"fmt"
	"io"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// progressEvery is how often the progress is shown without a terminal.
const progressEvery = time.Minute

// A progress shows the progress of the run, measured by the bytes of its inputs: a bar on a terminal, otherwise one
// line per minute. It is safe for concurrent use, and a nil progress shows nothing.
type progress struct {
	w     io.Writer
	read  *atomic.Int64 // bytes read
	total int64
	began time.Time
	bar   *progressbar.ProgressBar // nil without a terminal

	mu     sync.Mutex
	pages  int
	before int64 // bytes of units that were finished by earlier runs
	stop   chan struct{}
	done   sync.WaitGroup
}

func newProgress(c config, p *plan, read *atomic.Int64, w io.Writer) *progress {
	if c.quiet {
		return nil
	}
	s := &progress{w: w, read: read, began: time.Now(), stop: make(chan struct{})}
	for _, u := range p.units {
		s.total += u.bytes
	}
	every := progressEvery
	if f, ok := w.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		every = time.Second / 2
		s.bar = progressbar.NewOptions64(max(s.total, 1), progressbar.OptionSetWriter(w),
			progressbar.OptionShowBytes(true), progressbar.OptionSetPredictTime(true),
			progressbar.OptionFullWidth(), progressbar.OptionClearOnFinish())
	}
	s.done.Go(func() {
		ticker := time.NewTicker(every)
		defer ticker.Stop()
		for {
			select {
			case <-ticker.C:
				s.show()
			case <-s.stop:
				return
			}
		}
	})
	return s
}

// page counts a page.
func (s *progress) page() {
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pages++
}

// skip counts a unit that was finished by an earlier run.
func (s *progress) skip(u *unit) {
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.before += u.bytes
}

// show shows the progress. The rate and the remaining time are based on this run only.
func (s *progress) show() {
	s.mu.Lock()
	defer s.mu.Unlock()
	read, took := s.read.Load(), time.Since(s.began)
	rate := float64(s.pages) / took.Seconds()
	if s.bar != nil {
		s.bar.Describe(fmt.Sprintf("%d pages, %.0f a second", s.pages, rate))
		_ = s.bar.Set64(min(s.before+read, s.total)) // an error means that the terminal is closed
		return
	}
	left := "unknown"
	if todo := s.total - s.before - read; read > 0 && todo >= 0 {
		left = time.Duration(float64(took) * float64(todo) / float64(read)).Round(time.Second).String()
	}
	fmt.Fprintf(s.w, "clean: %d pages, %.1f a second, %d%% of the input, time left: %s\n", s.pages, rate,
		100*(s.before+read)/max(s.total, 1), left)
}

// say prints a line without disturbing the bar.
func (s *progress) say(w io.Writer, line string) {
	if s == nil {
		fmt.Fprintln(w, line)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.bar != nil {
		_ = s.bar.Clear() // an error means that the terminal is closed
	}
	fmt.Fprintln(w, line)
}

// end stops showing the progress.
func (s *progress) end() {
	if s == nil {
		return
	}
	close(s.stop)
	s.done.Wait()
	if s.bar != nil {
		_ = s.bar.Finish() // an error means that the terminal is closed
	}
}
