// Package commandline parses the flags of the examples, with errors that say what a flag expects.
package commandline

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
	"time"
)

// Parse is like fs.Parse, but prints nothing except the help that the user asked for: after a usage of several screens,
// nobody finds the error. The caller prints the error.
func Parse(fs *flag.FlagSet, args []string) error {
	output, usage := fs.Output(), fs.Usage
	fs.SetOutput(io.Discard)
	fs.Usage = func() {}
	err := fs.Parse(args)
	fs.SetOutput(output)
	fs.Usage = usage
	switch {
	case err == nil:
		return nil
	case !errors.Is(err, flag.ErrHelp):
		return fmt.Errorf("%w; -h lists the flags", explain(fs, err))
	case usage == nil:
		fmt.Fprintf(output, "usage: %s [flags]\n", fs.Name())
		fs.PrintDefaults()
	default:
		usage()
	}
	return err
}

// unexplained matches the errors in which package flag does not say what is wrong with a value.
var unexplained = regexp.MustCompile(`-(\S+): (parse error|value out of range)$`)

// explain adds what the flag expects to an error of package flag that does not say it.
func explain(fs *flag.FlagSet, err error) error {
	found := unexplained.FindStringSubmatch(err.Error())
	if found == nil {
		return err
	}
	f := fs.Lookup(found[1])
	if f == nil {
		return err
	}
	expected := ""
	if value, ok := f.Value.(flag.Getter); ok {
		switch value.Get().(type) {
		case time.Duration:
			expected = "must be a number with a unit, such as 3s, 500ms or 2m"
		case int:
			expected = "must be a whole number"
		case bool:
			expected = "must be true or false"
		}
	}
	if expected == "" {
		return err
	}
	return errors.New(strings.TrimSuffix(err.Error(), found[2]) + expected)
}

// CheckOrder returns an error for a flag that comes after the first argument: it would be taken for an argument. An
// argument that names an existing file is not a flag.
func CheckOrder(args []string) error {
	for i, arg := range args {
		if i == 0 || len(arg) < 2 || arg[0] != '-' {
			continue
		}
		if _, err := os.Stat(arg); err != nil {
			return fmt.Errorf("%s comes after %s: flags go first", arg, args[0])
		}
	}
	return nil
}
