package phrase

import (
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// WithoutSaying returns a reader's name without the words that may follow it above a comment: "Ada Pell" for "Ada Pell
// says:", "Ada Pell said..." and "Ada Pell a écrit :". Other lines are returned as they are.
func WithoutSaying(line string) string {
	name := strings.TrimRight(line, " \u00A0:：.…")
	last := name[strings.LastIndexAny(name, " \u00A0")+1:]
	if len(last) == len(name) || !sayings.Has(strings.ToLower(last)) {
		return line
	}
	name = strings.TrimSuffix(name, last)
	for _, auxiliary := range [...]string{" a", " ha", " has", " hat"} {
		name = strings.TrimSuffix(strings.TrimRight(name, " \u00A0"), auxiliary)
	}
	return name
}

// sayings are the words in lower case.
var sayings = text.SetOf(
	"says", "said", "wrote", "writes", "commented", "replied", "responded",
	"sagt", "sagte", "schrieb", "schreibt", "meint", "meinte", "kommentierte",
	"dit", "écrit", "dice", "dijo", "escribió", "comentó", "scrive", "scritto", "detto", "disse", "diz", "escreveu",
	"zegt", "schreef", "zei", "säger", "skrev", "sier", "siger", "sagde", "sanoo", "kirjoitti", "sanoi",
	"pisze", "napisał", "napisała", "říká", "napsal", "napsala", "hovorí", "mondta", "írta", "spune", "kaže", "pravi",
	"пишет", "написал", "написала", "говорит", "сказал", "каже", "каза", "λέει", "diyor", "dedi", "yazdı", "nói",
	"berkata", "يقول", "قال", "אומר", "より", "说道", "說道",
)
