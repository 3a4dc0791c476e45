package cleaner

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// monthForms holds the months as pages write them, January to December, a line a language: every form that stands in a date, in
// lower case, the forms of one month parted by commas. Chinese, Japanese and Korean number theirs.
var monthForms = []string{
	// English; German with Austria's; French
	"january,jan february,feb march,mar april,apr may june,jun july,jul august,aug september,sept,sep october,oct november,nov december,dec",
	"januar,jänner,jaenner,jän februar,feber märz,maerz,mär,mrz april mai juni juli august september oktober,okt november dezember,dez",
	"janvier,janv février,fevrier,févr,fév,fevr mars avril,avr mai juin juillet,juil août,aout septembre octobre novembre décembre,decembre,déc",
	// Spanish, Catalan, Portuguese, Galician, Italian, Romanian
	"enero,ene febrero marzo abril,abr mayo junio julio agosto,ago septiembre,setiembre,set octubre noviembre diciembre,dic",
	"gener,gen febrer març,marc abril maig juny juliol agost setembre octubre novembre desembre,des",
	"janeiro fevereiro,fev março,marco abril maio junho julho agosto setembro outubro,out novembro dezembro",
	"xaneiro febreiro marzo abril maio xuño xullo agosto setembro outubro novembro decembro",
	"gennaio,genn febbraio,febbr marzo aprile maggio,mag,magg giugno,giu luglio,lug agosto settembre,sett ottobre,ott novembre dicembre",
	"ianuarie,ian februarie martie aprilie mai iunie,iun iulie,iul august septembrie octombrie noiembrie,noi decembrie",
	// Dutch, Afrikaans; Danish, Norwegian, Swedish; Finnish, Estonian; Icelandic
	"januari februari maart,mrt april mei juni juli augustus september oktober november december",
	"januarie februarie maart april mei junie julie augustus september oktober november desember",
	"januar februar marts april maj juni juli august september oktober november desember",
	"januari februari mars april maj juni juli augusti september oktober november december",
	"tammikuuta,tammikuu helmikuuta,helmikuu maaliskuuta,maaliskuu huhtikuuta,huhtikuu toukokuuta,toukokuu kesäkuuta,kesäkuu heinäkuuta,heinäkuu elokuuta,elokuu syyskuuta,syyskuu lokakuuta,lokakuu marraskuuta,marraskuu joulukuuta,joulukuu",
	"jaanuar,jaan veebruar,veebr märts aprill mai juuni juuli august september oktoober november detsember,dets",
	"janúar febrúar mars apríl maí júní júlí ágúst september október nóvember desember",
	// Polish, Czech, Slovak; Slovene, Serbian in Latin letters, Croatian
	"stycznia,styczeń,stycz,sty lutego,luty,lut marca,marzec kwietnia,kwiecień,kwie,kwi maja,maj czerwca,czerwiec,czer,cze lipca,lipiec,lip sierpnia,sierpień,sier,sie września,wrzesień,wrz,wrześ października,październik,paź,paźdz,pazdziernika listopada,listopad,lis grudnia,grudzień,gru",
	"ledna,leden,led února,únor,úno března,březen,bře dubna,duben,dub května,květen,kvě června,červen,čvn července,červenec,čvc srpna,srpen,srp září,zář října,říjen,říj listopadu,listopad prosince,prosinec,pro",
	"januára,január februára,február marca,marec apríla,apríl mája,máj júna,jún júla,júl augusta,august septembra,september októbra,október novembra,november decembra,december",
	"januarja,januar februarja,februar marca,marec aprila,april maja,maj junija,junij julija,julij avgusta,avgust,avg septembra,september oktobra,oktober novembra,november decembra,december",
	"januara,januar februara,februar marta,mart aprila,april maja,maj juna,jun jula,jul avgusta,avgust septembra,septembar oktobra,oktobar novembra,novembar decembra,decembar",
	"siječnja,siječanj,sij veljače,veljača,velj ožujka,ožujak,ožu travnja,travanj,tra svibnja,svibanj,svi lipnja,lipanj srpnja,srpanj kolovoza,kolovoz,kol rujna,rujan,ruj - studenoga,studenog,studeni,stu prosinca,prosinac",
	// Hungarian; Lithuanian, Latvian; Albanian
	"január,januári február,febr március,márc,márciusi április,ápr május,máj június,jún július,júl augusztus szeptember,szept október november december",
	"sausio,sausis vasario,vasaris kovo,kovas balandžio,balandis gegužės,gegužė birželio,birželis liepos,liepa rugpjūčio,rugpjūtis rugsėjo,rugsėjis spalio,spalis lapkričio,lapkritis gruodžio,gruodis",
	"janvāris,janvārī februāris,februārī marts,martā aprīlis,aprīlī maijs,maijā jūnijs,jūnijā jūlijs,jūlijā augusts,augustā septembris,septembrī oktobris,oktobrī novembris,novembrī decembris,decembrī",
	"janar shkurt mars prill maj qershor korrik gusht shtator tetor nëntor dhjetor",
	// Turkish, Azerbaijani; Indonesian and Malay; Vietnamese names its months by number; Filipino; Swahili
	"ocak,oca şubat,şub mart nisan,nis mayıs haziran,haz temmuz,tem ağustos,ağu eylül,eyl ekim,eki kasım,kas aralık,ara",
	"yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr",
	"januari februari,pebruari maret april mei juni juli agustus,agt,agu september oktober november,nopember desember,des",
	"januari februari mac april mei jun julai ogos september oktober november disember,dis",
	"enero pebrero marso abril mayo hunyo hulyo agosto setyembre oktubre nobyembre disyembre",
	// Russian, Ukrainian, Belarusian, Bulgarian, Macedonian, Serbian
	"января,январь,янв февраля,февраль,фев,февр марта,март,мар апреля,апрель,апр мая,май июня,июнь,июн июля,июль,июл августа,август,авг сентября,сентябрь,сен,сент октября,октябрь,окт ноября,ноябрь,ноя,нояб декабря,декабрь,дек",
	"січня,січень,січ лютого,лютий,лют березня,березень,бер квітня,квітень,квіт,кві травня,травень,трав червня,червень,черв,чер липня,липень,лип серпня,серпень,серп,сер вересня,вересень,вер жовтня,жовтень,жовт,жов листопада,листопад,лист,лис грудня,грудень,груд,гру",
	"студзеня,студзень лютага,люты сакавіка,сакавік красавіка,красавік мая,май чэрвеня,чэрвень ліпеня,ліпень жніўня,жнівень верасня,верасень кастрычніка,кастрычнік лістапада,лістапад снежня,снежань",
	"януари,ян февруари,февр март април май юни юли август септември,септ октомври,окт ноември декември",
	"јануари февруари март април мај јуни јули август септември октомври ноември декември",
	"јануара,јануар фебруара,фебруар марта,март априла,април маја,мај јуна,јун јула,јул августа,август септембра,септембар октобра,октобар новембра,новембар децембра,децембар",
	"қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
	// Greek; Georgian; Armenian
	"ιανουαρίου,ιανουάριος,ιαν φεβρουαρίου,φεβρουάριος,φεβ μαρτίου,μάρτιος,μαρ,μάρ απριλίου,απρίλιος,απρ μαΐου,μαίου,μάιος,μάϊος,μαϊ,μαΐ,μάι ιουνίου,ιούνιος,ιουν,ιούν ιουλίου,ιούλιος,ιουλ,ιούλ αυγούστου,αύγουστος,αυγ,αύγ σεπτεμβρίου,σεπτέμβριος,σεπ,σεπτ οκτωβρίου,οκτώβριος,οκτ νοεμβρίου,νοέμβριος,νοε,νοέ δεκεμβρίου,δεκέμβριος,δεκ",
	"იანვარი,იან თებერვალი,თებ მარტი,მარ აპრილი,აპრ მაისი,მაი ივნისი,ივნ ივლისი,ივლ აგვისტო,აგვ სექტემბერი,სექ ოქტომბერი,ოქტ ნოემბერი,ნოე დეკემბერი,დეკ",
	"հունվարի,հունվար փետրվարի,փետրվար մարտի,մարտ ապրիլի,ապրիլ մայիսի,մայիս հունիսի,հունիս հուլիսի,հուլիս օգոստոսի,օգոստոս սեպտեմբերի,սեպտեմբեր հոկտեմբերի,հոկտեմբեր նոյեմբերի,նոյեմբեր դեկտեմբերի,դեկտեմբեր",
	// Arabic of Egypt and the Gulf, of the Levant (its months of two words are joined before), of the Maghreb; Hebrew
	"يناير فبراير مارس أبريل,ابريل,إبريل مايو يونيو,يونيه يوليو,يوليه أغسطس,اغسطس سبتمبر أكتوبر,اكتوبر نوفمبر ديسمبر",
	"كانونالثاني شباط آذار,اذار نيسان أيار,ايار حزيران تموز آب أيلول,ايلول تشرينالأول,تشرينالاول تشرينالثاني كانونالأول,كانونالاول",
	"جانفي فيفري مارس أفريل,افريل ماي جوان جويلية أوت,اوت سبتمبر أكتوبر نوفمبر ديسمبر",
	"يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر",
	"ינואר,בינואר פברואר,בפברואר מרץ,במרץ,מרס,במרס אפריל,באפריל מאי,במאי יוני,ביוני יולי,ביולי אוגוסט,באוגוסט ספטמבר,בספטמבר אוקטובר,באוקטובר נובמבר,בנובמבר דצמבר,בדצמבר",
	// Persian and Urdu names of the Gregorian months
	"ژانویه,ژانویهٔ فوریه مارس آوریل مه,می ژوئن ژوئیه,جولای اوت,آگوست سپتامبر اکتبر نوامبر دسامبر",
	"جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر",
	// Hindi and Marathi, Bengali, Tamil, Telugu; Thai, with its short forms; Burmese is left out: its news numbers them
	"जनवरी,जन फरवरी,फ़रवरी,फर मार्च अप्रैल मई जून जुलाई अगस्त सितंबर,सितम्बर,सित अक्टूबर,अक्तूबर,अक्टू नवंबर,नवम्बर,नव दिसंबर,दिसम्बर,दिस",
	"जानेवारी फेब्रुवारी मार्च एप्रिल मे जून जुलै ऑगस्ट सप्टेंबर ऑक्टोबर नोव्हेंबर डिसेंबर",
	"জানুয়ারি,জানুয়ারী ফেব্রুয়ারি,ফেব্রুয়ারী মার্চ এপ্রিল মে জুন জুলাই আগস্ট,আগষ্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর",
	"ஜனவரி பிப்ரவரி மார்ச் ஏப்ரல் மே ஜூன் ஜூலை ஆகஸ்ட் செப்டம்பர் அக்டோபர் நவம்பர் டிசம்பர்",
	"జనవరి ఫిబ్రవరి మార్చి ఏప్రిల్ మే జూన్ జులై,జూలై ఆగస్టు సెప్టెంబర్ అక్టోబర్ నవంబర్ డిసెంబర్",
	"มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม",
}

