package scraper

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"time"
)

// drainBytes is how much of an unwanted body is read at most, in bytes, so that the connection can be reused. If the
// body is longer, closing the connection is cheaper.
const drainBytes = 64 << 10

// errorPageBytes replaces drainBytes if the body is part of an Exchange.
const errorPageBytes = 1 << 20

// maxHeaderBytes is the maximum size of a response header, in bytes. A larger header is ErrTooLarge.
const maxHeaderBytes = 256 << 10

// A hop contains the limits of one request, and the results that colly does not return. The transport finds the hop in
// the request's context.
type hop struct {
	limit    int64                          // the maximum size of the body, in bytes after decompression
	timeout  time.Duration                  // of the request; 0 means Options.Timeout
	truncate bool                           // cut the body at limit instead of failing
	partial  bool                           // use the readable part of a body whose compression is cut short
	closes   bool                           // a body that ends in "</html>" is complete, even if the server breaks off
	accept   func(header http.Header) error // returns an error if the body of a 2xx is not to be read
	cancel   context.CancelCauseFunc        // ends the hop with a cause

	acceptHeader string // the Accept header; "" means the default for pages

	conditions http.Header // If-None-Match, If-Modified-Since
	original   time.Time   // when the cached response was requested
	cookies    *Cookies    // nil for none
	recorder   *recorder   // nil if the Exchange is not needed

	latency time.Duration // from the request to the response header
	status  int
	header  http.Header // as it was received
	wire    int64       // bytes of body read from the network
}

type hopKey struct{}

// transport is the RoundTripper under colly. It returns decompressed bodies that are limited in size and time. It
// removes the header fields that would make colly decompress or decode a body again.
type transport struct {
	base          http.RoundTripper
	headerTimeout time.Duration
	idleTimeout   time.Duration
	isProxied     bool
}

func newTransport(o Options, guard *addressGuard) *transport {
	t := &transport{
		base: o.Transport, headerTimeout: o.HeaderTimeout, idleTimeout: o.IdleTimeout, isProxied: o.Proxy != nil,
	}
	if t.base == nil {
		t.base = newConnections(o, guard)
	}
	return t
}

// newConnections returns a variant of http.DefaultTransport for many hosts: few idle connections to each, dials with
// the address guard, no settings from the environment, and HTTP/2 although the dialer is custom.
func newConnections(o Options, guard *addressGuard) *http.Transport {
	t := &http.Transport{
		DialContext:            newDialer(o, guard).DialContext,
		ForceAttemptHTTP2:      true,
		TLSHandshakeTimeout:    o.HeaderTimeout,
		MaxIdleConns:           8 * o.Workers,
		MaxIdleConnsPerHost:    2,
		IdleConnTimeout:        90 * time.Second,
		MaxResponseHeaderBytes: maxHeaderBytes,
		DisableCompression:     true,
	}
	if o.TLS != nil {
		t.TLSClientConfig = o.TLS.Clone()
	}
	if o.Proxy != nil {
		t.Proxy = http.ProxyURL(o.Proxy)
	} else if o.keepsExchanges() {
		recordConnections(t)
	}
	return t
}

// newDialer returns a dialer. Unless AllowPrivate or a Proxy is set, the guard checks each resolved address right
// before the dialer connects to it.
func newDialer(o Options, guard *addressGuard) *net.Dialer {
	dialer := &net.Dialer{Timeout: o.HeaderTimeout, KeepAlive: 30 * time.Second, Resolver: o.Resolver}
	if !o.AllowPrivate && o.Proxy == nil { // a proxy may be local, and every dial would be to it
		dialer.Control = guard.control
	}
	return dialer
}

