package metadata

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// hanStops mark the end of the names that follow a label for an author or a reporter, within a line of Chinese or
// Japanese. hanLabels are other labels.
var (
	hanLabels = []string{"編譯／", "取材・文 ", "聞き手・", "・文 ", "ライター "}
	hanStops  = []string{
		"来源", "來源", "编辑", "編輯", "责编", "責編", "责任", "責任", "发布", "發布", "时间", "時間", "点击", "點擊", "字号", "字體",
		"分享", "摄影", "攝影", "图/", "圖/", "写真", "撮影", "構成", "編集", "イラスト", "通讯员", "通訊員", "〕", "】", "＝", "│",
		"）", ")", "/", "｜", "|",
		"丨", "，",
		"。",
	}
)

// hanNames returns the names after a label within a line: "来源：海湾日报 作者：李明 王小红". In Chinese, a space separates names. In
// Japanese, it separates the family name from the given name.
func hanNames(line, language string) []string {
	if name := postedBy(line); name != "" {
		return []string{name}
	}
	if prefix := byPrefix(line); prefix != "" && prefix[0] < utf8.RuneSelf { // posted by 海猫 at 10:30
		if name := nickname(line[len(prefix):]); name != "" {
			return []string{name}
		}
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
		if names := reporterNames(strings.TrimPrefix(inside, "【"), language); names != nil {
			return names
		}
	}
	if names := reporterNames(line, language); names != nil {
		return names
	}
	if names := namesBesideLabel(line); names != nil {
		return names
	}
	for _, label := range [...]string{"/文", "／文", "|文", "｜文"} { // 李明/文
		if before, ok := strings.CutSuffix(strings.TrimSpace(line), label); ok {
			if fields := strings.Fields(before); len(fields) > 0 {
				return namesUpToStop(lastOf(fields), language)
			}
		}
	}
	return nil
}

// namesBesideLabel returns the names after a label that only a space separates from them: "作者 李明 日期 2026-03-14".
func namesBesideLabel(line string) []string {
	var names []string
	labeled := false
	for word := range strings.FieldsSeq(line) {
		switch n := utf8.RuneCountInString(word); {
		case names == nil && n > 1 && slices.Contains(phrase.HanAuthors, word):
			labeled = true
		case labeled && n > 1 && n <= maxHanName && text.UnspacedLength(word) == n && Classify(word) == Person:
			names = append(names, word)
		case labeled:
			return names
		}
	}
	return names
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
	if !strings.ContainsRune("：:/／|｜丨∣＝=●■◎", sign) {
		return "", false
	}
	return rest[utf8.RuneLen(sign):], true
}

// upToStop returns the start of a text, up to a word that ends a list of names. A word before a colon is the next
// label, whatever it means: in "李明 稿源：海湾社", the name ends before "稿源".
func upToStop(rest string) string {
	for _, stop := range hanStops {
		if end := strings.Index(rest, stop); end >= 0 {
			rest = rest[:end]
		}
	}
	for i, r := range rest {
		if (r == '：' || r == ':') && unicode.IsLetter(lastRune(rest[:i])) {
			return rest[:max(strings.LastIndexFunc(rest[:i], unicode.IsSpace), 0)]
		}
	}
	return rest
}

// namesUpToStop returns the names at the start of a text.
func namesUpToStop(rest, language string) []string {
	rest = upToStop(rest)
	if language != "ja" {
		rest = joinHanNames(rest)
	}
	var names []string
	for part := range strings.FieldsFuncSeq(rest, func(r rune) bool { return isHanSeparator(r, language) }) {
		if names != nil && text.ContainsAny(part, filedWords) {
			break // the place from which the report was filed
		}
		if part = strings.TrimSpace(cleanName(part)); Classify(part) == Person && text.UnspacedLength(part) > 0 &&
			len(names) < MaxAuthors {
			names = append(names, part)
		}
	}
	return names
}

