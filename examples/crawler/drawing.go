package main

import (
	"bytes"
	"encoding/xml"
	"strings"
)

// isPlainDrawing reports whether a file is an SVG drawing that cannot run or load anything: it contains only the
// elements in shapes, and no attribute refers to anything outside the file. Any other drawing is rejected, because a
// browser that opens the file directly would run its scripts.
func isPlainDrawing(b []byte) bool {
	if !bytes.Contains(b[:min(len(b), 4096)], []byte("<svg")) {
		return false
	}
	d := xml.NewDecoder(bytes.NewReader(b))
	depth := 0
	for {
		token, err := d.RawToken() // names keep their prefixes
		if err != nil {
			return depth > 0 && d.InputOffset() >= int64(len(bytes.TrimRight(b, " \r\n\t")))
		}
		switch t := token.(type) {
		case xml.ProcInst:
			if t.Target != "xml" {
				return false
			}
		case xml.Directive: // a DOCTYPE may define entities
			if bytes.ContainsAny(t, "[<") {
				return false
			}
		case xml.StartElement:
			if depth++; depth == 1 && t.Name.Local != "svg" || !isShape(&t) {
				return false
			}
		}
	}
}

// shapes are the elements of a plain drawing (SVG 2). These are absent on purpose: script, foreignObject, image, a,
// iframe, and the animations, which can set any attribute; and style, whose rules can load files.
var shapes = make(map[string]bool)

func init() {
	for name := range strings.FieldsSeq(`svg g defs symbol use title desc metadata path rect circle ellipse line polyline
		polygon text tspan textPath linearGradient radialGradient stop pattern clipPath mask marker switch filter feBlend
		feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap
		feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode
		feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence view`) {
		shapes[name] = true
	}
}

const svgNamespace = "http://www.w3.org/2000/svg"

// isShape reports whether an element is one of the shapes, with attributes that neither run nor load anything.
func isShape(e *xml.StartElement) bool {
	if e.Name.Space != "" || !shapes[e.Name.Local] {
		return false
	}
	for _, a := range e.Attr {
		name, value := a.Name.Local, strings.ToLower(a.Value)
		switch {
		case a.Name.Space == "" && name == "xmlns":
			if a.Value != svgNamespace {
				return false
			}
		case a.Name.Space == "xmlns": // declares a prefix; elements with a prefix are rejected
		case strings.HasPrefix(strings.ToLower(name), "on"), strings.EqualFold(name, "base"):
			return false
		case strings.EqualFold(name, "href"), strings.EqualFold(name, "src"):
			if !strings.HasPrefix(a.Value, "#") {
				return false
			}
		case strings.Contains(value, "javascript:"), strings.Contains(value, "expression("),
			strings.Contains(value, "@import"), strings.Contains(value, `\`), !onlyOwnURLs(value):
			return false
		}
	}
	return true
}

// onlyOwnURLs reports whether each url() in a lowercase value refers to a part of the drawing, and the value contains
// neither an image-set() nor a comment.
func onlyOwnURLs(value string) bool {
	for {
		_, rest, found := strings.Cut(value, "url(")
		if !found {
			return !strings.Contains(value, "image-set(") && !strings.Contains(value, "/*")
		}
		if value = strings.TrimLeft(rest, ` "'`); !strings.HasPrefix(value, "#") {
			return false
		}
	}
}
