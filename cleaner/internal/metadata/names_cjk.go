package metadata

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// hanLabels are labels within a line of Chinese or Japanese, before the names of reporters in brackets, of translators
// and of interviewers. hanStops mark the end of the names that follow a label.
var (
	hanLabels = []string{"（记者 ", "(记者 ", "（記者 ", "(記者 ", "（记者", "(记者", "（記者", "編譯／", "取材・文 ", "聞き手・", "・文 ", "ライター "}
	hanStops  = []string{
		"来源", "來源", "编辑", "編輯", "责编", "責編", "责任", "責任", "发布", "發布", "时间", "時間", "点击", "點擊", "字号", "字體",
		"分享", "摄影", "攝影", "图/", "圖/", "写真", "撮影", "構成", "編集", "イラスト", "通讯员", "通訊員", "〕", "＝", "）", ")", "/", "｜", "|",
		"丨", "，",
		"。", "：", ":",
	}
)

// hanNames returns the names after a label or before a verb for posting within a line, or nil: "来源：海湾日报 作者：李明 王小红". In
// Chinese, a space separates names. In Japanese, it separates the family name from the given name.
func hanNames(line, language string) []string {
	if name := postedBy(line); name != "" {
		return []string{name}
	}
	for _, word := range phrase.HanAuthors {
		if rest, ok := behindHanLabel(line, word); ok {
			if names := namesUpToStop(rest, language); names != nil {
				return names
			}
		}
	}
	for _, word := range phrase.HanPosters {
		if rest, ok := behindHanLabel(line, word); ok {
			if name := nickname(rest); name != "" {
				return []string{name}
			}
		}
	}
	for _, label := range hanLabels {
		if i := strings.Index(line, label); i >= 0 {
			if names := namesUpToStop(line[i+len(label):], language); names != nil {
				return names
			}
		}
	}
	if strings.HasPrefix(line, "【") { // 【海湾日报记者 李明】
		inside, _, _ := strings.Cut(line, "】")
		return reporterNames(strings.TrimPrefix(inside, "【"), language)
	}
	return reporterNames(line, language)
}

// behindHanLabel returns the text after a label and its punctuation: "作者：", "文 | ", "撰文丨". A label of one character
// must not be the end of a longer word.
func behindHanLabel(line, word string) (rest string, ok bool) {
	i := strings.Index(line, word)
	if i < 0 || len(word) == len("文") && unicode.IsLetter(lastRune(line[:i])) {
		return "", false
	}
	rest = strings.TrimLeft(line[i+len(word):], " \u3000")
	sign := firstRune(rest)
	if !strings.ContainsRune("：:/／|｜丨∣＝=", sign) {
		return "", false
	}
	return rest[utf8.RuneLen(sign):], true
}

// namesUpToStop returns the names of people in a text, up to the first of hanStops.
func namesUpToStop(rest, language string) []string {
	for _, stop := range hanStops {
		if end := strings.Index(rest, stop); end >= 0 {
			rest = rest[:end]
		}
	}
	var names []string
	for part := range strings.FieldsFuncSeq(rest, func(r rune) bool { return isHanSeparator(r, language) }) {
		if part = strings.TrimSpace(cleanName(part)); Classify(part) == Person && text.UnspacedLength(part) > 0 &&
			len(names) < MaxAuthors {
			names = append(names, part)
		}
	}
	return names
}

// nickname returns the name at the start of a text, or "". The name may be that of an account: 海边的K7.
func nickname(rest string) string {
	for _, stop := range hanStops {
		if end := strings.Index(rest, stop); end >= 0 {
			rest = rest[:end]
		}
	}
	fields := strings.Fields(rest)
	if len(fields) == 0 || utf8.RuneCountInString(fields[0]) > maxPoster || text.UnspacedLength(fields[0]) < 2 ||
		phrase.HanLabels.Has(fields[0]) || phrase.AccountNames.Has(fields[0]) || Classify(fields[0]) <= notName {
		return ""
	}
	return fields[0]
}

