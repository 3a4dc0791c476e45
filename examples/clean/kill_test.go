package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/examples/internal/whole"
)

// asProgram is the environment variable that makes the test binary run the program instead of the tests.
const asProgram = "DECHAFF_TEST_AS_CLEAN"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// program returns a command that runs the program as a separate process. If shell is not "", it is a shell command,
// such as ulimit, that runs before the program in the same shell.
func program(t *testing.T, shell string, args ...string) (*exec.Cmd, *bytes.Buffer) {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	cmd := exec.CommandContext(t.Context(), self, args...)
	if shell != "" {
		cmd = exec.CommandContext(t.Context(), "sh", append([]string{"-c", shell + ` && exec "$0" "$@"`, self}, args...)...)
	}
	cmd.Env = append(os.Environ(), asProgram+"=1")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	return cmd, &stderr
}

// Whenever the program is killed, the same command finishes the work: no page is lost or duplicated, and every file
// with its final name is complete.
func TestKill(t *testing.T) {
	formats := []string{"jsonl.gz", "parquet", "markdown"}
	if testing.Short() {
		formats = formats[:1]
	}
	for _, format := range formats {
		t.Run(format, func(t *testing.T) {
			in, out, complete := t.TempDir(), t.TempDir(), t.TempDir()
			for i := range 5 {
				write(t, in, fmt.Sprintf("%d.warc.gz", i), tideWARC(t, fmt.Sprint(i), 60))
			}
			args := []string{"-format", format, "-shard-size", "25", "-quiet"}
			require.Zero(t, first(clean(t, "", append(args, "-out", complete, in)...)))
			want := files(t, complete)
			killed := 0
			for i := range 10 {
				cmd, _ := program(t, "", append(args, "-out", out, in)...)
				require.NoError(t, cmd.Start())
				time.Sleep(time.Duration(5+13*i) * time.Millisecond)
				require.NoError(t, cmd.Process.Kill())
				if cmd.Wait() != nil {
					killed++
				}
				for name, content := range files(t, out) {
					if !strings.Contains(name, whole.TemporaryPrefix) {
						require.Equal(t, want[name], content, name)
					}
				}
			}
			assert.Positive(t, killed)
			require.Zero(t, first(clean(t, "", append(args, "-out", out, in)...)))
			assert.Equal(t, want, files(t, out))
		})
	}
}

// A full disk ends the run with a clear error, and finished shards stay. Instead of a full disk, this test uses a limit
// on the size of files, which any user may set. .ci/disk tests a real disk.
func TestFullDisk(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("ulimit is not available")
	}
	in := t.TempDir()
	write(t, in, "1.warc.gz", tideWARC(t, "one", 30))
	write(t, in, "0.warc.gz", "\x1f\x8b\x08nonsense") // damaged, and yet the full disk is reported
	write(t, in, "2.warc.gz", tideWARC(t, "two", 700))
	check := func(t *testing.T, out, limit string, says string) {
		t.Helper()
		cmd, stderr := program(t, limit, "-out", out, "-quiet", in)
		require.Error(t, cmd.Run())
		assert.Equal(t, exitFailed, cmd.ProcessState.ExitCode())
		assert.Contains(t, stderr.String(), errOutput.Error()+" 2.warc.gz")
		assert.Contains(t, stderr.String(), says)
		found := files(t, out)
		assert.Equal(t, 30, strings.Count(found["1.warc.gz.jsonl"], "\n"))
		assert.NotContains(t, found, "2.warc.gz.jsonl")
		assert.NotContains(t, found, ".tmp-2.warc.gz.jsonl")
	}
	t.Run("limit", func(t *testing.T) {
		out := t.TempDir()
		check(t, out, "ulimit -f 200", "file too large")
		require.NoError(t, os.Remove(filepath.Join(in, "0.warc.gz")))
		require.Zero(t, first(clean(t, "", "-out", out, "-quiet", in)))
		assert.Equal(t, 700, strings.Count(files(t, out)["2.warc.gz.jsonl"], "\n"))
	})
	t.Run("disk", func(t *testing.T) {
		disk := os.Getenv("DECHAFF_SMALL_DISK")
		if disk == "" {
			t.Skip("DECHAFF_SMALL_DISK is not set")
		}
		write(t, in, "2.warc.gz", tideWARC(t, "two", 9000))
		out := filepath.Join(disk, "clean")
		check(t, out, "", "no space left on device")
		require.NoError(t, os.RemoveAll(out))
	})
}
