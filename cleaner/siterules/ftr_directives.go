package siterules

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"golang.org/x/net/http/httpguts"
)

// ftrRules are the compiled directives of a file.
type ftrRules struct {
	title, body, author, date, strip, missing, sponsored []*rule // their values are XPaths
	stripNames, stripImages                              []*rule // their values are parts of attributes
	replacements                                         []replacement
	next, whole                                          []*ftrLink
	edits                                                []edit
	// prunes is true if the chaff rules apply within the body. noNext is true if only the site rules determine the
	// address of the next page. skipLD is true if JSON-LD is ignored.
	prunes, noNext, skipLD bool
	// strictRule is the rule by which a page has no article if no body rule selects anything; nil if there is none.
	strictRule *rule
	header     http.Header
	signIn     SignIn
	tests      []Test
	// outcomes are the results of the directives, in order.
	outcomes []outcome
	// faults are the errors for lines that are not directives, or the error from reading the file.
	faults []error
	links  *ftrLink // the link that was read last, to which a condition applies
	finds  []string // texts to find that have no replacement yet
}

// An outcome is the result of a directive.
type outcome struct {
	directive
	fate fate
	why  string
}

type fate uint8

const (
	honored fate = iota
	needless
	unsupported
)

// A replacement replaces all occurrences of a text in a page's markup.
type replacement struct{ find, replace string }

// An ftrLink is a rule for a link, with a condition: a rule that must select something on the page, or nil.
type ftrLink struct{ rule, condition *rule }

// An edit changes the elements that its rule selects.
type edit struct {
	apply  func(m *matcher, e *edit)
	rule   *rule
	tag    string   // for wrap_in
	target selector // for move_into
}

var (
	errEmpty  = errors.New("it has no value")
	errYesNo  = errors.New("the value is neither yes nor no")
	errTag    = errors.New("an article cannot contain this element")
	errHeader = errors.New("not a valid header")
	// errProgram marks values in the expression language of another program. Such values may fetch other pages.
	errProgram = errors.New("the value is an expression that would have to be evaluated")
)

// An ftrHandler adds a directive to the rules.
type ftrHandler func(f *ftrRules, d *directive, r *rule) error

// handlers are the supported directives. Absent on purpose: footnotes and strip_comments, which control how another
// program displays pages; skip_id_or_class and post_strip_attr, which keep what only that program strips;
// single_page_link_in_feed, because feeds are read elsewhere.
var handlers = map[string]ftrHandler{
	"title":               bySelector(func(f *ftrRules) *[]*rule { return &f.title }),
	"body":                bySelector(func(f *ftrRules) *[]*rule { return &f.body }),
	"author":              bySelector(func(f *ftrRules) *[]*rule { return &f.author }),
	"date":                bySelector(func(f *ftrRules) *[]*rule { return &f.date }),
	"strip":               bySelector(func(f *ftrRules) *[]*rule { return &f.strip }),
	"native_ad_clue":      bySelector(func(f *ftrRules) *[]*rule { return &f.sponsored }),
	"not_logged_in_xpath": bySelector(func(f *ftrRules) *[]*rule { return &f.missing }),

	"strip_id_or_class": byPart(func(f *ftrRules) *[]*rule { return &f.stripNames }),
	"strip_image_src":   byPart(func(f *ftrRules) *[]*rule { return &f.stripImages }),

	"next_page_link":   byLink(func(f *ftrRules) *[]*ftrLink { return &f.next }),
	"single_page_link": byLink(func(f *ftrRules) *[]*ftrLink { return &f.whole }),
	"if_page_contains": takeCondition,

	"find_string": func(f *ftrRules, d *directive, _ *rule) error {
		f.finds = append(f.finds, d.value)
		return nil
	},
	"replace_string": takeReplacement,

	"strip_attr":         byEdit((*matcher).stripAttributes),
	"dissolve":           byEdit((*matcher).dissolve),
	"wrap_in":            takeWrap,
	"move_into":          takeMove,
	"src_lazy_load_attr": takeLazy,

	"prune": byChoice(func(f *ftrRules, _ *rule, yes bool) { f.prunes = yes }),
	"autodetect_on_failure": byChoice(func(f *ftrRules, r *rule, yes bool) {
		if f.strictRule = nil; !yes {
			f.strictRule = r
		}
	}),
	"autodetect_next_page": byChoice(func(f *ftrRules, _ *rule, yes bool) { f.noNext = !yes }),
	"skip_json_ld":         byChoice(func(f *ftrRules, _ *rule, yes bool) { f.skipLD = yes }),

	"http_header": takeHeader,
	"requires_login": byChoice(func(f *ftrRules, _ *rule, yes bool) {
		f.signIn.Required = yes
	}),
	"login_uri":            func(f *ftrRules, d *directive, _ *rule) error { f.signIn.URL = d.value; return nil },
	"login_username_field": func(f *ftrRules, d *directive, _ *rule) error { f.signIn.UserField = d.value; return nil },
	"login_password_field": func(f *ftrRules, d *directive, _ *rule) error {
		f.signIn.PasswordField = d.value
		return nil
	},
	"login_extra_fields": takeExtra,
	"test_url":           takeTest,
	"test_contains":      takeTest,
}

