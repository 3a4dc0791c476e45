package phrase

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// Each test of a line recognizes the first lines and leaves the others to the text.
func TestLinesAroundTheText(t *testing.T) {
	for _, test := range []struct {
		name      string
		is        func(string) bool
		yes, nope []string
	}{
		{"footer", IsFooter, []string{"Privacy policy", "• Impressum", "お問い合わせ"}, []string{"The privacy of hens", ""}},
		{
			"breadcrumb", IsBreadcrumb,
			[]string{"Home > News", "Accueil » Port » Le bac est de retour après trois semaines en cale sèche", "首页 > 新闻 > 港口"},
			[]string{"Home > sweet home is written over the door", "Home", "News > Harbour", "Home / away / draw.", "Home >"},
		},
		{
			"tags", IsTags,
			[]string{"Tags: ferry, harbour", "Schlagwörter: Fähre", "标签：渡轮，港口"},
			[]string{"Tags of paper keep the crust from burning.", "Tags:", "Tags: they keep the crust of the cake from burning", "Topics: fog."},
		},
		{
			"feed", IsFeedNotice,
			[]string{"The post Late again appeared first on The Gazette.", "L’article Le bac est apparu en premier sur La Gazette."},
			[]string{"The post was late again.", "Her poem appeared first on a wall."},
		},
		{
			"consent", IsConsent,
			[]string{"We use cookies to remember you.", "Käytämme evästeitä parantaaksemme käyttökokemustasi."},
			[]string{"The cook uses cookies as bait."},
		},
		{
			"end mark", IsEndMark,
			[]string{"###", "# # #", "- 30 -", "انتهای پیام/", "انتهای پیام/۲۴۳"},
			[]string{"30", "#", "* * *", "30-", "انتهای پیام رئیس جمهور به مردم منطقه خوانده شد"},
		},
		{"related label", IsRelatedLabel, []string{"Related", "RELATED"}, []string{"Related to the mayor", ""}},
	} {
		for _, line := range test.yes {
			assert.True(t, test.is(line), "%s: %s", test.name, line)
		}
		for _, line := range test.nope {
			assert.False(t, test.is(line), "%s: %s", test.name, line)
		}
	}
}
