package cleaner

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

// A labelledPage is a page of a corpus, with the judge's opinions by models that never saw its site.
type labelledPage struct {
	ID, URL, Text, Lang, Host string
	doc                       *htmldoc.Document
	prior                     Prior
}

// readLabelled reads the corpus named sites, and the opinions of it.
func readLabelled(t *testing.T, corpus, opinions string) []*labelledPage {
	t.Helper()
	name := filepath.Base(corpus)
	var counts []int
	eachLine(t, filepath.Join(opinions, "first", name+".jsonl"), func(d *json.Decoder) error {
		var p struct{ Blocks []struct{} }
		err := d.Decode(&p)
		if err == nil {
			counts = append(counts, len(p.Blocks))
		}
		return err
	})
	kinds, blocks := floats(t, filepath.Join(opinions, "first", name+".kinds.f32")), floats(t, filepath.Join(opinions, name+".out.f32"))
	var pages []*labelledPage
	eachLine(t, filepath.Join(corpus, "truth.jsonl"), func(d *json.Decoder) error {
		p := &labelledPage{}
		if err := d.Decode(p); err != nil {
			return err
		}
		n := counts[len(pages)]
		p.prior = Prior{Kinds: kinds[:pageKinds], Blocks: blocks[:n]}
		kinds, blocks = kinds[pageKinds:], blocks[n:]
		f, err := os.Open(filepath.Join(corpus, "pages", p.ID+".html.gz"))
		require.NoError(t, err)
		defer f.Close()
		z, err := gzip.NewReader(f)
		require.NoError(t, err)
		p.doc, err = htmldoc.Parse(z, htmldoc.Source{URL: p.URL})
		require.NoError(t, err)
		pages = append(pages, p)
		return nil
	})
	return pages
}

func eachLine(t *testing.T, name string, one func(*json.Decoder) error) {
	t.Helper()
	data, err := os.ReadFile(name)
	require.NoError(t, err)
	d := json.NewDecoder(bufio.NewReader(bytes.NewReader(data)))
	for {
		if err := one(d); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			require.NoError(t, err)
		}
	}
}

func floats(t *testing.T, name string) []float32 {
	t.Helper()
	data, err := os.ReadFile(name)
	require.NoError(t, err)
	values := make([]float32, len(data)/4)
	for i := range values {
		values[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[4*i:]))
	}
	return values
}

// fitTokens are words, or single characters of scripts without spaces, as train.py cuts them.
func fitTokens(s string) []string {
	var list []string
	start := -1
	s = strings.ToLower(s)
	for i, r := range s {
		word := r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r)
		single := r >= 0x2E80 && r <= 0x9FFF || r >= 0xAC00 && r <= 0xD7AF || r >= 0xF900 && r <= 0xFAFF
		if start >= 0 && (!word || single) {
			list = append(list, s[start:i])
			start = -1
		}
		if word && single {
			list = append(list, string(r))
		} else if word && start < 0 {
			start = i
		}
	}
	if start >= 0 {
		list = append(list, s[start:])
	}
	return list
}

// fitLabels says of each block whether it is content, as train.py does: half of its word trigrams are in the truth; a shorter one is a line
// there, or makes such a trigram with its neighbours.
func fitLabels(p *page, truth string) []bool {
	tokens := fitTokens(truth)
	triples, lines := make(map[[3]string]bool), make(map[string]bool)
	for i := 2; i < len(tokens); i++ {
		triples[[3]string(tokens[i-2:i+1])] = true
	}
	for line := range strings.SplitSeq(truth, "\n") {
		lines[strings.Join(fitTokens(line), " ")] = true
	}
	words := make([][]string, len(p.blocks))
	for b := range words {
		words[b] = fitTokens(p.blocks[b].Text)
	}
	labels := make([]bool, len(words))
	for b, own := range words {
		found := 0
		for i := 2; i < len(own); i++ {
			if triples[[3]string(own[i-2:i+1])] {
				found++
			}
		}
		switch {
		case len(own) >= 3:
			labels[b] = 2*found >= len(own)-2
		case len(own) > 0:
			labels[b] = lines[strings.Join(own, " ")]
			var near []string
			if b > 0 {
				near = append(near, words[b-1][max(0, len(words[b-1])-2):]...)
			}
			above := len(near)
			near = append(near, own...)
			if b+1 < len(words) {
				near = append(near, words[b+1][:min(2, len(words[b+1]))]...)
			}
			for i := 2; i < len(near); i++ {
				labels[b] = labels[b] || triples[[3]string(near[i-2:i+1])] && i-2 < above+len(own) && i >= above
			}
		}
	}
	return labels
}