// needlessReasons are the directives that request the default behavior, each with the reason why it is needless. The
// directive insert_detected_image is needless only with the value no.
var needlessReasons = map[string]string{
	"tidy":                   "every page is parsed as the HTML standard says, which includes repairing bad markup",
	"parser":                 "every page is parsed as the HTML standard says",
	"convert_double_br_tags": "two line breaks always end a paragraph",
	"insert_detected_image":  "pictures from metadata are in a field, and are never inserted into the text",
}

// compile compiles a file's directives.
func (f *ftrFile) compile() *ftrRules {
	rules := &ftrRules{prunes: true}
	var directives []directive
	directives, rules.faults = f.read()
	for i := range directives {
		d := &directives[i]
		n := outcome{directive: *d}
		handler, known := handlers[d.name]
		switch {
		case !f.isForHost():
			n.fate, n.why = unsupported, "the file is not for a specific host"
		case needlessReasons[d.name] != "":
			n.fate, n.why = needless, needlessReasons[d.name]
			if yes, err := choice(d.value); d.name == "insert_detected_image" && (err != nil || yes) {
				n.fate = unsupported
			}
		case !known:
			n.fate, n.why = unsupported, "the directive is unknown"
		case d.value == "" && d.name != "replace_string":
			n.fate, n.why = unsupported, errEmpty.Error()
		default:
			r := &rule{file: f.name, line: d.line, key: Key(d.name), text: d.value}
			if err := handler(rules, d, r); err != nil {
				n.fate, n.why = unsupported, err.Error()
			}
		}
		rules.outcomes = append(rules.outcomes, n)
	}
	rules.dropOpenFinds()
	return rules
}

// dropOpenFinds drops the find_string directives that have no replace_string, and records in f.outcomes that they are
// unsupported.
func (f *ftrRules) dropOpenFinds() {
	for i := len(f.outcomes) - 1; i >= 0 && len(f.finds) > 0; i-- {
		if f.outcomes[i].name == "find_string" && f.outcomes[i].value == f.finds[len(f.finds)-1] {
			f.outcomes[i].fate, f.outcomes[i].why = unsupported, "it has no replace_string"
			f.finds = f.finds[:len(f.finds)-1]
		}
	}
}

func bySelector(list func(*ftrRules) *[]*rule) ftrHandler {
	return func(f *ftrRules, d *directive, r *rule) (err error) {
		if r.find, err = compileFTR(d.value); err == nil {
			*list(f) = append(*list(f), r)
		}
		return err
	}
}

// compileFTR compiles an XPath.
func compileFTR(text string) (selector, error) {
	if len(text) > maxSelectorBytes {
		return nil, errComplex
	}
	return compileXPath(text)
}

// byPart handles directives that match part of an attribute. It removes quotes, because some files write the value as
// an XPath string.
func byPart(list func(*ftrRules) *[]*rule) ftrHandler {
	return func(f *ftrRules, d *directive, r *rule) error {
		if r.text = strings.Trim(strings.NewReplacer("'", "", `"`, "").Replace(d.value), " "); r.text == "" {
			return errEmpty
		}
		*list(f) = append(*list(f), r)
		return nil
	}
}

