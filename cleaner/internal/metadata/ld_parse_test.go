package metadata

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// parsed returns the objects of a script.
func parsed(script string) []Object {
	f := &Findings{}
	f.parseLD(script)
	return f.ld
}

func TestRepairJSON(t *testing.T) {
	for _, c := range []struct{ name, script string }{
		{"a comment around it", `<!-- {"headline":"Late, \"again\""} //-->`},
		{"CDATA without slashes", `<![CDATA[{"headline":"Late, \"again\""}]]>`},
		{"CDATA in a comment", `/*<![CDATA[*/ {"headline":"Late, \"again\""} /*]]>*/`},
		{"entities for quotes", `{&quot;headline&quot;:&quot;Late, \&quot;again\&quot;&quot;}`},
		{"a semicolon", `{"headline":"Late, \"again\""};` + "\n"},
		{"trailing commas", `{"tags":["a","b", ] ,"headline":"Late, \"again\"",` + "\n" + `}`},
		{"tabs and line breaks in strings", "{\"x\":\"a\n\tb\",\"headline\":\"Late, \\\"again\\\"\"}"},
		{"comments", "{ // what it is\n\"headline\": /* so */ \"Late, \\\"again\\\"\" }"},
		{"raw quotes in a string", `{"headline":"Late, "again""}`},
		{"an escape that JSON does not have", `{"x":"it\'s","headline":"Late, \"again\""}`},
		{"commas in a row", `{"x":1,,"headline":"Late, \"again\""}`},
		{"a missing brace at the end", `{"headline":"Late, \"again\""`},
		{"an extra brace at the end", `{"headline":"Late, \"again\""}}`},
		{"a byte order mark", "\uFEFF" + `{"headline":"Late, \"again\""}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			objects := parsed(c.script)
			require.Len(t, objects, 1)
			assert.Equal(t, `Late, "again"`, objects[0].Text("headline"))
		})
	}
	for _, script := range []string{"", "{", "}", `"`, `{"a":}`, `{"a" "b"}`, "\\", `<!--`, `,`, strings.Repeat("[", 10_000)} {
		assert.Empty(t, parsed(script), script[:min(len(script), 20)])
	}
}

// A comma before a bracket inside a string is text.
func TestRepairLeavesStringsAlone(t *testing.T) {
	objects := parsed(`{"headline":"one, ] two, } three",}`)
	require.Len(t, objects, 1)
	assert.Equal(t, "one, ] two, } three", objects[0].Text("headline"))
}

func TestBoundsOfJSONLD(t *testing.T) {
	many := "[" + strings.TrimSuffix(strings.Repeat(`{"@type":"Thing"},`, 10_000), ",") + "]"
	assert.Len(t, parsed(many), maxLDObjects)
	assert.Empty(t, parsed(`{"x":"`+strings.Repeat("x", maxLDBytes)+`"}`))
	nested := strings.Repeat(`{"@graph":[`, 5_000) + `{"@type":"Article"}` + strings.Repeat("]}", 5_000)
	assert.LessOrEqual(t, len(parsed(nested)), 10)
}
