package siterules

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

// BenchmarkClean cleans a page without rules and with rules for its host. If DECHAFF_SITE_RULES names a folder, it also
// cleans the page with all files in the folder, none of which is for that host.
func BenchmarkClean(b *testing.B) {
	page, err := os.ReadFile(filepath.Join("..", "..", "testdata", "pages", "arabic-news", "page.html"))
	require.NoError(b, err)
	own, err := Parse("news.example.yaml", []byte("title: h1\nremove: [.share, nav, \"//aside[contains(., 'x')]\"]\nkeep: .notes\n"))
	require.NoError(b, err)
	cases := map[string]cleaner.SiteRules{"without": nil, "with rules for it": own}
	if dir := os.Getenv("DECHAFF_SITE_RULES"); dir != "" {
		all, err := Load(dir)
		require.NoError(b, err)
		cases["with a folder for others"] = all
	}
	doc, err := htmldoc.Parse(strings.NewReader(string(page)), htmldoc.Source{URL: "https://news.example/a"})
	require.NoError(b, err)
	for name, rules := range cases {
		c := cleaner.New(cleaner.Options{SiteRules: rules})
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, _ = c.CleanDocument(doc)
			}
		})
	}
}
