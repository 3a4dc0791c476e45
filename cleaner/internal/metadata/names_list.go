package metadata

import (
	"regexp"
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// namesOf returns the names in the given values, without "by", addresses and roles. The site's name counts as an
// organization.
func namesOf(values []string, site SiteNames) nameList {
	n := nameList{site: site}
	for _, v := range values {
		n.add(Clean(v))
	}
	return n
}

// A nameList collects names by class, without duplicates.
type nameList struct {
	of   [Person + 1][]string
	seen map[string]bool
	site SiteNames
}

// best returns the names of the most reliable class that has any. It returns nil if there are only handles.
func (n *nameList) best() []string {
	for c := Person; c > handle; c-- {
		if len(n.of[c]) > 0 {
			return n.of[c]
		}
	}
	return nil
}

// add splits a line into names and adds them.
func (n *nameList) add(line string) {
	if strings.Contains(line, "://") || strings.Contains(line, "www.") || strings.Contains(line, ".com/") {
		return // the address of a profile
	}
	if names := eastAsianNames(line, n.site.language); names != nil {
		line = strings.Join(names, "、")
	}
	line = withoutBeat(withoutCredits(StripBy(withoutAddresses(line))))
	if isInstitution(line) {
		n.addAs(organization, strings.TrimSpace(line))
		return
	}
	if strings.Contains(line, ", ") {
		line = nameSuffix.ReplaceAllString(line, " $1")
	}
	if name, _, ok := strings.Cut(line, " - "); ok && strings.Count(name, " ") <= 2 && !strings.Contains(name, ",") &&
		Classify(cleanName(name)) == Person {
		line = name // "Ada Pell - Gazette Editorial Team"
	}
	if name := uninvertedLine(line); name != "" {
		line = name
	}
	for _, sep := range phrase.NameSeparators {
		if strings.Contains(line, sep) {
			line = strings.ReplaceAll(line, sep, ",")
		}
	}
	line = splitConjunction(unglued(line), n.site.language)
	for part := range strings.SplitSeq(line, ",") {
		name := n.site.offName(cleanName(part))
		class := Classify(name)
		if class > handle && n.site.IsName(name) {
			class = organization
		}
		if class == Person && len(n.of[Person]) > 0 && isRoleWord(lastWord(name)) {
			continue // a group such as "Harbour Reporters", after the names of the reporters
		}
		if class == notName {
			continue
		}
		n.addAs(class, name)
	}
}

// addAs adds a name as one of the given class, unless the list has it already.
func (n *nameList) addAs(class nameClass, name string) {
	key := text.FoldLetters(name)
	if n.seen[key] || len(n.of[class]) >= MaxAuthors {
		return
	}
	if n.seen == nil {
		n.seen = make(map[string]bool, 4)
	}
	n.seen[key] = true
	n.of[class] = append(n.of[class], name)
}

// nameSuffix matches what follows the comma in "Bo Ek, Jr.", which is one name.
var nameSuffix = regexp.MustCompile(`, ((?:Jr|Sr|II|III|IV)\.?(?:$|,| and ))`)
