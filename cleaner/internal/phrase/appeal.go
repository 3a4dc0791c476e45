package phrase

import (
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// appealWords ask the reader for money.
var appealWords = []string{
	"donat", "chip in", "pitch in", "support us", "support our", "support independent", "support local", "support quality", "become a member", "become a supporter", "become a patron", "monthly gift", "small gift", "on patreon", "a coffee",
	"spende", "unterstütz", "förder", "soutenez", "soutenir", "un don", "apoya", "apóyanos", "donación", "hazte soci", "sostien", "sostenere", "donazione", "apoie", "apoiar", "doação",
	"steun", "doneer", "donatie", "wesprzyj", "wesprzeć", "wspieraj", "поддержи", "поддержать", "підтримай", "підтримати", "подкрепете", "podpoř", "podporte", "támoga", "susține", "doneaz",
	"destek", "stöd", "stött", "støt", "tue ", "στηρίξ", "στήριξ", "dukung", "donasi", "ادعم", "تبرع", "حمایت", "תמכו", "תרמו", "सहयोग", "समर्थन", "후원",
}

// appealCauses are what the money is for: the site itself, in its own words.
var appealCauses = []string{
	"our journalism", "our reporting", "our newsroom", "our work", "our independent", "our mission", "our nonprofit", "independent journalism", "local journalism", "quality journalism", "nonprofit journalism", "stories like this", "articles like this", "reporting like this", "journalism like this", "this newsletter", "this podcast", "this blog", "this site", "on patreon", "buy me a coffee", "buy us a coffee", "readers like you",
	"unsere arbeit", "unserer arbeit", "unseren journalismus", "unserem journalismus", "unabhängigen journalismus", "unabhängiger journalismus", "unsere redaktion", "unsere recherchen", "notre journalisme", "notre travail", "notre rédaction", "notre média", "nos enquêtes", "un média indépendant", "le journalisme indépendant", "une presse libre",
	"nuestro periodismo", "nuestro trabajo", "periodismo independiente", "periodismo libre", "nostro lavoro", "nostro giornalismo", "giornalismo indipendente", "informazione indipendente", "nosso jornalismo", "nosso trabalho", "jornalismo independente",
	"onze journalistiek", "ons werk", "onafhankelijke journalistiek", "nasze dziennikarstwo", "naszą pracę", "naszą redakcję", "niezależne dziennikarstwo", "нашу работу", "нашу редакцию", "наш проект", "независимую журналистику", "нашу роботу", "нашу редакцію", "незалежну журналістику",
	"naši práci", "naši redakci", "nezávislou žurnalistiku", "munkánkat", "független újságírás", "ön támogat minket", "jurnalismul independent", "munca noastră", "bağımsız gazetecilik", "gazeteciliğimiz", "vår journalistik", "oberoende journalistik", "vores journalistik", "uafhængig journalistik", "vår journalistikk", "uavhengig journalistikk",
	"journalismiamme", "työtämme", "riippumatonta journalismia", "ανεξάρτητη δημοσιογραφία", "τη δουλειά μας", "jurnalisme independen", "jurnalisme kami", "الصحافة المستقلة", "عملنا", "روزنامه\u200cنگاری مستقل", "עיתונות עצמאית", "העבודה שלנו", "स्वतंत्र पत्रकारिता", "हमारी पत्रकारिता", "독립 언론",
}

// appealLines are parts of such requests in languages without spaces between words.
var appealLines = []string{
	"サポートをしてみませんか", "いただいたサポートは", "記事が気に入ったらサポート", "ご支援をお願いします", "赞赏支持", "還沒有人讚賞", "还没有人赞赏", "小额赞助我们", "小額贊助我們",
}

var (
	findAppeal      = text.NewFinder(appealWords)
	findAppealCause = text.NewFinder(appealCauses)
	findAppealLine  = text.NewFinder(appealLines)
)

// IsAppeal reports whether a short line asks the reader to pay for the site's work. It must both ask and name that work
// as the site's own. A quotation is prose: somebody in the story asks.
func IsAppeal(line string) bool {
	return len(line) <= 400 &&
		(findAppealLine.In(line) || findAppeal.InLower(line) && findAppealCause.InLower(line)) &&
		!strings.ContainsAny(line, "“”«»„\"")
}
