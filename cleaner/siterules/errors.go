package siterules

import (
	"errors"
	"fmt"
)

// Errors to match with errors.Is.
var (
	// ErrRule means that a file has an invalid rule: an unknown key, a bad selector, or a value of the wrong kind.
	ErrRule = errors.New("siterules: bad rule")
	// ErrUnmatched means that a rule selected nothing on any page to which it was applied, or that it was applied to no
	// page because no page had a path that the rule is for.
	ErrUnmatched = errors.New("siterules: rule without a match")
	// ErrCostly means that a selector was stopped on some page because it took too many steps.
	ErrCostly = errors.New("siterules: costly rule")
)

// An Error is an error in a rules file.
type Error struct {
	// File is the file's name in its folder. Line is the line number, from 1; 0 if the error concerns the whole file.
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
