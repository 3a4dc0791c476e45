package scraper

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"time"

	"github.com/google/uuid"
)

// An Exchange is one HTTP request and its response, as they were sent. See Options.Raw.
//
// Over HTTP/1.1, the messages are the bytes on the connection; with TLS, they are the decrypted bytes. HTTP/2 messages
// have no textual form, and net/http does not show what it sends to a proxy or through Options.Transport. In those
// cases the messages are rebuilt in the form of HTTP/1.1, as other archiving tools do: header fields in alphabetical
// order, body without chunks.
type Exchange struct {
	// ID is a random UUID (RFC 9562).
	ID string
	// URL is the address that was requested.
	URL string
	// Request is the request line and the header, including all cookies and passwords.
	Request []byte
	// Response is the status line, the header, and the body in its encodings. Interim responses (1xx) are left out. Its
	// size is at most 1.125 times the largest body (Options.MaxBytes) plus 320 KiB.
	Response []byte
	// Status is the response's HTTP status code.
	Status int
	// Protocol is the version of HTTP that the server used, such as "HTTP/2.0".
	Protocol string
	// Rebuilt reports whether the messages were rebuilt.
	Rebuilt bool
	// Began is when the request started.
	Began time.Time
	// Address is the server's IP address. It is the zero Addr if the address is unknown, for example behind a proxy.
	Address netip.Addr
	// Truncated says why Response is incomplete, in the words of WARC 1.1 (section 5.13): "length" for a body over a
	// limit, "time" for a timeout, "disconnect" for a connection that was closed early, or "unspecified" for any other
	// reason, such as a header that says that the body is not a page. It is empty if Response is complete.
	Truncated string
	// Original is set for a 304 that confirms a page in Options.Cache: it is when that page was requested. It is zero
	// if that time is unknown, and for any other response.
	Original time.Time
}

// An exchangeError is the error of Options.OnExchange, which ends the visit.
type exchangeError struct{ error }

func (e *exchangeError) Unwrap() error { return e.error }

func isHookFailure(err error) bool {
	_, ok := errors.AsType[*exchangeError](err)
	return ok
}

// exchange returns the Exchange that the hop's recorder has recorded. err is the error of the hop.
func (h *hop) exchange(u *url.URL, err error) *Exchange {
	r := h.recorder
	r.stop()
	x := &Exchange{
		ID: uuid.NewString(), URL: u.String(), Request: r.request, Response: r.response, Status: h.status,
		Protocol: r.protocol, Rebuilt: r.conn == nil, Began: r.began, Address: r.address,
	}
	if h.status == http.StatusNotModified {
		x.Original = h.original
	}
	if x.Rebuilt {
		x.Request, x.Response = r.rebuild(h)
	} else {
		x.Response = finalResponse(r.response, r.length)
	}
	if err == nil {
		err = classify(r.failure)
	}
	switch {
	case r.isWhole && !r.isCut:
	case errors.Is(err, ErrTooLarge), err == nil, r.isCut:
		x.Truncated = "length"
	case errors.Is(err, ErrTimeout):
		x.Truncated = "time"
	case errors.Is(err, ErrReset), errors.Is(err, ErrProtocol), errors.Is(err, io.ErrUnexpectedEOF):
		x.Truncated = "disconnect"
	default:
		x.Truncated = "unspecified"
	}
	return x
}

// finalResponse removes interim responses (1xx, but not 101), and any bytes after a body of known length, from the
// bytes that a connection received. A length of -1 means that it is unknown.
func finalResponse(b []byte, length int64) []byte {
	for {
		end := headerEnd(b)
		if _, status, _ := bytes.Cut(b[:end], []byte(" ")); len(status) > 3 && status[0] == '1' &&
			!bytes.HasPrefix(status, []byte("101")) && end < len(b) {
			b = b[end:]
			continue
		}
		if length >= 0 && int64(len(b)-end) > length {
			b = b[:end+int(length)]
		}
		return b
	}
}

// headerEnd returns the offset at which the header of a message ends: after the first empty line, or at the end of b if
// there is none.
func headerEnd(b []byte) int {
	at := 0
	for {
		line := bytes.IndexByte(b[at:], '\n')
		if line < 0 {
			return len(b)
		}
		isEmpty := line == 0 || line == 1 && b[at] == '\r'
		if at += line + 1; isEmpty {
			return at
		}
	}
}

// rebuild returns the messages in the form of HTTP/1.1.
func (r *recorder) rebuild(h *hop) (request, response []byte) {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s %s HTTP/1.1\r\nHost: %s\r\n", r.sent.Method, r.sent.URL.RequestURI(), r.sent.URL.Host)
	_ = r.sent.Header.Write(&b) // writing to a Buffer cannot fail
	b.WriteString("\r\n")
	request = bytes.Clone(b.Bytes())

	b.Reset()
	text := http.StatusText(h.status)
	if _, own, ok := bytes.Cut([]byte(r.status), []byte(strconv.Itoa(h.status)+" ")); ok && len(own) > 0 {
		text = string(own)
	}
	fmt.Fprintf(&b, "HTTP/1.1 %d %s\r\n", h.status, text)
	_ = h.header.Write(&b)
	b.WriteString("\r\n")
	b.Write(r.response)
	return request, b.Bytes()
}
