package phrase

// writtenWords stand before a name and a date on one line: "Written by Ada Pell on 3 March 2026". Alone on a line they are no label of a date.
var writtenWords = []string{
	"written by", "written on", "submitted by", "posted by", "published by", "gespeichert von", "verfasst von", "verfasst am", "geschrieben von", "geschrieben am", "eingestellt von", "erstellt von", "soumis par", "écrit par", "écrit le", "rédigé par", "rédigé le", "envoyé par",
	"escrito por", "escrito el", "escrito em", "enviado por", "scritto da", "scritto il", "inviato da", "geschreven door", "geschreven op", "ingezonden door", "napisał", "napisała", "dodał", "dodała", "написал", "написала",
}

// otherDateWords stand before a date that is not the page's: a member's, a source's, the clock's, the end of an offer.
var otherDateWords = []string{
	"joined", "join date", "registered", "registration date", "member since", "user since", "founded", "established", "born", "retrieved", "accessed", "last visit", "last visited", "last seen", "last active", "last activity", "currently", "now", "time is", "expires", "last checked", "checked", "today is", "expiry date", "valid until", "valid through", "deadline",
	"registriert", "registriert seit", "dabei seit", "mitglied seit", "beigetreten", "abgerufen", "abgerufen am", "gegründet", "geboren", "gültig bis", "letzter besuch", "aktuelle zeit", "anmeldeschluss", "zuletzt online", "heute ist", "einsendeschluss",
	"inscrit", "inscrit le", "inscription", "membre depuis", "consulté le", "consultée le", "fondé", "fondée", "né le", "née le", "dernière visite", "valable jusqu'au", "date limite",
	"registrado", "registrado el", "miembro desde", "consultado", "consultado el", "fundado", "fundada", "nacido", "nacida", "se unió", "última visita", "fecha límite", "válido hasta", "membro desde", "acessado em", "acesso em", "nascido", "data limite",
	"iscritto", "iscritto dal", "iscritta", "registrato", "membro dal", "consultato il", "fondato", "fondata", "nato il", "nata il", "ultima visita", "scadenza", "valido fino al",
	"lid sinds", "geregistreerd", "geraadpleegd", "opgericht", "geboren op", "laatst gezien", "geldig tot",
	"dołączył", "dołączyła", "zarejestrowany", "rejestracja", "dostęp", "data dostępu", "założono", "urodzony", "urodzona", "ostatnia wizyta", "termin",
	"сегодня", "регистрация", "зарегистрирован", "дата обращения", "на форуме с", "основан", "родился", "родилась", "последний визит", "зареєстрований", "дата звернення",
	"kayıt tarihi", "katılım", "katılma", "üyelik tarihi", "erişim tarihi", "kuruluş", "doğum tarihi", "son ziyaret", "son başvuru",
	"تاريخ التسجيل", "انضم", "انضم في", "تاريخ الاطلاع", "تأسست", "تاريخ الميلاد", "آخر زيارة",
	"注册", "注册时间", "註冊", "加入", "加入时间", "引用日期", "访问日期", "存取日期", "查閱日期", "成立", "出生", "参加日", "閲覧", "閲覧日", "入会", "生年月日", "現在時刻", "가입", "가입일", "접속일", "설립", "생년월일", "마감",
}

// publishedBehind and modifiedBehind are verbs behind a date: "Der Beitrag wurde am 3. März 2026 veröffentlicht".
var (
	publishedBehind = []string{
		"veröffentlicht", "publiziert", "gepostet", "erstellt", "eingestellt", "verfasst", "geschrieben", "geplaatst", "gepubliceerd", "gepost", "geschreven", "verschenen", "tarihinde yayınlandı", "tarihinde yayımlandı", "tarihinde yayınlanmıştır", "tarihinde yayımlanmıştır", "tarihinde eklendi", "tarihinde paylaşıldı", "tarihinde yazıldı", "közzétéve", "julkaistu",
		"に投稿", "に公開", "に掲載", "に作成", "に書かれ", "에 작성", "에 게시", "에 등록", "에 발행", "에 입력", "发布", "發佈", "发表", "發表",
	}
	modifiedBehind = []string{
		"aktualisiert", "geändert", "zuletzt geändert", "bearbeitet", "überarbeitet", "bijgewerkt", "gewijzigd", "aangepast", "tarihinde güncellendi", "tarihinde güncellenmiştir", "tarihinde değiştirildi", "frissítve", "módosítva", "päivitetty",
		"に更新", "に編集", "に修正", "에 수정", "에 업데이트", "에 편집", "更新", "修改",
	}
)

// SelfWords begin a sentence about the page itself, in lower case.
var SelfWords = []string{
	"this entry was", "this entry is", "this post was", "this article was", "this article first appeared", "this story was", "this page was", "this article originally", "this piece was", "this report was", "this content was", "this item was", "this blog post was", "the article was", "the post ", "article published", "entry posted", "post published",
	"dieser beitrag wurde", "dieser artikel wurde", "dieser eintrag wurde", "dieser text wurde", "dieser post wurde", "diese seite wurde", "der artikel ", "der beitrag ", "der eintrag ", "der text wurde", "dieser beitrag ist", "dieser artikel ist", "beitrag veröffentlicht", "artikel vom", "beitrag vom",
	"cet article a été", "cette entrée a été", "ce billet a été", "cet article est", "ce contenu a été", "cette page a été", "l'article a été", "article publié", "billet publié", "ce texte a été",
	"este artículo fue", "esta entrada fue", "esta nota fue", "esta noticia fue", "este post fue", "este contenido fue", "esta página fue", "este artículo se publicó", "artículo publicado", "entrada publicada", "este artigo foi", "esta entrada foi", "esta matéria foi", "este post foi", "esta notícia foi", "esta página foi", "esta publicação foi", "artigo publicado", "aquesta entrada",
	"questo articolo è stato", "questo post è stato", "questa voce è stata", "questa notizia è stata", "questa pagina è stata", "articolo pubblicato", "questo contenuto è stato", "quest'articolo",
	"dit bericht is", "dit bericht werd", "dit artikel is", "dit artikel werd", "deze pagina is", "deze pagina werd", "dit stuk is", "artikel gepubliceerd",
	"ten wpis został", "ten artykuł został", "wpis został", "artykuł został", "ta strona została", "tę stronę ostatnio", "artykuł opublikowany", "tekst ukazał się",
	"эта запись была", "эта статья была", "запись была", "запись опубликована", "статья опубликована", "этот материал", "материал опубликован", "эта страница", "ця стаття була", "цей запис",
	"bu yazı", "bu haber", "bu makale", "bu içerik", "bu sayfa", "bu gönderi",
	"هذا المقال", "نشر هذا المقال", "نُشر هذا المقال", "هذه المقالة", "هذه المشاركة", "تم نشر هذا", "هذا الخبر", "آخر تعديل لهذه الصفحة",
	"本文", "本篇文章", "这篇文章", "這篇文章", "此条目", "此條目", "本页面", "本頁面", "この記事", "このエントリ", "この投稿", "このページ", "本記事", "이 글은", "이 기사는", "이 포스트는", "이 문서는", "이 게시물은",
	"den här artikeln", "detta inlägg", "dette innlegget", "denne artikkelen", "denne artikel", "dette indlæg", "tämä artikkeli", "tento článek", "tento článok", "ez a cikk", "ezt a bejegyzést", "acest articol", "αυτό το άρθρο", "το άρθρο", "bài viết này", "artikel ini",
}
