package phrase

import (
	"math/bits"
	"strings"
	"sync"
)

// MaxLatinLanguages is the largest possible number of languages in LatinWords, because each language is one bit of a
// set. MaxLatinWord is the maximum length of a word in LatinWords, in bytes.
const (
	MaxLatinLanguages = 64
	MaxLatinWord      = 12
)

// LatinWords lists, by language, short words that are frequent in that language. The lists of similar languages have
// many words in common.
var LatinWords = []struct{ Language, words string }{
	{"en", "the and of to is was that with for from this are have has were which their they been would what when there"},
	{"fr", "le les des du une est dans pour que qui sur pas avec plus par ce cette sont ont été aux mais nous leur"},
	{"de", "der die das und ist nicht mit den von auf für eine ein dem sich auch wird bei nach wurde haben zum zur über"},
	{"es", "el los las del una que en por con para su como más pero fue este esta también entre cuando desde muy ser"},
	{"it", "il gli della che di per non una con sono del nel alla più anche dalla dei delle questo come essere stato ha"},
	{"pt", "os das dos uma não com para que em por mais como foi ao pela pelo também são ser entre tem isso ele"},
	{"ca", "els les amb una que per són dels aquest aquesta també més però ha entre seva seu sobre fins quan"},
	{"gl", "unha non dos coa polo pola máis tamén foi dende ata este esta pero ao súa seu"},
	{"ro", "și în nu care este pentru din cu mai au fost prin după această acest sunt sau dar până lor"},
	{"nl", "het een van en is dat niet op te zijn voor met aan ook door bij naar wordt heeft maar uit deze werd"},
	{"af", "die en van is nie het vir met wat dat op te sal ook deur hulle kan was daar"},
	{"sv", "och att det som en är på för med av till inte den har om ett men var från kan när eller efter"},
	{"no", "og det som en er på for med av til ikke den har om et men var fra kan når eller etter ble hun jeg hadde vært sier mye noen ut mot"},
	{"da", "og det som en er på for med af til ikke den har om et men var fra kan når eller efter blev hun jeg havde været siger meget nogle ud mod"},
	{"is", "og að er sem ekki með það fyrir þess var til hefur þeir við eru frá hann um en"},
	{"fi", "ja on ei että se oli mutta myös kun ovat hän joka tai mukaan sekä jos vain ole olisi"},
	{"et", "ja on ei et see oli kui ka aga ning või mis selle tema pole olid mida"},
	{"lv", "un ir ka no par uz ar bet arī tas nav pie bija viņš lai gan kas"},
	{"lt", "ir yra kad iš su bet tai buvo nuo dėl kaip jis apie taip pat metu"},
	{"pl", "i w nie się na że do jest z to jak ale po przez od był tym oraz dla są jego tego"},
	{"cs", "a v se na je že s z do to jako ale po pro byl který při které jsou nebo také aby již"},
	{"sk", "a v sa na je že s z do to ako ale po pre bol ktorý pri ktoré sú alebo aj aby už"},
	{"hu", "a az és hogy nem is egy meg volt ez de csak már mint kell után vagy még azt aki"},
	{"hr", "i u je se na da su za od to kao ali po nije koji s iz će biti sve što bi nitko prije poslije gdje tko također vrijeme svijet tijekom ovdje eura"},
	{"sr", "i u je se na da su za od to kao ali po nije koji sa iz će biti sve što bi niko pre posle gde ko šta takođe vreme svet tokom ovde evra"},
	{"sl", "in je se na da so za od to kot ali po ni ki z iz bo biti vse kar bi tudi pri"},
	{"sq", "dhe të në për me nga një që është ka janë por si kjo ky më duke pas"},
	{"tr", "ve bir bu da de için ile olarak çok daha olan gibi sonra kadar ancak var ama ne olduğu"},
	{"az", "və bir bu da də üçün ilə olan olaraq edib bildirib kimi sonra"},
	{"vi", "và của là có được cho không trong một các những với người này đã khi từ để"},
	{"id", "yang dan di itu dengan untuk tidak dari dalam akan pada ini adalah juga ke oleh telah mereka bahwa karena bisa"},
	{"ms", "yang dan di itu dengan untuk tidak dari dalam akan pada ini ialah juga ke oleh telah mereka kata beliau bahawa kerana boleh daripada tiada sehingga"},
	{"fil", "ang ng sa na mga at ay ni para kay hindi ito niya siya nang may"},
	{"sw", "ya na wa kwa ni katika za la kuwa hii cha lakini hiyo alisema pia"},
	{"so", "oo iyo ka ku ee waa la uu ay in si ayaa waxaa soo"},
	{"eu", "eta da ez bat du dira dute baina izan ere bere den egin"},
	{"mt", "li ta u tal ma fil għal minn kien dan din"},
	{"ht", "nan ak yon ki pou yo se te li sou"},
	{"cy", "yn y yr ar o gan wedi mae ei ac bod"},
	{"ga", "an na agus ar go bhí sé leis atá"},
}

// LatinWordIndex maps a word to a bit set of the languages in which it is frequent. Bit i stands for LatinWords[i].
// Words of one letter are absent.
var LatinWordIndex = sync.OnceValue(func() map[string]uint64 {
	index := make(map[string]uint64, 1024)
	for i, l := range LatinWords {
		for word := range strings.FieldsSeq(l.words) {
			if len(word) > 1 { // a single letter is an initial or a size
				index[word] |= 1 << i
			}
		}
	}
	return index
})

// TrailingBit returns the index of the lowest bit that is set, or 64 for an empty set.
func TrailingBit(set uint64) int { return bits.TrailingZeros64(set) }
