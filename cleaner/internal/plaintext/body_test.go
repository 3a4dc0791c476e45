package plaintext

import (
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
