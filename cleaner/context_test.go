package cleaner

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

// A countdown is a context that is canceled after it has been checked a given number of times.
type countdown struct {
	context.Context
	looks, left int
}

func newCountdown(t *testing.T, looks int) *countdown {
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	return &countdown{Context: ctx, left: looks}
}

func (c *countdown) Err() error {
	if c.looks++; c.looks > c.left {
		return context.Canceled
	}
	return nil
}

// longLog returns an invented page with the given number of paragraphs.
func longLog(paragraphs int) string {
	return logHead + `<nav><a href="/pier">The pier</a></nav><main><h1>The log of the Havsula</h1>` + logLines(paragraphs) +
		"</main><noscript><p>The log is kept by hand.</p></noscript><footer><p>All rights reserved.</p></footer></html>"
}

// hiddenLog returns a page that shows the paragraphs of longLog only if scripts are disabled.
func hiddenLog(paragraphs int) string {
	return logHead + `<body><div id="app">Loading</div><noscript><main><h1>The log of the Havsula</h1>` + logLines(paragraphs) +
		"</main></noscript></body></html>"
}

func logLines(paragraphs int) string {
	var b strings.Builder
	for i := range paragraphs {
		fmt.Fprintf(&b, "<p>On day %d the ferry left the quay at dawn with the mail, two sacks of flour and <b>a dog</b>.\n", i)
	}
	return b.String()
}

const (
	logURL  = "https://quay.example/log/havsula"
	logHead = `<html lang="en"><title>The log of the Havsula</title>`
)

func TestCanceledBefore(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	unread := unreadable{t}
	for name, clean := range map[string]func() (*Article, error){
		"Clean":    func() (*Article, error) { return CleanContext(ctx, unread, logURL) },
		"Cleaner":  func() (*Article, error) { return New(Options{}).CleanContext(ctx, unread, logURL) },
		"Document": func() (*Article, error) { return New(Options{}).CleanDocumentContext(ctx, logPage(t, longLog(3))) },
	} {
		a, err := clean()
		require.ErrorIs(t, err, context.Canceled, name)
		assert.Nil(t, a, name)
	}
}

// unreadable is a reader that fails the test when it is read.
type unreadable struct{ t *testing.T }

func (r unreadable) Read([]byte) (int, error) {
	assert.Fail(r.t, "the page was read")
	return 0, io.EOF
}

// A deadline is distinguished from a cancellation.
func TestDeadlineBefore(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 0)
	defer cancel()
	_, err := CleanContext(ctx, strings.NewReader(longLog(3)), logURL)
	assert.ErrorIs(t, err, context.DeadlineExceeded)
}

func logPage(t *testing.T, page string) *htmldoc.Document {
	t.Helper()
	doc, err := htmldoc.Parse(strings.NewReader(page), htmldoc.Source{URL: logURL})
	require.NoError(t, err)
	return doc
}

// Wherever the context is canceled, Clean returns the context's error and nothing else, and the next page is cleaned as
// usual.
func TestCanceledWhileCleaning(t *testing.T) {
	site := NewSite()
	for _, other := range []string{"The bell", "The hens", "The ink", "The lamp"} {
		site.Observe(harbourNote(t, other))
	}
	for name, page := range map[string]string{"shown": longLog(2200), "revealed": hiddenLog(2200)} {
		t.Run(name, func(t *testing.T) { cancelEverywhere(t, site.Snapshot(), logPage(t, page)) })
	}
}

func cancelEverywhere(t *testing.T, known *Snapshot, doc *htmldoc.Document) {
	explained := 0
	explaining := New(Options{Explain: func(*PageTrace) { explained++ }}).ForSite(known)
	plain := New(Options{}).ForSite(known)
	want, err := explaining.CleanDocument(doc)
	require.NoError(t, err)
	require.Equal(t, 1, explained)

	whole := newCountdown(t, 1<<30)
	got, err := explaining.CleanDocumentContext(whole, doc)
	require.NoError(t, err)
	assert.Equal(t, written(t, want), written(t, got), "with a context that is not canceled")
	require.Greater(t, whole.looks, len(stages), "long loops check the context too")

	explained = 0
	for looks := range whole.looks {
		for _, c := range []*Cleaner{explaining, plain} {
			a, err := c.CleanDocumentContext(newCountdown(t, looks), doc)
			require.ErrorIs(t, err, context.Canceled, "after %d checks", looks)
			require.Nil(t, a)
		}
	}
	assert.Zero(t, explained)
	got, err = plain.CleanDocument(doc)
	require.NoError(t, err)
	assert.Equal(t, written(t, want), written(t, got), "after canceled pages")
}

// The stages that the test lists check the context every few thousand nodes or blocks.
func TestLongStagesCheckContext(t *testing.T) {
	const paragraphs = 3 * stopEvery
	p := New(Options{}).Observing(NewSite()).page(logPage(t, longLog(paragraphs)))
	ctx := newCountdown(t, 1<<30)
	p.interrupted = ctx.Err
	for _, stage := range stages {
		ctx.looks = 0
		stage.run(p)
		switch stage.name {
		case "reveal, mark, segment", "observe", "classify", "fields", "label":
			assert.GreaterOrEqual(t, ctx.looks, paragraphs/stopEvery, stage.name)
		}
	}
	assert.NotNil(t, p.article)
}

// If the cleaning of a page is canceled before the observe stage, the Site learns nothing from the page, not even in
// part.
func TestCanceledObserving(t *testing.T) {
	doc := logPage(t, longLog(20))
	for looks := range 20 {
		site := NewSite()
		a, err := New(Options{}).Observing(site).CleanDocumentContext(newCountdown(t, looks), doc)
		if err == nil {
			require.NotNil(t, a)
			assert.Equal(t, 1, site.Pages())
			return
		}
		if looks < 2 { // metadata, reveal
			assert.Zero(t, site.Pages())
		}
	}
	assert.Fail(t, "it was canceled at every check")
}

// A reader's own error is returned. If the context is canceled during reading, the context's error is returned.
func TestCanceledWhileReading(t *testing.T) {
	half := strings.NewReader(longLog(3))
	_, err := CleanContext(newCountdown(t, 2), io.MultiReader(half, half, half, endless{}), logURL)
	require.ErrorIs(t, err, context.Canceled)
	broken := errors.New("the line is cut")
	_, err = CleanContext(newCountdown(t, 100), io.MultiReader(half, failing{broken}), logURL)
	assert.ErrorIs(t, err, broken)
}

// endless is a page that never ends.
type endless struct{}

func (endless) Read(b []byte) (int, error) { return copy(b, "<p>and the dog"), nil }

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// harbourNote returns a short page on the same host as longLog.
func harbourNote(t *testing.T, title string) *htmldoc.Document {
	t.Helper()
	page := "<title>" + title + "</title><main><h1>" + title + "</h1><p>" + strings.Repeat(title+" rang again. ", 12) +
		"</p></main><footer><p>All rights reserved.</p></footer>"
	address := "https://quay.example/" + strings.ReplaceAll(title, " ", "-")
	doc, err := htmldoc.Parse(strings.NewReader(page), htmldoc.Source{URL: address})
	require.NoError(t, err)
	return doc
}