func byLink(list func(*ftrRules) *[]*ftrLink) ftrHandler {
	return func(f *ftrRules, d *directive, r *rule) (err error) {
		if r.find, err = compileFTR(d.value); err == nil {
			f.links = &ftrLink{rule: r}
			*list(f) = append(*list(f), f.links)
		}
		return err
	}
}

// takeCondition adds a condition to the link that was read last, which must not have a condition yet.
func takeCondition(f *ftrRules, d *directive, r *rule) (err error) {
	if f.links == nil || f.links.condition != nil {
		return errors.New("it is not preceded by a link without a condition")
	}
	if r.find, err = compileFTR(d.value); err == nil {
		f.links.condition = r
	}
	return err
}

// takeReplacement adds a replacement for the directive's argument or, if it has none, for the first find_string that
// has no replacement yet.
func takeReplacement(f *ftrRules, d *directive, _ *rule) error {
	find := d.argument
	if find == "" {
		if len(f.finds) == 0 {
			return errors.New("it has no find_string")
		}
		find, f.finds = f.finds[0], f.finds[1:]
	}
	f.replacements = append(f.replacements, replacement{find, d.value})
	return nil
}

func byChoice(set func(f *ftrRules, r *rule, yes bool)) ftrHandler {
	return func(f *ftrRules, d *directive, r *rule) error {
		yes, err := choice(d.value)
		if err == nil {
			set(f, r, yes)
		}
		return err
	}
}

func choice(value string) (yes bool, err error) {
	switch strings.ToLower(value) {
	case "yes", "true":
		return true, nil
	case "no", "false":
		return false, nil
	}
	return false, errYesNo
}

func byEdit(apply func(m *matcher, e *edit)) ftrHandler {
	return func(f *ftrRules, d *directive, r *rule) (err error) {
		if r.find, err = compileFTR(d.value); err == nil {
			f.edits = append(f.edits, edit{apply: apply, rule: r})
		}
		return err
	}
}

func takeWrap(f *ftrRules, d *directive, r *rule) (err error) {
	tag := strings.ToLower(strings.TrimSpace(d.argument))
	if !wrappers[tag] {
		return fmt.Errorf("%q: %w", tag, errTag)
	}
	if r.find, err = compileFTR(d.value); err == nil {
		f.edits = append(f.edits, edit{apply: (*matcher).wrap, rule: r, tag: tag})
	}
	return err
}

func takeMove(f *ftrRules, d *directive, r *rule) error {
	target := strings.TrimSpace(d.argument)
	if target == "body" {
		target = "//body"
	}
	to, err := compileFTR(target)
	if err != nil {
		return err
	}
	if r.find, err = compileFTR(d.value); err == nil {
		f.edits = append(f.edits, edit{apply: (*matcher).move, rule: r, target: to})
	}
	return err
}

func takeLazy(f *ftrRules, _ *directive, r *rule) error {
	f.edits = append(f.edits, edit{apply: (*matcher).showLazy, rule: r})
	return nil
}

func takeHeader(f *ftrRules, d *directive, _ *rule) error {
	name := strings.TrimSpace(d.argument)
	if !httpguts.ValidHeaderFieldName(name) || !httpguts.ValidHeaderFieldValue(d.value) {
		return errHeader
	}
	if f.header == nil {
		f.header = make(http.Header)
	}
	f.header.Set(name, d.value)
	return nil
}

func takeExtra(f *ftrRules, d *directive, _ *rule) error {
	name, value, ok := strings.Cut(d.value, "=")
	if !ok {
		return errEmpty
	}
	if strings.HasPrefix(strings.TrimSpace(value), "@=") {
		return errProgram
	}
	f.signIn.Extra = append(f.signIn.Extra, [2]string{strings.TrimSpace(name), strings.TrimSpace(value)})
	return nil
}

func takeTest(f *ftrRules, d *directive, r *rule) error {
	if d.name == "test_url" {
		f.tests = append(f.tests, Test{File: r.file, Line: r.line, URL: d.value})
		return nil
	}
	if len(f.tests) == 0 {
		return errors.New("it is not preceded by a test_url")
	}
	last := &f.tests[len(f.tests)-1]
	last.Contains = append(last.Contains, d.value)
	return nil
}
