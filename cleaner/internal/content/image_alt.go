package content

import (
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// saysNothing reports whether an alternative text or a title says nothing about the picture: it is the text that an
// editor or a converter inserts, the path of a file, or the name of a file with a number, such as IMG_8299.jpeg. Other
// names of files may describe the picture.
func saysNothing(value string) bool {
	name := strings.ToLower(strings.TrimSpace(value))
	if emptyAlts.Has(name) || strings.HasPrefix(name, "__wf_reserved") { // Webflow
		return true
	}
	dot := strings.LastIndexByte(name, '.')
	return dot > 0 && strings.ContainsAny(name[:dot], "0123456789/") && !strings.ContainsAny(name, " ,:") &&
		pictureName.InLower(name[dot:])
}

// emptyAlts are the alternative texts of the editor of Stack Exchange, of LaTeXML, and of examples of Markdown.
var emptyAlts = text.SetOf("enter image description here", "refer to caption", "alt text")
