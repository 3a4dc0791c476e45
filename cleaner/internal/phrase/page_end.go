package phrase

import (
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// footerLines are the links at the foot and at the head of pages, in the form that text.FoldLine returns. Each of them
// may also be a heading, so they count only in a run of such lines.
var footerLines = text.SetOf(
	"about", "about us", "contact", "contact us", "privacy", "privacy policy", "privacy notice", "privacy & cookies", "cookie policy", "cookies", "terms", "terms of use", "terms of service", "terms & conditions", "terms and conditions", "legal notice", "disclaimer", "sitemap", "site map", "advertise", "advertise with us", "careers", "jobs", "help", "faq", "rss", "rss feed", "accessibility", "imprint", "log in", "login", "sign in", "sign out", "log out", "register", "my account", "create account", "do not sell my personal information", "do not sell or share my personal information", "your privacy choices", "newsletters", "feedback", "work with us", "write for us", "press", "editorial policy", "connect with us", "stay connected", "quick links",
	"mentions légales", "politique de confidentialité", "nous contacter", "contactez-nous", "qui sommes-nous", "à propos", "plan du site", "conditions générales", "cgu", "cgv", "se connecter", "connexion", "gestion des cookies", "données personnelles", "publicité et partenariats",
	"impressum", "datenschutz", "datenschutzerklärung", "agb", "kontakt", "über uns", "nutzungsbedingungen", "mediadaten", "barrierefreiheit", "anmelden", "abmelden", "registrieren", "startseite", "cookie-richtlinie", "karriere",
	"aviso legal", "política de privacidad", "política de cookies", "contacto", "contáctanos", "quiénes somos", "términos y condiciones", "términos de uso", "mapa del sitio", "iniciar sesión", "regístrate", "publicidad y contacto", "inicio",
	"informativa sulla privacy", "privacy e cookie", "note legali", "contatti", "chi siamo", "termini e condizioni", "mappa del sito", "accedi", "registrati", "redazione",
	"política de privacidade", "termos de uso", "fale conosco", "contato", "contactos", "quem somos", "sobre nós", "expediente", "anuncie", "entrar", "cadastre-se", "política editorial", "ficha técnica",
	"privacybeleid", "privacyverklaring", "algemene voorwaarden", "contact opnemen", "over ons", "colofon", "adverteren", "inloggen", "cookiebeleid", "vacatures",
	"polityka prywatności", "regulamin", "o nas", "kontakt z nami", "redakcja", "reklama w serwisie", "zaloguj się", "zarejestruj się", "mapa strony", "polityka cookies",
	"политика конфиденциальности", "пользовательское соглашение", "контакты", "о нас", "о проекте", "редакция", "обратная связь", "войти", "регистрация", "вход", "карта сайта", "правила", "вакансии", "главная",
	"політика конфіденційності", "контакти", "про нас", "про проєкт", "редакція", "увійти", "реєстрація", "угода користувача", "правила користування", "головна",
	"gizlilik politikası", "künye", "iletişim", "hakkımızda", "kullanım koşulları", "çerez politikası", "giriş yap", "üye ol", "ana sayfa", "anasayfa",
	"سياسة الخصوصية", "اتصل بنا", "من نحن", "شروط الاستخدام", "تسجيل الدخول", "الرئيسية", "خريطة الموقع", "تماس با ما", "درباره ما", "حریم خصوصی", "ورود", "ثبت نام", "صفحه اصلی", "מדיניות פרטיות", "צור קשר", "אודות", "תנאי שימוש", "התחברות", "הרשמה", "דף הבית", "מפת האתר", "הצהרת נגישות",
	"πολιτική απορρήτου", "όροι χρήσης", "επικοινωνία", "ταυτότητα", "σχετικά με εμάς", "σύνδεση", "εγγραφή", "αρχική", "πολιτική cookies", "διαφημιστείτε",
	"关于我们", "联系我们", "隐私政策", "免责声明", "网站地图", "用户协议", "广告服务", "加入我们", "版权声明", "登录", "注册", "首页", "友情链接", "意见反馈", "關於我們", "聯絡我們", "隱私權政策", "服務條款", "免責聲明", "登入", "註冊", "首頁", "網站地圖",
	"プライバシーポリシー", "お問い合わせ", "会社概要", "利用規約", "運営会社", "サイトマップ", "ログイン", "新規登録", "会員登録", "ホーム", "特定商取引法に基づく表記", "広告掲載について", "개인정보처리방침", "개인정보 처리방침", "이용약관", "회사소개", "광고문의", "청소년보호정책", "로그인", "회원가입", "홈", "고객센터",
	"chính sách bảo mật", "liên hệ", "giới thiệu", "điều khoản sử dụng", "đăng nhập", "đăng ký", "trang chủ", "kebijakan privasi", "tentang kami", "hubungi kami", "syarat dan ketentuan", "pedoman media siber", "beranda", "masuk", "daftar", "นโยบายความเป็นส่วนตัว", "ติดต่อเรา", "เกี่ยวกับเรา", "เข้าสู่ระบบ", "หน้าแรก", "गोपनीयता नीति", "संपर्क करें", "हमारे बारे में", "होम",
	"integritetspolicy", "kontakta oss", "om oss", "annonsera", "logga in", "användarvillkor", "privatlivspolitik", "kontakt os", "om os", "log ind", "cookiepolitik", "handelsbetingelser", "personvernerklæring", "personvern", "kontakt oss", "logg inn", "tietosuojaseloste", "ota yhteyttä", "yhteystiedot", "käyttöehdot", "kirjaudu", "kirjaudu sisään", "mediatiedot",
	"ochrana osobních údajů", "zásady ochrany osobních údajů", "obchodní podmínky", "přihlásit se", "registrace", "o nás", "ochrana osobných údajov", "prihlásiť sa", "adatvédelmi tájékoztató", "kapcsolat", "felhasználási feltételek", "médiaajánlat", "bejelentkezés", "regisztráció", "politica de confidențialitate", "termeni și condiții", "despre noi", "autentificare", "politica cookies", "за нас", "общи условия", "uvjeti korištenja", "politika privatnosti", "o nama", "pravila privatnosti", "impresum",
)

// IsFooter reports whether a line is one of the links that pages have at their foot or head: "Privacy policy".
func IsFooter(line string) bool { return len(line) <= MaxBytes && footerLines.Has(text.FoldLine(line)) }

// homeWords begin breadcrumbs.
var homeWords = text.SetOf(
	"home", "homepage", "accueil", "startseite", "start", "inicio", "portada", "início", "página inicial", "strona główna", "главная", "головна", "начало", "ana sayfa", "anasayfa", "الرئيسية", "خانه", "صفحه اصلی", "דף הבית", "ראשי", "αρχική",
	"首页", "首頁", "ホーム", "トップ", "홈", "trang chủ", "beranda", "หน้าแรก", "หน้าหลัก", "होम", "hem", "forside", "hjem", "etusivu", "úvod", "domů", "domov", "kezdőlap", "főoldal", "címlap", "acasă", "prima pagină", "naslovnica", "početna", "you are here",
)

// maxCrumb is the maximum number of words of one part of a breadcrumb. The last of three or more parts may be a
// headline.
const maxCrumb = 5

// IsBreadcrumb reports whether a short line is the path to a page: "Home > News > Harbour".
func IsBreadcrumb(line string) bool {
	if len(line) > 300 {
		return false
	}
	for _, sep := range [...]string{">", "»", "›", "→", "/", "|"} {
		first, _, several := strings.Cut(line, sep)
		if !several || !homeWords.Has(text.FoldLine(first)) {
			continue
		}
		parts := strings.Split(line, sep)
		for i, part := range parts {
			last := i == len(parts)-1 && i > 1
			if part = strings.TrimSpace(part); !last && (part == "" || text.CountWords(part) > maxCrumb) {
				return false
			}
		}
		return !strings.HasSuffix(line, ".")
	}
	return false
}

// tagLabels come before the list of a page's tags or categories.
var tagLabels = text.SetOf(
	"tags", "tag", "tagged", "tagged with", "tagged as", "filed under", "posted in", "categories", "category", "topics", "post tags", "tags #", "mots-clés", "mots clés", "étiquettes", "étiqueté", "catégories", "catégorie", "classé dans", "schlagwörter", "schlagworte", "stichwörter", "kategorie", "kategorien", "themen", "etiquetas", "archivado en", "etiquetado", "categorías", "categoría", "temas",
	"argomenti", "categorie", "etichette", "palavras-chave", "categorias", "categoria", "assuntos", "trefwoorden", "onderwerpen", "tagi", "słowa kluczowe", "kategoria", "теги", "тэги", "метки", "рубрики", "рубрика", "позначки", "мітки", "етикети", "тагове", "ознаке", "etiketler", "etiket", "الوسوم", "كلمات مفتاحية", "كلمات دلالية", "وسوم", "برچسب\u200cها", "برچسب ها", "کلیدواژه\u200cها", "تگ ها", "תגיות", "תגים", "ετικέτες", "κατηγορίες",
	"标签", "標籤", "关键词", "關鍵字", "關鍵詞", "tag：", "タグ", "カテゴリー", "カテゴリ", "キーワード", "태그", "카테고리", "từ khóa", "thẻ", "chủ đề", "kategori", "แท็ก", "ป้ายกำกับ", "टैग", "टैग्स", "taggar", "ämnen", "etiketter", "emner", "emneord", "avainsanat", "aiheet", "asiasanat", "štítky", "klíčová slova", "značky", "címkék", "etichete", "oznake", "ključne riječi",
)

// maxTags is the maximum number of tags on a line.
const maxTags = 20

// IsTags reports whether a line lists the tags or categories of a page after a label: "Tags: ferry, harbour".
func IsTags(line string) bool {
	colon := text.IndexColon(line)
	if colon <= 0 || len(line) > MaxBytes || !tagLabels.Has(text.FoldLine(line[:colon])) {
		return false
	}
	tags := strings.FieldsFunc(strings.TrimLeft(line[colon:], ":："), func(r rune) bool {
		return strings.ContainsRune(",;|、，،·•#/", r)
	})
	for _, tag := range tags {
		if text.CountWords(tag) > maxCrumb+1 {
			return false
		}
	}
	return len(tags) > 0 && len(tags) <= maxTags && !strings.HasSuffix(line, ".")
}

// feedNotices are the two parts of the sentence that WordPress appends to the entries of a feed, in front of the title
// and behind it.
var feedNotices = [...][2]string{
	{"the post ", " appeared first on "},
	{"the post ", " first appeared on "},
	{"l'article ", " est apparu en premier sur "},
	{"l'article ", " est apparu en premier dans "},
	{"der beitrag ", " erschien zuerst auf "},
	{"la entrada ", " se publicó primero en "},
	{"la entrada ", " aparece primero en "},
	{"l'articolo ", " proviene da "},
	{"l'articolo ", " sembra essere il primo su "},
	{"o post ", " apareceu primeiro em "},
	{"o conteúdo ", " aparece primeiro em "},
	{"het bericht ", " verscheen eerst op "},
	{"artykuł ", " pochodzi z serwisu "},
	{"post ", " pojawił się poczatkowo na "},
	{"сообщение ", " появились сначала на "},
	{"запись ", " впервые появилась "},
	{"inlägget ", " dök först upp på "},
	{"indlægget ", " blev først udgivet på "},
	{"příspěvek ", " pochází z "},
	{"articolul ", " apare prima dată în "},
}

var feedBeginnings = func() *text.PrefixIndex {
	beginnings := make([]string, len(feedNotices))
	for i, n := range feedNotices {
		beginnings[i] = n[0]
	}
	return text.IndexPrefixes(beginnings)
}()

// IsFeedNotice reports whether a line is the sentence that feeds append to their entries: "The post … appeared first on
// …".
func IsFeedNotice(line string) bool {
	if len(line) > MaxBytes {
		return false
	}
	line = strings.ReplaceAll(line, "’", "'")
	if !BeginsWithOneOf(line, feedBeginnings) {
		return false
	}
	line = text.Lower(line)
	for _, n := range feedNotices {
		if strings.HasPrefix(line, n[0]) && strings.Contains(line[len(n[0]):], n[1]) {
			return true
		}
	}
	return false
}

// consentStarts are the beginnings of sentences in consent dialogs.
var consentStarts = []string{
	"we use cookies", "we use essential cookies", "we and our partners", "this site uses cookies", "this website uses cookies", "our website uses cookies", "our site uses cookies", "by continuing to use this", "by using this site, you agree", "by clicking “accept", "by clicking \"accept", "by clicking accept",
	"nous utilisons des cookies", "ce site utilise des cookies", "en poursuivant votre navigation", "wir verwenden cookies", "wir nutzen cookies", "diese website verwendet cookies", "diese website benutzt cookies", "diese seite verwendet cookies", "utilizamos cookies", "usamos cookies", "este sitio web utiliza cookies", "este sitio web usa cookies", "este sitio utiliza cookies",
	"utilizziamo i cookie", "questo sito utilizza cookie", "questo sito utilizza i cookie", "questo sito usa cookie", "questo sito usa i cookie", "este site utiliza cookies", "este site usa cookies", "wij gebruiken cookies", "we gebruiken cookies", "deze website gebruikt cookies", "deze site gebruikt cookies", "używamy plików cookie", "ta strona używa plików cookie", "ta strona korzysta z plików cookie", "strona korzysta z plików cookie", "nasz serwis wykorzystuje pliki cookie",
	"мы используем cookie", "мы используем файлы cookie", "этот сайт использует файлы cookie", "этот сайт использует cookie", "на сайте используются cookie", "ми використовуємо файли cookie", "ми використовуємо cookie", "sitemizde size daha iyi hizmet", "bu site çerez", "bu internet sitesinde çerez", "نستخدم ملفات تعريف الارتباط", "يستخدم هذا الموقع ملفات تعريف الارتباط", "我们使用cookie", "我们使用 cookie", "本网站使用cookie", "本网站使用 cookie", "本網站使用 cookie", "本網站使用cookie", "当サイトではcookie", "当サイトでは、cookie", "当サイトはcookie", "이 웹사이트는 쿠키", "이 사이트는 쿠키",
	"vi använder cookies", "vi använder kakor", "den här webbplatsen använder cookies", "vi bruger cookies", "dette websted bruger cookies", "vi bruker cookies", "vi bruker informasjonskapsler", "käytämme evästeitä", "tämä sivusto käyttää evästeitä", "používáme soubory cookie", "používáme cookies", "tento web používá", "používame súbory cookie", "používame cookies", "sütiket használunk", "az oldal sütiket használ", "weboldalunk sütiket", "folosim cookie", "acest site folosește cookie", "acest site utilizează cookie", "χρησιμοποιούμε cookies", "αυτός ο ιστότοπος χρησιμοποιεί cookies", "kami menggunakan cookie", "situs ini menggunakan cookie", "chúng tôi sử dụng cookie", "koristimo kolačiće", "използваме бисквитки",
}

var consentBeginnings = text.IndexPrefixes(consentStarts)

// IsConsent reports whether a short line is a sentence of a consent dialog. A privacy policy has such sentences too, so
// it counts only outside the text.
func IsConsent(line string) bool {
	return len(line) <= 600 && BeginsWithOneOf(line, consentBeginnings)
}

// relatedLabels come before the title of another article on the same line. Alone on a line, they are the
// links of teasers, or headings such as "See also" in an encyclopedia.
var relatedLabels = text.SetOf(
	"related", "voir aussi", "ver también", "xem thêm", "lihat juga", "vezi și", "δείτε ακόμα", "olvasta már",
	"read more", "lire la suite", "mehr lesen", "lea más", "leer más", "leggi tutto", "czytaj więcej", "dowiedz się więcej", "читать далее", "подробнее", "devamını oku", "اقرأ المزيد", "läs mer", "læs mere", "les mer", "lue lisää", "đọc thêm", "और पढ़ें", "อ่านต่อ", "อ่านเพิ่มเติม", "διαβάστε περισσότερα", "بیشتر بخوانید", "читати далі", "читати більше", "докладніше", "детальніше", "читайте далее", "читать полностью", "weiterlesen", "lire plus", "en savoir plus", "sigue leyendo", "seguir leyendo", "continua a leggere", "continue lendo", "lees verder", "czytaj dalej", "devamı", "devamını okuyun", "تابع القراءة", "للمزيد", "続きを読む", "もっと読む", "더 읽기", "자세히 보기", "baca selengkapnya", "selengkapnya", "đọc tiếp", "আরও পড়ুন", "விரிவாக படிக்க", "citește mai mult", "citește mai departe", "číst dál", "číst více", "čítať ďalej", "olvass tovább", "tovább olvasom", "läs vidare", "קרא עוד", "קראו עוד", "pročitaj više", "прочети още", "ادامه مطلب",
)

// IsRelatedLabel reports whether a part of a line is a label such as "Related" before the title of another article.
func IsRelatedLabel(label string) bool {
	return len(label) <= MaxBytes && relatedLabels.Has(text.FoldLine(label))
}

// endMarks end reports of Iranian news agencies. A slash and the reporter's number may follow.
var endMarks = text.IndexPrefixes([]string{"انتهای پیام", "پایان پیام"})

// maxEndMark is the maximum length in bytes of a line that marks the end of a text.
const maxEndMark = 40

// IsEndMark reports whether a line says no more than that the text ends here: "###", "-30-", "انتهای پیام/".
func IsEndMark(line string) bool {
	if line = strings.TrimSpace(line); len(line) < 2 || len(line) > maxEndMark {
		return false
	}
	dashed := strings.HasPrefix(line, "-") && strings.HasSuffix(line, "-")
	return strings.Trim(line, "# ") == "" || dashed && strings.Trim(line, "- ") == "30" ||
		BeginsWithOneOf(line, endMarks) && text.CountWords(line) <= 4
}

// findPlatform finds what platforms for users' articles write below each of them: that they only store it.
var findPlatform = text.NewFinder([]string{
	"信息存储服务", "信息存储空间服务", "信息存储空间", "資訊儲存服務", "is uploaded and posted by a user of",
})

// IsPlatformNotice reports whether a line says that a user of the platform wrote the text.
func IsPlatformNotice(line string) bool { return len(line) <= MaxBytes && findPlatform.InLower(line) }
