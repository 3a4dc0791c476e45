package pagestate

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestNextAssignment(t *testing.T) {
	for _, c := range []struct{ name, script, rest string }{
		{"a member", `if (a == {}) window.state = {b: 1}`, `{b: 1}`},
		{"a member in quotes", "self[\"tide\"]\n=\n[1]", `[1]`},
		{"a text", `var x="hen";`, `"hen";`},
		{"JSON.parse", `x = JSON.parse("{}")`, `JSON.parse("{}")`},
		{"a function in parentheses", `x=(function(){}())`, `(function(){}())`},
		{"a name with digits", `$1={}`, `{}`},
		{"no name", `1 = {}; "a" = []; x() = {}`, ""},
		{"no value that is read", `a = 1, b = f({}), c =`, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			at := nextAssignment(c.script, 0)
			if c.rest == "" {
				assert.Equal(t, -1, at)
				return
			}
			assert.Equal(t, c.rest, c.script[max(at, 0):])
		})
	}
	assert.Equal(t, -1, nextAssignment("a={}", 1), "the name is before the start")
}
