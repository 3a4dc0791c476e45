package phrase

import "github.com/dechaff/dechaff/cleaner/internal/text"

// sectionNames are the names of the sections of news sites, in the form that text.FoldLine returns. Each of them may also
// be a heading, so that several count, next to each other.
var sectionNames = text.SetOf(
	"news", "world", "world news", "national", "international", "local", "local news", "politics", "business", "economy", "finance", "markets", "money", "technology", "tech", "science", "health", "sport", "sports", "football", "culture", "arts", "entertainment", "lifestyle", "travel", "food", "fashion", "opinion", "video", "videos", "photos", "weather", "education", "real estate", "classifieds", "obituaries", "breaking news", "top stories", "latest news", "podcasts", "blogs", "archives", "horoscopes", "environment", "shopping", "events",
	"nachrichten", "politik", "wirtschaft", "finanzen", "wissen", "wissenschaft", "gesundheit", "kultur", "gesellschaft", "panorama", "meinung", "reise", "reisen", "wetter", "regional", "lokales", "ausland", "inland", "digital", "netzwelt", "karriere", "unterhaltung", "immobilien", "bildung", "mobilität",
	"actualités", "actualité", "politique", "économie", "société", "monde", "sports", "santé", "sciences", "culture", "médias", "voyages", "météo", "débats", "faits divers", "planète", "régions", "immobilier", "éducation", "vidéos", "en direct",
	"noticias", "política", "economía", "sociedad", "internacional", "nacional", "mundo", "deportes", "ciencia", "tecnología", "salud", "cultura", "opinión", "viajes", "gente", "sucesos", "el tiempo", "educación", "motor", "últimas noticias", "vídeos", "entretenimiento", "espectáculos",
	"notizie", "cronaca", "politica", "economia", "esteri", "mondo", "scienza", "scienze", "tecnologia", "salute", "spettacoli", "viaggi", "opinioni", "meteo", "motori", "cucina", "scuola", "ultime notizie",
	"notícias", "últimas notícias", "brasil", "esportes", "desporto", "ciência", "saúde", "opinião", "entretenimento", "viagens", "educação", "país", "concursos",
	"nieuws", "binnenland", "buitenland", "economie", "politiek", "wetenschap", "gezondheid", "cultuur", "media", "opinie", "reizen", "weer", "wonen", "regio", "tech & media",
	"wiadomości", "polityka", "gospodarka", "biznes", "kraj", "świat", "ze świata", "z kraju", "nauka", "zdrowie", "kultura", "rozrywka", "opinie", "podróże", "pogoda", "motoryzacja", "nieruchomości", "edukacja", "finanse",
	"новости", "последние новости", "политика", "экономика", "общество", "в мире", "мир", "спорт", "культура", "наука", "технологии", "здоровье", "происшествия", "мнения", "авто", "бизнес", "финансы", "недвижимость", "образование", "путешествия", "погода", "видео", "фото", "интервью", "регионы",
	"новини", "політика", "економіка", "суспільство", "світ", "культура", "наука", "технології", "здоров'я", "події", "думки", "бізнес", "фінанси", "освіта", "погода", "відео", "україна",
	"gündem", "haberler", "son dakika", "siyaset", "ekonomi", "dünya", "spor", "sağlık", "teknoloji", "kültür sanat", "yaşam", "magazin", "eğitim", "yazarlar", "hava durumu", "bilim",
	"أخبار", "الأخبار", "سياسة", "اقتصاد", "رياضة", "ثقافة", "صحة", "علوم", "تكنولوجيا", "منوعات", "فيديو", "مقالات", "عالم", "محليات", "حوادث", "فن", "رأي", "آراء", "اخبار", "سیاسی", "اقتصادی", "اجتماعی", "ورزشی", "فرهنگی", "بین\u200cالملل", "حوادث", "חדשות", "כלכלה", "ספורט", "תרבות", "בריאות", "דעות", "פוליטיקה", "חינוך", "טכנולוגיה", "עולם",
	"新闻", "要闻", "国内", "国际", "财经", "经济", "金融", "股票", "科技", "数码", "体育", "娱乐", "汽车", "房产", "教育", "文化", "健康", "旅游", "时尚", "军事", "历史", "读书", "博客", "评论", "视频", "图片", "游戏", "社会", "生活", "女性", "专题", "論壇", "论坛", "新聞", "國際", "財經", "體育", "娛樂", "汽車", "健康", "旅遊", "影音", "社會", "兩岸", "論壇",
	"ニュース", "政治", "経済", "国際", "社会", "スポーツ", "エンタメ", "芸能", "テクノロジー", "科学", "健康", "文化", "天気", "動画", "地域", "コラム", "정치", "경제", "사회", "국제", "문화", "스포츠", "연예", "생활", "과학", "오피니언", "사설", "건강", "전국", "동영상",
	"ειδήσεις", "πολιτική", "οικονομία", "κοινωνία", "κόσμος", "ελλάδα", "αθλητισμός", "πολιτισμός", "υγεία", "επιστήμη", "τεχνολογία", "διεθνή", "απόψεις", "καιρός", "αναζήτηση",
	"zprávy", "domácí", "zahraničí", "ekonomika", "sport", "kultura", "věda", "zdraví", "technika", "počasí", "názory", "správy", "zahraničie", "šport", "kultúra", "hírek", "belföld", "külföld", "gazdaság", "kultúra", "tudomány", "időjárás", "vélemény", "știri", "actualitate", "economie", "sănătate", "cultură", "vremea", "vijesti", "vesti", "novice", "politika", "svijet", "svet", "zdravlje", "crna hronika", "новини", "икономика", "свят", "спорт", "култура", "здраве",
	"nyheter", "inrikes", "utrikes", "ekonomi", "kultur", "nöje", "väder", "debatt", "ledare", "vetenskap", "nyheder", "indland", "udland", "økonomi", "debat", "vejr", "videnskab", "innenriks", "utenriks", "økonomi", "meninger", "været", "uutiset", "kotimaa", "ulkomaat", "talous", "urheilu", "kulttuuri", "politiikka", "tiede", "sää", "mielipide", "viihde",
	"thời sự", "thế giới", "kinh doanh", "giải trí", "thể thao", "pháp luật", "giáo dục", "sức khỏe", "đời sống", "du lịch", "khoa học", "công nghệ", "nasional", "internasional", "ekonomi", "olahraga", "hiburan", "kesehatan", "teknologi", "gaya hidup", "ข่าว", "การเมือง", "เศรษฐกิจ", "กีฬา", "บันเทิง", "ต่างประเทศ", "देश", "विदेश", "खेल", "राजनीति", "मनोरंजन", "व्यापार", "दुनिया", "राज्य", "टेक", "शिक्षा",
)

// IsSection reports whether a line is the name of a section that many news sites have, such as "Sports".
func IsSection(line string) bool {
	return len(line) <= maxSection && sectionNames.Has(text.FoldLine(line))
}

// maxSection is the length in bytes of the longest line that is looked up.
const maxSection = 80
