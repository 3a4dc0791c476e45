package render

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/chromedp/cdproto"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/dechaff/dechaff/scraper"
)

// A world is an isolated JavaScript world in a page: it sees the document, but not the changes that the page's scripts
// made to JavaScript's built-in objects. Its scripts call the methods and getters of prototypes, because names and ids
// in the markup hide those of a document and of a form: with <form name="body">, document.body is that form.
type world struct {
	session *chromedp.Target
	id      runtime.ExecutionContextID
}

const worldName = "dechaff"

func newWorld(ctx context.Context, session *chromedp.Target) (*world, error) {
	made, err := cdp.Call(ctx, session, page.CreateIsolatedWorld, page.CreateIsolatedWorldParams{
		FrameID: cdp.FrameID(session.TargetID), WorldName: worldName,
	})
	if err != nil {
		return nil, err
	}
	return &world{session: session, id: made.ExecutionContextID}, nil
}

// evaluate runs a script and decodes its result. The error is ErrPage if the script fails or the page was replaced.
func (w *world) evaluate(ctx context.Context, script string, value any) error {
	yes := true
	got, err := cdp.Call(ctx, w.session, runtime.Evaluate, runtime.EvaluateParams{
		Expression: script, ContextID: w.id, ReturnByValue: &yes, AwaitPromise: &yes, Silent: &yes,
	})
	if refusal, ok := errors.AsType[*cdproto.Error](err); ok { // the world is gone, because the page was replaced
		return fmt.Errorf("%w: %w", ErrPage, refusal)
	}
	switch {
	case err != nil:
		return err
	case got.ExceptionDetails != nil:
		return fmt.Errorf("%w: %s", ErrPage, got.ExceptionDetails.Text)
	case len(got.Result.Value) == 0:
		return fmt.Errorf("%w: no value", ErrPage)
	}
	return json.Unmarshal(got.Result.Value, value)
}

// matches reports whether a selector matches an element.
func (w *world) matches(ctx context.Context, selector string) (found bool, err error) {
	text, err := json.Marshal(selector)
	if err != nil {
		return false, err
	}
	return found, w.evaluate(ctx, "Document.prototype.querySelector.call(document, "+string(text)+") !== null", &found)
}

// size returns the number of elements in the document and the number of characters in its body, as one string.
func (w *world) size(ctx context.Context) (size string, err error) {
	return size, w.evaluate(ctx, `(() => {
		const find = Document.prototype.querySelector, all = Document.prototype.getElementsByTagName
		const text = Object.getOwnPropertyDescriptor(Node.prototype, "textContent").get
		const body = find.call(document, "body")
		return all.call(document, "*").length + " elements, " + (body ? text.call(body).length : 0) + " characters"
	})()`, &size)
}

// awaitFrames waits until the page has been drawn a few times, but at most for frameWait: scripts may wait for drawing.
// Drawing takes place in real time, not in virtual time.
func (w *world) awaitFrames(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, frameWait)
	defer cancel()
	var drawn bool
	_ = w.evaluate(ctx, `new Promise(r => {
		let n = 4
		const f = () => n-- ? requestAnimationFrame(f) : r(true)
		f()
	})`, &drawn)
}

// serialize is a script that returns the document with its open shadow roots as templates, which package htmldoc and
// the cleaner read. It removes each <noscript> without a picture, because browsers that run scripts ignore it. A
// picture in a <noscript> may be one that a script loads later. If the document is longer than the limit, the script
// returns only its length.
const serialize = `(limit => {
	const get = (type, name) => {
		const getter = Object.getOwnPropertyDescriptor(type.prototype, name).get
		return e => getter.call(e)
	}
	const shadowOf = get(Element, "shadowRoot"), nameOf = get(Element, "localName")
	const markupOf = get(Element, "outerHTML"), textOf = get(Node, "textContent")
	const root = get(Document, "documentElement")(document)
	if (!root) return {html: "", url: location.href}
	const shadows = [], trees = [document]
	while (trees.length) {
		const tree = trees.pop(), type = tree === document ? Document : DocumentFragment
		for (const e of type.prototype.querySelectorAll.call(tree, "*")) {
			const shadow = shadowOf(e)
			if (shadow) { shadows.push(shadow); trees.push(shadow) }
			else if (nameOf(e) === "noscript" && !/<(img|picture)/i.test(textOf(e))) e.remove()
		}
	}
	let html = markupOf(root)
	const getHTML = Element.prototype.getHTML
	if (shadows.length && getHTML) {
		const tag = markupOf(Node.prototype.cloneNode.call(root, false))
		html = tag.slice(0, tag.lastIndexOf("</")) + getHTML.call(root, {shadowRoots: shadows}) + "</html>"
	}
	if (html.length > limit) return {size: html.length, url: location.href}
	return {html: html.toWellFormed ? html.toWellFormed() : html, url: location.href}
})(%d)`

// snapshot returns the rendered document. The error is scraper.ErrTooLarge if the document has more than limit bytes.
func (w *world) snapshot(ctx context.Context, limit int64) (scraper.Rendering, error) {
	var document struct {
		HTML string `json:"html"`
		URL  string `json:"url"`
		Size int64  `json:"size"`
	}
	if err := w.evaluate(ctx, fmt.Sprintf(serialize, limit), &document); err != nil {
		return scraper.Rendering{}, err
	}
	switch {
	case document.Size > limit || int64(len(document.HTML)) > limit:
		return scraper.Rendering{}, fmt.Errorf("%w: more than %d bytes when rendered", scraper.ErrTooLarge, limit)
	case !strings.HasPrefix(document.URL, "http"): // a document that the page itself created
		return scraper.Rendering{}, fmt.Errorf("%w: it was replaced by %.40q", ErrPage, document.URL)
	}
	return scraper.Rendering{HTML: []byte("<!DOCTYPE html>" + document.HTML)}, nil
}
