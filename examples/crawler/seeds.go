package main

import (
	"bufio"
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"os"
	"regexp"
	"strings"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"github.com/dechaff/dechaff/scraper"
)

// checkArguments returns the URLs in the arguments after the flags. A bare host name becomes an https URL. The name of
// an existing file is an error, and so is a flag after a URL.
func checkArguments(args []string) ([]string, error) {
	for i, arg := range args {
		if strings.HasPrefix(arg, "-") && i > 0 {
			return nil, fmt.Errorf("%s comes after %s: flags go before the URLs", arg, args[0])
		}
	}
	seeds := make([]string, 0, len(args))
	for _, arg := range args {
		if info, err := os.Stat(arg); err == nil && info.Mode().IsRegular() {
			hint := ""
			if isHost(arg) {
				hint = "; for the host write https://" + arg
			}
			return nil, fmt.Errorf("%s is a file: use -seeds %s to read URLs from it%s", arg, arg, hint)
		}
		seed, err := checkSeed(arg)
		if err != nil {
			return nil, err
		}
		seeds = append(seeds, seed)
	}
	return seeds, nil
}

// readSeeds reads a file of URLs and bare host names, one per line. Empty lines and lines that begin with # are
// skipped. A file with a byte order mark, as Windows editors and PowerShell write it, may be in UTF-16.
func readSeeds(name string) ([]string, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var seeds []string
	lines := bufio.NewScanner(transform.NewReader(f, unicode.BOMOverride(transform.Nop)))
	number := 1
	for ; lines.Scan(); number++ {
		s := strings.TrimSpace(lines.Text())
		if s == "" || strings.HasPrefix(s, "#") {
			continue
		}
		seed, err := checkSeed(s)
		if err != nil {
			return nil, fmt.Errorf("%s, line %d: %w", name, number, err)
		}
		seeds = append(seeds, seed)
	}
	if errors.Is(lines.Err(), bufio.ErrTooLong) {
		return nil, fmt.Errorf("%s, line %d: too long for a URL", name, number)
	} else if lines.Err() != nil {
		return nil, fmt.Errorf("%s: %w", name, lines.Err())
	}
	return seeds, nil
}

var (
	hasScheme = regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9+.-]*://`)
	// colon matches an address that begins with a bare host, with or without a port. It does not match "mailto:x",
	// because the colon after a scheme is not followed by a port.
	colon = regexp.MustCompile(`^([^/?#:@\[\]]+|\[[^\]]*\])(:[0-9]+)?([/?#]|$)`)
	// fileName matches file names by extension. It leaves out extensions that are also top-level domains, such as
	// ".md", ".zip" and ".py".
	fileName = regexp.MustCompile(`(?i)\.(html?|xhtml|txt|text|jsonl?|csv|tsv|xml|ya?ml|toml|ini|db|sqlite3?|log|` +
		`pdf|docx?|xlsx?|epub|gz|tgz|tar|php|asp|aspx|png|jpe?g|gif)$`)
)

// checkSeed accepts an http or https URL, or a bare host: a name with a dot, localhost, or an IP address. It puts
// https:// before a bare host. It refuses a single word and the name of a file, because they are more often mistakes
// than hosts; with http:// or https:// in front, they are accepted.
func checkSeed(s string) (string, error) {
	address, bare := s, !hasScheme.MatchString(s)
	if bare {
		if !colon.MatchString(s) || strings.ContainsAny(s, " \t\\") {
			return "", fmt.Errorf("not an http or https URL: %.200q", s)
		}
		address = "https://" + s
	}
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https" {
		return "", fmt.Errorf("not an http or https URL: %.200q", s)
	}
	if bare && !isHost(u.Hostname()) {
		return "", fmt.Errorf("neither a URL nor the name of a host: %.200q; for a host of that name write http://%.200s",
			s, s)
	}
	if _, err := (scraper.Job{Seeds: []string{address}}).Begin(); err != nil {
		return "", fmt.Errorf("not a usable URL: %.200q", s)
	}
	return address, nil
}

// isHost reports whether a name without a scheme looks like a host.
func isHost(name string) bool {
	// IDNA treats these characters as dots
	name = strings.TrimRight(strings.NewReplacer("。", ".", "．", ".", "｡", ".").Replace(name), ".")
	if strings.EqualFold(name, "localhost") {
		return true
	}
	if _, err := netip.ParseAddr(name); err == nil {
		return true
	}
	return strings.IndexByte(name, '.') > 0 && !fileName.MatchString(name)
}