// croatianOctober are the forms by which Croatian means October and Polish, Czech and Ukrainian November.
const croatianOctober = "listopad"

// jalaliForms are the months of the Iranian calendar, Farvardin to Esfand.
const jalaliForms = "فروردین اردیبهشت خرداد تیر مرداد,امرداد شهریور مهر آبان آذر دی بهمن اسفند"

// jalali is what a month of the Iranian calendar has more than one of ours.
const jalali = 100

// monthNumbers finds a month by its form.
var monthNumbers = sync.OnceValue(func() map[string]uint8 {
	months := make(map[string]uint8, 1024)
	add := func(line string, offset uint8) {
		for i, forms := range strings.Fields(line) {
			for form := range strings.SplitSeq(forms, ",") {
				if months[form] == 0 && form != "-" {
					months[form] = uint8(i+1) + offset
				}
				if plain := withoutAccents(form); len(plain) > 3 && months[plain] == 0 {
					months[plain] = uint8(i+1) + offset
				}
			}
		}
	}
	for _, line := range monthForms {
		add(line, 0)
	}
	add(jalaliForms, jalali)
	return months
})

// monthOf returns the month that a lower-case word names, 0 for none; one of the Iranian calendar is above jalali. Capitals lose
// accents and dots in some languages, so a word may lack its own.
func monthOf(word string) int {
	months := monthNumbers()
	if m := months[word]; m > 0 || isASCII(word) {
		return int(m)
	}
	return int(months[withoutAccents(word)])
}

