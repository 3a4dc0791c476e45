package phrase

import (
	"strings"
	"unicode"

	"github.com/dechaff/dechaff/cleaner/internal/dates"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// The lines here vary with numbers, names and years, so that no list of whole lines holds them.

// readingWords are beginnings of the words for reading, minuteWords those for minutes, in the fourteen languages.
var (
	readingWords = []string{
		"read", "reading", "lecture", "lire", "lesezeit", "lesedauer", "lesen", "lectura", "lettura", "leitura", "leestijd", "lezen", "czytania", "czytanie", "чтения", "чтение", "читать", "okuma",
		"قراءة", "للقراءة", "القراءة",
	}
	unspacedReading = []string{"阅读", "閱讀", "读完", "讀完", "読了", "読む", "読め", "읽는", "읽기", "분량"}
	minuteWords     = []string{"min", "minute", "minutes", "minuten", "minutos", "minuto", "minuti", "minuut", "minut", "minuty", "мин", "минут", "минуты", "минута", "dakika", "dk", "دقائق", "دقيقة", "دقيقه", "分", "分钟", "分鐘", "분"}
)

// minuteStems are in all of minuteWords.
var minuteStems = []string{"min", "dk", "dakika", "мин", "دقائق", "دقيق", "分", "분"}

var findMinutes, findRights = text.NewFinder(minuteStems), text.NewFinder(rightsWords)

// IsReadingTime reports whether a line says how long the article takes to read: "3 min read", "Lesezeit: 4 Minuten".
func IsReadingTime(line string) bool {
	if len(line) > 80 || !strings.ContainsFunc(line, unicode.IsDigit) {
		return false
	}
	if !findMinutes.InLower(line) {
		return false
	}
	line = strings.ToLower(line)
	read, minutes, digits, others := false, false, false, 0
	for _, t := range dates.Tokens(line) {
		switch {
		case t.Kind == 't':
		case t.Kind == 'n':
			digits = true
		case HasWord(minuteWords, t.Word):
			minutes = true
		case hasPrefixOf(readingWords, t.Word):
			read = true
		default:
			if minutes = minutes || isUnspacedMinute(t.Word); !minutes {
				others++
			}
			read = read || text.ContainsAny(t.Word, unspacedReading)
		}
	}
	return read && minutes && digits && others <= 3
}

// HasWord reports whether a list holds a word.
func HasWord(list []string, word string) bool {
	for _, w := range list {
		if w == word {
			return true
		}
	}
	return false
}

func hasPrefixOf(list []string, word string) bool {
	for _, w := range list {
		if strings.HasPrefix(word, w) {
			return true
		}
	}
	return false
}

// isUnspacedMinute knows the minute at the beginning of a run of Chinese, Japanese or Korean: "3分钟阅读".
func isUnspacedMinute(word string) bool {
	return strings.HasPrefix(word, "分") || strings.HasPrefix(word, "분")
}

// errorNotices are what requests to report a mistake begin with: the key or button to press differs.
var errorNotices = []string{
	"если вы заметили ошибку", "если вы нашли ошибку", "если вы обнаружили ошибку", "нашли ошибку", "заметили ошибку", "заметили опечатку", "нашли опечатку", "якщо ви помітили помилку", "якщо ви знайшли помилку",
	"zauważyłeś błąd", "widzisz błąd", "znalazłeś błąd", "found a mistake", "found an error", "spotted an error", "spotted a mistake", "see an error in this article", "fehler gefunden", "vous avez repéré une erreur",
	"une erreur dans cet article", "¿has encontrado un error", "¿encontró un error", "fout gezien", "tikfout gezien", "hai trovato un errore", "encontrou um erro", "viu um erro",
}

var errorOpenings = text.NewOpenings(errorNotices)

// IsErrorNotice reports whether a short line asks to report a mistake in the text.
func IsErrorNotice(line string) bool {
	if len(line) > 300 {
		return false
	}
	line = strings.TrimSpace(line)
	if !errorOpenings.Have(line) {
		return false
	}
	lower := strings.ToLower(line)
	for _, n := range errorNotices {
		if strings.HasPrefix(lower, n) {
			return true
		}
	}
	return false
}

// rightsWords are what "all rights reserved" and the like begin with in a copyright line.
var rightsWords = []string{
	"all rights reserved", "tous droits réservés", "alle rechte vorbehalten", "todos los derechos reservados", "derechos reservados", "tutti i diritti riservati", "riproduzione riservata",
	"todos os direitos reservados", "alle rechten voorbehouden", "wszelkie prawa zastrzeżone", "wszystkie prawa zastrzeżone", "все права защищены", "tüm hakları saklıdır", "her hakkı saklıdır",
	"جميع الحقوق محفوظة", "版权所有", "版權所有", "未经授权", "無断転載", "禁無断転載", "all rights reserved.", "무단 전재", "무단전재",
}

// rightsSigns begin a line about the copyright.
var (
	rightsSigns    = []string{"©", "ⓒ", "(c)", "copyright"}
	rightsOpenings = text.NewOpenings(rightsSigns)
)

// IsCopyright reports whether a short line claims the copyright of the page: it begins with the sign or the word and has a
// year, or it says that all rights are reserved.
func IsCopyright(line string) bool {
	if len(line) > 300 {
		return false
	}
	line = strings.TrimSpace(line)
	if findRights.InLower(line) {
		return true
	}
	if !rightsOpenings.Have(line) {
		return false
	}
	lower := strings.ToLower(line)
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

// IsShortcode reports whether a line is nothing but the tags of a page builder that did not run: [/vc_row], [caption id="a"]. A
// word in brackets is prose, and a section of a settings file; what tells is a page builder's prefix, a closing tag, or a quoted attribute.
func IsShortcode(line string) bool {
	line = strings.TrimSpace(line)
	if len(line) < 4 || len(line) > 400 || line[0] != '[' {
		return false
	}
	tells := false
	for line != "" {
		end := strings.IndexByte(line, ']')
		if line[0] != '[' || end < 2 {
			return false
		}
		tag := line[1:end]
		name := strings.TrimPrefix(tag, "/")
		if i := strings.IndexByte(name, ' '); i >= 0 {
			name = name[:i]
			tells = tells || strings.ContainsAny(tag[i:], "=") && strings.ContainsAny(tag[i:], "\"”″'")
		}
		if !isShortcodeName(name) {
			return false
		}
		tells = tells || tag[0] == '/' || isBuilderTag(name)
		line = strings.TrimSpace(line[end+1:])
	}
	return tells
}

// isBuilderTag knows the prefixes by which page builders for WordPress name their tags.
func isBuilderTag(name string) bool {
	for _, prefix := range [...]string{"vc_", "et_pb_", "fusion_", "su_", "tie_", "wpb_", "av_", "kc_", "mk_", "ux_", "tatsu_", "cs_"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

func isShortcodeName(name string) bool {
	for i := range len(name) {
		c := name[i]
		if c != '_' && c != '-' && (c < '0' || c > '9') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return len(name) >= 2 && name[0] >= 'a'
}
