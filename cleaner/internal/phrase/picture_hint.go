package phrase

import "github.com/dechaff/dechaff/cleaner/internal/text"

// hintWords occur in lines next to a picture that describe how to see it in full size.
var hintWords = text.NewFinder([]string{
	"to enlarge", "enlarge image", "enlarge this image", "enlarge photo", "in full size", "full size image",
	"vergrößern", "großansicht", "agrandir", "ampliar", "ingrandire", "ingrandisci", "vergroten", "powiększ",
	"увеличить", "збільшити", "büyütmek için", "拡大", "放大", "查看大图", "크게 보기", "확대",
})

// maxHint is the maximum number of words in such a line.
const maxHint = 10

// IsPictureHint reports whether a line only describes how to see a picture in full size: "Tap to enlarge".
func IsPictureHint(line string) bool {
	return len(line) <= maxWaiting && hintWords.InLower(line) && text.CountWords(line) <= maxHint
}
