package cleaner

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/cleaner/internal/judge"
	"github.com/dechaff/dechaff/cleaner/internal/region"
)

func TestRegionAgree(t *testing.T) {
	for _, corpus := range []string{"mixed", "blogs", "gnews", "world", "chaos"} {
		f, err := os.Open(filepath.Join("/work/shared/corpus", corpus, "truth.jsonl"))
		if err != nil {
			t.Skip()
		}
		d := json.NewDecoder(bufio.NewReader(f))
		n, f1sum := 0, 0.0
		all, same, pages, exact := 0, 0, 0, 0
		var mine, theirs time.Duration
		mem := &region.Memory{}
		var worst []string
		for n < 300 {
			var e struct{ ID, URL string }
			if d.Decode(&e) != nil {
				break
			}
			n++
			g, _ := os.Open(filepath.Join("/work/shared/corpus", corpus, "pages", e.ID+".html.gz"))
			z, _ := gzip.NewReader(g)
			doc, err := htmldoc.Parse(z, htmldoc.Source{URL: e.URL})
			g.Close()
			if err != nil {
				continue
			}
			c := New(Options{})
			p := c.page(doc)
			for _, s := range stages[:4] {
				s.run(p)
			}
			p.FirstThreshold.F1 = 0
			p.opts = &Options{Vote: VoteAlways}
			p.Votes = p.scratch().Float32s.Take(len(p.Blocks))
			t0 := time.Now()
			ok := p.voteOf(c.extractor)
			theirs += time.Since(t0)
			real := append([]float32(nil), p.Votes...)
			hidden := make([]bool, len(p.Tree.Nodes))
			for i := range hidden {
				hidden[i] = p.marks[i] != unmarked || p.Folds[i] != 0
			}
			t0 = time.Now()
			r := region.Find(region.Page{Tree: p.Tree, Blocks: p.Blocks, Hidden: hidden}, mem)
			mine += time.Since(t0)
			w, both, a, b := 0, 0, 0, 0
			_ = ok
			for i := range p.Blocks {
				bl := &p.Blocks[i]
				if judge.IsField(bl.Kind) {
					continue
				}
				k := r.Kept != nil && r.Kept[bl.First]
				v := real[i] >= 0.5
				x := int(bl.Words)
				w += x
				all += x
				if k == v {
					same += x
				}
				if k {
					a += x
				}
				if v {
					b += x
				}
				if k && v {
					both += x
				}
			}
			pages++
			f1 := 1.0
			if a+b > 0 {
				f1 = 2 * float64(both) / float64(a+b)
			}
			f1sum += f1
			if f1 > .98 {
				exact++
			}
			if f1 < .6 {
				worst = append(worst, fmt.Sprintf("%s %.2f mine=%d real=%d", e.ID, f1, a, b))
			}
			p.releaseAll()
		}
		fmt.Printf("%s pages=%d wordsame=%.4f f1=%.4f exact=%.3f mine=%v theirs=%v\n", corpus, pages, float64(same)/float64(all), f1sum/float64(pages), float64(exact)/float64(pages), mine, theirs)
		for i, w := range worst {
			if i < 8 {
				fmt.Println("   ", w)
			}
		}
	}
}
