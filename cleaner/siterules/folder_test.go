package siterules

import (
	"fmt"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// folder returns the folder of fivefilters' files, which is not in this repository. It skips the test if the
// environment does not name one.
func folder(tb testing.TB) string {
	tb.Helper()
	dir := os.Getenv("DECHAFF_SITE_RULES")
	if dir == "" {
		tb.Skip("DECHAFF_SITE_RULES is not set to a folder of fivefilters' files")
	}
	return dir
}

// At least 99 % of the directives in the folder are honored. The test prints why the others are not.
func TestFolderIsHonored(t *testing.T) {
	rules, err := Load(folder(t))
	require.NoError(t, err)
	honored, needless, others := 0, 0, 0
	for _, d := range rules.Report() {
		honored, needless, others = honored+d.Honored, needless+d.Needless, others+d.Unsupported
		fmt.Printf("%-25s %5d honored", d.Name, d.Honored)
		if d.Needless > 0 {
			fmt.Printf(" (%d needless)", d.Needless)
		}
		fmt.Printf("  %d unsupported\n", d.Unsupported)
		for _, why := range d.Why {
			fmt.Println("    ", why)
		}
	}
	for _, fault := range rules.Faults() {
		fmt.Println("malformed:", fault)
	}
	all := honored + others + len(rules.Faults())
	fmt.Printf("%d files, %d directives: %d honored (%.2f %%), of them %d needless; %d unsupported, %d malformed\n",
		len(rules.files), all, honored, 100*float64(honored)/float64(all), needless, others, len(rules.Faults()))
	require.Positive(t, all)
	assert.GreaterOrEqual(t, float64(honored), 0.99*float64(all))
}
