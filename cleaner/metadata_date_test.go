package cleaner

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/dechaff/dechaff/cleaner/internal/dates"
	"github.com/dechaff/dechaff/cleaner/internal/metadata"
)

func TestParseDate(t *testing.T) {
	for _, c := range []struct{ value, want string }{
		// ISO 8601 and what is sold as it
		{"2026-03-14", "2026-03-14"},
		{" 2026-03-14\n", "2026-03-14"},
		{"20260314", "2026-03-14"},
		{"2026-03-14T06:12:00Z", "2026-03-14T06:12:00Z"},
		{"2026-03-14T06:12:00.123+05:30", "2026-03-14T06:12:00+05:30"},
		{"2026-03-14T06:12:00+0530", "2026-03-14T06:12:00+05:30"},
		{"2026-03-14T06:12:00-08", "2026-03-14T06:12:00-08:00"},
		{"2026-03-14T06:12+01:00", "2026-03-14T06:12:00+01:00"},
		{"2026-03-14T06:12", "2026-03-14T06:12:00"},
		{"2026-03-14 06:12:00", "2026-03-14T06:12:00"},
		{"2026-03-14 06:12", "2026-03-14T06:12:00"},
		{"2026-03-14 06:12:00 +0100", "2026-03-14T06:12:00+01:00"},
		{"20260314T061200", "2026-03-14T06:12:00"},
		{"2026-03-14 in the morning", "2026-03-14"},
		{"2026-03-14T25:61:00", "2026-03-14"},
		// servers and programming languages
		{"Sat, 14 Mar 2026 06:12:00 GMT", "2026-03-14T06:12:00Z"},
		{"Sat, 14 Mar 2026 06:12:00 +0100", "2026-03-14T06:12:00+01:00"},
		{"Sat, 4 Apr 2026 06:12:00 +0100", "2026-04-04T06:12:00+01:00"},
		{"Saturday, 14-Mar-26 06:12:00 UTC", "2026-03-14T06:12:00Z"},
		{"Sat Mar 14 06:12:00 2026", "2026-03-14T06:12:00"},
		{"Sat Mar 14 06:12:00 UTC 2026", "2026-03-14T06:12:00Z"},
		{"Sat Mar 14 2026 06:12:00 GMT+0100 (CET)", "2026-03-14T06:12:00+01:00"},
		{"1773468720", "2026-03-14T06:12:00Z"},
		{"1773468720000", "2026-03-14T06:12:00Z"},
		// numbers
		{"14.03.2026", "2026-03-14"},
		{"14. 3. 2026", "2026-03-14"},
		{"14/03/2026", "2026-03-14"},
		{"14-03-2026", "2026-03-14"},
		{"2026/3/14", "2026-03-14"},
		{"2026.03.14", "2026-03-14"},
		{"2026. 3. 14.", "2026-03-14"},
		{"14.03.26, 06:12 Uhr", "2026-03-14T06:12:00"},
		{"06:12 14.03.2026", "2026-03-14T06:12:00"},
		{"06:12:30 Uhr, 14. März 2026", "2026-03-14"},
		{"１４／０３／２０２６", "2026-03-14"},
		// words, in the languages that the rules know
		{"Saturday, March 14th, 2026 at 6:12 am", "2026-03-14T06:12:00"},
		{"March 14, 2026 6:12 p.m. EST", "2026-03-14T18:12:00-05:00"},
		{"14 Mar 2026", "2026-03-14"},
		{"Sept. 4, 2026", "2026-09-04"},
		{"Samstag, 14. März 2026, 6:12 Uhr", "2026-03-14T06:12:00"},
		{"1er août 2026", "2026-08-01"},
		{"samedi 14 février 2026 à 6h12", "2026-02-14T06:12:00"},
		{"14 de diciembre de 2026", "2026-12-14"},
		{"14 de março de 2026", "2026-03-14"},
		{"14 gennaio 2026", "2026-01-14"},
		{"14 mei 2026", "2026-05-14"},
		{"14 października 2026", "2026-10-14"},
		{"14 мая 2026 г.", "2026-05-14"},
		{"14 Ağustos 2026", "2026-08-14"},
		{"١٤ أكتوبر ٢٠٢٦", "2026-10-14"},
		{"۱۴ مارس ۲۰۲۶", "2026-03-14"},
		{"14 كانون الثاني 2026", "2026-01-14"},
		{"١٤ تشرين الأول/أكتوبر ٢٠٢٦", "2026-10-14"},
		{"2026年3月14日（土）", "2026-03-14"},
		{"2026年03月14日 06:12", "2026-03-14T06:12:00"},
		{"2026年3月14日 下午6:12", "2026-03-14T18:12:00"},
		{"令和8年3月14日", "2026-03-14"},
		{"民國115年3月14日", "2026-03-14"},
		{"2026년 3월 14일", "2026-03-14"},
		{"2026, March 14", "2026-03-14"},
		{"Updated: March 14, 2026", "2026-03-14"},
		// in other languages
		{"14 Μαρτίου 2026, 06:12", "2026-03-14T06:12:00"},
		{"14 ΜΑΡΤΙΟΥ 2026", "2026-03-14"},
		{"14. března 2026", "2026-03-14"},
		{"14 березня 2026 року", "2026-03-14"},
		{"14. maaliskuuta 2026", "2026-03-14"},
		{"den 14 mars 2026", "2026-03-14"},
		{"14. mars 2026 kl. 06:12", "2026-03-14T06:12:00"},
		{"2026. március 14.", "2026-03-14"},
		{"14 martie 2026", "2026-03-14"},
		{"ngày 14 tháng 3 năm 2026", "2026-03-14"},
		{"Sabtu, 14 Maret 2026 06:12 WIB", "2026-03-14T06:12:00+07:00"},
		{"14 मार्च 2026", "2026-03-14"},
		{"১৪ মার্চ ২০২৬", "2026-03-14"},
		{"14 มีนาคม 2569", "2026-03-14"},
		{"14 במרץ 2026", "2026-03-14"},
		{"۲۳ اسفند ۱۴۰۴", "2026-03-14"},
		{"1404/12/23", "2026-03-14"},
		{"2026. gada 14. marts", "2026-03-14"},
		{"2026 m. kovo 14 d.", "2026-03-14"},
		{"14 MART 2026", "2026-03-14"},
		{"14 KASIM 2026", "2026-11-14"},
		{"mar 10 dic 2026", "2026-12-10"},
		{"14 listopada 2026", "2026-11-14"},
		// no dates
		{"", ""},
		{"soon", ""},
		{"March", ""},
		{"March 2026", ""},
		{"14 March", ""},
		{"13/32/2026", ""},
		{"31.04.2026", ""},
		{"29 February 2026", ""},
		{"0001-01-01T00:00:00", ""},
		{"1970-01-01T00:00:00Z", ""},
		{"9999-12-31", ""},
		{"0000-00-00 00:00:00", ""},
		{"12:30:45", ""},
		{"1 year 2 months ago", ""},
		{"192.168.10.1", ""},
		{"+1 202 555 0114", ""},
		{"\x00\xff", ""},
	} {
		t.Run(c.value, func(t *testing.T) {
			d, ok := dates.Parse(c.value, dates.Style{})
			assert.Equal(t, c.want, d.String())
			assert.Equal(t, c.want != "", ok)
		})
	}
}

