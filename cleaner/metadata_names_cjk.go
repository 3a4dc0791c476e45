package cleaner

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// hanLabels are the words for author and reporter that stand within a line of Chinese or Japanese, and hanStops what ends the names after them.
var (
	hanLabels = []string{"作者：", "作者:", "作者/", "作者｜", "记者：", "记者:", "记者/", "記者：", "記者:", "記者／", "（记者 ", "(记者 ", "（記者 ", "(記者 ", "（记者", "(记者", "（記者", "撰文：", "撰文:", "文：", "文/", "文／", "編譯／", "執筆：", "取材・文：", "ライター："}
	hanStops  = []string{"来源", "來源", "编辑", "編輯", "责编", "責編", "责任", "責任", "发布", "發布", "时间", "時間", "点击", "點擊", "字号", "字體", "分享", "摄影", "攝影", "图/", "圖/", "）", ")", "/", "｜", "|", "，", "。", "：", ":"}
)

// hanNames returns the names behind a label within a line: "来源：海湾日报 作者：李明 王小红". A space parts names there.
func hanNames(line string) []string {
	for _, label := range hanLabels {
		i := strings.Index(line, label)
		if i < 0 {
			continue
		}
		rest := line[i+len(label):]
		for _, stop := range hanStops {
			if end := strings.Index(rest, stop); end >= 0 {
				rest = rest[:end]
			}
		}
		var names []string
		for part := range strings.FieldsFuncSeq(rest, func(r rune) bool { return unicode.IsSpace(r) || r == '、' || r == ',' || r == ';' || r == '&' }) {
			if part = cleanName(part); classify(part) == person && unspacedLength(part) > 0 && len(names) < maxAuthors {
				names = append(names, part)
			}
		}
		if len(names) > 0 {
			return names
		}
	}
	return nil
}

// hangulName returns the name before the word for reporter on a line of Korean: "김하늘 기자 haneul@gazette.example".
func hangulName(line string) []string {
	before, after, ok := strings.Cut(line, "기자")
	if !ok || utf8.RuneCountInString(line) > 60 {
		return nil
	}
	if next, _ := utf8.DecodeRuneInString(after); unicode.Is(unicode.Hangul, next) {
		return nil // a longer word
	}
	fields := strings.FieldsFunc(before, func(r rune) bool { return !unicode.Is(unicode.Hangul, r) })
	if len(fields) == 0 || len(fields) > 3 {
		return nil
	}
	if name := fields[len(fields)-1]; classify(name) == person {
		return []string{name}
	}
	return nil
}

// maxLead is how many bytes of a paragraph are searched for the reporter in brackets that agencies begin with: "新华社海湾3月14日电（记者 李明）".
const maxLead = 160

// eastAsianNames reads what the general way does not know: labels within lines, and behind names.
func eastAsianNames(line string) []string {
	if len(line) > maxLead {
		line = line[:maxLead]
	}
	if unspacedLength(line) == 0 {
		return nil
	}
	if names := hanNames(line); names != nil {
		return names
	}
	return hangulName(line)
}
