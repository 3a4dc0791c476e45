package phrase

import (
	"strings"
	"sync"

	"github.com/dechaff/dechaff/cleaner/internal/dates"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// publishedWords and modifiedWords begin a line that says when a page was published or last changed, in lower case; the
// latter are asked first: "last published" and "first published" hold the same word.
var (
	publishedWords = []string{
		"published", "posted", "first published", "publication date", "date published", "created", "released", "issued", "originally published", "publish date", "date:", "online:", "submitted", "post time", "post date", "publish time", "release time", "release date", "entry posted",
		"veröffentlicht", "erschienen", "publiziert", "erstellt", "eingestellt", "datum:", "erstellt am", "gepostet", "erstveröffentlichung",
		"publié", "publiée", "mis en ligne", "paru", "posté", "date de publication", "créé le",
		"publicado", "publicada", "publicó", "fecha publicación", "fecha de publicación", "creado", "fecha:", "publicat",
		"pubblicato", "pubblicata", "data di pubblicazione", "postado", "data da publicação", "data de publicação", "criado em",
		"gepubliceerd", "geplaatst", "geplaatst op", "publicatiedatum",
		"opublikowano", "opublikowany", "opublikowana", "napisano", "napisany", "ukazał się", "zamieszczono", "data publikacji", "dodano", "utworzono", "data dodania",
		"опубликовано", "опубликована", "опубликован", "написано", "написана", "дата публикации", "размещено", "опубліковано", "дата публікації", "створено", "публикувано", "публикувана", "објављено",
		"yayınlanma", "yayınlandı", "yazıldı", "yayın tarihi", "yayımlanma", "giriş tarihi", "giriş:", "oluşturulma", "eklenme", "tarih:", "yayınlama", "yazılma tarihi",
		"نُشر", "نشر", "تاريخ النشر", "نشرت", "منشور", "كتب في", "تم النشر", "تاریخ انتشار", "منتشر", "زمان انتشار", "شائع", "اشاعت", "تاریخ خبر", "تاریخ مخابره", "פורסם", "תאריך פרסום",
		"发布时间", "发布于", "发表于", "时间：", "时间:", "日期", "發布時間", "發佈", "發表", "刊登", "公開日", "公開：", "公開", "掲載日", "投稿日", "配信", "作成日", "登録日", "입력", "등록", "게시", "작성일", "승인", "기사입력", "송고",
		"ημερομηνία έκδοσης", "ημερ. έκδοσης", "ημερομηνία δημοσίευσης", "δημοσίευση", "δημοσιεύθηκε", "δημοσιεύτηκε", "αναρτήθηκε", "ανάρτηση", "πρώτη δημοσίευση",
		"publikováno", "vydáno", "zveřejněno", "vytvořeno", "publikované", "uverejnené", "zverejnené", "vydané", "publikovano", "objavljeno", "objavljena",
		"publicerad", "publicerat", "publisert", "udgivet", "offentliggjort", "opprettet", "oprettet", "julkaistu", "avaldatud", "publicēts", "paskelbta", "birt",
		"megjelent", "közzétéve", "létrehozva", "publicat", "publicată", "data publicării", "postat",
		"đăng ngày", "ngày đăng", "xuất bản", "cập nhật lúc", "diterbitkan", "dipublikasikan", "tayang", "terbit", "diposting", "diterbit", "dikemas",
		"प्रकाशित", "पब्लिश", "प्रकाशन", "প্রকাশ", "প্রকাশিত", "เผยแพร่", "วันที่", "โพสต์", "வெளியிடப்பட்டது", "பதிவு செய்த", "ప్రచురణ", "გამოქვეყნდა", "გამოქვეყნებულია", "հրապարակվել", "հրապարակված", "жарияланды", "dərc edilib", "yayımlanıb", "imechapishwa", "publikuar", "e publikuar", "апублікавана", "објавено", "објављено", "nailathala", "ታትሟል",
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
		"更新", "更新时间", "更新时間", "更新時間", "更新日期", "最後更新日期", "最后更新时间", "最後更新時間", "最后更新", "最後更新", "最終更新", "更新日", "修改", "修正", "수정", "최종수정", "업데이트", "기사수정",
		"ενημέρωση", "ενημερώθηκε", "τελευταία ενημέρωση", "τροποποιήθηκε",
		"aktualizováno", "aktualizované", "aktualizace", "upraveno", "naposledy aktualizováno", "změněno", "ažurirano", "ažuriran", "izmena", "izmjena", "zadnja izmjena", "izmenjeno", "poslednja izmena", "ажурирано", "измена", "ажурирано", "posodobljeno", "atjaunots", "atnaujinta",
		"uppdaterad", "uppdaterat", "senast uppdaterad", "ändrad", "oppdatert", "sist oppdatert", "opdateret", "senest opdateret", "sist endret", "päivitetty", "muokattu", "uuendatud", "uppfært",
		"frissítve", "frissítés", "módosítva", "utolsó frissítés", "utoljára módosítva", "actualizat", "actualizării", "ultima actualizare",
		"cập nhật", "cập nhật lần cuối", "diperbarui", "terakhir diperbarui", "diupdate", "dikemaskini", "pembaruan",
		"अपडेटेड", "अपडेट", "संशोधित", "अद्यतन", "আপডেট", "হালনাগাদ", "புதுப்பிக்கப்பட்டது", "అప్\u200cడేట్", "განახლდა", "განახლება", "թարմացվել", "жаңартылды", "yenilənib", "imesasishwa", "përditësuar", "e përditësuar", "оновлено", "ажурирано", "абноўлена", "pinakahuling update", "อัปเดต", "ปรับปรุง", "แก้ไข",
	}
)

// A LabelIndex finds phrases by their first byte.
type LabelIndex struct{ By [256][]string }

// PlainPublished and PlainModified are the words without accents: capitals lose theirs in Greek, Spanish and French.
var (
	PlainPublished = sync.OnceValue(func() *LabelIndex { return indexPlain(publishedWords) })
	PlainModified  = sync.OnceValue(func() *LabelIndex { return indexPlain(modifiedWords) })
)

// PlainOther, and the verbs behind dates, are indexed the same way.
var (
	PlainWritten         = sync.OnceValue(func() *LabelIndex { return indexPlain(writtenWords) })
	PlainOther           = sync.OnceValue(func() *LabelIndex { return indexPlain(otherDateWords) })
	PlainPublishedBehind = sync.OnceValue(func() *LabelIndex { return indexPlain(publishedBehind) })
	PlainModifiedBehind  = sync.OnceValue(func() *LabelIndex { return indexPlain(modifiedBehind) })
)

func indexPlain(words []string) *LabelIndex {
	index := &LabelIndex{}
	for _, w := range words {
		if w = strings.TrimRight(dates.WithoutAccents(w), ":："); w != "" {
			index.By[w[0]] = append(index.By[w[0]], w)
		}
	}
	return index
}

// LastIn returns where the last of the phrases ends that stands in s as words of its own, -1 for none.
func (p *LabelIndex) LastIn(s string) int {
	last := -1
	for i := range len(s) {
		if i > 0 && text.IsASCIILetter(s[i-1]) && text.IsASCIILetter(s[i]) {
			continue
		}
		for _, w := range p.By[s[i]] {
			end := i + len(w)
			if end <= last || end > len(s) || s[i:end] != w || end < len(s) && text.IsASCIILetter(s[end]) && text.IsASCIILetter(s[end-1]) {
				continue
			}
			last = end
		}
	}
	return last
}

// FirstIn returns where the first of the phrases begins that stands in s as words of its own, -1 for none.
func (p *LabelIndex) FirstIn(s string) int {
	for i := range len(s) {
		if i > 0 && text.IsASCIILetter(s[i-1]) && text.IsASCIILetter(s[i]) {
			continue
		}
		for _, w := range p.By[s[i]] {
			if end := i + len(w); end <= len(s) && s[i:end] == w && (end == len(s) || !text.IsASCIILetter(s[end])) {
				return i
			}
		}
	}
	return -1
}
