package cleaner

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/block"
)

// The names of the features, part by part, in the order in which features.go writes them.
var (
	coreNames = [coreCount]string{
		"words", "characters", "link share", "bold share", "upper case", "digits", "signs", "commas", "ends a sentence", "said elsewhere on the page",
		"vote", "a rule's label", "heading", "item", "cell", "letters a word", "sentences",
	}
	ownNames = [ownCount]string{
		"heading level", "phrase", "nothing but links", "the title", "in JSON-LD's articleBody", "in the description", "has ©", "has @", "has an address", "has a price",
		"has bars or arrows", "begins lower case", "begins with a digit", "ends with a colon", "ends with a question mark", "ends with dots", "lines", "links",
		"words outside links", "nodes", "a time", "the headline", "in code", "empty",
	}
	placeNames = [placeCount]string{
		"place on the page", "words before", "voted words before", "blocks above", "blocks below", "from the headline", "from the first text", "from the last text",
		"there is a headline", "below the headline", "between the texts", "to a vote above", "to a vote below", "votes beside it",
	}
	levelNames = [perLevel]string{
		"share of the page", "link share", "blocks", "long blocks", "votes", "labels", "headings", "sentences", "siblings alike", "share of the text", "images",
	}
	pageNames = [pageCount]string{
		"blocks", "words", "link share", "long blocks", "vote share", "voted words", "labels", "headings", "items", "sentences", "images", "text share", "text words",
		"forms", "table rows", "comments", "says discussion", "is a forum", "og article", "og product", "og website", "one headline", "readability voted",
		"JSON-LD product", "JSON-LD list", "path depth", "last segment", "hyphens in it", "digits in the path", "front page",
	}
)

// featureNames lists the names of a row.
func featureNames() []string {
	names := make([]string, 0, featureCount)
	names = append(names, coreNames[:]...)
	names = append(names, ownNames[:]...)
	for k := range kindCount {
		names = append(names, "kind "+block.Kind(k).String())
	}
	for z := range zoneCount {
		names = append(names, fmt.Sprintf("zone %d", z))
	}
	names = append(names, placeNames[:]...)
	for _, tag := range nearTags {
		names = append(names, "below <"+tag.String()+">")
	}
	for _, words := range families {
		names = append(names, "below a box named "+words[0])
	}
	for level := range levelCount {
		for _, name := range levelNames {
			names = append(names, fmt.Sprintf("box %d: %s", level+1, name))
		}
	}
	for i := range neighbours {
		for _, where := range [...]string{"above", "below"} {
			for _, name := range coreNames {
				names = append(names, fmt.Sprintf("%d %s: %s", i+1, where, name))
			}
		}
	}
	for _, name := range pageNames {
		names = append(names, "page: "+name)
	}
	return names
}

// featureHash is over the names and the words of the families, which count too, since a feature with another meaning under the same name would pass.
func featureHash() string {
	h := sha256.New()
	h.Write([]byte(strings.Join(featureNames(), "\n")))
	for _, words := range families {
		h.Write([]byte(strings.Join(words, " ") + "\n"))
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}

// FeatureHash names the list of features and what they are computed by: a model that was trained on another does not load.
func FeatureHash() string { return featureHash() }

// FeatureNames lists what the numbers of BlockTrace.Features are, in their order. It changes with the judge.
func FeatureNames() []string { return featureNames() }
