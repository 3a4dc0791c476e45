package forest

import "fmt"

// Walking one tree for one row is slow: each load waits for the previous one, and the processor cannot predict the
// branches. Therefore, several rows walk through the same tree at once, taking one step each in turn, and a step
// computes the child without a branch.

// width is how many walks are interleaved: enough to hide the latency of one step (BenchmarkRows).
const width = 8

// A path is one tree in the layout for interleaved walks. A walk at step i compares the row's number at features[i]
// with thresholds[i] and goes on to children[2*i] if the number is lower, else to children[2*i+1]. The steps from
// firstLeaf on are leaves, with the values in leaves. Both children of a leaf are the leaf itself, because the walks of
// other rows may be longer.
type path struct {
	thresholds [2 * firstLeaf]float32
	features   [2 * firstLeaf]uint16
	children   [4 * firstLeaf]uint8
	leaves     [2 * firstLeaf]float32
	root       uint8
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
			p.children[2*int(at)], p.children[2*int(at)+1] = at, at
			p.leaves[at] = n.value
			return at
		}
		if comparisons++; comparisons > firstLeaf {
			return 0
		}
		at := uint8(comparisons - 1)
		p.thresholds[at], p.features[at] = n.value, n.feature
		p.children[2*int(at)], p.children[2*int(at)+1] = add(node+1), add(node+uint32(n.no))
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

func (t Table) row(i int32) []float32 { return t.Values[int(i)*t.Length : (int(i)+1)*t.Length] }

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

// walk adds the values of m.paths[from:to], in order, to each row's sum.
func (m *Model) walk(sums []float32, t Table, rows []int32, from, to int) {
	for len(rows) >= width {
		var starts [width]int
		for k, row := range rows[:width] {
			starts[k] = len(t.row(row)) * int(row)
		}
		for i := from; i < to; i++ {
			m.paths[i].add((*[width]float32)(sums), t.Values, &starts)
		}
		rows, sums = rows[width:], sums[width:]
	}
	for k, row := range rows {
		for i := from; i < to; i++ {
			sums[k] += m.leafOf(m.roots[i], t.row(row))
		}
	}
}

// add walks one tree for width rows, and adds the results to their sums. Row k begins at values[starts[k]].
func (p *path) add(sums *[width]float32, values []float32, starts *[width]int) {
	a, b, c, d, e, f, g, h := p.root, p.root, p.root, p.root, p.root, p.root, p.root, p.root
	for a&b&c&d&e&f&g&h < firstLeaf { // until all are leaves
		a = p.next(a, values[starts[0]+int(p.features[a])])
		b = p.next(b, values[starts[1]+int(p.features[b])])
		c = p.next(c, values[starts[2]+int(p.features[c])])
		d = p.next(d, values[starts[3]+int(p.features[d])])
		e = p.next(e, values[starts[4]+int(p.features[e])])
		f = p.next(f, values[starts[5]+int(p.features[f])])
		g = p.next(g, values[starts[6]+int(p.features[g])])
		h = p.next(h, values[starts[7]+int(p.features[h])])
	}
	sums[0] += p.leaves[a]
	sums[1] += p.leaves[b]
	sums[2] += p.leaves[c]
	sums[3] += p.leaves[d]
	sums[4] += p.leaves[e]
	sums[5] += p.leaves[f]
	sums[6] += p.leaves[g]
	sums[7] += p.leaves[h]
}

// next returns the child to which a number leads.
func (p *path) next(at uint8, v float32) uint8 {
	second := uint(0)
	if v >= p.thresholds[at] {
		second = 1
	}
	return p.children[2*uint(at)+second]
}
