package phrase

import (
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// shareVerbs are the words for sharing and sending on share buttons, and shareJoints the small words next to them.
var (
	shareVerbs = text.SetOf(
		"share", "tweet", "post", "pin", "send", "email", "click", "partager", "envoyer", "partagez", "teilen", "senden", "compartir", "comparte", "enviar", "condividi", "invia",
		"compartilhar", "compartilhe", "partilhar", "partilhe", "delen", "deel", "udostępnij", "podziel", "wyślij", "поделиться", "поделитесь", "отправить", "поділитися", "надіслати", "paylaş", "paylaşın",
		"شارك", "مشاركة", "شاركها", "انشر", "اشتراک", "sdílet", "sdílejte", "zdieľať", "megosztás", "megosztom", "distribuie", "trimite", "dela", "del", "jaa", "κοινοποίηση", "μοιραστείτε", "μοιράσου",
		"שתף", "שתפו", "שיתוף", "chia", "bagikan", "kongsi", "शेयर", "साझा", "podijeli", "podeli", "deli", "сподели", "споделете", "공유하기", "공유", "보내기",
	)
	shareJoints = text.SetOf(
		"on", "to", "via", "with", "by", "at", "this", "the", "it", "a", "an", "friend", "article", "post", "story", "page", "opens", "in", "new", "window", "tab", "sur", "par", "à", "un", "une", "ami", "cet", "nouvelle",
		"fenêtre", "ouvre", "dans", "auf", "per", "mit", "bei", "über", "diesen", "beitrag", "artikel", "wird", "neuem", "fenster", "geöffnet", "en", "por", "con", "el", "la", "se", "abre", "una", "ventana", "nueva", "no", "na",
		"pelo", "pela", "o", "em", "nova", "janela", "su", "tramite", "si", "apre", "nuova", "finestra", "op", "met", "dit", "w", "przez", "się", "на", "в", "во", "у", "через", "ile", "da", "على", "عبر", "گذاری", "در", "på", "til",
		"i", "σε", "στο", "το", "sẻ", "trên", "lên", "qua", "ke", "di", "melalui", "पर", "से", "करें", "pe", "cu", "prin", "článek",
	)
)

// unspacedShares are the words for sharing in languages without spaces between words. They come before or after the name
// of the network.
var unspacedShares = []string{
	"分享到", "分享至", "分享给", "でシェア", "にシェア", "で共有", "でツイート", "に投稿", "で送る", "に送る", "แชร์ไปยัง", "แชร์ไปที่", "แชร์ผ่าน", "แชร์บน",
}

var findUnspacedShare = text.NewFinder(unspacedShares)

// maxShareButton is the length in bytes of the longest label of a share button.
const maxShareButton = 120

// IsShareButton reports whether a line is the label of a button that shares the page on one network, and nothing else:
// "Share on Facebook (Opens in new window)", "Auf WhatsApp teilen".
func IsShareButton(line string) bool {
	if len(line) > maxShareButton {
		return false
	}
	networks, verbs := 0, 0
	var buf [maxShareButton + 16]byte
	folded := string(text.AppendFolded(buf[:0], line))
	if findUnspacedShare.In(folded) {
		return isUnspacedButton(folded)
	}
	for word := range strings.FieldsFuncSeq(folded, func(r rune) bool {
		return !text.IsWordRune(r) && !text.IsMark(r) && r != '\'' && r != '-'
	}) {
		word, _, _ = strings.Cut(word, "'") // Turkish endings: facebook'ta
		switch {
		case shareVerbs.Has(word):
			verbs++
		case isNetwork(word):
			networks++
		case !shareJoints.Has(word):
			return false
		}
	}
	return verbs > 0 && networks == 1
}

// maxEnding is the number of bytes of the longest ending that a language appends to the name of a network:
// "Facebookissa".
const maxEnding = 6

// isNetwork reports whether a folded word is the name of a network, with or without an ending. Short names have none.
func isNetwork(word string) bool {
	x := shareNames()
	for _, joined := range [...]string{"ב", "ל"} { // the Hebrew words for "on" and "to" are parts of the next word
		word = strings.TrimPrefix(word, joined)
	}
	if word == "" {
		return false
	}
	for _, name := range x.by[word[0]] {
		if rest, ok := strings.CutPrefix(word, name); ok && (rest == "" || len(name) >= maxEnding && len(rest) <= maxEnding) {
			return true
		}
	}
	return false
}

// isUnspacedButton reports whether a folded line is the name of a network and one of unspacedShares.
func isUnspacedButton(folded string) bool {
	for _, share := range unspacedShares {
		if before, after, ok := strings.Cut(folded, share); ok {
			return isNetwork(strings.TrimSpace(before)) || before == "" && isNetwork(strings.TrimSpace(after))
		}
	}
	return false
}
