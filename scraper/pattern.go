package scraper

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
)

// A Pattern selects addresses for Job.Include, Job.Exclude and Job.FollowOnly. The zero value matches no address.
type Pattern struct{ re *regexp.Regexp }

// NewPattern parses a Pattern. After the prefix "re:", the text is a regular expression; the Pattern matches an address
// if the expression matches any part of it. Without the prefix, the text is a glob, which is compared with the whole
// address: "*" matches any text without a slash, "**" matches any text, and all other characters, including "?", match
// themselves. A glob that begins with a slash is compared with the path and the query only:
//
//	/blog/**                     every page of the blog
//	/print/*                     the pages of a folder, without those of its subfolders
//	**?print=*                   pages whose query begins with "print=" and has no slash
//	https://docs.example/v2/**   one version of a manual
//	re:/20[0-9]{2}/[0-9]+/       addresses with a year and a month
//
// The addresses that a pattern is compared with are in canonical form, without tracking and session parameters.
//
// Errors: ErrOptions.
func NewPattern(text string) (Pattern, error) {
	if expression, ok := strings.CutPrefix(text, "re:"); ok {
		re, err := regexp.Compile(expression)
		if err != nil {
			return Pattern{}, fmt.Errorf("%w: pattern %q: %w", ErrOptions, text, err)
		}
		return Pattern{re}, nil
	}
	if text == "" {
		return Pattern{}, fmt.Errorf("%w: an empty pattern", ErrOptions)
	}
	var b strings.Builder
	b.WriteString("^")
	if text[0] == '/' {
		b.WriteString("[a-z]+://[^/]+")
	}
	for i, part := range strings.Split(text, "**") {
		if i > 0 {
			b.WriteString(".*")
		}
		b.WriteString(strings.ReplaceAll(regexp.QuoteMeta(part), `\*`, "[^/]*"))
	}
	return Pattern{regexp.MustCompile(b.String() + "$")}, nil
}

// Match reports whether the pattern matches an address, which must be in canonical form.
func (p Pattern) Match(u *url.URL) bool { return p.re != nil && p.re.MatchString(u.String()) }

func matchesAny(patterns []Pattern, u *url.URL) bool {
	for _, p := range patterns {
		if p.Match(u) {
			return true
		}
	}
	return false
}

// excludes reports whether Job.Exclude matches an address, or Job.Include is set and neither it nor Job.FollowOnly
// matches the address.
func (j *Job) excludes(u *url.URL) bool {
	return matchesAny(j.Exclude, u) ||
		len(j.Include) > 0 && !matchesAny(j.Include, u) && !matchesAny(j.FollowOnly, u)
}
