package judge

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/block"
)

// The names of the features, part by part, in the order in which features.go writes them.
var (
	coreNames = [coreCount]string{
		"words", "characters", "link share", "bold share", "upper case", "digits", "signs", "commas", "ends a sentence",
		"said elsewhere on the page", "heading", "item", "cell", "letters a word", "sentences",
	}
	ownNames = [ownCount]string{
		"heading level", "phrase", "nothing but links", "the title", "in JSON-LD's articleBody", "in the description",
		"has ©", "has @", "has an address", "has a price", "has bars or arrows", "begins lower case", "begins with a digit",
		"ends with a colon", "ends with a question mark", "ends with dots", "lines", "links", "words outside links", "nodes",
		"a time", "the headline", "in code", "empty", "folded by aria", "folded by attribute", "folded by style",
		"said above", "in JSON-LD's descriptions", "in JSON-LD's reviews", "named in JSON-LD", "a part in JSON-LD",
	}
	placeNames = [placeCount]string{
		"place on the page", "words before", "words outside links before", "blocks above", "blocks below",
		"from the headline", "there is a headline", "below the headline", "next to the headline", "to a long block above",
		"to a long block below",
	}
	partLabels = [partCount]string{"text", "post", "product", "documentation", "poster", "selling"}
	levelNames = [perLevel]string{
		"share of the page", "link share", "blocks", "long blocks", "headings", "sentences", "siblings alike",
		"share of the text", "images",
	}
	shapeNames = [shapeCount]string{
		"blocks of its shape", "its shape's share of the page", "words of its shape", "links of its shape",
		"sentences of its shape", "from the heading above", "level of the heading above", "phrase of the heading above",
	}
	pageNames = [pageCount]string{
		"blocks", "words", "link share", "long blocks", "headings", "items", "sentences", "images", "text share",
		"text words", "forms", "table rows", "buttons", "lists", "comments", "says discussion", "is a forum", "og article",
		"og product", "og website", "has a headline", "JSON-LD product", "JSON-LD list", "not shown", "shapes",
		"folded share",
	}
	urlNames   = [urlCount]string{"path depth", "last segment", "hyphens in it", "digits in the path", "front page"}
	opinionEnd = [...]string{
		"opinion of its shape", "to content above", "to content below", "content before", "from the first content",
		"from the last content", "between content", "opinion of the heading above", "opinion of the section",
		"opinion of what follows", "page: promised F1", "page: content share", "page: content words", "page: threshold",
	}
)

// FeatureNames returns the names of the columns of a block's row. They change with the models.
func FeatureNames() []string {
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
	for _, words := range Families {
		names = append(names, "below a box named "+words[0])
	}
	for _, part := range partLabels {
		names = append(names, "below a part: "+part)
	}
	for _, part := range partLabels {
		names = append(names, "page: share below a part: "+part)
	}
	for level := range levelCount {
		for _, name := range levelNames {
			names = append(names, fmt.Sprintf("box %d: %s", level+1, name))
		}
	}
	names = append(names, shapeNames[:]...)
	for _, kind := range [tokenKinds]string{
		"words", "line", "own names", "names near", "names far", "inline names", "properties",
	} {
		names = append(names, kind+": weight", kind+": most", kind+": least")
	}
	names = append(names, "words of the heading above", "line of the heading above", "words of the block above",
		"words of the block below")
	for i := range neighbors {
		for _, where := range [...]string{"above", "below"} {
			for _, name := range coreNames {
				names = append(names, fmt.Sprintf("%d %s: %s", i+1, where, name))
			}
		}
	}
	for _, name := range pageNames {
		names = append(names, "page: "+name)
	}
	return appendSecondNames(append(append(append(names, seriesNames[:]...), regionNames()...), postNames[:]...))
}

func nth(what string, n int, where string) string { return fmt.Sprintf("%s, %d %s", what, n, where) }

func ofBox(what string, level int) string { return fmt.Sprintf("%s of box %d", what, level+1) }

// appendSecondNames appends the names of the columns that only the second pass reads.
func appendSecondNames(names []string) []string {
	around := func(what string, distance int) {
		for i := range distance {
			names = append(names, nth(what, i+1, "above"), nth(what, i+1, "below"))
		}
	}
	boxes := func(what string) {
		for level := range levelCount {
			names = append(names, ofBox(what, level))
		}
	}
	for k := range pageKinds {
		names = append(names, "page: "+Kind(k+1).String())
	}
	names = append(names, "opinion", "opinion over the threshold")
	around("opinion", near)
	for level := range levelCount {
		names = append(names, fmt.Sprintf("opinion of box %d", level+1), fmt.Sprintf("opinion of those like box %d", level+1))
	}
	names = append(names, opinionEnd[:]...)
	names = append(names, "a rule's label")
	around("a rule's label", 2)
	boxes("labels")
	return append(names, "page: labels")
}

// KindFeatureNames returns the names of the columns of a page's own row. They change with the models.
func KindFeatureNames() []string {
	names := make([]string, 0, kindRowCount)
	names = append(names, pageNames[:]...)
	for _, part := range [...]string{"host", "path"} {
		for _, kind := range [siteWordCount]string{
			"articles", "forums", "products", "collections", "listings", "documentation", "services",
		} {
			names = append(names, part+" says "+kind)
		}
	}
	names = append(names, "says article", "says news", "says blog", "says forum", "says product", "says offers",
		"says list", "says business", "says questions",
		"says documentation", "says event", "made for forums", "made for shops", "made for documentation")
	for _, words := range Families {
		names = append(names, "below boxes named "+words[0])
	}
	for _, tag := range nearTags {
		names = append(names, "below <"+tag.String()+">")
	}
	for k := range kindCount {
		names = append(names, "in "+block.Kind(k).String()+" blocks")
	}
	for z := range zoneCount {
		names = append(names, fmt.Sprintf("in zone %d", z))
	}
	return append(append(names, urlNames[:]...), "prices", "share of prices", "share of questions", "share of numbers",
		"times",
		"share of short blocks", "line breaks", "widest group", "share of the series", "boxes in the series",
		"links in the series", "sentences in the series", "text above the series", "text below the series",
		"comments in the series", "region in the series", "share in the region", "words in the region", "attempts",
		"best score elsewhere", "share of the posts", "posts", "words a post", "links in the posts",
		"text above the posts", "text below the posts", "stamps", "comments in the posts", "region in the posts")
}

// FeatureHash returns a hash of the names of a block's columns and of the words from which the columns are computed. A
// hash of the names alone would not change when a column gets a new meaning. A model that was trained with a
// different hash does not load.
func FeatureHash() string {
	h := sha256.New()
	h.Write([]byte(strings.Join(FeatureNames(), "\n")))
	for _, words := range Families {
		h.Write([]byte(strings.Join(words, " ") + "\n"))
	}
	parts := partNames().parts
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		h.Write([]byte{'\n', byte(parts[name] - 1)})
		h.Write([]byte(name))
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}

// KindFeatureHash is like FeatureHash, but for the page's own row.
func KindFeatureHash() string {
	h := sha256.New()
	h.Write([]byte(strings.Join(KindFeatureNames(), "\n") + FeatureHash()))
	for _, word := range slices.Sorted(maps.Keys(siteWords())) {
		h.Write([]byte{'\n', siteWords()[word]})
		h.Write([]byte(word))
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}
