package metadata

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"golang.org/x/net/html/atom"
	"golang.org/x/text/unicode/norm"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// Limits for the visible lists of a recipe.
const (
	maxListHeading = 6   // words in a heading
	maxIngredient  = 40  // words on a line with an ingredient
	maxStep        = 300 // words on a line with a step
	minListLines   = 2   // lines in a list
)

// completeRecipe takes the visible lists below their headings if the page's data does not have the lists, or has them
// as a few long texts. If the data has neither list, both must be visible, because a list of materials alone is not a
// recipe. If the data has ingredients without amounts, the visible lines with amounts replace them.
func (p *View) completeRecipe(r *RecipeLists) {
	ingredients, end := p.listBelow(phrase.IngredientHeadings, maxIngredient)
	steps, _ := p.listBelow(phrase.StepHeadings, maxStep)
	if len(steps) == 0 && len(ingredients) >= minListLines {
		if steps, _ = p.listFrom(end, maxStep, nil, 0); !areSteps(steps) {
			steps = nil
		}
	}
	for i := range steps {
		steps[i] = stepNumber().ReplaceAllString(steps[i], "")
	}
	if len(r.Ingredients)+len(r.Steps) == 0 && (len(ingredients) < minListLines || len(steps) == 0) {
		return
	}
	if r.Ingredients = asShown(r.Ingredients, ingredients); isLump(r.Ingredients, ingredients) {
		r.Ingredients = ingredients
	}
	if isLump(r.Steps, steps) {
		r.Steps = steps
	}
}

// areSteps reports whether lines without a heading can be a recipe's steps, judging by their number and length.
func areSteps(lines []string) bool {
	words := 0
	for _, line := range lines {
		words += text.CountWords(line)
	}
	return len(lines) >= minListLines && words >= minStepWords*len(lines)
}

// minStepWords is the minimum average number of words in a step.
const minStepWords = 8

