package metadata

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// splitNames returns the names of the most reliable class in the given values.
func splitNames(values []string, site SiteNames) []string {
	n := namesOf(values, site)
	return n.best()
}

func TestSplitNames(t *testing.T) {
	for _, c := range []struct {
		name, value string
		want        []string
	}{
		{"one", "Ada Pell", []string{"Ada Pell"}},
		{"English", "Written by Ada Pell, Bo Ek and Cy Orr", []string{"Ada Pell", "Bo Ek", "Cy Orr"}},
		{"English, in capitals", "BY ADA PELL & BO EK", []string{"ADA PELL", "BO EK"}},
		{"French", "Propos recueillis par Solène de la Tour et Yves Brun", []string{"Solène de la Tour", "Yves Brun"}},
		{"German", "Ein Gastbeitrag von Ada Pell und Bo Ek", []string{"Ada Pell", "Bo Ek"}},
		{"German nobility", "Von Eva von Ahrens", []string{"Eva von Ahrens"}},
		{"Spanish", "Por Eudocia Pabón y Nelson Arboleda", []string{"Eudocia Pabón", "Nelson Arboleda"}},
		{"Italian", "A cura di Pia Conti e Ugo Neri", []string{"Pia Conti", "Ugo Neri"}},
		{"Dutch", "Door Jan de Wit en Eef Bos", []string{"Jan de Wit", "Eef Bos"}},
		{"Polish", "Autor: Jan Kruk i Ewa Lis", []string{"Jan Kruk", "Ewa Lis"}},
		{"Russian", "Автор: Анна Белова и Пётр Лунин", []string{"Анна Белова", "Пётр Лунин"}},
		{"Turkish", "Yazan: Ali Kaya ve Su Deniz", []string{"Ali Kaya", "Su Deniz"}},
		{"Arabic", "كتب: سلمى الحداد ونادر صالح", []string{"سلمى الحداد", "نادر صالح"}},
		{"Chinese", "作者：李明、王小红", []string{"李明", "王小红"}},
		{"Japanese", "文：水島かおり", []string{"水島かおり"}},
		{"Korean", "글: 김하늘", []string{"김하늘"}},
		{"a longer word", "Byron Ek", []string{"Byron Ek"}},
		{"markup and entities", "By <b>Ada&nbsp;Pell</b>&amp; Bo Ek", []string{"Ada Pell", "Bo Ek"}},
		{"twice", "Ada Pell, ada pell", []string{"Ada Pell"}},
		{"signs at the ends", "• Ada Pell. –", []string{"Ada Pell"}},
		{"an account", "admin", nil},
		{"an account of the site", "Administrator", nil},
		{"an address", "https://network.example/ada", nil},
		{"a mail address", "ada@gazette.example", nil},
		{"a handle", "@ada", nil},
		{"a number", "user1234", nil},
		{"the site", "The Gazette", []string{"The Gazette"}},
		{"the site and a person", "Ada Pell, the gazette", []string{"Ada Pell"}},
		{"a sentence", "Ada Pell has lived in this harbour for more years than she can count", nil},
		{"nothing but signs", "– • –", nil},
		{"nothing", "", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, c.want, splitNames([]string{c.value}, SiteNames{Folded: []string{text.FoldLetters("The Gazette")}}))
		})
	}
	assert.Len(t, splitNames([]string{strings.Repeat("a", 3) + strings.Join(strings.Split("bcdefghijklmnopqrstuvwxyz", ""), ",x")}, SiteNames{}), 16, "a bounded list")
}