// signedHan returns the name on a line near the headline if the line has nothing but the name, signs and organizations:
// "■ 李明", "李明（教授）", "山田 太郎", "[山田太郎，海湾社]". A name of two characters must be on a line with a date or a sign.
func signedHan(line string, dated bool) string {
	if text.UnspacedLength(line) < 2 {
		return ""
	}
	const signs = " \u3000■□●◆▲★·[]【】"
	bare := strings.Trim(withoutBrackets(line), signs)
	if len(bare) > maxFiled/2 || text.UnspacedLength(bare) < 2 {
		return ""
	}
	if i := strings.LastIndexAny(bare, "・＝"); i > 0 {
		_, size := utf8.DecodeRuneInString(bare[i:])
		bare = bare[i+size:]
	}
	fields := strings.FieldsFunc(bare, func(r rune) bool { return unicode.IsSpace(r) || r == '，' || r == '、' || r == '/' })
	if len(fields) == 2 && utf8.RuneCountInString(fields[0]) == 2 &&
		strings.Contains(phrase.JapaneseSurnames, fields[0]+" ") && isHanPerson(fields[0]+fields[1]) {
		return bare
	}
	if len(fields) == 0 || !isHanPerson(fields[0]) {
		return ""
	}
	for _, other := range fields[1:] {
		if Classify(other) != organization && !isKatakana(other) {
			return ""
		}
	}
	if !dated && bare == strings.TrimSpace(line) && utf8.RuneCountInString(fields[0]) < 3 {
		return "" // two characters may be the name of a section
	}
	return fields[0]
}

func isKatakana(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Katakana, r) })
}

// postedBy returns the name of the person who posted, as in "由海姑娘张贴" and similar lines of forums, or "" if there is
// none.
func postedBy(line string) string {
	for _, verb := range phrase.HanPosted { // 小海 發表在 海邊
		name, _, ok := strings.Cut(line, verb)
		if name = strings.Trim(name, " \u3000:：·|由"); ok && isPoster(name) && !strings.Contains(name, " ") {
			return name
		}
	}
	if before, _, ok := strings.Cut(line, "阅读("); ok { // posted @ 海上灯塔 阅读(120) 评论(3)
		if fields := strings.Fields(before); len(fields) > 0 && len(fields) <= maxHangulWords && isPoster(lastOf(fields)) {
			return lastOf(fields)
		}
	}
	_, rest, ok := strings.Cut(line, "由")
	if !ok {
		return ""
	}
	for _, verb := range phrase.HanVerbs {
		name, _, ok := strings.Cut(rest, verb)
		if name = strings.Trim(name, " \u3000"); ok && isPoster(name) {
			return name
		}
	}
	return ""
}

// isPoster reports whether the text before a verb for posting can be a name.
func isPoster(name string) bool {
	return name != "" && utf8.RuneCountInString(name) <= maxPoster && !strings.ContainsAny(name, "，。：:、") &&
		!phrase.HanLabels.Has(name) && !strings.ContainsFunc(name, text.IsDigit)
}

// maxPoster is the maximum number of characters in the name of a person who posted.
const maxPoster = 12

// isHanPerson reports whether a word that is alone on a line or next to a date can be a Chinese or Japanese name: a
// frequent Chinese surname and one or two characters, or a frequent Japanese surname of two characters and one to three
// more.
func isHanPerson(s string) bool {
	n := utf8.RuneCountInString(s)
	if japanese := 2 * len("田"); n > 2 && n <= maxHanName+1 && text.UnspacedLength(s) == n &&
		strings.Contains(phrase.JapaneseSurnames, s[:min(japanese, len(s))]+" ") {
		return Classify(s) == Person
	}
	return n >= 2 && n < maxHanName && text.UnspacedLength(s) == n &&
		strings.ContainsRune(phrase.HanSurnames, firstRune(s)) && Classify(s) == Person
}

func isHanSeparator(r rune, language string) bool {
	return unicode.IsSpace(r) && language != "ja" || r == '、' || r == ',' || r == ';' || r == '&'
}

