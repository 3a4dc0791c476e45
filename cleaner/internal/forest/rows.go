package forest

import (
	"fmt"
	"math"
)

// Walking one tree for one row is slow: each load waits for the previous one, and the processor cannot predict the
// branches. Therefore, several rows walk through the same tree at once, taking one step each in turn, and a step
// computes the child without a branch.

// width is how many walks are interleaved: enough to hide the latency of one step (BenchmarkRows).
const width = 8

// A path is one tree in the layout for interleaved walks. A walk goes from step to step; those from firstLeaf on are
// leaves. Both children of a leaf are the leaf itself, because the walks of other rows may be longer.
type path struct {
	steps [2 * firstLeaf]step
	root  uint8
}

// A step compares the row's number at feature with value. The walk goes on to children[1] if the number is lower, else
// to children[0]. A leaf adds its value to the sum.
type step struct {
	value    float32
	feature  uint16
	children [2]uint8
}

// firstLeaf is the index of the first leaf, and the maximum number of leaves. An index of one byte needs no check that
// it is inside an array of 256 elements, and its highest bit shows whether it is the index of a leaf.
const firstLeaf = 128

// lay lays out the model's trees as paths.
func (m *Model) lay() error {
	m.paths = make([]path, len(m.roots))
	for i, root := range m.roots {
		if !m.layTree(&m.paths[i], root) {
			return fmt.Errorf("%w: a tree is too large", ErrModel)
		}
	}
	return nil
}

// layTree lays out one tree. It returns false if the tree is too large.
func (m *Model) layTree(p *path, root uint32) bool {
	comparisons, leaves := 0, 0
	var add func(node uint32) uint8
	add = func(node uint32) uint8 {
		n := m.nodes[node]
		if n.feature == leaf {
			if leaves++; leaves > firstLeaf {
				return 0
			}
			at := uint8(firstLeaf + leaves - 1)
			p.steps[at] = step{value: n.value, children: [2]uint8{at, at}}
			return at
		}
		if comparisons++; comparisons > firstLeaf {
			return 0
		}
		at := uint8(comparisons - 1)
		p.steps[at] = step{n.value, n.feature, [2]uint8{add(node + uint32(n.no)), add(node + 1)}}
		return at
	}
	p.root = add(root)
	return leaves <= firstLeaf && comparisons <= firstLeaf
}

// A Table holds rows of numbers, one after the other in one slice.
type Table struct {
	Values []float32
	// Length is how many numbers a row has. Length must be at least the number of features of each model that reads the
	// table.
	Length int
}

// Fill computes the probabilities of the table's rows whose indexes are in the slice rows. It stores the probability of
// row i in out[i]. The model must have one output. The results are bit for bit those of adding up the trees one by one.
func (m *Model) Fill(out []float32, t Table, rows []int32) {
	sums := m.sums(len(rows))
	m.walk(sums, t, rows, 0, len(m.roots))
	for i, row := range rows {
		out[row] = probability(sums[i])
	}
}

// FillEarly is like Fill, but after the given number of trees it stops for rows whose sum so far, in log-odds, is above
// the given margin or below its negative. For those rows, the later trees would make only small corrections.
func (m *Model) FillEarly(out []float32, t Table, rows []int32, trees int, margin float32) {
	trees = min(trees, len(m.roots))
	sums := m.sums(len(rows))
	m.walk(sums, t, rows, 0, trees)
	open, rest := sums[:0], make([]int32, 0, len(rows))
	for i, row := range rows {
		if sum := sums[i]; sum > margin || sum < -margin {
			out[row] = probability(sum)
		} else {
			open, rest = append(open, sum), append(rest, row)
		}
	}
	m.walk(open, t, rest, trees, len(m.roots))
	for i, row := range rest {
		out[row] = probability(open[i])
	}
}

func (m *Model) sums(n int) []float32 {
	sums := make([]float32, n)
	for i := range sums {
		sums[i] = m.base
	}
	return sums
}

// walk adds the values of m.paths[from:to], in order, to each row's sum. If fewer than width rows are left, the last
// one walks several times, which costs less than walking alone.
func (m *Model) walk(sums []float32, t Table, rows []int32, from, to int) {
	for len(rows) > 0 {
		n := min(len(rows), width)
		var starts [width]int
		for k := range starts {
			starts[k] = t.Length * int(rows[min(k, n-1)])
		}
		var part [width]float32
		copy(part[:], sums[:n])
		for i := from; i < to; i++ {
			m.paths[i].add(&part, t.Values, &starts)
		}
		copy(sums, part[:n])
		rows, sums = rows[n:], sums[n:]
	}
}

// add walks one tree for width rows, and adds the results to their sums. Row k begins at values[starts[k]].
func (p *path) add(sums *[width]float32, values []float32, starts *[width]int) {
	a, b, c, d, e, f, g, h := p.root, p.root, p.root, p.root, p.root, p.root, p.root, p.root
	for a&b&c&d&e&f&g&h < firstLeaf { // until all are leaves
		a = p.steps[a].next(values, starts[0])
		b = p.steps[b].next(values, starts[1])
		c = p.steps[c].next(values, starts[2])
		d = p.steps[d].next(values, starts[3])
		e = p.steps[e].next(values, starts[4])
		f = p.steps[f].next(values, starts[5])
		g = p.steps[g].next(values, starts[6])
		h = p.steps[h].next(values, starts[7])
	}
	sums[0] += p.steps[a].value
	sums[1] += p.steps[b].value
	sums[2] += p.steps[c].value
	sums[3] += p.steps[d].value
	sums[4] += p.steps[e].value
	sums[5] += p.steps[f].value
	sums[6] += p.steps[g].value
	sums[7] += p.steps[h].value
}

// next returns the step to which a row leads that begins at values[start]. It has no branch: the number is lower if the
// sign bit of the difference is set, because numbers that differ have a difference other than zero.
func (s *step) next(values []float32, start int) uint8 {
	return s.children[math.Float32bits(values[start+int(s.feature)]-s.value)>>31]
}
