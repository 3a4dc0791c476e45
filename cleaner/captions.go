package cleaner

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// creditWords are the beginnings of a picture's credit line.
var creditWords = []string{
	"photo:", "photo by", "photos:", "photo credit", "photograph:", "photo /", "image:", "image credit", "image courtesy",
	"images:", "credit:", "(credit:", "picture:", "illustration:", "photo courtesy", "courtesy of",
	"photo :", "crédit photo", "crédits photo", "crédit :", "© photo", "illustration :",
	"foto:", "fotos:", "bild:", "bilder:", "bildquelle", "foto ©", "bild ©", "symbolbild", "grafik:", "archivfoto",
	"foto von", "titelbild", "quelle: imago", "quelle: dpa",
	"imagen:", "fotografía:", "foto de", "crédito:", "foto (archivo)", "fotografia:", "immagine:", "credit foto",
	"crédito da imagem", "imagem:", "foto door", "beeld:", "beeld ©", "(foto:", "(photo:", "(bild:", "(foto ",
	"fot.", "fot:", "zdjęcie:", "źródło: getty", "фото:", "фото ", "фотография:", "иллюстрация:", "fotoğraf:",
	"foto muhabiri", "صورة:", "الصورة:", "تصوير:", "图片来源", "图源", "图：", "图片：", "摄影：", "摄影/",
	"写真：", "写真:", "画像：", "画像:", "撮影：", "撮影/", "写真＝", "写真提供", "사진=", "사진 =", "사진:", "사진제공", "[사진", "/사진", "φωτογραφία:",
	"φωτο:", "फोटो:", "ภาพ:", "ảnh:", "צילום:",
}

var creditBeginnings = text.IndexPrefixes(creditWords)

// maxCredit is the maximum number of words in a credit line.
const maxCredit = 25

// findCaptions assigns the kind Caption to paragraphs that are short credit lines close to a picture.
func (p *page) findCaptions() {
	for b := range p.Blocks {
		bl := &p.Blocks[b]
		if bl.Kind == block.Paragraph && bl.Words <= maxCredit && bl.Words > 0 && isCredit(bl.Text) && p.hasImageNear(bl) {
			bl.Kind = block.Caption
		}
	}
}

// Minimum numbers of words in a picture story.
const (
	minStoryCaption = 10 // in a caption that becomes text
	minStoryProse   = 15 // in a block that counts as prose
	minPictureStory = 50 // in all captions of the page together
)

// readPictureStory turns the long captions of a picture story into paragraphs. In a picture story, the captions have
// more words than the prose.
func (p *page) readPictureStory() {
	if !p.isPictureStory() {
		return
	}
	for b := range p.Blocks {
		if bl := &p.Blocks[b]; bl.Kind == block.Caption && bl.Words >= minStoryCaption {
			bl.Kind = block.Paragraph
		}
	}
}

func (p *page) isPictureStory() bool {
	captions, prose := int32(0), int32(0)
	for b := range p.Blocks {
		switch bl := &p.Blocks[b]; {
		case bl.Kind == block.Caption:
			captions += bl.Words
		case bl.Words >= minStoryProse && bl.LinkDensity() < 0.5:
			prose += bl.Words
		}
	}
	return captions >= minPictureStory && captions > prose
}

// isCredit reports whether a line begins with credit words, ends with a credit in parentheses, or ends with the
// copyright sign and a name.
func isCredit(line string) bool {
	if phrase.BeginsWithOneOf(line, creditBeginnings) {
		return true
	}
	if at := strings.LastIndexByte(line, '('); at > 0 && strings.HasSuffix(line, ")") &&
		(isCredit(line[at:]) || isCredit(line[at+1:len(line)-1])) {
		return true
	}
	if endsWithCredit(line) {
		return true
	}
	i := strings.LastIndex(line, "©")
	if i < 0 {
		return false
	}
	rest := strings.TrimSpace(line[i+len("©"):])
	return rest != "" && len(rest) <= 60 && !text.EndsSentence(rest) && !phrase.IsCopyright(line)
}

// maxCreditEnd is the maximum number of bytes of a credit at the end of a caption.
const maxCreditEnd = 60

// endsWithCredit reports whether a line ends with a credit word that has a colon, and a name: "The pier. Photo: Bo Ek".
func endsWithCredit(line string) bool {
	for at := max(len(line)-maxCreditEnd, 1); at < len(line); at++ {
		if line[at-1] != ' ' || line[at] >= 'a' && line[at] <= 'z' {
			continue // a word in lower case is in a sentence: "He asked for the photo: mine"
		}
		first, _ := utf8.DecodeRuneInString(line[at:])
		for _, w := range creditBeginnings.StartingWith(text.LowerRune(first)) {
			if name, ok := phrase.CutPrefixLower(line[at:], w); ok && strings.TrimSpace(name) != "" &&
				strings.ContainsAny(w, ":：=＝") {
				return true
			}
		}
	}
	return false
}

// imageNear is how many nodes before a block are searched for a picture. Half as many nodes after it are searched.
const imageNear = 12

// hasImageNear reports whether there is a picture just above or below a block.
func (p *page) hasImageNear(b *block.Block) bool {
	for i := max(b.First-imageNear, 0); i < min(b.End+imageNear/2, int32(len(p.Tree.Nodes))); i++ {
		if n := &p.Tree.Nodes[i]; n.Form == block.Image && !isDecoration(n.HTML) {
			return true
		}
	}
	return false
}

// isCaptioned reports whether node i is in a figure with a caption. Its pictures are content even if they are hidden
// from screen readers.
func (p *page) isCaptioned(i int32) bool { return p.captionOf(i) != block.None }

// captionOf returns the caption of the figure that node i is in, or None.
func (p *page) captionOf(i int32) int32 {
	figure := p.Tree.Ancestor(i, atom.Figure)
	if figure == block.None || p.Tree.Nodes[figure].End-figure > maxFigureNodes {
		return block.None
	}
	for j := figure; j < p.Tree.Nodes[figure].End; j++ {
		if p.Tree.Nodes[j].Tag == atom.Figcaption {
			return j
		}
	}
	return block.None
}

// maxFigureNodes is the maximum number of nodes in a figure that is searched for its caption.
const maxFigureNodes = 200

// toggleWords are the words in class names of controls that show and hide something.
var toggleWords = text.SetOf("toggle", "toggler", "hide", "hider", "show", "open", "opener", "close", "closer",
	"expand", "collapse")

// maxToggle is the maximum number of bytes in the label of a control that shows and hides a caption.
const maxToggle = 40

// isCaptionToggle reports whether node i is an inline element with a short text whose class says that it shows or hides
// a caption: "toggle-caption", "captionToggle".
func (p *page) isCaptionToggle(i int32, n *block.Node) bool {
	switch n.Tag {
	case atom.A, atom.B, atom.I, atom.Small, atom.Span:
	default:
		return false
	}
	if p.weight[i] == 0 || p.weight[i] > maxToggle {
		return false
	}
	for name := range strings.FieldsSeq(dom.Attr(n.HTML, "class")) {
		ofCaption, toggles := false, false
		for word := range text.NameWords(name, text.MaxNameWords) {
			word = strings.ToLower(word)
			ofCaption = ofCaption || word == "caption"
			toggles = toggles || toggleWords.Has(word)
		}
		if ofCaption && toggles {
			return true
		}
	}
	return false
}
