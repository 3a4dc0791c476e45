package siterules

import (
	"errors"
	"fmt"
)

// Errors to match with errors.Is.
var (
	// ErrRule means that a file has a rule that cannot be used: an unknown key, a bad selector, a value of the wrong
	// kind.
	ErrRule = errors.New("siterules: bad rule")
	// ErrUnmatched means that a rule selects nothing on any of the pages that it is for.
	ErrUnmatched = errors.New("siterules: rule without a match")
	// ErrCostly means that a selector was given up on some page, because it would have cost too much time there.
	ErrCostly = errors.New("siterules: costly rule")
)

// An Error is a fault in a file of rules.
type Error struct {
	// File is the name of the file in its folder, Line the number of the line, from 1; 0 if the fault is the file's.
	File string
	Line int
	// Kind is ErrRule, ErrUnmatched or ErrCostly.
	Kind error
	// Message says what is wrong.
	Message string
}

// Error returns file, line and message: "example.org.yaml:4: unknown key \"contents\"".
func (e *Error) Error() string { return place(e.File, e.Line) + ": " + e.Message }

// Unwrap returns Kind.
func (e *Error) Unwrap() error { return e.Kind }

func place(file string, line int) string {
	if line == 0 {
		return file
	}
	return fmt.Sprintf("%s:%d", file, line)
}
