package phrase

import (
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// RoleWords are words, in lower case, that begin the description of a person. A name ends before a word of this kind.
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
	"muhabir", "muhabiri", "editör", "editörü", "yazarı", "gazeteci", "συντάκτης", "συντάκτρια", "δημοσιογράφος", "redaktør", "redaktör", "reportér", "reportérka", "šéfredaktor", "novinář", "novinářka", "újságíró", "szerkesztő", "ziarist", "toimittaja",
	"ajakirjanik", "toimetaja", "reporteris", "žurnālists", "žurnāliste", "korespondents", "korespondente", "žurnalistas", "žurnalistė", "korespondentas", "korespondentė", "blaðamaður", "fréttamaður", "ritstjóri", "gazetar", "gazetare", "novinar", "novinarka", "новинар", "новинарка", "коментатор", "репортер", "репортерка",
	"wartawan", "jurnalis", "kontributor", "foto", "fotos", "photo", "photos", "photography", "illustrations", "illustration", "video", "image", "images", "fotografie", "bild", "bilder", "fotografía",
	"صحفي", "صحفية", "مراسل", "مراسلة", "كاتب", "كاتبة", "محرر", "محررة", "خبرنگار", "संवाददाता", "पत्रकार",
	"md", "m.d", "phd", "ph.d", "ma", "mba", "mph", "ms", "msc", "bsc", "rd", "rdn", "rn", "cpa", "cfp", "dds", "jd", "esq", "edd", "ed.d", "psyd", "lcsw", "dnp", "np", "do", "pa-c", "cpt", "pmp", "facp", "foma", "dabom", "mfa", "cfa", "ccc-slp", "llm",
)

// ProfileWords are, in lower case, the labels of links that come after a name and lead to the person's pages.
var ProfileWords = text.SetOf("orcid", "website", "twitter", "github", "gitlab", "linkedin", "instagram", "facebook", "mastodon", "bluesky", "youtube", "email", "e-mail", "follow", "view", "profile", "bio", "homepage", "rss")

// JobWords are words, in lower case, that come before the last word of a job title, as in "Product Marketing Manager".
var JobWords = text.SetOf("product", "marketing", "software", "senior", "junior", "content", "digital", "sales", "communications", "communication", "customer", "brand", "data", "project", "program", "programme", "executive", "general", "managing", "technical", "operations", "research", "account", "accounts", "community", "creative", "regional", "global", "development", "human", "resources", "information", "financial", "growth", "success", "engineering", "design")

// Professions are words, in lower case, that end the description of a person without a name. They are rarely surnames.
var Professions = text.SetOf("surgeon", "physician", "dermatologist", "nutritionist", "dietitian", "dietician", "therapist", "psychologist", "psychiatrist", "pediatrician", "cardiologist", "neurologist", "veterinarian", "pharmacist", "dentist", "attorney", "lawyer", "solicitor", "accountant", "economist", "historian", "scientist", "biologist", "technologist", "technician", "officer", "advisor", "adviser", "coordinator", "administrator", "instructor", "educator", "entrepreneur", "evangelist", "programmer", "practitioner")

// LeadRoles are roles, in lower case, that come before a name: "Journalist Ada Pell". Other roles come after it.
var LeadRoles = text.SetOf("journalist", "reporter", "correspondent", "journaliste", "periodista", "jornalista", "repórter", "giornalista", "корреспондент", "журналист", "обозреватель", "кореспондент", "кореспондентка", "журналіст", "журналістка", "журналистка", "новинар", "novinar", "novinarka", "muhabir", "novinář", "reportér", "reportérka", "újságíró", "dziennikarz", "dziennikarka", "toimittaja", "wartawan", "jurnalis", "redakteur", "redakteurin", "verslaggever", "صحفي", "مراسل", "الكاتب", "خبرنگار", "पत्रकार", "संवाददाता")

// DeskRoles are words at the end of a byline that does not name the reporter, such as "HT Correspondent", and at the
// end of job titles.
var DeskRoles = text.SetOf("correspondent", "correspondents", "reporter", "reporters", "editor", "writer", "contributor", "contributors", "bureau", "columnist")

