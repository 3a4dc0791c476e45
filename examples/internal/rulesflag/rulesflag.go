// Package rulesflag defines the flag -site-rules of the examples: a folder of site rules.
package rulesflag

import (
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/cleaner/siterules"
)

// Rules are the rules in the folder that the flag names. They are empty without the flag.
type Rules struct {
	*siterules.Rules
	dir string
}

// Define defines the flag, which reads the folder.
func (r *Rules) Define(fs *flag.FlagSet) {
	fs.Func("site-rules", "`folder` of site rules, which say what is content on a site", func(dir string) error {
		rules, err := siterules.Load(dir)
		if err != nil {
			return fmt.Errorf("\n%w", err)
		}
		r.Rules, r.dir = rules, dir
		return nil
	})
}

// Into sets the rules in a cleaner's options.
func (r *Rules) Into(o *cleaner.Options) {
	if r.Rules != nil {
		o.SiteRules = r.Rules
	}
}

// PrintFaults prints the problems of rules that were used: they selected nothing, or were too costly.
func (r *Rules) PrintFaults(w io.Writer, program string) {
	if r.Rules == nil {
		return
	}
	for _, err := range r.Unmatched() {
		fmt.Fprintf(w, "%s: %v\n", program, err)
	}
}

// Hash returns a hash of the files in the folder, on which the articles depend. Without the flag, it returns "".
func (r *Rules) Hash() (string, error) {
	if r.Rules == nil {
		return "", nil
	}
	entries, err := os.ReadDir(r.dir)
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	for _, entry := range entries {
		if entry.IsDir() {
			continue
		}
		data, err := os.ReadFile(filepath.Join(r.dir, entry.Name()))
		if err != nil {
			return "", err
		}
		fmt.Fprintf(sum, "%s\n%d\n", entry.Name(), len(data))
		sum.Write(data)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}
