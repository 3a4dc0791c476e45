package siterules

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	"go.yaml.in/yaml/v3"
)

// Insert returns the bytes of a YAML file with one more rule. It does not change data, which may be empty. The
// parameter path is the pattern of a section of the file, or "" for the whole host. For Content, Remove and Keep, the
// value is added to the list unless it is already there; for other keys, it replaces the value. Comments are preserved.
// The parameter file is the file's name, which errors mention.
//
// Errors: *Error with ErrRule if the file is invalid before or after the change.
func Insert(file string, data []byte, path string, key Key, value string) ([]byte, error) {
	if _, err := Parse(file, data); err != nil {
		return nil, err
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		return nil, &Error{file, 0, ErrRule, err.Error()}
	}
	if doc.Kind == 0 {
		doc = yaml.Node{Kind: yaml.DocumentNode}
	}
	if len(doc.Content) == 0 || doc.Content[0].Kind != yaml.MappingNode {
		doc.Content = []*yaml.Node{{Kind: yaml.MappingNode}}
	}
	section := doc.Content[0]
	if path != "" {
		section = childMapping(childMapping(section, pathsKey), path)
	}
	set(section, key, value)
	var b bytes.Buffer
	e := yaml.NewEncoder(&b)
	e.SetIndent(2)
	if err := errors.Join(e.Encode(&doc), e.Close()); err != nil {
		return nil, fmt.Errorf("siterules: writing %s: %w", file, err)
	}
	if _, err := Parse(file, b.Bytes()); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// child returns the value of a key of a mapping, or nil.
func child(mapping *yaml.Node, key string) *yaml.Node {
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		if mapping.Content[i].Value == key {
			return mapping.Content[i+1]
		}
	}
	return nil
}

// childMapping returns the mapping that is the value of a key. It adds an empty one if there is none.
func childMapping(mapping *yaml.Node, key string) *yaml.Node {
	value := child(mapping, key)
	if value == nil {
		value = &yaml.Node{}
		mapping.Content = append(mapping.Content, textNode(key), value)
	}
	if value.Kind != yaml.MappingNode {
		*value = yaml.Node{Kind: yaml.MappingNode}
	}
	return value
}

func textNode(text string) *yaml.Node {
	n := &yaml.Node{}
	n.SetString(text)
	return n
}

// set sets the value of a key of a section. If the key has a list, it adds the value to the list, unless it is already
// there.
func set(section *yaml.Node, key Key, text string) {
	value := child(section, string(key))
	isList := key == Content || key == Remove || key == Keep
	switch {
	case value == nil:
		section.Content = append(section.Content, textNode(string(key)), textNode(text))
	case !isList:
		value.Kind, value.Tag, value.Content = yaml.ScalarNode, "!!str", nil
		value.Value, value.Style = text, 0
	default:
		if value.Kind == yaml.ScalarNode {
			only := *value
			*value = yaml.Node{Kind: yaml.SequenceNode, Content: []*yaml.Node{&only}}
		}
		if !slices.ContainsFunc(value.Content, func(n *yaml.Node) bool { return n.Value == text }) {
			value.Content = append(value.Content, textNode(text))
		}
	}
}
