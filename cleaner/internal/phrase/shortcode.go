package phrase

import (
	"strings"
)

// IsShortcode reports whether a line has only page builder tags that were not expanded: [/vc_row], [caption id="a"].
// Prose and settings files also have words in brackets. So a page builder's prefix, a closing tag or a quoted
// attribute is required.
func IsShortcode(line string) bool {
	if strings.IndexByte(line, '[') < 0 {
		return false
	}
	line = strings.TrimSpace(line)
	if len(line) < 4 || len(line) > 400 || line[0] != '[' {
		return false
	}
	tells := false
	for line != "" {
		end := strings.IndexByte(line, ']')
		if line[0] != '[' || end < 2 {
			return false
		}
		tag := line[1:end]
		name := strings.TrimPrefix(tag, "/")
		if i := strings.IndexByte(name, ' '); i >= 0 {
			name = name[:i]
			tells = tells || strings.ContainsAny(tag[i:], "=") && strings.ContainsAny(tag[i:], "\"”″'")
		}
		if !isShortcodeName(name) {
			return false
		}
		tells = tells || tag[0] == '/' || isBuilderTag(name)
		line = strings.TrimSpace(line[end+1:])
	}
	return tells
}

// isBuilderTag recognizes the prefixes that WordPress page builders use for their tags.
func isBuilderTag(name string) bool {
	for _, prefix := range [...]string{"vc_", "et_pb_", "fusion_", "su_", "tie_", "wpb_", "av_", "kc_", "mk_", "ux_", "tatsu_", "cs_"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

func isShortcodeName(name string) bool {
	for i := range len(name) {
		c := name[i]
		if c != '_' && c != '-' && (c < '0' || c > '9') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return len(name) >= 2 && name[0] >= 'a'
}