// Each language has all its months, and no month's name begins that of another.
func TestMonthNames(t *testing.T) {
	for _, year := range []string{
		"January February March April May June July August September October November December",
		"Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
		"Jänner Feber März April Mai Juni Juli August September Oktober November Dezember",
		"janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
		"enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
		"janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
		"gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
		"januari februari maart april mei juni juli augustus september oktober november december",
		"stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
		"января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
		"Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου Οκτωβρίου Νοεμβρίου Δεκεμβρίου",
		"ledna února března dubna května června července srpna září října listopadu prosince",
		"січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
		"tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta",
		"január február március április május június július augusztus szeptember október november december",
		"ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
		"Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
		"जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर",
		"มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม",
		"ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר",
		"ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر",
		"OCAK ŞUBAT MART NİSAN MAYIS HAZİRAN TEMMUZ AĞUSTOS EYLÜL EKİM KASIM ARALIK",
		"ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
		"يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
	} {
		for i, word := range strings.Fields(strings.ToLower(year)) {
			assert.Equal(t, i+1, dates.MonthOf(word), word)
		}
	}
	for _, word := range []string{"", "clock", "monday", "uhr", "update", "um", "die", "ferry", "年", "월"} {
		assert.Zero(t, dates.MonthOf(word), word)
	}
}

