package commandline_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/examples/internal/commandline"
)

func newFlags(out *bytes.Buffer) *flag.FlagSet {
	fs := flag.NewFlagSet("test", flag.ContinueOnError)
	fs.SetOutput(out)
	fs.Duration("delay", time.Second, "a pause")
	fs.Int("max", 0, "a number")
	fs.Bool("quiet", false, "a switch")
	return fs
}

func TestParse(t *testing.T) {
	for args, want := range map[string]string{
		"-delay 3":   `invalid value "3" for flag -delay: must be a number with a unit, such as 3s, 500ms or 2m; -h lists`,
		"-max many":  `invalid value "many" for flag -max: must be a whole number; -h lists`,
		"-quiet=yes": `invalid boolean value "yes" for -quiet: must be true or false; -h lists`,
		"-dely 3s":   "flag provided but not defined: -dely; -h lists the flags",
		"-delay":     "flag needs an argument: -delay; -h lists the flags",
	} {
		var out bytes.Buffer
		err := commandline.Parse(newFlags(&out), strings.Fields(args))
		require.Error(t, err, args)
		assert.True(t, strings.HasPrefix(err.Error(), want), err)
		assert.Empty(t, out.String(), args)
	}
	var out bytes.Buffer
	require.ErrorIs(t, commandline.Parse(newFlags(&out), []string{"-h"}), flag.ErrHelp)
	assert.Contains(t, out.String(), "-delay duration")
	require.NoError(t, commandline.Parse(newFlags(&out), []string{"-delay", "3s", "a", "b"}))
}

func TestCheckOrder(t *testing.T) {
	t.Chdir(t.TempDir())
	require.NoError(t, os.WriteFile(filepath.Join(".", "-odd"), nil, 0o644))
	require.NoError(t, commandline.CheckOrder(nil))
	require.NoError(t, commandline.CheckOrder([]string{"-", "a", "-", "-odd"}))
	require.EqualError(t, commandline.CheckOrder([]string{"page.html", "-format", "text"}),
		"-format comes after page.html: flags go first")
}
