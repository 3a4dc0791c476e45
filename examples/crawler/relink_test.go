package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// Only addresses of links and pictures change, and a second pass changes nothing.
func TestRelinkMarkdown(t *testing.T) {
	const here, picture = "https://gull.example/a", "https://gull.example/b.png"
	to := func(address string, isPicture bool) string {
		switch {
		case address == here && !isPicture:
			return "a.md"
		case address == picture:
			return "images/b.png"
		case address == "https://gull.example/?a=1&copy;=2":
			return "c.md"
		}
		return address
	}
	for old, want := range map[string]string{
		"[a](" + here + ")":                                                                "[a](a.md)",
		"![b](" + picture + ")":                                                            "![b](images/b.png)",
		"![b](" + picture + ` "title (x)")`:                                                `![b](images/b.png "title (x)")`,
		"[![b](" + picture + ")](" + here + ")":                                            "[![b](images/b.png)](a.md)",
		"![a](" + here + ")":                                                               "=",
		"\\![a](" + here + ")":                                                             "\\![a](a.md)",
		"[a](https://gull.example/?a=1&amp;copy;=2)":                                       "[a](c.md)",
		"- [a](" + here + "), *[b \\] c](" + here + ")*":                                   "- [a](a.md), *[b \\] c](a.md)*",
		"| [a](" + here + ") | x |":                                                        "| [a](a.md) | x |",
		"see " + here + " and \\[a\\](" + here + ")":                                       "=",
		"`[a](" + here + ")` and ``x ` [a](" + here + ")``":                                "=",
		"`` [a](" + here + ")":                                                             "`` [a](a.md)",
		"```\n[a](" + here + ")\n```\n[a](" + here + ")":                                   "```\n[a](" + here + ")\n```\n[a](a.md)",
		"- x\n  ````go\n  ```\n  [a](" + here + ")\n  ````\n- [a](" + here + ")":           "- x\n  ````go\n  ```\n  [a](" + here + ")\n  ````\n- [a](a.md)",
		"1. ```\n   [a](" + here + ")\n   ```":                                             "=",
		"> ~~~\n> [a](" + here + ")\n> ~~~\n> [a](" + here + ")":                           "> ~~~\n> [a](" + here + ")\n> ~~~\n> [a](a.md)",
		"[^1]: [a](" + here + ")":                                                          "[^1]: [a](a.md)",
		"---\nurl: \"" + here + "\"\nimage: \"" + picture + "\"\n---\n\n[a](" + here + ")": "---\nurl: \"" + here + "\"\nimage: \"images/b.png\"\n---\n\n[a](a.md)",
		"+++\nimage = \"" + picture + "\"\n+++\n\nx":                                       "+++\nimage = \"images/b.png\"\n+++\n\nx",
		"[a](a.md) ![b](images/b.png)":                                                     "=",
		"[a](<" + here + ">)":                                                              "=",
		"[a](":                                                                             "=",
		"[a]\n\n](" + here + ")":                                                           "=",
	} {
		if want == "=" {
			want = old
		}
		got := string(relinkMarkdown([]byte(old), to))
		assert.Equal(t, want, got)
		assert.Equal(t, got, string(relinkMarkdown([]byte(got), to)))
	}
}

func TestRelinkHTML(t *testing.T) {
	const page = `<!DOCTYPE html><p>A &amp; b <a href="https://gull.example/a?x&amp;y">a</a><img src="https://gull.example/b.png" alt="&quot;"/>` +
		`<a href="https://gull.example/a?x&amp;y" data-source>gull</a><code>&lt;a href="https://gull.example/a"></code>`
	got := string(relinkHTML([]byte(page), func(address string, isPicture bool) string {
		if isPicture {
			return "../images/b.png"
		}
		return strings.ReplaceAll(address, "https://gull.example/a?x&y", "it's \"a\".html")
	}))
	assert.Equal(t, `<!DOCTYPE html><p>A &amp; b <a href="it&#39;s &#34;a&#34;.html">a</a><img src="../images/b.png" alt="&#34;"/>`+
		`<a href="https://gull.example/a?x&amp;y" data-source>gull</a><code>&lt;a href="https://gull.example/a"></code>`, got)
}

func TestRelativePaths(t *testing.T) {
	for _, c := range [][3]string{
		{"a", "b", "b"},
		{"a/b", "c", "../c"},
		{"a", "b/c", "b/c"},
		{"a/b", "a/c", "c"},
		{"a/b/c", "a/d/e", "../d/e"},
		{"a/b", "b/c", "../b/c"},
		{"a/x", "a", "../a"},
		{"a", "é b/c(1)", "%C3%A9%20b/c%281%29"},
		{"a/b/c", "a", "../../a"},
	} {
		assert.Equal(t, c[2], relative(c[0], c[1]), "%v", c)
	}
}
