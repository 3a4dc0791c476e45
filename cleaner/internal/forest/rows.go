package forest

import (
	"fmt"
	"math"
)

// Walking one tree for one row is a chain of loads with a branch at each that no processor foresees. So several rows
// walk the same tree side by side, a step each in turn, and a step chooses its child by arithmetic.

// width is how many rows walk side by side: as many as hide the time of one step (BenchmarkRows).
const width = 8

// A step is a node laid out for that. The second child stands right after the first; a leaf leads to itself, since
// its threshold is not a number, and so no more than any.
type step struct {
	threshold      float32
	feature, child uint16 // child is counted from the tree's root
}

// A path is one tree: its steps, what those that are leaves add, and how deep it is.
type path struct {
	steps  []step
	leaves []float32
	depth  int
}

// lay builds the paths of the model's trees.
func (m *Model) lay() error {
	total := 0
	for _, root := range m.roots {
		p, err := m.layTree(root)
		if err != nil {
			return err
		}
		if total += len(p.steps); total > maxNodes {
			return fmt.Errorf("%w: trees that grow together", ErrModel)
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
			return p, fmt.Errorf("%w: a tree too large", ErrModel)
		}
	}
	return p, nil
}

// A Table is rows of numbers, one after the other.
type Table struct {
	Values []float32
	// Length is how many numbers a row has: at least as many as the models that read it.
	Length int
}

func (t Table) row(i int32) []float32 { return t.Values[int(i)*t.Length : (int(i)+1)*t.Length] }

// Fill gives out the probability of each of the table's rows that are listed, at the row's place. They are, to the
// bit, those that Probability gives.
func (m *Model) Fill(out []float32, t Table, rows []int32) {
	sums := m.sums(len(rows))
	m.walk(sums, t, rows, 0, len(m.roots))
	for i, row := range rows {
		out[row] = probability(sums[i])
	}
}

// FillEarly is Fill, but stops after that many trees for the rows whose sum is beyond margin then, in log-odds, to
// either side: the trees that follow are corrections of it.
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

// walk adds to the rows' sums what some of the trees say of them, in the trees' order.
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

// add walks one tree for rows that start at those places.
func (p *path) add(sums *[width]float32, values []float32, starts *[width]int) {
	steps := p.steps
	s0, s1, s2, s3, s4, s5, s6, s7 := &steps[0], &steps[0], &steps[0], &steps[0], &steps[0], &steps[0], &steps[0],
		&steps[0]
	for range p.depth {
		s0 = &steps[s0.next(values[starts[0]+int(s0.feature)])]
		s1 = &steps[s1.next(values[starts[1]+int(s1.feature)])]
		s2 = &steps[s2.next(values[starts[2]+int(s2.feature)])]
		s3 = &steps[s3.next(values[starts[3]+int(s3.feature)])]
		s4 = &steps[s4.next(values[starts[4]+int(s4.feature)])]
		s5 = &steps[s5.next(values[starts[5]+int(s5.feature)])]
		s6 = &steps[s6.next(values[starts[6]+int(s6.feature)])]
		s7 = &steps[s7.next(values[starts[7]+int(s7.feature)])]
	}
	for k, s := range [width]*step{s0, s1, s2, s3, s4, s5, s6, s7} {
		sums[k] += p.leaves[s.child]
	}
}

// next is the child for a number: the first where it is less than the threshold.
func (s *step) next(v float32) int {
	second := 0
	if v >= s.threshold {
		second = 1
	}
	return int(s.child) + second
}
