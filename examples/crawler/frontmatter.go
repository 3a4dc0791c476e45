package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"text/template"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/examples/internal/record"
)

// renderMarkdown returns the content of an article's Markdown file.
func renderMarkdown(d *document) ([]byte, error) {
	front, err := d.matter.of(d)
	if err != nil {
		return nil, err
	}
	return []byte(front + d.Article.Markdown() + "\n"), nil
}

// A matter writes the front matter of each Markdown file. It uses the user's template, or the function frontMatter if
// the template is nil.
type matter struct{ *template.Template }

// errMatter is the error for an invalid template.
var errMatter = errors.New("-front-matter")

// matterFields are the fields that a template can use.
type matterFields struct {
	record.Record
	// FetchedAt is when the page was fetched. Hash is the SHA-256 of its bytes, in hexadecimal.
	FetchedAt time.Time
	Hash      string
}

// matterFuncs are the functions of a template. The function yaml returns any value as YAML on one line, with text in
// quotes. The function date returns a date in a layout of package time, or "" for an unknown date.
var matterFuncs = template.FuncMap{
	"yaml": func(value any) (string, error) { return quote(value) },
	"date": func(layout string, value any) (string, error) {
		switch day := value.(type) {
		case time.Time:
			return day.Format(layout), nil
		case cleaner.Date:
			if day.IsZero() {
				return "", nil
			}
			return day.Time.Format(layout), nil
		}
		return "", fmt.Errorf("%w: date of a %T", errMatter, value)
	},
	"join":  strings.Join,
	"slug":  slug,
	"lower": strings.ToLower,
}

// readMatter reads the template in a file; without a file name, it returns the default matter. The template must write
// valid YAML even for an article whose fields are full of characters that are special in YAML.
func readMatter(name string) (matter, error) {
	if name == "" {
		return matter{}, nil
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return matter{}, fmt.Errorf("%w: %w", errMatter, err)
	}
	t, err := template.New(name).Funcs(matterFuncs).Option("missingkey=error").Parse(string(text))
	if err != nil {
		return matter{}, fmt.Errorf("%w: %w", errMatter, err)
	}
	const hostile = "a \"b\": 'c' # {d} [e] \\ - *f & !g % @h `i`, j\nk: l"
	a := &cleaner.Article{
		Title: hostile, Byline: hostile, Authors: []string{hostile, hostile}, Publisher: hostile, SiteName: hostile,
		Excerpt: hostile, Section: hostile, Tags: []string{hostile}, Language: "en", URL: "https://example.org/?a=b&c#d",
	}
	m := matter{t}
	if _, err := m.of(&document{Article: a, line: line{Record: record.New("id", a)}}); err != nil {
		return matter{}, fmt.Errorf("%w; write {{yaml .Title}}, which quotes the value if necessary", err)
	}
	return m, nil
}

// of returns an article's front matter, followed by an empty line.
func (m matter) of(d *document) (string, error) {
	if m.Template == nil {
		return frontMatter(d), nil
	}
	var b strings.Builder
	if err := m.Execute(&b, matterFields{Record: d.Record, FetchedAt: d.FetchedAt, Hash: d.Hash}); err != nil {
		return "", fmt.Errorf("%w: %w", errMatter, err)
	}
	text := strings.TrimSpace(b.String()) + "\n\n"
	if front, _ := cutMatter([]byte(text)); strings.HasPrefix(text, "---\n") {
		var fields map[string]any
		if err := yaml.Unmarshal(bytes.TrimSuffix(front, []byte("---\n")), &fields); err != nil {
			return "", fmt.Errorf("%w: not valid YAML for %s: %w", errMatter, d.URL, err)
		}
	}
	return text, nil
}

// frontMatter returns YAML in which every string is written as a JSON string, as YAML 1.2 allows, so that a page cannot
// add keys.
func frontMatter(d *document) string {
	var b strings.Builder
	b.WriteString("---\n")
	canonical := d.Canonical
	if canonical == d.Record.URL {
		canonical = ""
	}
	fetched := ""
	if !d.FetchedAt.IsZero() {
		fetched = d.FetchedAt.Format(time.RFC3339)
	}
	for _, f := range []struct {
		key   string
		value any
	}{
		{"title", d.Record.Title},
		{"byline", d.Record.Byline},
		{"authors", d.Record.Authors},
		{"published", d.Record.Published.String()},
		{"modified", d.Record.Modified.String()},
		{"url", d.Record.URL},
		{"canonical", canonical},
		{"site", d.Record.SiteName},
		{"language", d.Record.Language},
		{"section", d.Record.Section},
		{"tags", d.Record.Tags},
		{"image", d.Record.Image},
		{"excerpt", d.Record.Excerpt},
		{"fetched", fetched},
		{"hash", d.Hash},
	} {
		if list, isList := f.value.([]string); f.value == "" || isList && len(list) == 0 {
			continue
		}
		if quoted, err := quote(f.value); err == nil {
			fmt.Fprintf(&b, "%s: %s\n", f.key, quoted)
		}
	}
	b.WriteString("---\n\n")
	return b.String()
}

// quote returns a value as JSON that is also YAML, on one line.
func quote(value any) (string, error) {
	switch v := value.(type) {
	case string:
		value = strings.ToValidUTF8(v, "")
	case []string:
		valid := make([]string, len(v))
		for i, s := range v {
			valid[i] = strings.ToValidUTF8(s, "")
		}
		value = valid
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		return "", err
	}
	return escapeControls(strings.TrimSuffix(b.String(), "\n")), nil
}

// cutMatter splits a Markdown file into its front matter, including the lines of hyphens or plus signs around it, and
// the rest.
func cutMatter(markdown []byte) (front, rest []byte) {
	for _, fence := range [...]string{"---\n", "+++\n"} {
		if !bytes.HasPrefix(markdown, []byte(fence)) {
			continue
		}
		if end := bytes.Index(markdown, []byte("\n"+fence)); end >= 0 {
			end += 1 + len(fence)
			return markdown[:end:end], markdown[end:]
		}
	}
	return nil, markdown
}

// addressOf returns the value of the key "url" in front matter that frontMatter wrote, or "" if there is none.
func addressOf(markdown []byte) string {
	front, _ := cutMatter(markdown)
	for line := range strings.Lines(string(front)) {
		if value, ok := strings.CutPrefix(line, "url: "); ok {
			address := ""
			if json.Unmarshal([]byte(strings.TrimSuffix(value, "\n")), &address) != nil {
				return ""
			}
			return address
		}
	}
	return ""
}

// escapeControls escapes what JSON strings may contain but YAML may not: U+0085 is a line break in YAML, and the other
// control characters and U+FEFF are errors. Bidirectional controls could make a value look like a key.
func escapeControls(quoted string) string {
	var b strings.Builder
	for _, r := range quoted {
		if isControl(r) {
			fmt.Fprintf(&b, "\\u%04x", r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

func isControl(r rune) bool {
	switch {
	case r >= 0x7F && r <= 0x9F, r == 0x061C, r >= 0x200E && r <= 0x200F, r >= 0x2028 && r <= 0x202E,
		r >= 0x2066 && r <= 0x2069, r == 0xFEFF, r >= 0xFFFE && r <= 0xFFFF:
		return true
	}
	return false
}