// RoundTrip makes one request. It returns a redirect like any other response.
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	h, ok := req.Context().Value(hopKey{}).(*hop)
	if !ok {
		return nil, fmt.Errorf("scraper: request to %s was not made by a visit", req.URL)
	}
	var at atomic.Int32
	timer := time.AfterFunc(t.headerTimeout, func() { h.cancel(phase(at.Load()).timeout()) })
	began := time.Now()
	res, err := t.base.RoundTrip(req.WithContext(h.recorder.watch(watchPhase(req.Context(), &at), t.isProxied)))
	timer.Stop()
	if err != nil {
		return nil, blameHeader(err)
	}
	h.latency = time.Since(began)
	h.status, h.header = res.StatusCode, res.Header.Clone()
	if h.recorder != nil {
		h.recorder.received(req, res)
	}
	body := t.watch(res.Body, h)
	if h.status == http.StatusSwitchingProtocols { // not requested; its body is the endless connection
		_ = body.Close()
		plain(res, http.NoBody)
		return res, nil
	}
	if h.status < 200 || h.status > 299 {
		_, _ = io.CopyN(io.Discard, body, h.drain()) // to reuse the connection; only the status matters
		_ = body.Close()
		plain(res, http.NoBody)
		return res, nil
	}
	if err := h.open(body, res); err != nil {
		_ = body.Close()
		return nil, err
	}
	return res, nil
}

// blameHeader adds ErrTooLarge to the error for a header that exceeds the limit. net/http exports no error for it,
// neither for HTTP/1 nor for HTTP/2.
func blameHeader(err error) error {
	if text := err.Error(); strings.Contains(text, "response headers exceeded") ||
		strings.Contains(text, "response header list larger") {
		return fmt.Errorf("%w: %w", ErrTooLarge, err)
	}
	return err
}

// drain returns how much of the body of an unsuccessful response is read at most, in bytes.
func (h *hop) drain() int64 {
	if h.recorder != nil {
		return errorPageBytes
	}
	return drainBytes
}

// open checks the header of a 2xx response, and replaces its body with the decompressed body that colly reads.
func (h *hop) open(body *watchedBody, res *http.Response) error {
	if err := h.accept(res.Header); err != nil {
		return err
	}
	// Compression rarely makes content larger, so this bounds how much of a malicious body is read.
	body.limit = h.limit + h.limit/8 + drainBytes
	encodings := res.Header.Values("Content-Encoding")
	if !h.truncate && len(encodings) == 0 && res.ContentLength > h.limit {
		return fmt.Errorf("%w: %d bytes", ErrTooLarge, res.ContentLength)
	}
	decoded, err := newDecoder(body, encodings)
	if err != nil {
		return err
	}
	plain(res, &cappedBody{decoder: decoded, body: body, left: h.limit, limit: h.limit, h: h})
	return nil
}

// plain sets the body of a response and marks it as uncompressed, because colly would decompress it without a limit. It
// removes the charset from Content-Type, because colly would convert the body to UTF-8. It also removes
// Content-Encoding and Content-Length, which describe the original body.
func plain(res *http.Response, body io.ReadCloser) {
	res.Body, res.ContentLength, res.Uncompressed = body, -1, true
	res.Header.Del("Content-Encoding")
	res.Header.Del("Content-Length")
	res.Header.Set("Content-Type", mediaTypeOf(res.Header))
}

// mediaTypeOf returns the media type of a Content-Type in lower case, even if its parameters are malformed or if a
// proxy has joined several types. It returns "" if there is none, or if it is unknown: browsers then look at the bytes.
func mediaTypeOf(header http.Header) string {
	mediaType := strings.ToLower(strings.TrimSpace(header.Get("Content-Type")))
	if end := strings.IndexAny(mediaType, ";, \t"); end >= 0 {
		mediaType = mediaType[:end]
	}
	switch mediaType { // WHATWG MIME Sniffing, section 7
	case "unknown/unknown", "application/unknown", "*/*":
		return ""
	}
	if !strings.Contains(mediaType, "/") {
		return ""
	}
	return mediaType
}

func acceptAll(http.Header) error { return nil }

// minProgress is how many bytes of a body must arrive within Options.IdleTimeout. A server that sends single bytes
// would otherwise hold up the other pages of its host for the whole Options.Timeout.
const minProgress = 1 << 10