// BeatWords are the subjects that reporters cover. They count only before one of DeskRoles, because "Justice" and "Law"
// are also people's names.
var BeatWords = text.SetOf("crime", "justice", "education", "environment", "environmental", "climate", "energy", "economics", "economy", "home", "affairs", "social", "public", "court", "courts", "legal", "law", "royal", "transport", "media", "investigations", "investigative", "consumer", "world", "foreign", "diplomatic", "defence", "defense", "security", "entertainment", "culture", "arts", "fashion", "travel", "food", "money", "finance", "financial", "football", "cricket", "rugby", "data", "harbour", "city", "local", "north", "south", "east", "west", "europe", "africa", "asia", "china", "middle", "parliamentary", "religious", "property", "industry", "labour", "regional", "national", "international", "economic", "tech", "acting", "group", "general", "assignment", "breaking", "night", "live", "audience", "community", "democracy", "housing", "medical", "global", "investment", "personal", "us", "uk", "washington")

// OrganizationWords are words, in lower case, in names of organizations.
var OrganizationWords = text.UnionOf(agencies, organizationWords)

var organizationWords = []string{
	"redaktion", "redaktionsteam", "redaktionen", "redaksjonen", "redaction", "rédaction", "redacción", "redaccion", "redazione", "redactie", "redação", "redakcja", "redakcji", "редакция", "редакції", "редакція", "редакции", "redakce", "redakcia", "redakció", "redacția", "redactia", "toimitus", "uredništvo", "redakcija", "σύνταξη", "συντακτική", "ομάδα",
	"editorial", "editors", "staff", "team", "newsroom", "desk", "newsdesk", "bureau", "agency", "agencies", "agentur", "agenturen", "agencias", "agências", "agência", "haber", "merkezi", "servisi", "ajansı", "ajans", "contributors", "moderators", "support", "équipe", "equipe", "equipo", "zespół",
	"gmbh", "ag", "inc", "inc.", "llc", "ltd", "ltd.", "corp", "corp.", "company", "e.v.", "ev", "kg", "s.a.", "srl", "plc", "pty", "group", "university", "universität", "institute", "institut", "foundation", "stiftung", "association", "council", "ministry", "department", "office", "services", "magazine", "magazin", "journal", "times", "herald", "gazette", "tribune", "press", "media", "news", "nachrichten", "zeitung",
	"online", "interactive", "solutions", "design", "webdesign", "agentura", "studio", "studios", "blog", "store", "shop", "network", "tv", "radio", "fernsehen", "verlag", "publishing", "society", "center", "centre", "school", "college", "academy", "software", "systems", "technologies", "consulting", "construction", "realty", "marketing", "pressestelle", "presse", "pressoffice", "today", "daily", "weekly", "security", "commission", "committee", "federation", "union", "partners", "international", "global",
	"ap", "apa", "интерфакс", "риа", "xinhua", "sita", "anadolu", "aa", "belga", "tt", "sid", "kna", "epd", "kathpress", "keystone-sda", "keystone", "sda", "ats", "afp.com", "unian", "уніан", "укрінформ", "укринформ", "europa", "bloomberg",
	"diario", "periódico", "revista", "jornal", "giornale", "quotidiano", "noticias", "notícias", "notizie", "новости", "новини", "вести", "вісті", "газета", "haberler", "haberleri", "gazetesi", "gazete", "hírek", "vijesti", "vesti", "zprávy", "správy", "știri", "uudised", "ziņas", "naujienos", "uutiset", "nyheter", "nyheder", "fréttir", "lajme", "أخبار", "صحيفة", "جريدة", "قناة", "شبكة", "ειδήσεις", "berita", "समाचार", "ڈیسک", "رپورٹر", "نمائندہ", "اسٹاف", "گروه", "سرویس", "প্রতিবেদক", "রিপোর্টার", "প্রতিনিধি", "নিজস্ব", "சிறப்பு", "நிருபர்", "செய்திப்பிரிவு", "प्रतिनिधि", "टीम", "wetu", "ttxvn", "agencja", "agentliyi", "agjencia", "agenția", "агентство", "агенттігі", "агенция", "агенција", "agencija", "aģentūra", "agentūra", "uudistetoimetus", "ritstjórn", "redaksia", "редакциясы", "რედაქცია", "conteúdo", "contenido", "contenidos", "content", "sponsored",
	"وكالات", "وكالة", "رويترز", "تحرير", "التحرير", "المحرر", "متابعات", "خبرگزاری", "تحریریه", "מערכת", "סוכנויות", "डेस्क", "ब्यूरो", "न्यूज", "एजेंसी", "ডেস্ক", "ডেস্ক:", "tim", "redaksi", "ban", "phóng", "tòa", "กองบรรณาธิการ", "ทีมข่าว",
}

