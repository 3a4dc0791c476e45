package cleaner

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/dechaff/dechaff/cleaner/internal/judge"
)

// seriesTeam are the members of a team, and what they do.
var seriesTeam = [...][2]string{
	{"Maren Holm", "walks the northern line"},
	{"Iver Stane", "knows which ditch floods first"},
	{"Petra Lund", "draws the maps in ink"},
	{"Oswin Pike", "keeps the boots dry"},
	{"Hester Vane", "reads the tide table"},
	{"Tobin Ash", "rows the party across"},
}

// The boxes of a series are decided alike, although the judge is against one name: not if they are too few, or if the
// box with the name has other parts than the others.
func TestSeries(t *testing.T) {
	for name, c := range map[string]struct {
		count int
		extra string
		kept  bool
	}{
		"a team":      {len(seriesTeam), "", true},
		"two boxes":   {2, "", false},
		"another box": {len(seriesTeam), "<h4>Away until May</h4>", false},
	} {
		t.Run(name, func(t *testing.T) {
			var cards strings.Builder
			last := seriesTeam[c.count-1][0]
			for _, m := range seriesTeam[:c.count] {
				extra := ""
				if m[0] == last {
					extra = c.extra
				}
				fmt.Fprintf(&cards, `<div class=col><div class=card><h3>%s</h3><p>%s</p>%s</div></div>`, m[0], m[1], extra)
			}
			text := cleanJudged(t, fmt.Sprintf(
				`<!doctype html><html lang="en"><title>We measure land</title><body><h1>We measure land</h1>
<p>%s</p><p>%s</p><section class=row>%s</section>`, decideA, decideB, cards.String(),
			), judge.KindService, func(line string) float32 {
				for _, m := range seriesTeam {
					switch {
					case line == last || line == "Away until May" || m[0] == last && line == m[1]:
						return 0.02
					case line == m[0] || line == m[1]:
						return 0.7
					}
				}
				return sureOpinion
			}).Text()
			assert.Contains(t, text, seriesTeam[0][0])
			assert.Equal(t, c.kept, strings.Contains(text, last), text)
		})
	}
}