// watchedBody is a body from the network that counts its bytes and ends the hop if they arrive too slowly.
type watchedBody struct {
	io.ReadCloser
	h     *hop
	idle  time.Duration
	timer *time.Timer
	limit int64 // in bytes; 0 means none

	left    time.Duration // how much longer the next minProgress bytes may take
	arrived int           // how many of them have arrived
}

func (t *transport) watch(body io.ReadCloser, h *hop) *watchedBody {
	timer := time.AfterFunc(t.idleTimeout, func() { h.cancel(fmt.Errorf("%w within the body", ErrTimeout)) })
	timer.Stop()
	return &watchedBody{ReadCloser: body, h: h, idle: t.idleTimeout, timer: timer, left: t.idleTimeout}
}

func (w *watchedBody) Read(p []byte) (int, error) {
	began := time.Now()
	w.timer.Reset(w.left)
	n, err := w.ReadCloser.Read(p)
	w.timer.Stop()
	w.left -= time.Since(began) // only the time of the server counts, not the time between two reads
	if w.arrived += n; w.arrived >= minProgress {
		w.arrived, w.left = 0, w.idle
	}
	w.h.wire += int64(n)
	if r := w.h.recorder; r != nil {
		r.addBody(p[:n], err)
	}
	if w.limit > 0 && w.h.wire > w.limit {
		return 0, fmt.Errorf("%w: more than %d bytes on the wire", ErrTooLarge, w.limit)
	}
	// net/http exports no error for this.
	if err != nil && strings.HasSuffix(err.Error(), "unexpected EOF reading trailer") {
		err = fmt.Errorf("%w: %w", io.ErrUnexpectedEOF, err)
	}
	return n, err
}

// cappedBody is a decoded body that ends at its limit: silently if it may be truncated, with ErrTooLarge otherwise.
type cappedBody struct {
	decoder     *decoder
	body        io.ReadCloser
	left, limit int64
	h           *hop
	tail        []byte // the last bytes that were read
}

func (c *cappedBody) Read(p []byte) (int, error) {
	if c.h.truncate && c.left <= 0 {
		return 0, io.EOF
	}
	if int64(len(p)) > c.left+1 {
		p = p[:c.left+1] // one more byte shows whether the body exceeds the limit
	}
	n, err := c.decoder.Read(p)
	c.left -= int64(n)
	if c.left >= 0 {
		c.keepTail(p[:n])
		if err != nil && c.isComplete(err) {
			err = io.EOF
		}
		return n, err
	}
	if c.h.truncate {
		return n - 1, io.EOF
	}
	return 0, fmt.Errorf("%w: more than %d bytes", ErrTooLarge, c.limit)
}

func (c *cappedBody) keepTail(b []byte) {
	const length = 64
	c.tail = append(c.tail, b[max(len(b)-length, 0):]...)
	c.tail = append(c.tail[:0], c.tail[max(len(c.tail)-length, 0):]...)
}

// isComplete reports whether a body is complete although reading it ended with an error. Browsers show a page whose
// last chunk is missing or whose Content-Length is too large, so sites do not notice these faults.
func (c *cappedBody) isComplete(err error) bool {
	fromNetwork := c.decoder.source.err
	switch {
	case c.h.partial && errors.Is(err, io.ErrUnexpectedEOF) && fromNetwork == nil: // the server sent nothing more
		return true
	case fromNetwork == nil && !errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, ErrTooLarge):
		return false
	}
	return c.h.closes && bytes.HasSuffix(bytes.ToLower(bytes.TrimRight(c.tail, " \t\r\n")), []byte("</html>"))
}

func (c *cappedBody) Close() error {
	c.decoder.Close()
	if c.h.recorder != nil && !c.h.recorder.isWhole { // reads what follows the encoded body, such as the last chunk
		_, _ = io.CopyN(io.Discard, c.body, drainBytes)
	}
	return c.body.Close()
}
