package phrase

// publishedWords and modifiedWords are words, in lower case, on lines that say when a page was published or last
// changed. If a line has words from both lists, the last word decides (see metadata.roleOf).
var (
	publishedWords = []string{
		"published", "posted", "first posted", "originally posted", "first published", "publication date", "date published", "created", "released", "issued", "originally published", "publish date", "date:", "online:", "submitted", "post time", "post date", "publish time", "release time", "release date", "entry posted",
		"veröffentlicht", "erschienen", "publiziert", "erstellt", "eingestellt", "datum:", "erstellt am", "gepostet", "erstveröffentlichung",
		"publié", "publiée", "mis en ligne", "paru", "posté", "date de publication", "créé le",
		"publicado", "publicada", "publicó", "fecha publicación", "fecha de publicación", "creado", "fecha:", "publicat",
		"pubblicato", "pubblicata", "data di pubblicazione", "postado", "data da publicação", "data de publicação", "criado em",
		"gepubliceerd", "geplaatst", "geplaatst op", "publicatiedatum",
		"opublikowano", "opublikowany", "opublikowana", "napisano", "napisany", "ukazał się", "zamieszczono", "data publikacji", "dodano", "utworzono", "data dodania",
		"опубликовано", "опубликована", "опубликован", "написано", "написана", "дата публикации", "размещено", "опубліковано", "дата публікації", "створено", "публикувано", "публикувана", "објављено",
		"yayınlanma", "yayınlandı", "yazıldı", "yayın tarihi", "yayımlanma", "giriş tarihi", "giriş:", "oluşturulma", "eklenme", "tarih:", "yayınlama", "yazılma tarihi",
		"نُشر", "نشر", "تاريخ النشر", "نشرت", "منشور", "كتب في", "تم النشر", "تاریخ انتشار", "منتشر", "زمان انتشار", "شائع", "اشاعت", "تاریخ خبر", "تاریخ مخابره", "פורסם", "תאריך פרסום",
		"发布时间", "发布于", "发布：", "发布:", "发表：", "發表：", "發佈：", "出版：", "创建于", "建立於", "刊发", "发表于", "时间：", "时间:", "日期", "發布時間", "發佈", "發表", "刊登", "公開日", "公開：", "公開", "掲載日", "投稿日", "配信", "作成日", "登録日", "입력", "등록", "게시", "작성일", "작성:", "작성 ", "발행", "게재", "승인", "기사입력", "송고",
		"ημερομηνία έκδοσης", "ημερ. έκδοσης", "ημερομηνία δημοσίευσης", "δημοσίευση", "δημοσιεύθηκε", "δημοσιεύτηκε", "αναρτήθηκε", "ανάρτηση", "πρώτη δημοσίευση",
		"publikováno", "vydáno", "zveřejněno", "vytvořeno", "publikované", "uverejnené", "zverejnené", "vydané", "publikovano", "objavljeno", "objavljena",
		"publicerad", "publicerat", "publisert", "udgivet", "offentliggjort", "opprettet", "oprettet", "julkaistu", "avaldatud", "publicēts", "paskelbta", "birt",
		"megjelent", "közzétéve", "létrehozva", "publicată", "data publicării", "postat",
		"đăng ngày", "ngày đăng", "xuất bản", "cập nhật lúc", "diterbitkan", "dipublikasikan", "tayang", "terbit", "diposting", "diterbit", "dikemas",
		"प्रकाशित", "पब्लिश", "प्रकाशन", "প্রকাশ", "প্রকাশিত", "เผยแพร่", "วันที่", "โพสต์", "வெளியிடப்பட்டது", "பதிவு செய்த", "ప్రచురణ", "გამოქვეყნდა", "გამოქვეყნებულია", "հրապարակվել", "հրապարակված", "жарияланды", "dərc edilib", "yayımlanıb", "imechapishwa", "publikuar", "e publikuar", "апублікавана", "објавено", "nailathala", "ታትሟል",
	}
	modifiedWords = []string{
		"updated", "last updated", "last modified", "modified", "last edited", "edited", "last reviewed", "reviewed", "revised", "last update", "last changed", "last published", "upd",
		"aktualisiert", "zuletzt aktualisiert", "letzte aktualisierung", "geändert", "zuletzt geändert", "letzte änderung", "update", "überarbeitet", "stand:", "stand", "bearbeitet", "letztes update",
		"mis à jour", "mise à jour", "modifié", "modifiée", "actualisé", "dernière mise à jour", "màj",
		"actualizado", "actualizada", "actualización", "última actualización", "actualitzat", "actualització", "modificado", "actualizat", "última modificación",
		"aggiornato", "aggiornata", "ultimo aggiornamento", "modificato", "modifica il", "ultima modifica", "atualizado", "atualizada", "última atualização", "modificado em",
		"bijgewerkt", "laatst bijgewerkt", "gewijzigd", "laatste update", "laatst gewijzigd", "aangepast",
		"aktualizacja", "akt", "zaktualizowano", "ostatnia aktualizacja", "zmodyfikowano", "ostatnia modyfikacja", "data modyfikacji",
		"обновлено", "обновлена", "изменено", "дата обновления", "оновлено", "змінено", "обновен", "обновена", "актуализиран",
		"güncelleme", "güncellenme", "güncellendi", "son güncelleme", "son güncellenme", "değiştirilme",
		"تحديث", "آخر تحديث", "اخر تحديث", "حُدّث", "تم التحديث", "عدلت", "به\u200cروزرسانی", "آخرین بروزرسانی", "بروزرسانی", "עודכן", "עדכון", "اپ ڈیٹ", "اپڈیٹ", "به روزرسانی", "ویرایش",
		"更新", "编辑于", "編輯於", "修改于", "修改於", "更新时间", "更新时間", "更新時間", "更新日期", "最後更新日期", "最后更新时间", "最後更新時間", "最后更新", "最後更新", "最終更新", "更新日", "修改", "修正", "수정", "최종수정", "업데이트", "기사수정",
		"ενημέρωση", "ενημερώθηκε", "τελευταία ενημέρωση", "τροποποιήθηκε",
		"aktualizováno", "aktualizované", "aktualizace", "upraveno", "naposledy aktualizováno", "změněno", "ažurirano", "ažuriran", "izmena", "izmjena", "zadnja izmjena", "izmenjeno", "poslednja izmena", "ажурирано", "измена", "posodobljeno", "atjaunots", "atnaujinta",
		"uppdaterad", "uppdaterat", "senast uppdaterad", "ändrad", "oppdatert", "sist oppdatert", "opdateret", "senest opdateret", "sist endret", "päivitetty", "muokattu", "uuendatud", "uppfært",
		"frissítve", "frissítés", "módosítva", "utolsó frissítés", "utoljára módosítva", "actualizării", "ultima actualizare",
		"cập nhật", "cập nhật lần cuối", "diperbarui", "terakhir diperbarui", "diupdate", "dikemaskini", "pembaruan",
		"अपडेटेड", "अपडेट", "संशोधित", "अद्यतन", "আপডেট", "হালনাগাদ", "புதுப்பிக்கப்பட்டது", "అప్\u200cడేట్", "განახლდა", "განახლება", "թարմացվել", "жаңартылды", "yenilənib", "imesasishwa", "përditësuar", "e përditësuar", "абноўлена", "pinakahuling update", "อัปเดต", "ปรับปรุง", "แก้ไข",
	}
)

