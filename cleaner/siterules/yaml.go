package siterules

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync/atomic"

	"go.yaml.in/yaml/v3"

	"github.com/dechaff/dechaff/cleaner"
)

// A Key is a key in a rules file. README.md describes each key.
type Key string

// The keys. Keep, Remove and Content select nodes. Title, Author, Date, Image and Next select the values of fields.
// Kind and Favor have literal values.
const (
	Keep    Key = "keep"
	Remove  Key = "remove"
	Content Key = "content"
	Title   Key = "title"
	Author  Key = "author"
	Date    Key = "date"
	Image   Key = "image"
	Next    Key = "next"
	Kind    Key = "kind"
	Favor   Key = "favor"
)

// Keys returns all keys, in the order of README.md.
func Keys() []Key { return []Key{Content, Remove, Keep, Title, Author, Date, Image, Next, Kind, Favor} }

// The keys that are allowed only at the top level of a file.
const (
	hostKey  = "host"
	pathsKey = "paths"
)

// A section contains the rules for the pages of a host, or for some of its paths.
type section struct {
	file  string
	line  int
	path  pathPattern
	rules []*rule
	kind  cleaner.Kind
	favor cleaner.Favor
	// kindRule and favorRule are the rules with the keys kind and favor; nil if the section lacks the key.
	kindRule, favorRule *rule
	// pages counts the pages that the section was applied to.
	pages atomic.Int64
}

// A rule is one selector or value in a file.
type rule struct {
	file string
	line int
	key  Key
	text string
	// The field find is the compiled selector. It is nil if the value is not a selector.
	find selector
	// matched counts the pages on which the rule selected something.
	matched atomic.Int64
}

// name returns the rule's name for Removal.Rule and Provenance.
func (r *rule) name() string { return "site-rule: " + place(r.file, r.line) }

// reason returns the text of the rule.
func (r *rule) reason() string { return string(r.key) + ": " + r.text }

// A yamlReader reads one file.
type yamlReader struct {
	file     string
	hosts    []string
	sections []*section
	faults   []error
}

func (y *yamlReader) fault(line int, format string, args ...any) {
	if len(y.faults) < maxFaults {
		y.faults = append(y.faults, &Error{y.file, line, ErrRule, fmt.Sprintf(format, args...)})
	}
}

// maxFaults is the maximum number of errors that are listed for a file.
const maxFaults = 100

// addYAML reads a file and adds its sections.
func (r *Rules) addYAML(name string, data []byte) error {
	y := &yamlReader{file: name, hosts: []string{hostOfFile(name)}}
	y.read(data)
	if len(y.faults) > 0 {
		return errors.Join(y.faults...)
	}
	for _, host := range y.hosts {
		for _, s := range y.sections {
			r.addSection(host, s)
		}
	}
	return nil
}

