package phrase

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/dechaff/dechaff/cleaner/internal/dates"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// errorNotices are the beginnings of requests to report a mistake. The rest of the line varies, such as a key to press
// or a button.
var errorNotices = []string{
	"если вы заметили ошибку", "если вы нашли ошибку", "если вы обнаружили ошибку", "нашли ошибку", "заметили ошибку", "заметили опечатку", "нашли опечатку", "якщо ви помітили помилку", "якщо ви знайшли помилку",
	"zauważyłeś błąd", "widzisz błąd", "znalazłeś błąd", "found a mistake", "found an error", "spotted an error", "spotted a mistake", "see an error in this article", "fehler gefunden", "vous avez repéré une erreur",
	"une erreur dans cet article", "¿has encontrado un error", "¿encontró un error", "fout gezien", "tikfout gezien", "hai trovato un errore", "encontrou um erro", "viu um erro",
}

var errorBeginnings = text.IndexPrefixes(errorNotices)

// IsErrorNotice reports whether a short line asks the reader to report a mistake in the text.
func IsErrorNotice(line string) bool {
	return len(line) <= 300 && BeginsWithOneOf(strings.TrimLeftFunc(line, text.IsSpace), errorBeginnings)
}

// embedNotices are the beginnings of the texts that stand in for a post or a video of another site until the reader has
// agreed to load it. The name of that site follows.
var embedNotices = []string{
	"this article contains content provided by", "this content is hosted by a third party", "you are currently viewing a placeholder content from", "by loading the video, you agree to", "by loading the post, you agree to", "by loading the tweet, you agree to", "by loading the map, you agree to",
	"an dieser stelle finden sie einen externen inhalt", "an dieser stelle findest du einen externen inhalt", "ich bin damit einverstanden, dass mir externe inhalte angezeigt werden", "sie sehen gerade einen platzhalterinhalt von", "mit dem laden des videos akzeptieren sie", "mit dem laden des tweets akzeptieren sie", "mit dem laden des beitrags akzeptieren sie", "mit dem laden der karte akzeptieren sie",
	"en chargeant la vidéo, vous acceptez", "en chargeant cette vidéo, vous acceptez", "ce contenu est bloqué car vous n'avez pas accepté", "al cargar el vídeo, aceptas", "caricando il video, l'utente accetta", "door de video te laden, ga je akkoord", "wczytując film, akceptujesz",
}

var embedBeginnings = text.IndexPrefixes(embedNotices)

// IsEmbedNotice reports whether a line says that content of another site is not shown without the reader's consent.
func IsEmbedNotice(line string) bool {
	return len(line) <= 500 && BeginsWithOneOf(strings.TrimLeftFunc(line, text.IsSpace), embedBeginnings)
}

// BeginsWithOneOf reports whether a line, in lower case, begins with one of the phrases of an index.
func BeginsWithOneOf(line string, phrases *text.PrefixIndex) bool {
	first, _ := utf8.DecodeRuneInString(line)
	for _, phrase := range phrases.StartingWith(text.LowerRune(first)) {
		if _, found := CutPrefixLower(line, phrase); found {
			return true
		}
	}
	return false
}

// CutPrefixLower is like strings.CutPrefix but compares the line in lower case. The rest is returned as it is.
func CutPrefixLower(line, prefix string) (rest string, found bool) {
	rest = line
	for _, want := range prefix {
		r, size := utf8.DecodeRuneInString(rest)
		if text.LowerRune(r) != want {
			return line, false
		}
		rest = rest[size:]
	}
	return rest, true
}

// rightsWords are the words for "all rights reserved".
var rightsWords = []string{
	"all rights reserved", "tous droits réservés", "alle rechte vorbehalten", "todos los derechos reservados", "derechos reservados", "tutti i diritti riservati", "riproduzione riservata",
	"todos os direitos reservados", "alle rechten voorbehouden", "wszelkie prawa zastrzeżone", "wszystkie prawa zastrzeżone", "все права защищены", "tüm hakları saklıdır", "her hakkı saklıdır",
	"جميع الحقوق محفوظة", "版权所有", "版權所有", "未经授权", "無断転載", "禁無断転載", "all rights reserved.", "무단 전재", "무단전재",
}

// rightsSigns are signs and words that begin a copyright notice.
var (
	rightsSigns      = []string{"©", "ⓒ", "(c)", "copyright"}
	rightsBeginnings = text.IndexPrefixes(rightsSigns)
)

// IsCopyright reports whether a short line is a copyright notice. Either it begins with ©, (c) or "copyright" and has a
// year, or it begins with © and has few words, or it says that all rights are reserved.
func IsCopyright(line string) bool {
	if len(line) > 300 {
		return false
	}
	line = strings.TrimSpace(line)
	if findRights.InLower(line) {
		return true
	}
	if !BeginsWithOneOf(line, rightsBeginnings) {
		return false
	}
	lower := text.Lower(line)
	for _, sign := range rightsSigns {
		rest, ok := strings.CutPrefix(lower, sign)
		if !ok {
			continue
		}
		for _, t := range dates.Tokens(rest) {
			if t.Kind == 'n' && t.Digits == 4 && (t.Number/100 == 19 || t.Number/100 == 20) {
				return true
			}
		}
		return sign != "copyright" && sign != "(c)" && strings.Count(rest, " ") < 12
	}
	return false
}

// maxBeforeRights is the number of bytes at the start of a legal notice in which the sign is.
const maxBeforeRights = 120

// OpensWithRights reports whether a paragraph of any length begins like a legal notice, with a © after at most a few
// words.
func OpensWithRights(line string) bool {
	line = line[:min(len(line), maxBeforeRights)]
	return strings.Contains(line, "©") || strings.Contains(line, "ⓒ")
}

// generated is how programs say at the end of a page that they made it, in the languages in which they do. Without a
// word for the page, "created by" and "translated by" name people.
var generated = regexp.MustCompile(`(?i)^(?:(?:(?:this|the) (?:\w+ ){1,2}(?:was|is|has been)|` +
	`file|page|document|documentation) (?:automatically )?(?:generated|created|translated|converted|produced)|` +
	`(?:automatically )?generated)\b.{0,80}\b(?:by|with|using)\b|` +
	`^(?:erzeugt|generiert) (?:von|mit|durch)\b|^généré (?:par|avec)\b|^generado (?:por|con)\b`)

// IsGenerated reports whether a line says which program made the page.
func IsGenerated(line string) bool {
	return len(line) <= 300 && generated.MatchString(strings.TrimSpace(line))
}
