package plaintext

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestMaximalRuns(t *testing.T) {
	for _, c := range []struct {
		scores []int
		want   []run
	}{
		{nil, nil},
		{[]int{-6, -6}, nil},
		{[]int{20, -6, -6, 30, -6}, []run{{0, 4, 38}}},
		{[]int{10, -18, 30, -6, 5}, []run{{0, 1, 10}, {2, 3, 30}, {4, 5, 5}}},
		{[]int{5, -6, 5, -6, 40}, []run{{0, 1, 5}, {2, 3, 5}, {4, 5, 40}}},
		{[]int{4, -5, 3, -3, 1, 2, -2, 2, -2, 1, 5}, []run{{0, 1, 4}, {2, 3, 3}, {4, 11, 7}}}, // the example in the paper
	} {
		var paragraphs []run
		for i, score := range c.scores {
			paragraphs = append(paragraphs, run{i, i + 1, score})
		}
		assert.Equal(t, c.want, maximalRuns(paragraphs), c.scores)
	}
}

// A list of titles has no body, although its lines are as long as those of wrapped text, which they may be in scripts
// without capital letters.
func TestTitlesAreNoBody(t *testing.T) {
	const section = `渡船停在河心等候月亮 船夫說潮水比時刻表可靠得多了
燈塔看守人數了一夜樓梯 早上發現少了一級至今沒有找到
舊碼頭的鐘慢了七分鐘 全鎮的人因此都準時到了學校
郵差的狗學會了看地址 只有寄給貓的信牠從來不肯送
圖書館的屋頂長出一棵樹 館長決定先把它列進目錄再說
消防隊借走了教堂的梯子 歸還的時候比原來多出了兩格
市場的秤輕了半兩茶葉 老闆們開會以後決定誰也不提
樂隊在雨中演奏了三小時 聽眾只有一位而且他正在等車
`
	lines := strings.Split(section+"\n"+section+"\n"+section, "\n")
	p := page{lines: readLines(lines), chaff: make([]string, len(lines))}
	assert.Zero(t, p.findBody())
}