// reporterWords come directly before a reporter's name on a line that says where a report was filed. filedWords also
// occur on lines of this kind.
var (
	reporterWords = []string{"記者", "记者", "实习生", "實習生", "編譯", "编译", "特派員", "特派员"}
	filedWords    = []string{"報導", "报道", "報道", "外電", "外电", "日電", "日电", "電）", "电）"}
)

// maxFiled is the number of bytes after one of reporterWords that are searched for names and for filedWords.
const maxFiled = 90

// reporterNames returns the names in lines such as "記者李明／台北報導" and "（中央社記者李明台北14日電）", and the names after a label that
// only names follow: "海湾日报记者 李明".
func reporterNames(line, language string) []string {
	for _, label := range reporterWords {
		i := strings.Index(line, label)
		if i < 0 {
			continue
		}
		rest := line[i+len(label):]
		if names := spacedReporters(rest); names != nil {
			return names
		}
		filed := rest[:min(len(rest), maxFiled)]
		if !text.ContainsAny(filed, filedWords) {
			if names := onlyHanNames(rest, language); names != nil {
				return names
			}
			continue
		}
		end := strings.IndexFunc(rest, func(r rune) bool {
			return r == '／' || r == '/' || unicode.IsDigit(r) || unicode.IsPunct(r) && r != '、'
		})
		if end < 0 {
			continue
		}
		var names []string
		for part := range strings.FieldsFuncSeq(rest[:end], func(r rune) bool { return isHanSeparator(r, "zh") }) {
			if part = hanName(part); part != "" && len(names) < MaxAuthors {
				names = append(names, part)
			}
		}
		return names
	}
	return nil
}

// spacedReporters returns the names in " 李明 实习记者 王芳 北京报道". The first word that is neither a name nor a label for a
// reporter must be a label for an editor or a photographer, or say where the report was filed.
func spacedReporters(rest string) []string {
	var names []string
	if rest == "" || !unicode.IsSpace(firstRune(rest)) {
		return nil
	}
	for word := range strings.FieldsFuncSeq(rest[:min(len(rest), maxFiled)], func(r rune) bool {
		return unicode.IsSpace(r) || r == '|' || r == '｜' || r == '／' || r == '丨' || r == '、'
	}) {
		switch n := utf8.RuneCountInString(word); {
		case text.ContainsAny(word, reporterWords):
		case text.ContainsAny(word, filedWords), text.ContainsAny(word, []string{"编辑", "編輯", "摄影", "攝影", "责编"}):
			return names
		case n >= 2 && n <= maxHanName && Classify(word) == Person:
			names = append(names, word)
		default:
			return nil
		}
	}
	if len(rest) > maxFiled {
		return nil
	}
	return names
}

// onlyHanNames returns the names in a text that consists of names, with or without credits after them. For other texts
// it returns nil.
func onlyHanNames(rest, language string) []string {
	if len(rest) > maxFiled {
		return nil
	}
	rest = withoutCredits(rest)
	var names []string
	for part := range strings.FieldsFuncSeq(rest, func(r rune) bool { return isHanSeparator(r, language) }) {
		if part = strings.Trim(part, "：:)）]】〕 "); part == "" {
			continue
		}
		if n := utf8.RuneCountInString(part); n < 2 || n > maxHanName || text.UnspacedLength(part) < n-1 ||
			Classify(part) != Person {
			return nil
		}
		names = append(names, part)
	}
	return names
}

// maxHanName is the maximum number of characters of a word that counts as a name without further evidence.
const maxHanName = 4

// twoHanSurnames are Chinese surnames of two characters.
var twoHanSurnames = text.SetOf("歐陽", "欧阳", "司馬", "司马", "諸葛", "诸葛", "上官", "夏侯", "皇甫", "尉遲", "尉迟", "公孫", "公孙", "慕容",
	"令狐", "張簡", "范姜", "司徒", "端木")