// read reads the file's only document. An empty file has no rules.
func (y *yamlReader) read(data []byte) {
	d := yaml.NewDecoder(bytes.NewReader(data))
	var doc, more yaml.Node
	if err := d.Decode(&doc); errors.Is(err, io.EOF) {
		return
	} else if err != nil {
		line, message := yamlFault(err)
		y.fault(line, "%s", message)
		return
	}
	if err := d.Decode(&more); !errors.Is(err, io.EOF) {
		y.fault(more.Line, "the file has a second YAML document")
		return
	}
	s := y.section(doc.Content[0], "", 1)
	if isHost := strings.Trim(y.hosts[0], "."); isHost == "" && len(y.faults) == 0 {
		y.fault(1, "the file's name is not a host, and the file has no key %q", hostKey)
	}
	if len(s.rules)+boolInt(s.kindRule != nil)+boolInt(s.favorRule != nil) > 0 {
		y.sections = append(y.sections, s)
	}
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// yamlFault splits the library's error message into the line number and the rest. line is 0 if there is none.
func yamlFault(err error) (line int, message string) {
	message = strings.TrimPrefix(err.Error(), "yaml: ")
	if n, scanErr := fmt.Sscanf(message, "line %d:", &line); n == 1 && scanErr == nil {
		_, message, _ = strings.Cut(message, ": ")
	}
	return line, message
}

// section reads a mapping of keys. path is "" for the top level of the file, where more keys are allowed.
func (y *yamlReader) section(n *yaml.Node, path string, line int) *section {
	s := &section{file: y.file, line: line, path: pathPattern{path}}
	y.mapping(n, func(key, value *yaml.Node) {
		switch name := Key(key.Value); {
		case key.Value == hostKey && path == "":
			y.readHosts(value)
		case key.Value == pathsKey && path == "":
			y.mapping(value, func(key, value *yaml.Node) {
				if !strings.HasPrefix(key.Value, "/") && !strings.HasPrefix(key.Value, "*") || len(key.Value) > maxPattern {
					y.fault(key.Line, "the path %q must begin with a slash or an asterisk, and have at most %d bytes",
						key.Value, maxPattern)
					return
				}
				y.sections = append(y.sections, y.section(value, key.Value, key.Line))
			})
		case name == Kind || name == Favor:
			y.setting(s, name, value)
		case isKey(name):
			y.selectors(s, name, value)
		default:
			y.fault(key.Line, "unknown key %q; the keys are %s", key.Value, knownKeys(path == ""))
		}
	})
	return s
}

// maxPattern is the maximum length of a pattern of paths, in bytes.
const maxPattern = 500

func isKey(name Key) bool {
	for _, key := range Keys() {
		if key == name {
			return true
		}
	}
	return false
}

func knownKeys(whole bool) string {
	var names []string
	for _, key := range Keys() {
		names = append(names, string(key))
	}
	if whole {
		names = append(names, hostKey, pathsKey)
	}
	return strings.Join(names, ", ")
}

// mapping visits the keys of a mapping, in order.
func (y *yamlReader) mapping(n *yaml.Node, visit func(key, value *yaml.Node)) {
	if n.Kind == yaml.ScalarNode && n.Tag == "!!null" {
		return
	}
	if n.Kind != yaml.MappingNode {
		y.fault(n.Line, "expected keys with values")
		return
	}
	seen := make(map[string]bool)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		switch {
		case key.Kind != yaml.ScalarNode:
			y.fault(key.Line, "a key must be a word")
		case seen[key.Value]:
			y.fault(key.Line, "the key %q occurs twice", key.Value)
		default:
			seen[key.Value] = true
			visit(key, value)
		}
	}
}

// texts returns the scalar itself, or the scalars of a list. If one of them has no text, it reports an error and
// returns nil.
func (y *yamlReader) texts(n *yaml.Node) []*yaml.Node {
	list := []*yaml.Node{n}
	if n.Kind == yaml.SequenceNode {
		list = n.Content
	}
	for _, item := range list {
		if item.Kind != yaml.ScalarNode || item.Tag == "!!null" || strings.TrimSpace(item.Value) == "" {
			y.fault(item.Line, "expected a string or a list of strings")
			return nil
		}
	}
	return list
}

func (y *yamlReader) readHosts(n *yaml.Node) {
	y.hosts = nil
	for _, item := range y.texts(n) {
		host := normalHost(strings.TrimSpace(item.Value))
		if strings.ContainsAny(host, "*/:@ ") || strings.Trim(host, ".") == "" {
			y.fault(item.Line, "%q is not a host: write example.org, or .example.org to include all its subdomains", item.Value)
			continue
		}
		y.hosts = append(y.hosts, host)
	}
	if len(y.hosts) == 0 {
		y.hosts = []string{""}
	}
}

func (y *yamlReader) setting(s *section, key Key, n *yaml.Node) {
	r := &rule{file: y.file, line: n.Line, key: key, text: n.Value}
	switch key {
	case Kind:
		s.kindRule = r
		if err := s.kind.UnmarshalText([]byte(n.Value)); err != nil || s.kind == cleaner.KindUnknown {
			y.fault(n.Line, "%q is not a kind of page; the kinds are article, forum, product, collection, listing, "+
				"documentation and service", n.Value)
		}
	default:
		s.favorRule = r
		for s.favor = cleaner.FavorBalanced; s.favor.String() != n.Value; s.favor++ {
			if s.favor == cleaner.FavorRecall {
				y.fault(n.Line, "%q is not balanced, precision or recall", n.Value)
				return
			}
		}
	}
}

func (y *yamlReader) selectors(s *section, key Key, n *yaml.Node) {
	for _, item := range y.texts(n) {
		r := &rule{file: y.file, line: item.Line, key: key, text: strings.TrimSpace(item.Value)}
		var err error
		if r.find, err = compile(r.text); err != nil {
			y.fault(item.Line, "%s: %q: %v", key, r.text, err)
			continue
		}
		s.rules = append(s.rules, r)
	}
}
