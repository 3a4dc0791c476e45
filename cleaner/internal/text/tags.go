package text

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"
)

// Kinds of elements whose tags may be in a value.
const (
	flow     = 1 + iota // most elements
	breaks              // elements that are hardly ever written about but often break a line
	within              // elements within a word; no space takes the place of their tags
	writable            // elements that hardly occur in a value except as words: <input type="date">
)

var tagKinds = sync.OnceValue(kindsOfTags)

// kindsOfTags returns the kinds of the elements of HTML. Other names, such as the "T" in "Vec<T>", are not in it.
func kindsOfTags() map[atom.Atom]int {
	kinds := make(map[atom.Atom]int)
	for kind, names := range map[int]string{
		flow: "a abbr address article aside audio b bdi bdo big blockquote body canvas caption center cite code data dd " +
			"del details dfn dialog div dl dt em embed fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6 head " +
			"header hgroup i iframe ins kbd label legend li main map mark meter nav nobr noscript object ol output p " +
			"picture pre progress q rp rt ruby s samp script section small source span strike strong style summary svg " +
			"table tbody td template tfoot th thead time title tr tt u ul var video",
		breaks:   "br hr img wbr",
		within:   "sub sup",
		writable: "base button html input link meta option select textarea",
	} {
		for name := range strings.FieldsSeq(names) {
			kinds[atom.Lookup([]byte(name))] = kind
		}
	}
	return kinds
}

// A tag is what may be a tag in a value, from its "<" at byte from to the byte after its ">".
type tag struct {
	from, to int
	name     atom.Atom // 0 if it is not the name of an element
	end      bool      // whether it is an end tag
	hasAttrs bool
	other    bool // a comment, an address (<ada@gazette.example>), or a name with a colon, as in Word's <o:p>
}

// maxValueTags is the maximum number of tags that stripTags reads. The rest of the value remains as it is.
const maxValueTags = 1 << 16

// stripTags removes the tags from a value, but not words in angle brackets: a page about the <table> element escapes
// them in its title. A tag is a word if it is not the name of an element ("Vec<T>"), or if it stands like a word, with
// spaces or punctuation around it, and its element is not closed.
func stripTags(s string) string {
	tags := tagsIn(s)
	if len(tags) == 0 {
		return s
	}
	opened, closed := map[atom.Atom]int{}, map[atom.Atom]int{}
	for _, t := range tags {
		if t.end {
			closed[t.name]++
		} else {
			opened[t.name]++
		}
	}
	var b strings.Builder
	at, isClosed := 0, true
	for i := range tags {
		t := &tags[i]
		if t.from < at || !t.other && isWord(s, t, opened[t.name] > 0 && closed[t.name] > 0) {
			continue
		}
		b.WriteString(s[at:t.from])
		if after, _ := utf8.DecodeRuneInString(s[t.to:]); tagKinds()[t.name] != within &&
			!(t.end && strings.ContainsRune(",.;:!?)'’”…", after)) {
			b.WriteByte(' ')
		}
		at = t.to
		if (t.name == atom.Script || t.name == atom.Style) && !t.end && isClosed { // their content is no text
			at, isClosed = endOf(tags[i+1:], t.name, at)
		}
	}
	b.WriteString(s[at:])
	return b.String()
}

// endOf returns where the start tag of the given element, which ends at byte at, is closed. closed reports whether it
// is.
func endOf(tags []tag, name atom.Atom, at int) (end int, closed bool) {
	for i := range tags {
		if tags[i].end && tags[i].name == name {
			return tags[i].from, true
		}
	}
	return at, false
}

// isWord reports whether a tag in s is a word of the text. paired reports whether s has both a start tag and an end tag
// of the element.
func isWord(s string, t *tag, paired bool) bool {
	switch kind := tagKinds()[t.name]; {
	case t.name == 0:
		return !t.hasAttrs
	case kind == breaks || paired:
		return false
	case t.hasAttrs && kind != writable:
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(s[:t.from])
	after, _ := utf8.DecodeRuneInString(s[t.to:])
	if t.from == 0 && t.name == atom.P {
		return false
	}
	return (t.from == 0 || IsSpace(before) || strings.ContainsRune("([{\"'“‘„«/", before)) &&
		(t.to == len(s) || IsSpace(after) || unicode.IsPunct(after))
}

// tagsIn returns the tags in a value.
func tagsIn(s string) []tag {
	var tags []tag
	for at := 0; len(tags) < maxValueTags; {
		i := strings.IndexByte(s[at:], '<')
		if i < 0 {
			break
		}
		t, ok := tagAt(s, at+i)
		if at += i + 1; ok {
			tags = append(tags, t)
			at = t.to
		}
	}
	return tags
}

// maxTagLength is the maximum number of bytes of a tag.
const maxTagLength = 2000

// tagAt reads the tag that begins with the "<" at byte from. If the value ends within a tag with attributes, because it
// was cut off, the tag ends there, too.
func tagAt(s string, from int) (tag, bool) {
	t := tag{from: from}
	rest := s[from+1 : min(len(s), from+maxTagLength)]
	if strings.HasPrefix(rest, "!") || strings.HasPrefix(rest, "?") {
		t.other = true
		end := ">"
		if strings.HasPrefix(rest, "!--") {
			end = "-->"
		}
		i := strings.Index(rest, end)
		t.to = from + 1 + i + len(end)
		return t, i >= 0
	}
	rest, t.end = strings.CutPrefix(rest, "/")
	name := rest
	if i := strings.IndexFunc(rest, isNoTagName); i >= 0 {
		name = rest[:i]
	}
	if name == "" || IsASCIIDigit(name[0]) || name[0] == '-' || name[0] == ':' {
		return t, false
	}
	length, closed := tagEnd(rest)
	attributes := rest[len(name):length]
	if closed {
		length++
	} else if length < len(rest) || !strings.Contains(attributes, "=") {
		return t, false // "if a <b and c"
	}
	if t.name = atom.Lookup([]byte(strings.ToLower(name))); tagKinds()[t.name] == 0 ||
		attributes != "" && attributes[0] != '/' && !IsSpace(rune(attributes[0])) {
		t.name = 0 // "Vec<T>", "Map<A, B>"
	}
	t.hasAttrs = strings.Contains(attributes, `="`) || strings.Contains(attributes, "='") ||
		t.name != 0 && strings.Contains(attributes, "=")
	t.other = strings.Contains(strings.TrimSuffix(name, ":"), ":") || strings.ContainsAny(attributes, "@") ||
		strings.Contains(attributes, "://") && t.name == 0 || strings.HasPrefix(attributes, "//")
	t.to = from + 1 + length
	if t.end {
		t.to++
	}
	return t, true
}

// isNoTagName reports whether a character cannot be part of a tag's name.
func isNoTagName(r rune) bool {
	return r >= utf8.RuneSelf || !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' && r != ':'
}

// tagEnd returns where a tag ends: at the first ">" outside quotes. closed is false if a "<" or the end of the value
// comes first.
func tagEnd(s string) (end int, closed bool) {
	quote := byte(0)
	for i := range len(s) {
		switch c := s[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case (c == '"' || c == '\'') && i > 0 && s[i-1] == '=':
			quote = c
		case c == '>':
			return i, true
		case c == '<':
			return i, false
		}
	}
	return len(s), false
}