// stepNumber matches the number at the start of a step.
var stepNumber = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^(?:(?:step|schritt|étape|etape|paso|passo|stap|steg|trin|krok|шаг|крок|βήμα|手順)` +
		`\s*\d{1,2}\s*[|.:)–—-]*|\d{1,2}\s?[.)])(?:\s+|$)`)
})

// isLump reports whether a list in the page's data should be replaced by the visible lines: it is empty, or it has a
// few long texts that contain most of the visible lines.
func isLump(lines, shown []string) bool {
	if len(lines) == 0 {
		return true
	}
	if len(shown) < lumpLines*len(lines) {
		return false
	}
	all, found := bareLetters(strings.Join(lines, " ")), 0
	for _, line := range shown {
		if strings.Contains(all, bareLetters(line)) {
			found++
		}
	}
	return found*lumpLines > len(shown)
}

// lumpLines is the minimum number of visible lines per line in the data for a list to be replaced.
const lumpLines = 2

// asShown replaces each line of the data with the shortest visible line that contains its text, if there is one. Each
// visible line is used at most once.
func asShown(lines, shown []string) []string {
	if len(shown) == 0 || len(lines) == 0 {
		return lines
	}
	folded := make([]string, len(shown))
	for i, s := range shown {
		folded[i] = foldAmounts(s)
	}
	full := slices.Clone(lines)
	for i, line := range lines {
		own, best := foldAmounts(line), -1
		for j, other := range folded {
			if len(other) < len(own) || !strings.Contains(other, own) || best >= 0 && len(other) >= len(folded[best]) {
				continue
			}
			best = j
		}
		if best >= 0 && len(folded[best]) > len(own) {
			full[i] = shown[best]
		}
		if best >= 0 {
			folded[best] = ""
		}
	}
	return full
}

// foldAmounts folds a line, writes fractions such as ½ with ordinary digits, and adds a space on both sides.
func foldAmounts(line string) string { return " " + text.FoldLetters(norm.NFKC.String(line)) + " " }

// listBelow returns the list with the most lines below one of the headings, and the index of the block after the list.
// The argument most is the maximum number of words on a line.
func (p *View) listBelow(headings *text.Set, most int) (best []string, end int) {
	for b := 0; b < len(p.Blocks); b++ {
		if p.Hidden[b] || !isListHeading(&p.Blocks[b], headings) {
			continue
		}
		lines, after := p.listFrom(b+1, most, headings, p.Blocks[b].Level)
		if len(lines) > len(best) {
			best, end = lines, after
		}
		b = max(b, after-1)
	}
	return best, end
}

// listFrom returns the lines of a list that begins at block b, and the index of the block after the list. It skips
// headings from the given set, and headings within the list, such as "For the dough": those at block b, those before
// an item, those that are only the number of a step, and those whose level number is higher than the given level
// (unless that is 0). The argument most is the maximum number of words on a line.
func (p *View) listFrom(b, most int, headings *text.Set, level int8) (lines []string, end int) {
	last, begin := block.None, b
	for ; b < len(p.Blocks) && len(lines) < maxRecipeLines; b++ {
		bl := &p.Blocks[b]
		if p.Hidden[b] || text.Letters(bl.Text) == 0 && !strings.ContainsFunc(bl.Text, isAmount) {
			continue
		}
		item := p.Tree.Ancestor(bl.First, atom.Li, atom.Tr, atom.Dd, atom.Label)
		isHeading := (bl.Kind == block.Heading || bl.Kind == block.Headline) && item == block.None &&
			!strings.Contains(bl.Text, "\n")
		switch {
		case isListHeading(bl, headings):
			continue
		case isListHeading(bl, phrase.IngredientHeadings), isListHeading(bl, phrase.StepHeadings),
			isListHeading(bl, phrase.AfterRecipe), bl.Words > int32(most)*linesOf(bl), p.Zones[b]&notBylines != 0:
			return lines, b
		case item != block.None && item == last && len(lines) > 0:
			appendToLast(lines, bl.Text) // a line may be split into an amount and an ingredient
			continue
		case isHeading && (b == begin || bl.Level > level && level > 0 || p.isItem(b+1) ||
			stepNumber().ReplaceAllString(bl.Text, "") == ""):
			continue
		case isHeading:
			return lines, b
		case bl.Kind == block.Caption || text.EndsWithColon(bl.Text) && bl.Words <= maxListHeading:
			continue
		case len(lines) > 0 && text.Letters(lines[len(lines)-1]) == 0:
			appendToLast(lines, bl.Text)
		default:
			lines = appendShownLines(lines, bl.Text)
		}
		last = item
	}
	return lines, b
}

// appendToLast appends a text to the last line, unless that would make the line too long.
func appendToLast(lines []string, more string) {
	if last := &lines[len(lines)-1]; len(*last)+len(more) < maxRecipeLine {
		*last += " " + more
	}
}

// linesOf returns the number of lines in a block.
func linesOf(bl *block.Block) int32 { return int32(1 + strings.Count(bl.Text, "\n")) }

// appendShownLines adds a block's lines without their bullets.
func appendShownLines(lines []string, block string) []string {
	for line := range strings.SplitSeq(block, "\n") {
		if line = strings.TrimLeft(line, "•·▪●◦*–—- \u00A0\t"); line != "" && len(lines) < maxRecipeLines {
			lines = append(lines, line)
		}
	}
	return lines
}

func isAmount(r rune) bool {
	return text.IsDigit(r) || strings.ContainsRune("¼½¾⅓⅔⅛⅜⅝⅞", r)
}

func (p *View) isItem(b int) bool {
	return b < len(p.Blocks) && (p.Blocks[b].Kind == block.Item || p.Blocks[b].Kind == block.Cell)
}

// isListHeading reports whether a block is one of the headings. Text after a colon or in parentheses is ignored. For a
// heading element, only the first word must match, as in "Ingredients for 4".
func isListHeading(bl *block.Block, headings *text.Set) bool {
	if headings == nil || bl.Words == 0 || bl.Words > maxListHeading {
		return false
	}
	line, _, _ := strings.Cut(bl.Text, "(")
	line, _, _ = strings.Cut(line, ":")
	folded := text.FoldLetters(line)
	if headings.Has(folded) {
		return true
	}
	first, _, _ := strings.Cut(folded, " ")
	return (bl.Kind == block.Heading || bl.Kind == block.Headline) && headings.Has(first)
}
