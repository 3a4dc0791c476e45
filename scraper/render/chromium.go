package render

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/chromedp"
)

// programs are the names under which systems install Chromium and related browsers. The headless shell is the same
// browser without windows: it takes about half the memory and half the time.
var programs = []string{
	"chromium-headless-shell", "chrome-headless-shell", "headless-shell",
	"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
}

// findChromium looks for the program with the given path or name. If path is empty, it returns the absolute path of the
// first of the names in programs that is on the PATH. Its error is ErrNoBrowser.
func findChromium(path string) (string, error) {
	if path != "" {
		found, err := exec.LookPath(path)
		if err != nil {
			return "", fmt.Errorf("%w: %w", ErrNoBrowser, err)
		}
		return found, nil
	}
	for _, name := range programs {
		if found, err := exec.LookPath(name); err == nil {
			return filepath.Abs(found)
		}
	}
	return "", fmt.Errorf("%w on the PATH: install it, or give its path", ErrNoBrowser)
}

// errLost means that the whole browser has ended, not only one page's process.
var errLost = fmt.Errorf("%w: Chromium has ended", ErrCrashed)

const (
	startWait = 30 * time.Second // the longest wait for Chromium to start
	openWait  = 15 * time.Second // the longest wait for a tab to open
	closeWait = 5 * time.Second  // the longest wait for Chromium or a tab to close by itself
)

// A chromium is one process of Chromium, with its children.
type chromium struct {
	ctx    context.Context // chromedp's context, which contains the browser
	cancel context.CancelFunc
	denied *proxy // the proxy for requests that belong to no page; it refuses all of them
	closed sync.Once
}

// startChromium starts Chromium, which then runs until it is closed, even if ctx ends earlier.
func startChromium(ctx context.Context, opts Options, userAgent string) (*chromium, error) {
	denied, err := newProxy()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrStart, err)
	}
	c := &chromium{denied: denied}
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(opts.Path), chromedp.ModifyCmdFunc(setCommand),
		chromedp.Flag("no-sandbox", opts.NoSandbox), chromedp.Flag("proxy-server", denied.address()),
	}
	if userAgent != "" {
		options = append(options, chromedp.UserAgent(userAgent))
	}
	for _, f := range flags {
		options = append(options, chromedp.Flag(f.name, f.value))
	}
	allocated, endAll := chromedp.NewExecAllocator(context.WithoutCancel(ctx), options...)
	silent := func(string, ...any) {} // libraries do not log
	browser, end := chromedp.NewContext(allocated, chromedp.WithBrowserOption(
		chromedp.WithBrowserLogf(silent), chromedp.WithBrowserErrorf(silent)))
	end = sync.OnceFunc(end) // the second call would wait forever for a Chromium that was never started
	c.ctx, c.cancel = browser, func() { end(); endAll() }
	if err := within(ctx, startWait, end, func() error { return chromedp.Do(browser) }); err != nil {
		c.close()
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		return nil, fmt.Errorf("%w: %w", ErrStart, err)
	}
	return c, nil
}

// maxFolder is the maximum length of the name of the folder for temporary files. Chromium creates a socket in it, in a
// folder with a name of about 30 bytes. The address of a socket has at most 104 bytes on some systems.
const maxFolder = 50

// setCommand changes the command that starts Chromium. Chromium's temporary files are in its profile's folder, which
// chromedp removes: otherwise, they would stay if Chromium is killed.
func setCommand(cmd *exec.Cmd) {
	for _, arg := range cmd.Args {
		if folder, ok := strings.CutPrefix(arg, "--user-data-dir="); ok && len(folder) <= maxFolder {
			cmd.Env = append(cmd.Env, "TMPDIR="+folder)
		}
	}
	setProcess(cmd)
}

// within calls the function do, which does not use ctx. If do takes longer than limit, or if ctx ends, within calls
// abort, which must make do return.
func within(ctx context.Context, limit time.Duration, abort func(), do func() error) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	stop := context.AfterFunc(ctx, abort)
	err := do()
	if !stop() && err == nil {
		err = context.Cause(ctx)
	}
	return err
}

// browser returns the connection for commands that are not for a tab. It is nil if Chromium did not start.
func (c *chromium) browser() *chromedp.Browser { return chromedp.FromContext(c.ctx).Browser }

// runs reports whether Chromium still runs, as far as chromedp has noticed.
func (c *chromium) runs() bool {
	select {
	case <-c.ctx.Done():
		return false
	case <-c.browser().LostConnection:
		return false
	default:
		return true
	}
}

// blame wraps err in errLost if Chromium has ended. Otherwise, it returns err. A nil error stays nil.
func (c *chromium) blame(err error) error {
	if err != nil && !c.runs() && !errors.Is(err, errLost) {
		return fmt.Errorf("%w: %w", errLost, err)
	}
	return err
}

// close ends Chromium and its children, and waits until they have ended.
func (c *chromium) close() {
	c.closed.Do(func() {
		if c.browser() != nil && c.runs() {
			ctx, cancel := context.WithTimeout(c.ctx, closeWait)
			_ = chromedp.Cancel(ctx) // lets Chromium end by itself, if it can
			cancel()
		}
		c.cancel() // kills Chromium if it did not end by itself
		c.denied.close()
	})
}
