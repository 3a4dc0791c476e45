package main

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"

	"golang.org/x/net/http/httpguts"
	"golang.org/x/term"

	"github.com/dechaff/dechaff/scraper"
)

// A list contains the values of a flag that can be given several times.
type list []string

// String returns the values, for the flag package.
func (l *list) String() string { return strings.Join(*l, ", ") }

// Set adds a value.
func (l *list) Set(value string) error {
	*l = append(*l, value)
	return nil
}

// patterns parses the values of a flag such as -include.
func (l *list) patterns(flag string) (patterns []scraper.Pattern, err error) {
	for _, text := range *l {
		p, err := scraper.NewPattern(text)
		if err != nil {
			return nil, fmt.Errorf("-%s: %w", flag, err)
		}
		patterns = append(patterns, p)
	}
	return patterns, nil
}

// access is how the crawler accesses the sites: what it sends with requests, and through which connections.
type access struct {
	headers     list // "Name: value", for the hosts of the seeds
	cookiesFile string
	auth        list // user@host
	proxy, ca   string
	loginAs     list // user@host

	// The following fields are set by open.
	hostHeaders map[string]http.Header
	proxyURL    *url.URL
	tls         *tls.Config
	jar         *scraper.Cookies
	logins      []login
}

// open checks the flags, reads the files that they name, and reads the passwords (see readPassword). The credentials of
// -auth are sent to one host only, and the headers of -header only to the hosts of the seeds.
func (a *access) open(seeds []string, in *os.File, prompt io.Writer) error {
	a.hostHeaders = make(map[string]http.Header)
	for _, line := range a.headers {
		name, value, ok := strings.Cut(line, ":")
		value = strings.TrimSpace(value)
		if !ok || !httpguts.ValidHeaderFieldName(name) || !httpguts.ValidHeaderFieldValue(value) {
			return fmt.Errorf("-header %q is not of the form \"Name: value\"", line)
		}
		for _, seed := range seeds {
			if u, err := url.Parse(seed); err == nil {
				a.header(headerKey(u)).Set(name, value)
			}
		}
	}
	lines := bufio.NewReader(in)
	for _, who := range a.auth {
		at := strings.LastIndexByte(who, '@')
		if at <= 0 || at == len(who)-1 {
			return fmt.Errorf("-auth %q is not of the form user@host", who)
		}
		password, err := readPassword(who, in, lines, prompt)
		if err != nil {
			return fmt.Errorf("-auth %s: no password: %w", who, err)
		}
		credentials := base64.StdEncoding.EncodeToString([]byte(who[:at] + ":" + password))
		a.header(hostOfAuth(who[at+1:], seeds)).Set("Authorization", "Basic "+credentials)
	}
	for _, who := range a.loginAs {
		at := strings.LastIndexByte(who, '@')
		if at <= 0 || at == len(who)-1 {
			return fmt.Errorf("-login %q is not of the form user@host", who)
		}
		password, err := readPassword(who, in, lines, prompt)
		if err != nil {
			return fmt.Errorf("-login %s: no password: %w", who, err)
		}
		a.logins = append(a.logins, login{who[:at], who[at+1:], password})
	}
	if a.proxy != "" {
		proxy, err := url.Parse(a.proxy)
		if err != nil || proxy.Host == "" || !slices.Contains([]string{"http", "https", "socks5", "socks5h"}, proxy.Scheme) {
			return fmt.Errorf("-proxy %q is not an address like http://host:port or socks5://host:port", a.proxy)
		}
		a.proxyURL = proxy
	}
	return errors.Join(a.readCA(), a.readCookies())
}

// header returns the headers for a host, so that the caller can add to them. The host is a key of
// scraper.Options.HostHeaders.
func (a *access) header(host string) http.Header {
	if a.hostHeaders[host] == nil {
		a.hostHeaders[host] = make(http.Header)
	}
	return a.hostHeaders[host]
}

func headerKey(u *url.URL) string {
	if u.Port() == "" && u.Scheme == "http" {
		return u.Host + ":80"
	}
	return u.Host
}

// hostOfAuth returns the key of a host's headers. A host without a port means port 80 if the first seed with the same
// host is an http URL, and the https port otherwise.
func hostOfAuth(host string, seeds []string) string {
	for _, seed := range seeds {
		if u, err := url.Parse(seed); err == nil && u.Host == host {
			return headerKey(u)
		}
	}
	return host
}

func (a *access) readCA() error {
	if a.ca == "" {
		return nil
	}
	pem, err := os.ReadFile(a.ca)
	if err != nil {
		return err
	}
	roots, err := x509.SystemCertPool()
	if err != nil { // this system has no certificates
		roots = x509.NewCertPool()
	}
	if !roots.AppendCertsFromPEM(pem) {
		return fmt.Errorf("-ca %s has no certificate in PEM format", a.ca)
	}
	a.tls = &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}
	return nil
}

func (a *access) readCookies() error {
	a.jar = scraper.NewCookies()
	if a.cookiesFile == "" {
		return nil
	}
	f, err := os.Open(a.cookiesFile)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := a.jar.Read(f); err != nil {
		return fmt.Errorf("%s: %w", a.cookiesFile, err)
	}
	return nil
}

// readPassword reads a password. If the input is a terminal, it prompts for the password and turns off the echo;
// otherwise it reads the next line.
func readPassword(who string, in *os.File, lines *bufio.Reader, prompt io.Writer) (string, error) {
	if term.IsTerminal(int(in.Fd())) {
		fmt.Fprintf(prompt, "Password for %s: ", who)
		password, err := term.ReadPassword(int(in.Fd()))
		fmt.Fprintln(prompt)
		return string(password), err
	}
	line, err := lines.ReadString('\n')
	if err != nil && (!errors.Is(err, io.EOF) || line == "") {
		return "", err
	}
	return strings.TrimRight(line, "\r\n"), nil
}
