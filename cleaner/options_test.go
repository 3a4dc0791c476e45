package cleaner

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/cleaner/internal/judge"
)

// Every value of an enumeration has a unique name; an invalid value shows its number.
func TestEnumerationsHaveNames(t *testing.T) {
	for _, enum := range []struct {
		values []fmt.Stringer
		names  []string
	}{
		{
			[]fmt.Stringer{ToggleDefault, ToggleShow, ToggleHide, Toggle(-1)},
			[]string{"default", "show", "hide", "Toggle(-1)"},
		},
		{
			[]fmt.Stringer{FavorBalanced, FavorPrecision, FavorRecall, Favor(9)},
			[]string{"balanced", "precision", "recall", "Favor(9)"},
		},
		{
			[]fmt.Stringer{VoteWhenUnsure, VoteAlways, VoteNever, Voting(7)},
			[]string{"when unsure", "always", "never", "Voting(7)"},
		},
		{
			[]fmt.Stringer{TextWhereNeeded, HTMLWhereNeeded, TableForm(2)},
			[]string{"text where needed", "HTML where needed", "TableForm(2)"},
		},
	} {
		var names []string
		for _, value := range enum.values {
			names = append(names, value.String())
		}
		assert.Equal(t, enum.names, names)
	}
}

// The judge's kinds have the same values as the public kinds.
func TestKindsAreThoseOfTheJudge(t *testing.T) {
	for _, kind := range []struct {
		public Kind
		judged judge.Kind
		name   string
	}{
		{KindUnknown, judge.KindUnknown, "unknown"},
		{KindArticle, judge.KindArticle, "article"},
		{KindForum, judge.KindForum, "forum"},
		{KindProduct, judge.KindProduct, "product"},
		{KindCollection, judge.KindCollection, "collection"},
		{KindListing, judge.KindListing, "listing"},
		{KindDocumentation, judge.KindDocumentation, "documentation"},
		{KindService, judge.KindService, "service"},
		{KindService + 1, judge.KindService + 1, "unknown"},
	} {
		assert.Equal(t, kind.judged, judge.Kind(kind.public), kind.name)
		assert.Equal(t, kind.name, kind.public.String())
	}
}

// Relative links depend on the page's address, as the comment of Clean says.
func TestRelativeLinks(t *testing.T) {
	const page = `<title>The pier</title><h1>The pier</h1><p>The pier has been <a href="/x">growing</a> by one plank a year since the war.</p>`
	for address, link := range map[string]string{
		"":                           "[growing](/x)",
		"https://quay.example/pier":  "[growing](https://quay.example/x)",
		"file:///home/ada/pier.html": "been growing by",
	} {
		a, err := Clean(strings.NewReader(page), address)
		require.NoError(t, err, address)
		assert.Contains(t, a.Markdown(), link, address)
	}
}