// writtenWords come before a name and a date on one line: "Written by Ada Pell on 3 March 2026". If one of these words
// is alone on a line, it is not a label for a date.
var writtenWords = []string{
	"written by", "written on", "submitted by", "posted by", "published by", "gespeichert von", "verfasst von", "verfasst am", "geschrieben von", "geschrieben am", "eingestellt von", "erstellt von", "soumis par", "écrit par", "écrit le", "rédigé par", "rédigé le", "envoyé par",
	"escrito por", "escrito el", "escrito em", "enviado por", "scritto da", "scritto il", "inviato da", "geschreven door", "geschreven op", "ingezonden door", "napisał", "napisała", "dodał", "dodała", "написал", "написала",
}

// otherDateWords come before a date that is not the page's date: the day when a member joined or a source was accessed,
// today's date, the end of an offer.
var otherDateWords = []string{
	"joined", "join date", "event date", "date of event", "date of the event", "start date", "end date", "registered", "registration date", "member since", "user since", "founded", "established", "born", "retrieved", "accessed", "last visit", "last visited", "last seen", "last active", "last activity", "currently", "now", "最新推荐文章于", "注册时间", "註冊時間", "最后登录", "最後登入", "登録日時", "time is", "expires", "last checked", "checked", "today is", "expiry date", "valid until", "valid through", "deadline",
	"registriert", "registriert seit", "veranstaltungsdatum", "veranstaltungstermin", "dabei seit", "mitglied seit", "beigetreten", "abgerufen", "abgerufen am", "gegründet", "geboren", "gültig bis", "letzter besuch", "aktuelle zeit", "anmeldeschluss", "zuletzt online", "heute ist", "einsendeschluss",
	"inscrit", "inscrit le", "inscription", "membre depuis", "consulté le", "consultée le", "fondé", "fondée", "né le", "née le", "dernière visite", "valable jusqu'au", "date limite",
	"registrado", "registrado el", "miembro desde", "consultado", "consultado el", "fundado", "fundada", "nacido", "nacida", "se unió", "última visita", "fecha límite", "válido hasta", "membro desde", "acessado em", "acesso em", "nascido", "data limite",
	"iscritto", "iscritto dal", "iscritta", "registrato", "membro dal", "consultato il", "fondato", "fondata", "nato il", "nata il", "ultima visita", "scadenza", "valido fino al",
	"lid sinds", "geregistreerd", "geraadpleegd", "opgericht", "geboren op", "laatst gezien", "geldig tot",
	"dołączył", "dołączyła", "zarejestrowany", "rejestracja", "dostęp", "data dostępu", "założono", "urodzony", "urodzona", "ostatnia wizyta", "termin",
	"сегодня", "регистрация", "зарегистрирован", "дата обращения", "на форуме с", "основан", "родился", "родилась", "последний визит", "зареєстрований", "дата звернення",
	"kayıt tarihi", "katılım", "katılma", "üyelik tarihi", "erişim tarihi", "kuruluş", "doğum tarihi", "son ziyaret", "son başvuru",
	"تاريخ التسجيل", "انضم", "انضم في", "تاريخ الاطلاع", "تأسست", "تاريخ الميلاد", "آخر زيارة",
	"注册", "註冊", "加入", "加入时间", "引用日期", "访问日期", "存取日期", "查閱日期", "成立", "出生", "参加日", "閲覧", "閲覧日", "入会", "生年月日", "現在時刻", "가입", "가입일", "접속일", "설립", "생년월일", "마감",
}

// publishedBehind and modifiedBehind are verbs that come after a date: "Der Beitrag wurde am 3. März 2026
// veröffentlicht".
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