// hanName returns the name at the start of a text. The place from which a report was filed may follow without a space.
// If the text begins with a surname of two characters, the name has at most two more characters. Otherwise, if the text
// has more than four characters, the name is the first three of them. hanName returns "" for a text that is too short
// or has other letters.
func hanName(s string) string {
	runes := []rune(strings.TrimSpace(s))
	switch {
	case len(runes) < 2 || text.UnspacedLength(string(runes)) < len(runes):
		return ""
	case twoHanSurnames.Has(string(runes[:2])):
		return string(runes[:min(len(runes), 4)])
	case len(runes) > maxHanName:
		return string(runes[:3])
	}
	return string(runes)
}

// hangulTitles are titles that come after the names of Korean reporters. hangulRanks are ranks that come between a name
// and a title.
var (
	hangulTitles = []string{"기자", "특파원", "논설위원"}
	hangulRanks  = text.SetOf("선임", "전문", "수석", "인턴", "객원", "전문위원", "스포츠", "의학전문")
)

// Limits for a line that names Korean reporters.
const (
	maxHangulLine  = 60 // characters
	maxHangulWords = 4  // spaces before the word for reporter
)

// hangulNames returns the names before the word for reporter on a Korean line: "김하늘·이바다 기자 haneul@gazette.example".
func hangulNames(line string) []string {
	if utf8.RuneCountInString(line) > maxHangulLine {
		// "[해안일보 김하늘 기자] …", "(해안=해안통신) 김하늘 기자 = …"
		end := strings.IndexAny(line, "]】")
		if sign := strings.Index(line, " = "); end < 0 || sign >= 0 && sign < end {
			end = sign
		}
		if end < 0 || utf8.RuneCountInString(line[:end]) > maxHangulLine {
			return nil
		}
		line = line[:end]
	}
	for _, title := range hangulTitles {
		before, after, ok := strings.Cut(line, title)
		if next, _ := utf8.DecodeRuneInString(after); !ok || unicode.Is(unicode.Hangul, next) {
			continue // part of a longer word
		}
		if names := lastHangul(before); names != nil {
			return names
		}
	}
	return nil
}

// lastHangul returns the names at the end of a text, separated by commas, dots or slashes. A rank may follow the final
// name.
func lastHangul(before string) []string {
	if strings.Count(strings.TrimSpace(before), " ") > maxHangulWords {
		return nil
	}
	var names []string
	for {
		before = strings.TrimRight(before, " ")
		start := strings.LastIndexFunc(before, func(r rune) bool { return !unicode.Is(unicode.Hangul, r) })
		if start >= 0 {
			_, size := utf8.DecodeRuneInString(before[start:])
			start += size
		}
		start = max(start, 0)
		name := before[start:]
		before = before[:start]
		if names == nil && hangulRanks.Has(name) {
			continue
		}
		if name = strings.TrimSuffix(name, "선임"); Classify(name) != Person {
			return names
		}
		names = append([]string{name}, names...)
		before = strings.TrimRight(before, " ")
		shorter := strings.TrimRight(before, ",·・/")
		if shorter == before || len(names) == MaxAuthors {
			return names
		}
		before = shorter
	}
}

// maxLead is the maximum number of bytes of a paragraph that are searched for the reporter in the brackets with which
// an agency's text begins: "新华社海湾3月14日电（记者 李明）".
const maxLead = 160

// eastAsianNames returns the names before or after a label within a line, or nil. nameList.add handles other labels.
func eastAsianNames(line, language string) []string {
	if len(line) > maxLead {
		line = line[:maxLead]
	}
	if text.UnspacedLength(line) == 0 {
		return nil
	}
	if names := hanNames(line, language); names != nil {
		return names
	}
	if rest, ok := strings.CutPrefix(line, "글·사진"); ok {
		// "words and pictures by": the credit of one person; in other lines, the dot separates parts
		if name := strings.Trim(rest, " =:"); Classify(name) == Person {
			return []string{name}
		}
	}
	return hangulNames(line)
}
