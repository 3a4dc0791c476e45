package metadata

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// The role of a date depends on the words next to it. Some languages put these words before the date, others after it.
func TestRoleOf(t *testing.T) {
	for _, c := range []struct {
		before, after string
		want          dateRole
	}{
		{"", "", roleUnknown},
		{"On Tuesday, ", " the ferry was late", roleUnknown},
		{"Published on ", "", rolePublished},
		{"This post was written by Ada Pell on ", " and filed", rolePublished},
		{"Last updated: ", "", roleModified},
		{"First published 2 March, updated ", "", roleModified},
		{"Updated 4 March, first published ", "", rolePublished},
		{"Joined: ", "", roleOther},
		{"Join Date: ", "", roleOther},
		{"Joined in May. Posted ", "", rolePublished},
		{"Retrieved ", "", roleOther},
		{"", ". Updated: 7 March", rolePublished},
		{"", ". Updated", roleUnknown},
		{"Dieser Beitrag wurde am ", " von Ada Pell veröffentlicht", rolePublished},
		{"Diese Seite wurde zuletzt am ", " um 11:20 Uhr bearbeitet", roleModified},
		{"Gespeichert von ada am ", "", rolePublished},
		{"Dabei seit ", "", roleOther},
		{"Écrit par Ada Pell le ", "", rolePublished},
		{"Consulté le ", "", roleOther},
		{"Escrito por Ada Pell el ", "", rolePublished},
		{"Miembro desde ", "", roleOther},
		{"Acesso em ", "", roleOther},
		{"Scritto da Ada Pell il ", "", rolePublished},
		{"Iscritto dal ", "", roleOther},
		{"Dit bericht werd op ", " geplaatst", rolePublished},
		{"Deze pagina is op ", " gewijzigd", roleModified},
		{"Lid sinds ", "", roleOther},
		{"Data dostępu: ", "", roleOther},
		{"Дата обращения: ", "", roleOther},
		{"Запись опубликована ", "", rolePublished},
		{"Bu yazı ", " tarihinde yayımlandı", rolePublished},
		{"Bu sayfa ", " tarihinde güncellendi", roleModified},
		{"Üyelik tarihi: ", "", roleOther},
		{"تاريخ التسجيل: ", "", roleOther},
		{"تاريخ النشر: ", "", rolePublished},
		{"[引用日期", "]", roleOther},
		{"日期：", "", rolePublished},
		{"この記事は", "に投稿されました", rolePublished},
		{"このページは", "に更新されました", roleModified},
		{"이 글은 ", "에 작성되었습니다", rolePublished},
		{"가입일 ", "", roleOther},
	} {
		assert.Equal(t, c.want, roleOf(c.before, c.after), "%q %q", c.before, c.after)
	}
}
