// Package dnstest provides a name server on loopback, for tests.
package dnstest

import (
	"context"
	"net"
	"net/netip"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/dns/dnsmessage"
)

// Serve starts a name server that runs until the end of the test, and returns its address. For each query, it passes
// the name ("a.example", without the final dot) and the type to the function addresses. Of the returned addresses, it
// answers with those of the queried type. If ok is false, it answers that the name does not exist.
func Serve(
	t testing.TB, addresses func(name string, kind dnsmessage.Type) (list []netip.Addr, ok bool),
) (address string) {
	t.Helper()
	conn, err := (&net.ListenConfig{}).ListenPacket(t.Context(), "udp", "127.0.0.1:0")
	require.NoError(t, err)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		packet := make([]byte, 1500)
		for {
			n, from, err := conn.ReadFrom(packet)
			if err != nil {
				return
			}
			if answer, err := answer(packet[:n], addresses); err == nil {
				_, _ = conn.WriteTo(answer, from)
			}
		}
	}()
	t.Cleanup(func() {
		_ = conn.Close()
		<-ended
	})
	return conn.LocalAddr().String()
}

// Resolver returns a resolver that uses only the name server at an address.
func Resolver(address string) *net.Resolver {
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "udp", address)
	}}
}

func answer(packet []byte, addresses func(string, dnsmessage.Type) ([]netip.Addr, bool)) ([]byte, error) {
	var p dnsmessage.Parser
	header, err := p.Start(packet)
	if err != nil {
		return nil, err
	}
	question, err := p.Question()
	if err != nil {
		return nil, err
	}
	list, ok := addresses(strings.TrimSuffix(question.Name.String(), "."), question.Type)
	header.Response, header.RecursionAvailable = true, true
	if !ok {
		header.RCode = dnsmessage.RCodeNameError
	}
	b := dnsmessage.NewBuilder(nil, header)
	_ = b.StartQuestions()
	_ = b.Question(question)
	_ = b.StartAnswers()
	resource := dnsmessage.ResourceHeader{Name: question.Name, Class: dnsmessage.ClassINET}
	for _, addr := range list {
		switch {
		case addr.Is4() && question.Type == dnsmessage.TypeA:
			_ = b.AResource(resource, dnsmessage.AResource{A: addr.As4()})
		case addr.Is6() && question.Type == dnsmessage.TypeAAAA:
			_ = b.AAAAResource(resource, dnsmessage.AAAAResource{AAAA: addr.As16()})
		}
	}
	return b.Finish()
}