// joinHanNames removes the space within names of two characters, which newspapers write as "方 敏", and within words of
// three characters: "实 习 生".
func joinHanNames(s string) string {
	fields := strings.Fields(s)
	var joined []string
	for i := 0; i < len(fields); {
		run := 0
		for i+run < len(fields) && isHanCharacter(fields[i+run]) {
			run++
		}
		length := 1
		if run > 1 {
			length = 2 + run%2
		}
		joined = append(joined, strings.Join(fields[i:i+length], ""))
		i += length
	}
	return strings.Join(joined, " ")
}

func isHanCharacter(s string) bool {
	return utf8.RuneCountInString(s) == 1 && unicode.Is(unicode.Han, firstRune(s))
}

// nickname returns the name at the start of a text, whatever kind of name it is: 海边的K7.
func nickname(rest string) string {
	fields := strings.Fields(upToStop(rest))
	if len(fields) == 0 || utf8.RuneCountInString(fields[0]) > maxPoster || text.UnspacedLength(fields[0]) < 2 ||
		phrase.HanLabels.Has(fields[0]) || phrase.AccountNames.Has(fields[0]) || Classify(fields[0]) <= notName {
		return ""
	}
	return fields[0]
}

// postedBy returns the name in "由海姑娘张贴", in which the verb for posting follows the name.
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
		if fields := strings.Fields(name); len(fields) == 2 && phrase.HanLabels.Has(fields[1]) {
			name = fields[0] // 由海姑娘 原创 发布于
		}
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

// maxPoster is the maximum number of characters in the name of a poster.
const maxPoster = 12

func isHanSeparator(r rune, language string) bool {
	return unicode.IsSpace(r) && language != "ja" || r == '、' || r == ',' || r == ';' || r == '&'
}

// reporterWords come directly before a reporter's name on a line that says where a report was filed. filedWords also
// occur on lines of this kind.
var (
	reporterWords = []string{"記者", "记者", "实习生", "實習生", "編譯", "编译", "特派員", "特派员"}
	filedWords    = []string{"報導", "报道", "報道", "外電", "外电", "日電", "日电", "電）", "电）"}
)

// maxFiled is the maximum number of bytes between a reporter's name and one of filedWords.
const maxFiled = 90

// reporterNames reads "記者李明／台北報導", "（中央社記者李明台北14日電）", and a label followed only by names: "海湾日报记者 李明".
func reporterNames(line, language string) []string {
	for _, label := range reporterWords {
		i := strings.Index(line, label)
		if i < 0 {
			continue
		}
		rest := line[i+len(label):]
		if open := strings.LastIndexAny(line[:i], "（("); open >= 0 && !strings.ContainsAny(line[open:i], "）)") {
			rest, _, _ = strings.Cut(strings.ReplaceAll(rest, ")", "）"), "）") // （全媒体记者 李明 通讯员 周丽）
			if names := namesUpToStop(rest, language); names != nil {
				return names
			}
		}
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

// spacedReporters returns the names in " 李明 实习记者 王芳 北京报道". It reads up to the first word that is neither a name nor a
// label for a reporter. That word must be a label for an editor, or say where the report was filed.
func spacedReporters(rest string) []string {
	var names []string
	if rest == "" || !unicode.IsSpace(firstRune(rest)) {
		return nil
	}
	for word := range strings.FieldsFuncSeq(joinHanNames(rest[:min(len(rest), maxFiled)]), func(r rune) bool {
		return unicode.IsSpace(r) || r == '|' || r == '｜' || r == '／' || r == '丨' || r == '、'
	}) {
		switch n := utf8.RuneCountInString(word); {
		case text.ContainsAny(word, reporterWords), names != nil && phrase.HanPlaces.Has(word):
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

// onlyHanNames returns the names on a line that has only names.
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

// maxHanName is the maximum number of characters in a name that has no other evidence.
const maxHanName = 4

// twoHanSurnames are Chinese surnames of two characters.
var twoHanSurnames = text.SetOf("歐陽", "欧阳", "司馬", "司马", "諸葛", "诸葛", "上官", "夏侯", "皇甫", "尉遲", "尉迟", "公孫", "公孙", "慕容",
	"令狐", "張簡", "范姜", "司徒", "端木")

// hanName removes the place from which a report was filed from the end of a name. If more than two characters follow
// the surname, the name is the surname and two characters.
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
