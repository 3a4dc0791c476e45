package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/publicsuffix"

	"github.com/dechaff/dechaff/cleaner/siterules"
	"github.com/dechaff/dechaff/scraper"
)

var errLogin = errors.New("signing in failed")

// loginTimeout is how long signing in to a site may take.
const loginTimeout = time.Minute

// A login contains a user's name and password for a host. The host's site rules describe its sign-in form.
type login struct{ user, host, password string }

// logIn signs in to the sites of -login. The crawl then sends the cookies that these sites have set.
func (c *config) logIn(ctx context.Context) error {
	for _, l := range c.logins {
		if err := c.logInTo(ctx, l); err != nil {
			return fmt.Errorf("-login %s@%s: %w", l.user, l.host, err)
		}
	}
	return nil
}

// logInTo fetches the page with a site's sign-in form, which may set cookies, and submits the form. The password is
// sent only to the site's own domain, and only over https unless -allow-private is set.
func (c *config) logInTo(ctx context.Context, l login) error {
	site := &url.URL{Scheme: "https", Host: l.host}
	var in siterules.SignIn
	known := false
	if c.rules.Rules != nil {
		in, known = c.rules.SignIn(site)
	}
	address, err := url.Parse(in.URL)
	if !known || err != nil || in.UserField == "" || in.PasswordField == "" {
		return fmt.Errorf("%w: no rule in -site-rules describes the form", errLogin)
	}
	if !scraper.SameDomain(&url.URL{Host: address.Hostname()}, &url.URL{Host: site.Hostname()}) ||
		address.Scheme != "https" && !c.allowPrivate {
		return fmt.Errorf("%w: %s is not an encrypted page of the site", errLogin, in.URL)
	}
	form := url.Values{in.UserField: {l.user}, in.PasswordField: {l.password}}
	for _, field := range in.Extra {
		form.Set(field[0], field[1])
	}
	jar, err := cookiejar.New(&cookiejar.Options{PublicSuffixList: publicsuffix.List})
	if err != nil {
		return err
	}
	transport := &http.Transport{Proxy: http.ProxyURL(c.proxyURL), TLSClientConfig: c.tls.Clone()}
	defer transport.CloseIdleConnections()
	client := &http.Client{
		Jar: jar, Timeout: loginTimeout, Transport: transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	if err := c.send(ctx, client, http.MethodGet, address, nil); err != nil {
		return err
	}
	if err := c.send(ctx, client, http.MethodPost, address, strings.NewReader(form.Encode())); err != nil {
		return err
	}
	if len(jar.Cookies(address)) == 0 {
		return fmt.Errorf("%w: the site has set no cookie", errLogin)
	}
	site.Scheme = address.Scheme
	return errors.Join(c.takeCookies(jar, address), c.takeCookies(jar, site))
}

// send sends one request and discards the response. For a POST request, a status of 400 or higher is an error.
func (c *config) send(ctx context.Context, client *http.Client, method string, to *url.URL, form io.Reader) error {
	req, err := http.NewRequestWithContext(ctx, method, to.String(), form)
	if err != nil {
		return err
	}
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	req.Header.Set("User-Agent", cmp.Or(c.userAgent, "dechaff (+https://github.com/dechaff/dechaff)"))
	res, err := client.Do(req)
	if err != nil {
		return fmt.Errorf("%w: %w", errLogin, err)
	}
	defer func() { _ = res.Body.Close() }()
	_, _ = io.Copy(io.Discard, io.LimitReader(res.Body, 1<<20))
	if method == http.MethodPost && res.StatusCode >= http.StatusBadRequest {
		return fmt.Errorf("%w: %s", errLogin, res.Status)
	}
	return nil
}

// takeCookies adds the jar's cookies for a URL to the crawl's cookies, except those that contain a tab or a line break.
func (c *config) takeCookies(jar http.CookieJar, of *url.URL) error {
	var file bytes.Buffer
	for _, cookie := range jar.Cookies(of) {
		if strings.ContainsAny(cookie.Name+cookie.Value, "\t\r\n") {
			continue
		}
		secure := strings.ToUpper(strconv.FormatBool(of.Scheme == "https"))
		fmt.Fprintf(&file, "%s\tFALSE\t/\t%s\t0\t%s\t%s\n", of.Hostname(), secure, cookie.Name, cookie.Value)
	}
	return c.jar.Read(&file)
}