// withoutAccents takes accents off letters, and gives Turkish's dotless i its dot.
func withoutAccents(word string) string {
	if isASCII(word) {
		return word
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == 'ı':
			return 'i'
		case r == 'ς':
			return 'σ'
		case unicode.Is(unicode.Mn, r):
			return -1
		}
		return r
	}, norm.NFD.String(word))
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// publishedWords and modifiedWords begin a line that says when a page was published or last changed, in lower case; the
// latter are asked first: "last published" and "first published" hold the same word.
var (
	publishedWords = []string{
		"published", "posted", "first published", "publication date", "date published", "created", "released", "issued", "originally published", "publish date", "date:", "online:", "submitted", "post time", "post date", "publish time", "release time", "release date", "entry posted",
		"veröffentlicht", "erschienen", "publiziert", "erstellt", "eingestellt", "datum:", "erstellt am", "gepostet", "erstveröffentlichung",
		"publié", "publiée", "mis en ligne", "paru", "posté", "date de publication", "créé le",
		"publicado", "publicada", "publicó", "fecha de publicación", "creado", "fecha:", "publicat",
		"pubblicato", "pubblicata", "data di pubblicazione", "postado", "data da publicação", "data de publicação", "criado em",
		"gepubliceerd", "geplaatst", "geplaatst op", "publicatiedatum",
		"opublikowano", "opublikowany", "opublikowana", "napisano", "napisany", "ukazał się", "zamieszczono", "data publikacji", "dodano", "utworzono", "data dodania",
		"опубликовано", "опубликована", "опубликован", "написано", "написана", "дата публикации", "размещено", "опубліковано", "дата публікації", "створено", "публикувано", "публикувана", "објављено",
		"yayınlanma", "yayınlandı", "yazıldı", "yayın tarihi", "yayımlanma", "giriş tarihi", "giriş:", "oluşturulma", "eklenme", "tarih:", "yayınlama", "yazılma tarihi",
		"نُشر", "نشر", "تاريخ النشر", "نشرت", "منشور", "كتب في", "تم النشر", "تاریخ انتشار", "منتشر", "زمان انتشار", "פורסם", "תאריך פרסום",
		"发布时间", "发布于", "发表于", "时间：", "时间:", "日期", "發布時間", "發佈", "發表", "刊登", "公開日", "公開：", "公開", "掲載日", "投稿日", "配信", "作成日", "登録日", "입력", "등록", "게시", "작성일", "승인", "기사입력", "송고",
		"ημερομηνία έκδοσης", "ημερ. έκδοσης", "ημερομηνία δημοσίευσης", "δημοσίευση", "δημοσιεύθηκε", "δημοσιεύτηκε", "αναρτήθηκε", "ανάρτηση", "πρώτη δημοσίευση",
		"publikováno", "vydáno", "zveřejněno", "vytvořeno", "publikované", "uverejnené", "zverejnené", "vydané", "publikovano", "objavljeno", "objavljena",
		"publicerad", "publicerat", "publisert", "udgivet", "offentliggjort", "opprettet", "oprettet", "julkaistu", "avaldatud", "publicēts", "paskelbta", "birt",
		"megjelent", "közzétéve", "létrehozva", "publicat", "publicată", "data publicării", "postat",
		"đăng ngày", "ngày đăng", "xuất bản", "cập nhật lúc", "diterbitkan", "dipublikasikan", "tayang", "terbit", "diposting", "diterbit", "dikemas",
		"प्रकाशित", "पब्लिश", "प्रकाशन", "প্রকাশ", "প্রকাশিত", "เผยแพร่", "วันที่", "โพสต์",
	}
	modifiedWords = []string{
		"updated", "last updated", "last modified", "modified", "last edited", "edited", "last reviewed", "reviewed", "revised", "last update", "last changed", "last published", "upd",
		"aktualisiert", "zuletzt aktualisiert", "letzte aktualisierung", "geändert", "zuletzt geändert", "letzte änderung", "update", "überarbeitet", "stand:", "stand", "bearbeitet", "letztes update",
		"mis à jour", "mise à jour", "modifié", "modifiée", "actualisé", "dernière mise à jour", "màj",
		"actualizado", "actualizada", "última actualización", "modificado", "actualizat", "última modificación",
		"aggiornato", "aggiornata", "ultimo aggiornamento", "modificato", "ultima modifica", "atualizado", "atualizada", "última atualização", "modificado em",
		"bijgewerkt", "laatst bijgewerkt", "gewijzigd", "laatste update", "laatst gewijzigd", "aangepast",
		"aktualizacja", "zaktualizowano", "ostatnia aktualizacja", "zmodyfikowano", "ostatnia modyfikacja", "data modyfikacji",
		"обновлено", "обновлена", "изменено", "дата обновления", "оновлено", "змінено", "обновен", "обновена", "актуализиран",
		"güncelleme", "güncellenme", "güncellendi", "son güncelleme", "son güncellenme", "değiştirilme",
		"تحديث", "آخر تحديث", "اخر تحديث", "حُدّث", "تم التحديث", "عدلت", "به\u200cروزرسانی", "آخرین بروزرسانی", "بروزرسانی", "עודכן", "עדכון",
		"更新", "更新时间", "更新时間", "最后更新", "最後更新", "最終更新", "更新日", "修改", "修正", "수정", "최종수정", "업데이트", "기사수정",
		"ενημέρωση", "ενημερώθηκε", "τελευταία ενημέρωση", "τροποποιήθηκε",
		"aktualizováno", "aktualizované", "aktualizace", "upraveno", "naposledy aktualizováno", "změněno", "ažurirano", "izmenjeno", "posodobljeno", "atjaunots", "atnaujinta",
		"uppdaterad", "uppdaterat", "senast uppdaterad", "ändrad", "oppdatert", "sist oppdatert", "opdateret", "senest opdateret", "sist endret", "päivitetty", "muokattu", "uuendatud", "uppfært",
		"frissítve", "frissítés", "módosítva", "utolsó frissítés", "actualizat", "ultima actualizare",
		"cập nhật", "cập nhật lần cuối", "diperbarui", "terakhir diperbarui", "diupdate", "dikemaskini", "pembaruan",
		"अपडेटेड", "अपडेट", "अद्यतन", "আপডেট", "হালনাগাদ", "อัปเดต", "ปรับปรุง", "แก้ไข",
	}
)