// OrganizationParts are parts of organizations' names in languages without spaces between words.
var OrganizationParts = []string{
	"编辑部", "編輯部", "编辑", "編輯", "本报", "本報", "新华社", "新華社", "中新社", "中新网", "通讯社", "通訊社", "日报", "日報", "晚报", "晚報", "时报", "時報", "周刊", "週刊", "杂志", "雜誌", "新闻", "新聞", "网", "網", "中心", "大学", "大學", "学院", "學院", "公司", "研究院", "研究所", "协会", "協會", "協会", "委员会", "委員会", "委員會", "出版社", "电视台", "電視台", "频道", "頻道", "报社", "報社", "新聞社", "記者会", "记者站", "综合", "綜合", "社区", "编辑室", "办公室", "辦公室", "編集", "取材班", "通信社", "ニュース", "オンライン", "公式", "運営", "通信", "ทีมข่าว", "กองบรรณาธิการ", "ออนไลน์", "สำนักข่าว", "ผู้สื่อข่าว", "事務局", "株式会社",
	"뉴스", "신문", "편집", "취재팀", "연합뉴스", "온라인", "디지털", "방송",
}

// AgencyWords are the names of news agencies.
var AgencyWords = text.UnionOf(agencies)

// agencies are news agencies whose names come directly after a person's name, without a separator. A news agency's name
// alone is not a person's name.
var agencies = []string{"afp", "reuters", "dpa", "efe", "ansa", "tass", "тасс", "dha", "iha", "pti", "ani", "ians", "bernama", "antara", "anp", "ritzau", "ntb", "stt", "lusa", "agerpres", "hina", "tanjug", "bta", "lno", "čtk", "ctk", "tasr", "mti", "pap", "agence", "agenzia", "agencia", "upi", "aap"}

// AccountNames are the names of default and administrator accounts, and placeholder names.
var AccountNames = text.SetOf(
	"admin", "administrator", "administrador", "administrateur", "amministratore", "editor", "webmaster", "root", "user", "unknown", "none", "null", "undefined", "anonymous", "anonym", "anonyme", "anónimo", "anonimo", "author", "autor", "auteur", "autore", "guest", "gast", "invitado", "invité", "test", "demo", "superadmin", "super user", "superuser", "moderator", "asked", "answered", "op", "registered user", "a. m", "p. m", "a. m.", "p. m.", "native language", "member", "senior member", "new member", "junior member", "former member", "premium", "offline", "online", "ask question", "quote",
	"suggest changes", "suggest edits", "suggest edit", "edit this page", "edit page", "edit post", "improve this page", "wordpressadmin", "wpadmin", "wp-admin", "siteadmin", "site admin", "admin admin", "adm", "developer", "dev", "false", "true", "n/a", "na", "-", "default", "contributor", "publisher", "redaktor", "админ", "администратор", "адміністратор", "管理员", "管理員", "管理者", "관리자", "yönetici", "nobody", "name", "the author", "more", "share", "follow", "home", "blog", "view profile", "profile", "reply", "contact", "subscribe", "bio", "read more", "view all", "see more", "website", "twitter", "facebook", "linkedin", "instagram", "email", "youtube",
	"und", "and", "et", "van", "注冊", "注册", "登录", "登錄", "登入", "搜索", "首页", "首頁", "会员", "評論", "评论", "收藏", "分享", "打印", "来源", "來源", "ログイン", "会員登録", "検索", "로그인", "회원가입", "вход", "регистрация", "поиск", "no author", "kein autor", "not provided", "uncategorized", "lifestyle", "opinion", "news",
)

