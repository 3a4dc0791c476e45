package plaintext

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The embedded model must load, and its features must be those that appendRow computes.
func TestModel(t *testing.T) {
	require.NotPanics(t, func() { model() })
	p := page{lines: readLines([]string{"The ferry is back", "", "It crossed the bay on Sunday, with nine hens."}), chaff: make([]string, 3)}
	v := p.view()
	require.Len(t, v.runs, 2)
	assert.Len(t, v.appendRow(nil, 1), featureCount)
}

// A paragraph that is probably chaff stays if both of its neighbors are content.
func TestWithNeighbors(t *testing.T) {
	opinions := []float32{0.9, 0.01, 0.8, 0.02, 0.03}
	var got []float32
	for i := range opinions {
		got = append(got, withNeighbors(opinions, i))
	}
	assert.Equal(t, []float32{0.9, 0.8, 0.8, 0.03, 0.03}, got)
}

// The model reads no text with more paragraphs than maxView.
func TestOpinionsAreBounded(t *testing.T) {
	const sentence = "The ferry came back on Sunday with nine passengers and a crate of hens."
	for _, c := range []struct {
		paragraphs int
		isRead     bool
	}{{maxView, true}, {maxView + 1, false}} {
		lines := strings.Split(strings.Repeat(sentence+"\n\n", c.paragraphs), "\n")
		p := page{lines: readLines(lines), chaff: make([]string, len(lines))}
		v, _ := p.opinions()
		assert.Equal(t, c.isRead, v != nil, c.paragraphs)
	}
}