func TestDateOrder(t *testing.T) {
	for lang, monthFirst := range map[string]bool{
		"en-US": true, "en_us": true, "en": true, "": true, "en-GB": false, "en-AU": false, "de": false, "fr-CA": false, "ar": false,
	} {
		d, ok := dates.Parse("3/4/2026", metadata.DateStyleOf(lang))
		assert.True(t, ok)
		want := "2026-04-03"
		if monthFirst {
			want = "2026-03-04"
		}
		assert.Equal(t, want, d.String(), lang)
	}
}

// What the words beside a date say of it, in the languages that put them before it and in those that put them behind it.
func TestRoleOf(t *testing.T) {
	for _, c := range []struct {
		before, after string
		want          byte
	}{
		{"", "", 0},
		{"On Tuesday, ", " the ferry was late", 0},
		{"Published on ", "", 'p'},
		{"This post was written by Ada Pell on ", " and filed", 'p'},
		{"Last updated: ", "", 'm'},
		{"First published 2 March, updated ", "", 'm'},
		{"Updated 4 March, first published ", "", 'p'},
		{"Joined: ", "", 'o'},
		{"Join Date: ", "", 'o'},
		{"Joined in May. Posted ", "", 'p'},
		{"Retrieved ", "", 'o'},
		{"", ". Updated: 7 March", 'p'},
		{"", ". Updated", 0},
		{"Dieser Beitrag wurde am ", " von Ada Pell veröffentlicht", 'p'},
		{"Diese Seite wurde zuletzt am ", " um 11:20 Uhr bearbeitet", 'm'},
		{"Gespeichert von ada am ", "", 'p'},
		{"Dabei seit ", "", 'o'},
		{"Écrit par Ada Pell le ", "", 'p'},
		{"Consulté le ", "", 'o'},
		{"Escrito por Ada Pell el ", "", 'p'},
		{"Miembro desde ", "", 'o'},
		{"Acesso em ", "", 'o'},
		{"Scritto da Ada Pell il ", "", 'p'},
		{"Iscritto dal ", "", 'o'},
		{"Dit bericht werd op ", " geplaatst", 'p'},
		{"Deze pagina is op ", " gewijzigd", 'm'},
		{"Lid sinds ", "", 'o'},
		{"Data dostępu: ", "", 'o'},
		{"Дата обращения: ", "", 'o'},
		{"Запись опубликована ", "", 'p'},
		{"Bu yazı ", " tarihinde yayımlandı", 'p'},
		{"Bu sayfa ", " tarihinde güncellendi", 'm'},
		{"Üyelik tarihi: ", "", 'o'},
		{"تاريخ التسجيل: ", "", 'o'},
		{"تاريخ النشر: ", "", 'p'},
		{"[引用日期", "]", 'o'},
		{"日期：", "", 'p'},
		{"この記事は", "に投稿されました", 'p'},
		{"このページは", "に更新されました", 'm'},
		{"이 글은 ", "에 작성되었습니다", 'p'},
		{"가입일 ", "", 'o'},
	} {
		assert.Equal(t, string(c.want), string(metadata.RoleOf(c.before, c.after)), "%q %q", c.before, c.after)
	}
}

func TestLeadingName(t *testing.T) {
	for text, want := range map[string]string{
		"Ada Pell and filed under Ferries":  "Ada Pell",
		"Ada van der Pell on":               "Ada van der Pell",
		"Ada Pell veröffentlicht.":          "Ada Pell",
		"A. J. Pell. It was late":           "A. J. Pell",
		"Ada Pell, who counted the hens":    "Ada Pell",
		"the harbour master":                "",
		"":                                  "",
		"Élodie d'Arc le matin":             "Élodie d'Arc",
		"Ada Pell und Bo Ek am Dienstag ab": "Ada Pell und Bo Ek",
	} {
		assert.Equal(t, want, metadata.LeadingName(text), text)
	}
}
