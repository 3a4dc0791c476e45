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

// levelsAtOnce is how many steps each walk takes before add checks whether all of them have ended. Most of them end far
// above the deepest leaf, but a check costs more than a step.
const levelsAtOnce = 2

// A step is a node in the layout for interleaved walks. The second child comes right after the first. A leaf leads to
// itself: its threshold is NaN, and every comparison with NaN is false.
type step struct {
	threshold      float32
	feature, child uint16 // child is the index of the first child in the tree
}

// A path is one tree in the layout for interleaved walks.
type path struct {
	steps  []step
	leaves []float32 // for each step, its value if it is a leaf, else 0
	depth  int       // the number of comparisons from the root to the deepest leaf
}

// lay lays out the model's trees as paths.
func (m *Model) lay() error {
	total := 0
	for _, root := range m.roots {
		p, err := m.layTree(root)
		if err != nil {
			return err
		}
		if total += len(p.steps); total > maxNodes {
			return fmt.Errorf("%w: trees that share nodes", ErrModel)
		}
		m.paths = append(m.paths, p)
	}
	return nil
}

func (m *Model) layTree(root uint32) (path, error) {
	type place struct {
		node  uint32
		depth int
	}
	var p path
	places := []place{{root, 0}}
	for i := 0; i < len(places); i++ {
		at := places[i]
		n := m.nodes[at.node]
		p.depth = max(p.depth, at.depth)
		if n.feature == leaf {
			p.steps = append(p.steps, step{threshold: float32(math.NaN()), child: uint16(i)})
			p.leaves = append(p.leaves, n.value)
			continue
		}
		p.steps = append(p.steps, step{threshold: n.value, feature: n.feature, child: uint16(len(places))})
		p.leaves = append(p.leaves, 0)
		places = append(places, place{at.node + 1, at.depth + 1}, place{at.node + uint32(n.no), at.depth + 1})
		if len(places) > math.MaxUint16 {
			return p, fmt.Errorf("%w: a tree is too large", ErrModel)
		}
	}
	return p, nil
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
	steps := p.steps
	s0, s1, s2, s3, s4, s5, s6, s7 := &steps[0], &steps[0], &steps[0], &steps[0], &steps[0], &steps[0], &steps[0],
		&steps[0]
	for level := 0; level < p.depth; level += levelsAtOnce {
		for range levelsAtOnce {
			s0 = &steps[s0.next(values[starts[0]+int(s0.feature)])]
			s1 = &steps[s1.next(values[starts[1]+int(s1.feature)])]
			s2 = &steps[s2.next(values[starts[2]+int(s2.feature)])]
			s3 = &steps[s3.next(values[starts[3]+int(s3.feature)])]
			s4 = &steps[s4.next(values[starts[4]+int(s4.feature)])]
			s5 = &steps[s5.next(values[starts[5]+int(s5.feature)])]
			s6 = &steps[s6.next(values[starts[6]+int(s6.feature)])]
			s7 = &steps[s7.next(values[starts[7]+int(s7.feature)])]
		}
		if s0.isLeaf() && s1.isLeaf() && s2.isLeaf() && s3.isLeaf() && s4.isLeaf() && s5.isLeaf() && s6.isLeaf() &&
			s7.isLeaf() {
			break
		}
	}
	for k, s := range [width]*step{s0, s1, s2, s3, s4, s5, s6, s7} {
		sums[k] += p.leaves[s.child]
	}
}

// isLeaf reports whether the step is a leaf: only the threshold of a leaf is NaN.
func (s *step) isLeaf() bool { return s.threshold != s.threshold }

// next returns the child to which a number leads: the first child if the number is below the threshold, else the
// second.
func (s *step) next(v float32) int {
	second := 0
	if v >= s.threshold {
		second = 1
	}
	return int(s.child) + second
}
