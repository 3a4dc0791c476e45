package htmldoc

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// guessSample is how many bytes of a page a guess reads, guessPrefix how much of the page it looks for them in.
const (
	guessSample = 64 << 10
	guessPrefix = 1 << 20
)

// A candidate is an encoding that a page without any declaration may be in, with the characters that text in it is mostly
// made of: the commonest of the script, or the letters with marks of the languages that use the encoding.
// What the sample decodes to is scored by the share of its non-ASCII characters that are among them.
type candidate struct {
	name   string
	common string
	// share is what share of real text is in common: scores are relative to it. 0 means nearly all.
	share float64
	// low to high is a range that is common as a whole.
	low, high rune
}

// Encodings of scripts that leave ASCII for whole words. Order breaks ties.
var scriptCandidates = []candidate{
	{"shift_jis", "のにはをたがでとしてれさいるもなすかっまこんりらくきう", 0.6, 0x3040, 0x30FF},
	{"euc-jp", "のにはをたがでとしてれさいるもなすかっまこんりらくきう", 0.6, 0x3040, 0x30FF},
	{"gbk", "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可", 0.3, 0, 0},
	{"big5", "的一是不了在人有我他這中大來上國個到說們為子和你地出道也時年得就那要下以生會自著去之過家學對可", 0.3, 0, 0},
	{"euc-kr", "이다는에을의가고하지도한로사은기자서리들나시대있인어그아해정", 0.6, 0xAC00, 0xD7A3},
	{"windows-1251", "оеаинтсрвлкмдпуяыьгзбчйхжш", 0, 0, 0},
	{"koi8-r", "оеаинтсрвлкмдпуяыьгзбчйхжш", 0, 0, 0},
	{"iso-8859-5", "оеаинтсрвлкмдпуяыьгзбчйхжш", 0, 0, 0},
	{"ibm866", "оеаинтсрвлкмдпуяыьгзбчйхжш", 0, 0, 0},
	{"windows-1253", "αοιετσνηρκπμλυςδωγάίόέήχθφβύώ", 0, 0, 0},
	{"iso-8859-7", "αοιετσνηρκπμλυςδωγάίόέήχθφβύώ", 0, 0, 0},
	{"windows-1255", "יוהלארתבשמנדקעחםפכגצ", 0, 0, 0},
	{"windows-1256", "اليمنورتبةعدسفهكقأحجشطصخىذإضزثئءغظؤ", 0, 0, 0},
	{"windows-874", "านรอกเงมยลวดทสตะปบคหแจพชขใไโผซถ่้ิีึืุู็์ั", 0, 0, 0},
}

// Encodings of Latin script, where only letters with marks are beyond ASCII.
var latinCandidates = []candidate{
	{"windows-1252", "éèàùâêîôûçëïäöüßñáíóúãõåæøÉÈÀÇÄÖÜÅÆØÁÍÓÚÑòìœ’‘“”–—«»…€°º", 0, 0, 0},
	{"windows-1250", "ąćęłńóśźżčďěňřšťůžýáíéőűúöüäșțăĄĆĘŁŃÓŚŹŻČŘŠŽľĺŕđ„”“’–—", 0, 0, 0},
	{"iso-8859-2", "ąćęłńóśźżčďěňřšťůžýáíéőűúöüäăĄĆĘŁŃÓŚŹŻČŘŠŽľĺŕđ", 0, 0, 0},
	{"windows-1254", "ğışçöüâîûİŞĞÇÖÜ’“”–—", 0, 0, 0},
	{"windows-1257", "āčēģīķļņšūžąęėįųĀČĒĢĪŠŪŽõäöü„“”’–—", 0, 0, 0},
}

// guess names the encoding that the bytes are most likely in.
func guess(b []byte) string {
	if order := utf16Order(b); order != "" {
		return order
	}
	if bytes.Contains(b, []byte("\x1B$B")) || bytes.Contains(b, []byte("\x1B$@")) {
		return "iso-2022-jp"
	}
	sample, paired := sampleHighBytes(b)
	if len(sample) == 0 {
		return utf8Name
	}
	candidates := latinCandidates
	if paired {
		candidates = scriptCandidates
	}
	best, bestScore := "windows-1252", 0.05
	for _, c := range candidates {
		if score := c.score(sample); score > bestScore {
			best, bestScore = c.name, score
		}
	}
	return best
}

// sampleHighBytes returns the stretches of the page around its bytes beyond ASCII, and whether those mostly stand beside each
// other, as they do where a whole script is beyond ASCII, and do not in Latin script.
func sampleHighBytes(b []byte) (sample []byte, paired bool) {
	b = b[:min(len(b), guessPrefix)]
	high, pairs := 0, 0
	for i, c := range b {
		if c < utf8.RuneSelf {
			// A double byte's second half may be ASCII: keep what follows a high byte, and white space.
			if i > 0 && b[i-1] >= utf8.RuneSelf || c == ' ' {
				sample = append(sample, c)
			}
			continue
		}
		high++
		if i > 0 && b[i-1] >= utf8.RuneSelf {
			pairs++
		}
		if sample = append(sample, c); len(sample) >= guessSample {
			break
		}
	}
	return sample, 10*pairs > 4*high
}

// score is the share of the non-ASCII characters that are common in the candidate's languages; 0 where
// the sample is not valid in its encoding.
func (c candidate) score(sample []byte) float64 {
	text := decodeAs(sample, c.name)
	all, common, bad := 0, 0, 0
	for _, r := range string(text) {
		if r < utf8.RuneSelf {
			continue
		}
		all++
		switch {
		case r == utf8.RuneError || r >= 0xE000 && r <= 0xF8FF || r >= 0x80 && r < 0xA0:
			bad++
		case r >= 0x2500 && r <= 0x259F: // box drawing: what other encodings' bytes look like in IBM's
			bad++
		case r >= 0xFF61 && r <= 0xFF9F: // half-width kana: what other encodings' bytes look like in Shift_JIS
			bad++
		case strings.ContainsRune(c.common, r):
			common++
		case c.high > 0 && r >= c.low && r <= c.high:
			common++
		}
	}
	if all == 0 || 50*bad > all {
		return 0
	}
	score := float64(common) / float64(all)
	if c.share > 0 {
		score = min(score/c.share, 1)
	}
	return score
}
