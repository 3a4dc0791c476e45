package metadata

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// The role of a date depends on the words next to it. Some languages put these words before the date, others after it.
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
		assert.Equal(t, string(c.want), string(roleOf(c.before, c.after)), "%q %q", c.before, c.after)
	}
}
