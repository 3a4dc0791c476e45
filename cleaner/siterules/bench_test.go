package siterules

import (
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

// Loading the whole folder should take at most 100 ms.
func BenchmarkLoadFolder(b *testing.B) {
	dir := folder(b)
	for b.Loop() {
		_, err := Load(dir)
		require.NoError(b, err)
	}
}

// A page of a host without rules costs only a lookup.
func BenchmarkMatchOtherHost(b *testing.B) {
	rules, err := Load(folder(b))
	require.NoError(b, err)
	doc, err := htmldoc.Parse(strings.NewReader("<p>Nothing.</p>"), htmldoc.Source{URL: "https://www.nowhere.example/a"})
	require.NoError(b, err)
	b.ReportAllocs()
	for b.Loop() {
		if rules.Match(doc, doc.URL) != nil {
			b.Fatal("there are rules")
		}
	}
}

func BenchmarkGlob(b *testing.B) {
	u, err := url.Parse("https://a.example/" + strings.Repeat("a", 4000))
	require.NoError(b, err)
	pattern := pathPattern{strings.Repeat("*a", 200) + "b"}
	for b.Loop() {
		pattern.matches(u)
	}
}
