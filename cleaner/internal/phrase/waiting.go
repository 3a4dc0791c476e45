package phrase

import (
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// waitingWords occur in lines that a page shows until its scripts have run, and waitingStarts are beginnings of these
// lines.
var (
	waitingWords = text.NewFinder([]string{
		"enable javascript", "javascript is disabled", "javascript is required", "requires javascript", "turn on javascript", "javascript aktivieren", "activer javascript",
		"activez javascript", "habilite javascript", "habilitar javascript", "activa javascript", "abilita javascript", "włącz javascript", "включите javascript",
		"checking your browser", "just a moment", "verifying you are human", "启用javascript", "javascriptを有効",
	})
	waitingStarts = []string{
		"loading", "please wait", "wait a moment", "laden", "lade ", "wird geladen", "seite wird geladen", "bitte warten", "chargement", "veuillez patienter", "cargando", "espere", "por favor espere",
		"caricamento", "attendere", "carregando", "aguarde", "ładowanie", "proszę czekać", "загрузка", "подождите", "пожалуйста, подождите", "yükleniyor", "lütfen bekleyin",
		"読み込み中", "ロード中", "お待ちください", "加载中", "正在加载", "載入中", "请稍候", "로딩", "불러오는 중", "جار التحميل", "جاري التحميل", "indlæser", "laster", "läser in", "ladataan",
		"تحميل", "در حال بارگذاری", "טוען", "завантаження", "зареждане", "načítání", "načítá se", "načítavanie", "učitavanje", "nalaganje", "wczytywanie", "betöltés", "se încarcă", "laddar", "φόρτωση", "đang tải", "memuat", "กำลังโหลด", "लोड हो रहा है", "正在載入",
	}
)

// maxWaiting is the length in bytes of the longest line that is recognized.
const maxWaiting = 160

// IsWaiting reports whether a line only says that the page is still loading or needs scripts: "Loading…".
func IsWaiting(line string) bool {
	if len(line) > maxWaiting {
		return false
	}
	line = text.Lower(line)
	if waitingWords.InLower(line) {
		return true
	}
	for _, start := range waitingStarts {
		if rest, ok := strings.CutPrefix(line, start); ok && text.CountWords(rest) <= 3 {
			return true
		}
	}
	return false
}