// Places are cities and countries of two or more words, in lower case. After a person's name, a place looks like
// another name.
var Places = text.SetOf("new delhi", "new york", "los angeles", "san francisco", "mexico city", "cape town", "hong kong", "kuala lumpur", "tel aviv", "buenos aires", "são paulo", "sao paulo", "rio de janeiro", "belo horizonte", "porto alegre", "nova york", "nova iorque", "nueva york", "addis ababa", "dar es salaam", "phnom penh", "abu dhabi", "den haag", "san josé", "san salvador", "santo domingo", "la paz", "sri lanka", "south africa", "united kingdom", "united states", "saudi arabia", "new zealand", "port moresby", "st. louis", "ho chi minh", "hà nội", "hồ chí minh", "नई दिल्ली", "kota kinabalu", "johor bahru", "quezon city", "davao city", "cebu city", "port harcourt", "kota bharu", "san juan", "santa fe", "ciudad de méxico", "estados unidos", "reino unido", "nueva delhi", "new york city", "washington dc", "washington d.c", "nizhny novgorod", "нижний новгород", "баку", "алма ата")

// A line that begins with a word in NotFirst or ends with a word in NotLast is not a name. Many such lines are links in
// author boxes, such as "More posts".
var (
	NotFirst = text.SetOf(
		"joined:", "join", "location:", "posts:", "categories:", "category:", "tags:", "registered", "web", "scheduled", "pinned", "locked", "moved", "loading", "viewed", "modified", "asked", "answered",
		"p.m.", "a.m.", "pm", "para", "pour", "für", "per", "voor", "dla", "для", "view", "full", "add", "log", "sign", "read", "see", "former", "disclosure", "follow", "share", "about", "show", "more", "all", "our", "meet", "get", "subscribe", "contact", "in", "im", "am", "on", "at", "by", "your", "my", "this", "no", "new", "best", "top", "how", "what", "why", "when", "where", "i", "we", "as", "if", "every", "last", "latest", "learn", "listen", "watch", "download", "filed", "posted", "published", "updated", "written", "click", "ask", "reply", "quote", "save", "print", "licensed", "skip", "back", "home", "go", "find", "try", "start", "fact", "reviewed", "edited", "medically", "not", "is", "it", "you", "with", "for", "from", "to", "live", "breaking", "exclusive", "trending", "featured", "table", "page",
		"letztes", "letzte", "alle", "mehr", "zum", "zur", "hinterlasse", "jetzt", "neue", "neuer", "zuletzt", "über", "folgen", "teilen", "weitere", "weiterlesen", "lesen", "hier", "ihre", "unser", "unsere", "wir", "ich", "aktualisiert", "veröffentlicht", "mis", "mise", "voir", "lire", "tous", "toutes", "partager", "suivre", "ver", "leer", "más", "todos", "seguir", "compartir", "tutti", "leggi", "segui", "condividi", "mais", "leia", "meer", "lees", "deel", "więcej", "czytaj", "читать", "все", "ещё", "подробнее",
		"نشر", "نُشر", "نشرت", "تاريخ", "آخر", "تحديث", "منتشر", "انتشار", "تاریخ", "آخرین", "опубліковано", "প্রকাশ", "প্রকাশিত", "আপডেট", "प्रकाशित", "வெளியிடப்பட்டது",
	)
	NotLast = text.SetOf("posted", "published", "updated", "bio", "information", "update", "profile", "posts", "page", "policy", "comments", "comment", "website", "login", "e-paper", "archive", "articles", "stories", "more", "read", "min", "minutes", "minuten", "disclosure", "here", "now", "us", "ago", "views", "shares", "likes", "joined", "von", "by", "am", "on", "kommentare", "kommentar", "uhr", "beiträge", "artikel", "profil", "newsletter")
)