// A labelIndex finds phrases by their first byte.
type labelIndex struct{ by [256][]string }

// plainPublished and plainModified are the words without accents: capitals lose theirs in Greek, Spanish and French.
var (
	plainPublished = sync.OnceValue(func() *labelIndex { return indexPlain(publishedWords) })
	plainModified  = sync.OnceValue(func() *labelIndex { return indexPlain(modifiedWords) })
)

// plainOther, and the verbs behind dates, are indexed the same way.
var (
	plainWritten         = sync.OnceValue(func() *labelIndex { return indexPlain(writtenWords) })
	plainOther           = sync.OnceValue(func() *labelIndex { return indexPlain(otherDateWords) })
	plainPublishedBehind = sync.OnceValue(func() *labelIndex { return indexPlain(publishedBehind) })
	plainModifiedBehind  = sync.OnceValue(func() *labelIndex { return indexPlain(modifiedBehind) })
)

func indexPlain(words []string) *labelIndex {
	index := &labelIndex{}
	for _, w := range words {
		if w = strings.TrimRight(withoutAccents(w), ":："); w != "" {
			index.by[w[0]] = append(index.by[w[0]], w)
		}
	}
	return index
}

// lastIn returns where the last of the phrases ends that stands in s as words of its own, -1 for none.
func (p *labelIndex) lastIn(s string) int {
	last := -1
	for i := range len(s) {
		if i > 0 && isASCIILetter(s[i-1]) && isASCIILetter(s[i]) {
			continue
		}
		for _, w := range p.by[s[i]] {
			end := i + len(w)
			if end <= last || end > len(s) || s[i:end] != w || end < len(s) && isASCIILetter(s[end]) && isASCIILetter(s[end-1]) {
				continue
			}
			last = end
		}
	}
	return last
}

// firstIn returns where the first of the phrases begins that stands in s as words of its own, -1 for none.
func (p *labelIndex) firstIn(s string) int {
	for i := range len(s) {
		if i > 0 && isASCIILetter(s[i-1]) && isASCIILetter(s[i]) {
			continue
		}
		for _, w := range p.by[s[i]] {
			if end := i + len(w); end <= len(s) && s[i:end] == w && (end == len(s) || !isASCIILetter(s[end])) {
				return i
			}
		}
	}
	return -1
}
