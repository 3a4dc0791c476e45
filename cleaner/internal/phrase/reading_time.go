package phrase

import (
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/dates"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// readingWords are the beginnings of words for reading, and unspacedReading are parts of words for reading in languages
// without spaces between words. minuteWords are the words for minutes.
var (
	readingWords = []string{
		"read", "reading", "lecture", "lire", "lesezeit", "lesedauer", "lesen", "lectura", "lettura", "leitura", "leestijd", "lezen", "czytania", "czytanie", "чтения", "чтение", "читать", "okuma",
		"قراءة", "للقراءة", "القراءة", "читання", "четене", "čtení", "čítania", "čítanie", "čitanja", "olvasási", "olvasás", "citire", "lästid", "läsning", "läsa", "læsetid", "lesetid", "lukuaika", "ανάγνωσης", "ανάγνωση",
		"קריאה", "مطالعه", "خواندن", "đọc", "baca", "पढ़ें", "पढ़ने", "পড়ুন", "পড়তে", "পড়ার", "வாசிப்பு", "படிக்க", "อ่าน",
	}
	unspacedReading = []string{"阅读", "閱讀", "读完", "讀完", "読了", "読む", "読め", "읽는", "읽기", "분량"}
	minuteWords     = []string{"মিনিট", "মিনিটে", "মিনিটের", "நிமிட", "நிமிடம்", "நிமிடங்கள்", "นาที", "min", "minute", "minutes", "minuten", "minutos", "minuto", "minuti", "minuut", "minut", "minuty", "мин", "минут", "минуты", "минута", "dakika", "dk", "دقائق", "دقيقة", "دقيقه", "分", "分钟", "分鐘", "분", "хв", "хвилин", "хвилини", "хвилина", "perc", "minút", "minuter", "minutter", "minuuttia", "λεπτά", "λεπτό", "דקות", "دقیقه", "phút", "menit", "मिनट"}
)

// minuteStems are parts of minuteWords. Every word of minuteWords contains at least one of them.
var minuteStems = []string{"মিনিট", "நிமிட", "นาที", "min", "dk", "dakika", "мин", "دقائق", "دقيق", "دقیقه", "分", "분", "хв", "perc", "λεπτ", "דקות", "phút", "menit", "मिनट"}

var findMinutes, findRights = text.NewFinder(minuteStems), text.NewFinder(rightsWords)

// IsReadingTime reports whether a line says how long the article takes to read: "3 min read", "Lesezeit: 4 Minuten".
func IsReadingTime(line string) bool {
	if len(line) > 80 || !strings.ContainsFunc(line, text.IsDigit) {
		return false
	}
	if !findMinutes.InLower(line) {
		return false
	}
	line = text.Lower(line)
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

// HasWord reports whether a list contains a word.
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

// isUnspacedMinute recognizes "minute" at the start of a run of Chinese, Japanese or Korean: "3分钟阅读".
func isUnspacedMinute(word string) bool {
	return strings.HasPrefix(word, "分") || strings.HasPrefix(word, "분")
}
