package scraper

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"strings"
	"sync/atomic"
	"syscall"
)

// Error numbers of Windows for network errors. On Windows, package syscall has different values for these errors.
const (
	wsaUnreachableNet  = syscall.Errno(10051)
	wsaAborted         = syscall.Errno(10053)
	wsaReset           = syscall.Errno(10054)
	wsaRefused         = syscall.Errno(10061)
	wsaUnreachableHost = syscall.Errno(10065)
)

var (
	refused     = []error{syscall.ECONNREFUSED, wsaRefused}
	unreachable = []error{
		syscall.EHOSTUNREACH, syscall.ENETUNREACH, syscall.EHOSTDOWN, syscall.ENETDOWN, syscall.EADDRNOTAVAIL,
		wsaUnreachableNet, wsaUnreachableHost,
	}
	broken = []error{
		syscall.ECONNRESET, syscall.ECONNABORTED, syscall.EPIPE, io.EOF, io.ErrUnexpectedEOF, net.ErrClosed,
		wsaAborted, wsaReset,
	}
)

// texts maps parts of error messages to errors of this package. net/http and its HTTP/2 implementation do not export
// the errors that have these messages. The first match counts.
var texts = []struct {
	part string
	is   error
}{
	{"server closed idle connection", ErrReset},
	{"client connection lost", ErrReset},
	{"client connection force closed", ErrReset},
	{"GOAWAY", ErrReset},
	{"stream error", ErrReset},
	{"transport connection broken", ErrProtocol},
	{"malformed", ErrProtocol},
	{"chunk", ErrProtocol},
	{"header line too long", ErrProtocol}, // the header line of a chunk
	{"http2: ", ErrProtocol},
}

// classify wraps an error of the network in the error of this package that describes it. It is the only function that
// does so, and is called for every hop that fails. It returns this package's errors and unknown errors unchanged.
func classify(err error) error {
	if err == nil || isOneOf(err, skipReasons) || isOneOf(err, networkErrors) || isOneOf(err, otherFailures) {
		return err
	}
	if known := cause(err); known != nil {
		return fmt.Errorf("%w: %w", known, err)
	}
	return err
}

// cause returns the error in networkErrors that describes err, or nil if none does.
func cause(err error) error {
	if _, ok := errors.AsType[*net.DNSError](err); ok {
		return ErrDNS
	}
	if known := causeInTLS(err); known != nil {
		return known
	}
	timeout, ok := errors.AsType[net.Error](err)
	switch {
	case ok && timeout.Timeout(): // the timeout of the dial, or of TLS
		return ErrTimeout
	case isOneOf(err, refused):
		return ErrConnectionRefused
	case isOneOf(err, unreachable):
		return ErrUnreachable
	case isOneOf(err, broken):
		return ErrReset
	}
	for _, text := range texts {
		if strings.Contains(err.Error(), text.part) {
			return text.is
		}
	}
	return nil
}

// causeInTLS returns the error for the TLS check that failed, or nil if err is not about TLS.
func causeInTLS(err error) error {
	if _, ok := errors.AsType[x509.UnknownAuthorityError](err); ok {
		return ErrTLSAuthority
	}
	if _, ok := errors.AsType[x509.HostnameError](err); ok {
		return ErrTLSName
	}
	if invalid, ok := errors.AsType[x509.CertificateInvalidError](err); ok && invalid.Reason == x509.Expired {
		return ErrTLSExpired
	}
	_, badCertificate := errors.AsType[*tls.CertificateVerificationError](err)
	_, badRecord := errors.AsType[tls.RecordHeaderError](err)
	_, alert := errors.AsType[tls.AlertError](err)
	if badCertificate || badRecord || alert || errors.Is(err, http.ErrSchemeMismatch) {
		return ErrTLS
	}
	if strings.Contains(err.Error(), "tls: ") { // most errors of crypto/tls have no type of their own
		return ErrTLS
	}
	return nil
}

// phase is the phase of a request, for the message if it times out. The zero phase means unknown.
type phase int32

const (
	resolving phase = iota + 1
	connecting
	shakingHands
	asking
)

// timeout returns the error for a response header that has not arrived in time.
func (p phase) timeout() error {
	switch p {
	case resolving:
		return fmt.Errorf("%w: %w resolving the name", ErrDNS, ErrTimeout)
	case connecting:
		return fmt.Errorf("%w connecting", ErrTimeout)
	case shakingHands:
		return fmt.Errorf("%w in the TLS handshake", ErrTimeout)
	case asking:
	}
	return fmt.Errorf("%w waiting for the header", ErrTimeout)
}

// watchPhase stores the phase of a request in the variable at whenever the phase changes. Connections are made in other
// goroutines, which may outlive the request.
func watchPhase(ctx context.Context, at *atomic.Int32) context.Context {
	note := func(p phase) { at.Store(int32(p)) }
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		DNSStart:          func(httptrace.DNSStartInfo) { note(resolving) },
		ConnectStart:      func(string, string) { note(connecting) },
		TLSHandshakeStart: func() { note(shakingHands) },
		GotConn:           func(httptrace.GotConnInfo) { note(asking) },
	})
}
