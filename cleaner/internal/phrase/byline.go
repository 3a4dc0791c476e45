package phrase

import (
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// BylinePrefixes are the words for "by" and "text by" before names, in lower case, by language; the longest that fits is taken.
var BylinePrefixes = []string{
	"written by", "posted by", "reported by", "gepostet von", "gespeichert von", "blog beitrag von", "blogbeitrag von", "erfasst von", "inviato da", "ingezonden door", "zverejnil", "dodane przez", "envoyé par", "enviado por", "words by", "story by", "text by", "article by", "authored by", "published by", "submitted by", "created by", "contributed by", "curated by:", "curated by", "compiled by", "reported by:", "review by", "reviewed and written by", "interview by", "guest post by",
	"op-ed by", "opinion by", "analysis by", "report by", "a post by", "post by", "posts by", "view all posts by", "show all articles of", "all posts by", "more from", "more by", "see all posts by", "started by", "asked by", "edited by and written by", "by:", "by", "author:", "authors:", "author", "authors", "writer:", "words:", "story:", "contributor:",
	"propos recueillis par", "entretien réalisé par", "un texte de", "texte de", "une chronique de", "chronique de", "la chronique de", "un reportage de", "reportage de", "une enquête de", "un récit de", "une tribune de", "de notre correspondant", "de notre correspondante", "de notre envoyé spécial", "de notre envoyée spéciale", "publié par", "publiée par", "écrit par", "rédigé par", "un article de", "article de", "article écrit par", "posté par", "auteur :", "auteur:", "auteurs :", "auteurs:", "auteur", "texte :", "texte:", "par :", "par",
	"ein gastbeitrag von", "ein kommentar von", "geschrieben von", "veröffentlicht von", "eine analyse von", "ein artikel von", "ein beitrag von", "gastbeitrag von", "kommentar von", "beitrag von", "artikel von", "interview von", "interview:", "analyse von", "verfasst von", "eingestellt von", "erstellt von",
	"ein interview von", "eine kolumne von", "eine reportage von", "ein essay von", "ein gastkommentar von", "gastkommentar von", "eine glosse von", "ein leitartikel von", "leitartikel von", "eine rezension von", "kolumne von", "protokoll:", "protokolliert von", "aufgezeichnet von", "von unserem redakteur", "von unserer redakteurin", "von unserem korrespondenten", "von unserer korrespondentin", "von unserem mitarbeiter", "von unserer mitarbeiterin", "von unserem reporter", "von unserer reporterin",
	"alle beiträge von", "alle artikel von", "text von", "text:", "text und fotos:", "autor:", "autorin:", "autoren:", "autor/in:", "autorin", "autor", "von:", "von", "verfasser:", "redaktion:", "aus", // German
	"escrito por", "publicado por", "escribe:", "escribe", "redacción:", "redacta:", "crónica de", "columna de", "una crónica de", "de nuestro corresponsal", "de nuestra corresponsal", "redactado por", "elaborado por", "un artículo de", "texto:", "texto :", "texto de", "autor :", "autora:", "autores:", "por:", "por", "publicat per", "per:",
	"postado por", "reportagem de", "reportagem:", "texto por", "da redação de",
	"dal nostro inviato", "dalla nostra inviata", "dal nostro corrispondente", "dalla nostra corrispondente", "intervista di", "editoriale di", "scritto da", "pubblicato da", "articolo di", "a cura di", "di:", "di", "da", "autore:", "autrice:", "autore", "testo di", "testo:",
	"geschreven door", "column van", "een column van", "opinie van", "van onze verslaggever", "van onze redacteur", "van onze correspondent", "tekst en foto's:", "gepubliceerd door", "geplaatst door", "tekst:", "auteurs", "door:", "door",
	"tekst i zdjęcia:", "napisał", "napisała", "opracował", "opracowała", "opracowanie:", "oprac.", "autorka:", "autorzy:", "dodał:", "opublikowane przez", "napisane przez", "rozmawiał", "rozmawiała", "rozmawiał:", "rozmawiała:", "tekst:", "autor tekstu:", "opublikował",
	"автор:", "авторы:", "автор", "авторы", "текст:", "текст", "подготовил", "подготовила", "написал", "написала", "опубликовал", "автор статьи:", "автор материала:", "автор текста:", "аутор:", "аутори:", "пишува:", "автор на статията:", "авторы:", "автори:", "підготував", "підготувала", "опублікував", "от", "пише", "пише:",
	"yazan:", "yazar:", "haber:", "yazan", "yazar", "editör:", "hazırlayan:", "müəllif:", "müəlliflər:", "muhabir:", "köşe yazısı:", "röportaj:",
	"بقلم:", "بقلم", "كتب:", "كتبت:", "الكاتب:", "كتب", "كتبت", "إعداد:", "إعداد", "تحرير:", "المؤلف:", "نویسنده:", "نویسنده", "نوشته", "به قلم", "گزارش از", "گزارش:", "خبرنگار:", "گزارشگر:", "رپورٹ:", "از قلم", "تحریر:", "مصنف:", "ע\"י", "על ידי", "מאת:", "מאת", "כתב:", "כתבה:", "כותב:",
	"作者：", "作者:", "作者 ", "记者：", "记者:", "记者 ", "记者", "記者：", "記者:", "記者 ", "記者", "本报记者", "本報記者", "文/", "文｜", "文|", "文：", "文:", "撰文：", "撰文/", "撰文:", "作者/", "作者｜", "记者/", "記者/", "編譯／", "文／", "記者／", "撰稿：", "撰稿:", "撰稿人：", "文字：", "文字:", "採訪：", "採訪撰文：",
	"取材・文 ", "聞き手・", "聞き手：", "聞き手＝", "構成・文：", "文・", "著者：", "著者:", "執筆：", "執筆:", "執筆者：", "筆者：", "ライター：", "文＝", "取材・文：", "取材・文＝", "投稿者：", "投稿者:", "投稿者 ",
	"글:", "글 ", "작성자:", "작성자 :", "작성자", "기자:", "글쓴이:", "글쓴이 :", "글·사진 ", "글·사진=", "기자 ", "글=", "취재:",
	"γράφει ο", "γράφει η", "γράφουν οι", "γράφει:", "του", "της", "των", "από τον", "από την", "από", "συντάκτης:", "συντάκτης", "κείμενο:", "επιμέλεια:", "επιμέλεια",
	"napsal", "napsala", "autor článku:", "autoři:", "zdroj: autor", "napísal", "napísala", "piše:", "piše", "napisao", "napisala", "autori:", "avtor:", "avtorica:",
	"skriven av", "skrevet av", "skrevet af", "text av", "tekst av", "tekst:", "av:", "av", "af:", "af", "foto og tekst:", "tekst og foto:", "tekst og bilde:", "text och foto:", "text & foto:", "krönika av", "ledare av", "en krönika av", "kronikk av", "kommentar av", "analyse av", "en analyse av", "klumme af", "analyse af", "kommentar af", "toimetas", "teksti ja kuvat:", "kirjoittanut", "kirjoittaja:", "kirjoittaja", "teksti:", "teksti", "toimittaja:", "autor:", "raksta", "autors:", "autorius:", "höfundur:", "eftir",
	"készítette:", "írta:", "írta", "szerző:", "szerző", "szöveg:", "scris de", "publicat de", "postat de", "de:", "de", "autorul:", "un articol de",
	"bài và ảnh:", "bài, ảnh:", "thực hiện:", "nga:", "nga", "shkruar nga", "shkruan:", "shkruan", "autore:", "tác giả:", "tác giả", "bài:", "bởi", "theo", "đăng bởi", "người viết:", "oleh:", "oleh", "penulis:", "penulis", "reporter:", "pewarta:", "ditulis oleh", "penulis :", "reporter :", "ni", "nina", "isinulat ni",
	"लेखक:", "लेखक", "द्वारा", "रिपोर्ट:", "रिपोर्ट", "लेखन:", "লেখক:", "প্রতিবেদক:", "โดย:", "โดย", "ผู้เขียน:", "ผู้เขียน", "เขียนโดย", "เรื่อง:", "na", "imeandikwa na", "mwandishi:", "na mwandishi:", "எழுதியவர்:", "எழுதியவர்", "লেখা:", "লিখেছেন:", "লিখেছেন", "রিপোর্ট:", "ጸሐፊ፦", "ጸሐፊ:", "በ:", "հեղինակ:", "հեղինակ՝", "ავტორი:", "ავტორი",
}

// WeakPrefixes are words for "by" that also begin other lines: they need names of two words or more after them, and nothing else.
var WeakPrefixes = text.SetOf(
	"aus", "de", "di", "da", "av", "af", "per:", "от", "του", "της", "των", "από", "text", "theo", "na", "ni", "nina",
	"от:", "oprac.", "more from", "redaktion:", "текст", "report by", "reporter:", "haber:", "eftir", "teksti", "kirjoittaja", "bài:",
	"nga", "nga:", "escribe", "shkruan", "texte de", "analyse av", "analyse af", "toimetas", "기자 ",
)

// BylineLabels stand alone before a name: "Written by", in one line or box, and the name in the next. They are BylinePrefixes and these.
var BylineLabels = []string{
	"author(s)", "about the author", "writer", "words", "story", "reporter", "contributors", "contributor", "text", "texte", "testo", "texto", "tekst", "auteur(s)", "autor(en)", "autor(in)", "redakteur", "redakteurin", "verfasser", "posted", "journalist", "журналист", "корреспондент", "muhabir", "periodista", "jornalista", "giornalista", "journaliste",
	"ผู้เขียน", "记者", "記者", "作者", "ライター", "著者", "執筆者", "기자", "글쓴이", "작성자", "الكاتب", "المؤلف", "نویسنده", "συντάκτης", "редактор текста", "penulis", "tác giả",
}

// NameSeparators stand between two names.
var NameSeparators = []string{
	" and ", " & ", " und ", " et ", " en ", " и ", " ve ", " og ", " och ", " ja ", " és ", " și ", " şi ", " και ", " та ", " і ", " dan ", " và ", " और ", " এবং ", " และ ", " və ", " dhe ", " және ", " மற்றும் ", " և ", " და ", " እና ", "＆",
	";", "|", "/", "／", "、", "，", "،", "؛", " · ", " • ", "・ ", " with ", " avec ", " mit ", " con ", " com ", " و ", " AND ", " UND ", " ET ", "＝", "\n", "\t", " + ",
}

// RoleWords begin what a person is: the rest of a name from there on is no name. In lower case.
var RoleWords = text.SetOf(
	"senior", "staff", "editor", "editors", "editor-in-chief", "reporter", "reporters", "correspondent", "writer", "writers", "contributor", "contributing", "journalist", "columnist", "producer", "founder", "co-founder", "cofounder", "ceo", "cto", "cfo", "cmo", "coo",
	"president", "director", "manager", "managing", "chief", "head", "associate", "assistant", "deputy", "executive", "lecturer", "photographer", "freelance", "freelancer", "analyst", "specialist", "consultant", "expert", "guest", "intern", "fellow", "researcher",
	"strategist", "marketer", "developer", "engineer", "blogger", "author", "authors", "owner", "publisher", "moderator", "admin", "member", "digital", "content", "marketing", "seo", "news", "sports", "sport", "special", "lead", "principal", "vice", "professor", "partner", "copywriter", "vp", "svp", "political", "politics", "business", "technology", "health", "science", "featured",
	"redakteur", "redakteurin", "redaktor", "redaktorin", "chefredakteur", "chefredakteurin", "korrespondent", "korrespondentin", "volontär", "volontärin", "autor", "autorin", "gastautor", "gastautorin", "leiter", "leiterin", "journalistin", "ressortleiter", "ressortleiterin", "redaktion", "geschäftsführer", "geschäftsführerin", "freier", "freie", "stellvertretender", "stellvertretende",
	"journaliste", "rédacteur", "rédactrice", "correspondant", "correspondante", "envoyé", "envoyée", "auteur", "autrice", "grand", "chroniqueur", "chroniqueuse", "rédaction",
	"periodista", "redactor", "redactora", "corresponsal", "editora", "enviado", "enviada", "columnista", "colaborador", "colaboradora", "reportero", "reportera",
	"giornalista", "inviato", "inviata", "redattore", "redattrice", "caporedattore", "direttore", "direttrice", "collaboratore", "corrispondente",
	"jornalista", "repórter", "correspondente", "colunista", "colaboração", "especial", "estagiário", "estagiária", "editor-chefe",
	"redacteur", "verslaggever", "verslaggeefster", "hoofdredacteur", "chef", "freelancejournalist",
	"dziennikarz", "dziennikarka", "redaktorka", "publicysta", "publicystka",
	"корреспондент", "обозреватель", "редактор", "журналист", "журналистка", "кореспондент", "кореспондентка", "оглядач", "редакторка", "журналіст", "журналістка", "колумнист", "собкор", "спецкор",
	"muhabir", "muhabiri", "editör", "editörü", "yazarı", "gazeteci", "συντάκτης", "συντάκτρια", "δημοσιογράφος", "redaktør", "redaktör", "reportér", "reportérka", "šéfredaktor", "novinář", "novinářka", "újságíró", "szerkesztő", "ziarist", "toimittaja", "journalistin",
	"ajakirjanik", "toimetaja", "reporteris", "žurnālists", "žurnāliste", "korespondents", "korespondente", "žurnalistas", "žurnalistė", "korespondentas", "korespondentė", "blaðamaður", "fréttamaður", "ritstjóri", "gazetar", "gazetare", "novinar", "novinarka", "новинар", "новинарка", "коментатор", "журналист", "репортер", "репортерка",
	"wartawan", "jurnalis", "kontributor", "foto", "fotos", "photo", "photos", "photography", "illustrations", "illustration", "video", "image", "images", "fotografie", "bild", "bilder", "fotografía",
	"صحفي", "صحفية", "مراسل", "مراسلة", "كاتب", "كاتبة", "محرر", "محررة", "خبرنگار", "संवाददाता", "पत्रकार",
	"md", "m.d", "phd", "ph.d", "ma", "mba", "mph", "ms", "msc", "bsc", "rd", "rdn", "rn", "cpa", "cfp", "dds", "jd", "esq", "edd", "ed.d", "psyd", "lcsw", "dnp", "np", "do", "pa-c", "cpt", "pmp", "facp", "foma", "dabom", "mfa", "cfa", "ccc-slp", "llm",
)

// OrganisationWords tell that a name is not a person's: words of it, in lower case.
var OrganisationWords = text.UnionOf(agencies, organisationWords)

var organisationWords = []string{
	"redaktion", "redaktionsteam", "redaktionen", "redaksjonen", "redaction", "rédaction", "redacción", "redaccion", "redazione", "redactie", "redação", "redakcja", "redakcji", "редакция", "редакції", "редакція", "редакции", "redakce", "redakcia", "redakció", "redacția", "redactia", "toimitus", "uredništvo", "redakcija", "σύνταξη", "συντακτική", "ομάδα",
	"editorial", "editors", "staff", "team", "newsroom", "desk", "newsdesk", "bureau", "agency", "agencies", "agentur", "agenturen", "agencias", "agências", "agência", "haber", "merkezi", "servisi", "ajansı", "ajans", "contributors", "moderators", "support", "équipe", "equipe", "equipo", "zespół",
	"gmbh", "ag", "inc", "inc.", "llc", "ltd", "ltd.", "corp", "corp.", "company", "e.v.", "ev", "kg", "s.a.", "srl", "plc", "pty", "group", "university", "universität", "institute", "institut", "foundation", "stiftung", "association", "council", "ministry", "department", "office", "services", "magazine", "magazin", "journal", "times", "herald", "gazette", "tribune", "press", "media", "news", "nachrichten", "zeitung",
	"online", "interactive", "solutions", "design", "webdesign", "agentura", "studio", "studios", "blog", "store", "shop", "network", "tv", "radio", "fernsehen", "verlag", "publishing", "society", "center", "centre", "school", "college", "academy", "solutions", "software", "systems", "technologies", "consulting", "construction", "realty", "marketing", "pressestelle", "presse", "pressoffice", "today", "daily", "weekly", "security", "commission", "committee", "federation", "union", "partners", "international", "global",
	"ap", "apa", "интерфакс", "риа", "xinhua", "sita", "anadolu", "aa", "belga", "tt", "sid", "kna", "epd", "kathpress", "keystone-sda", "keystone", "sda", "ats", "afp.com", "unian", "уніан", "укрінформ", "укринформ", "europa", "bloomberg",
	"diario", "periódico", "revista", "jornal", "giornale", "quotidiano", "noticias", "notícias", "notizie", "новости", "новини", "вести", "вісті", "газета", "haberler", "haberleri", "gazetesi", "gazete", "hírek", "vijesti", "vesti", "zprávy", "správy", "știri", "uudised", "ziņas", "naujienos", "uutiset", "nyheter", "nyheder", "fréttir", "lajme", "أخبار", "صحيفة", "جريدة", "قناة", "شبكة", "ειδήσεις", "berita", "समाचार", "ڈیسک", "رپورٹر", "نمائندہ", "اسٹاف", "گروه", "سرویس", "প্রতিবেদক", "রিপোর্টার", "প্রতিনিধি", "নিজস্ব", "சிறப்பு", "நிருபர்", "செய்திப்பிரிவு", "प्रतिनिधि", "टीम", "wetu", "ttxvn", "agencja", "agentliyi", "agjencia", "agenția", "агентство", "агенттігі", "агенция", "агенција", "agencija", "aģentūra", "agentūra", "uudistetoimetus", "ritstjórn", "redaksia", "редакциясы", "რედაქცია", "conteúdo", "contenido", "contenidos", "content", "sponsored",
	"وكالات", "وكالة", "رويترز", "تحرير", "التحرير", "المحرر", "متابعات", "خبرگزاری", "تحریریه", "מערכת", "סוכנויות", "डेस्क", "ब्यूरो", "न्यूज", "एजेंसी", "ডেস্ক", "ডেস্ক:", "tim", "redaksi", "ban", "phóng", "tòa", "กองบรรณาธิการ", "ทีมข่าว",
}

// OrganisationParts tell the same of names in scripts without spaces, as parts of them.
var OrganisationParts = []string{
	"编辑部", "編輯部", "编辑", "編輯", "本报", "本報", "新华社", "新華社", "中新社", "中新网", "通讯社", "通訊社", "日报", "日報", "晚报", "新闻", "新聞", "网", "網", "中心", "综合", "綜合", "社区", "编辑室", "編集", "取材班", "通信社", "ニュース", "オンライン", "公式", "運営", "通信", "ทีมข่าว", "กองบรรณาธิการ", "ออนไลน์", "สำนักข่าว", "ผู้สื่อข่าว", "事務局", "株式会社",
	"뉴스", "신문", "편집", "취재팀", "연합뉴스", "온라인", "디지털", "방송",
}

// AccountNames are those of whoever set a site up, and placeholders.
var AccountNames = text.SetOf(
	"admin", "administrator", "administrador", "administrateur", "amministratore", "editor", "webmaster", "root", "user", "unknown", "none", "null", "undefined", "anonymous", "anonym", "anonyme", "anónimo", "anonimo", "author", "autor", "auteur", "autore", "guest", "gast", "invitado", "invité", "test", "demo", "superadmin", "super user", "superuser", "moderator", "asked", "answered", "op", "guest", "registered user", "a. m", "p. m", "a. m.", "p. m.", "native language", "member", "senior member", "new member", "junior member", "former member", "premium", "offline", "online", "ask question", "quote",
	"wordpressadmin", "wpadmin", "wp-admin", "siteadmin", "site admin", "admin admin", "adm", "developer", "dev", "false", "true", "n/a", "na", "-", "default", "contributor", "publisher", "redaktor", "админ", "администратор", "адміністратор", "管理员", "管理員", "管理者", "관리자", "yönetici", "nobody", "name", "the author", "more", "share", "follow", "home", "blog", "view profile", "profile", "reply", "contact", "subscribe", "bio", "read more", "view all", "see more", "website", "twitter", "facebook", "linkedin", "instagram", "email", "youtube",
	"und", "and", "et", "van", "注冊", "注册", "登录", "登錄", "登入", "搜索", "首页", "首頁", "会员", "評論", "评论", "收藏", "分享", "打印", "来源", "來源", "ログイン", "会員登録", "検索", "로그인", "회원가입", "вход", "регистрация", "поиск", "no author", "kein autor", "not provided", "uncategorized", "lifestyle", "opinion", "news",
)

// NotFirst begin lines that are no names, and NotLast end them: what a box about an author links to.
var (
	NotFirst = text.SetOf(
		"joined:", "join", "location:", "posts:", "categories:", "category:", "tags:", "registered", "web", "scheduled", "pinned", "locked", "moved", "loading", "viewed", "modified", "asked", "answered",
		"p.m.", "a.m.", "pm", "para", "pour", "für", "per", "voor", "dla", "для", "view", "full", "add", "log", "sign", "read", "see", "former", "disclosure", "follow", "share", "about", "show", "more", "all", "our", "meet", "get", "subscribe", "join", "contact", "in", "im", "am", "on", "at", "by", "your", "my", "this", "no", "new", "best", "top", "how", "what", "why", "when", "where", "i", "we", "as", "if", "every", "last", "latest", "learn", "listen", "watch", "download", "filed", "posted", "published", "updated", "written", "click", "ask", "reply", "quote", "save", "print", "licensed", "skip", "back", "home", "go", "find", "try", "start", "fact", "reviewed", "edited", "medically", "not", "is", "it", "you", "with", "for", "from", "to", "live", "breaking", "exclusive", "trending", "featured", "table", "page",
		"letztes", "letzte", "alle", "mehr", "zum", "zur", "hinterlasse", "jetzt", "neue", "neuer", "zuletzt", "über", "folgen", "teilen", "weitere", "weiterlesen", "lesen", "hier", "ihre", "unser", "unsere", "wir", "ich", "aktualisiert", "veröffentlicht", "mis", "mise", "voir", "lire", "tous", "toutes", "partager", "suivre", "ver", "leer", "más", "todos", "seguir", "compartir", "tutti", "leggi", "segui", "condividi", "mais", "leia", "meer", "lees", "deel", "więcej", "czytaj", "читать", "все", "ещё", "подробнее",
	)
	NotLast = text.SetOf("bio", "information", "update", "profile", "posts", "page", "policy", "comments", "comment", "website", "login", "e-paper", "archive", "articles", "stories", "more", "read", "min", "minutes", "minuten", "disclosure", "here", "now", "us", "ago", "views", "shares", "likes", "joined", "von", "by", "am", "on", "kommentare", "kommentar", "uhr", "beiträge", "artikel", "profil", "newsletter")
)
