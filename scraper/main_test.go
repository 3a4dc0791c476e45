package scraper

import (
	"flag"
	"os"
	"testing"
)

// The tests that call t.Parallel mostly wait, so more of them can run at once than there are cores. A -parallel flag is
// parsed later and overrides this.
func TestMain(m *testing.M) {
	_ = flag.Set("test.parallel", "8")
	os.Exit(m.Run())
}
