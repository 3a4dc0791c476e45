package forest

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// encode writes a model in the package's format.
func encode(features, outputs int, hash string, base float32, roots []uint32, nodes []node) []byte {
	var b bytes.Buffer
	put := func(v any) { _ = binary.Write(&b, binary.LittleEndian, v) }
	for _, n := range []int{features, outputs, len(roots), len(nodes), len(hash), len("a record")} {
		put(uint32(n))
	}
	b.WriteString(hash + "a record")
	put(base)
	put(roots)
	for _, n := range nodes {
		put(n.feature)
		put(n.no)
		put(n.value)
	}
	head := append([]byte(magic), binary.LittleEndian.AppendUint32(nil, crc32.ChecksumIEEE(b.Bytes()))...)
	return append(head, b.Bytes()...)
}

// margin returns the sum of the trees for one row, in log-odds.
func (m *Model) margin(row []float32) float32 {
	sum := m.base
	for _, root := range m.roots {
		sum += m.leafOf(root, row)
	}
	return sum
}

func (m *Model) probability(row []float32) float32 { return probability(m.margin(row)) }

// twoTrees returns two trees. The first tree adds 1 if the row's first number is below 0.5, else -1. The second tree
// adds 0.25 if the row's second number is 3 or more.
func twoTrees() ([]uint32, []node) {
	return []uint32{0, 3}, []node{
		{feature: 0, value: 0.5, no: 2},
		{feature: leaf, value: 1},
		{feature: leaf, value: -1},
		{feature: 1, value: 3, no: 2},
		{feature: leaf, value: 0},
		{feature: leaf, value: 0.25},
	}
}

func TestModel(t *testing.T) {
	roots, nodes := twoTrees()
	m, err := Load(encode(2, 1, "abc", 0.5, roots, nodes), 2, 1, "abc")
	require.NoError(t, err)
	assert.InDelta(t, 1.5, m.margin([]float32{0, 0}), 1e-6)
	assert.InDelta(t, -0.25, m.margin([]float32{0.5, 3}), 1e-6)
	assert.InDelta(t, 1/(1+math.Exp(-1.75)), m.probability([]float32{-1, 9}), 1e-6)
	row := []float32{0, 9}
	assert.Zero(t, testing.AllocsPerRun(100, func() { m.probability(row) }))
}

// Tree i is for output i modulo the number of outputs, and the probabilities of the outputs add up to 1.
func TestModelOfSeveralOutputs(t *testing.T) {
	roots, nodes := twoTrees()
	m, err := Load(encode(2, 2, "abc", 0, roots, nodes), 2, 2, "abc")
	require.NoError(t, err)
	assert.Equal(t, "a record", m.Record())
	out := make([]float32, 2)
	m.Probabilities([]float32{0, 9}, out)
	assert.InDelta(t, 1, out[0]+out[1], 1e-6)
	assert.InDelta(t, 1/(1+math.Exp(0.25-1)), out[0], 1e-6)
	_, err = Load(encode(2, 2, "abc", 0, roots, nodes), 2, 1, "abc")
	require.ErrorIs(t, err, ErrModel)
	_, err = Load(encode(2, 2, "abc", 0, roots[:1], nodes), 2, 2, "abc")
	assert.ErrorIs(t, err, ErrModel, "one tree too few")
}

// chain returns a tree with the given number of leaves in which each comparison has a leaf as its first child.
func chain(leaves int) []node {
	var nodes []node
	for range leaves - 1 {
		nodes = append(nodes, node{feature: 0, value: 1, no: 2}, node{feature: leaf, value: 1})
	}
	return append(nodes, node{feature: leaf, value: 2})
}

func TestLoadOfALongChain(t *testing.T) {
	m, err := Load(encode(2, 1, "abc", 0, []uint32{0}, chain(firstLeaf)), 2, 1, "abc")
	require.NoError(t, err)
	table, all := randomTable(2*width, 2)
	table.Values[2] = 1 // all others are lower
	out := make([]float32, len(all))
	m.Fill(out, table, all)
	assert.InDelta(t, probability(2), out[1], 1e-6)
	assert.InDelta(t, probability(1), out[2], 1e-6)
}

func TestLoadRefuses(t *testing.T) {
	roots, nodes := twoTrees()
	good := encode(2, 1, "abc", 0, roots, nodes)
	change := func(at int, to byte) []byte {
		b := bytes.Clone(good)
		b[at] ^= to
		return b
	}
	with := func(i int, n node) []byte {
		changed := append([]node(nil), nodes...)
		changed[i] = n
		return encode(2, 1, "abc", 0, roots, changed)
	}
	for name, data := range map[string][]byte{
		"nothing": nil, "short": good[:12], "cut": good[:len(good)-1], "longer": append(bytes.Clone(good), 0),
		"another version": change(7, 3), "a flipped bit": change(len(good)-3, 1),
		"a loop":               with(0, node{feature: 0, value: 1, no: 0}),
		"a child outside":      with(3, node{feature: 1, value: 3, no: 9}),
		"one feature too many": with(3, node{feature: 2, value: 3, no: 2}),
		"a root outside":       encode(2, 1, "abc", 0, []uint32{0, 6}, nodes),
		"no trees":             encode(2, 1, "abc", 0, nil, nodes),
		"more features":        encode(3, 1, "abc", 0, roots, nodes),
		"other features":       encode(2, 1, "abd", 0, roots, nodes),
		"too many leaves":      encode(2, 1, "abc", 0, []uint32{0}, chain(firstLeaf+1)),
	} {
		_, err := Load(data, 2, 1, "abc")
		assert.ErrorIs(t, err, ErrModel, name)
	}
}

func FuzzLoad(f *testing.F) {
	roots, nodes := twoTrees()
	f.Add(encode(2, 1, "abc", 0, roots, nodes))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := Load(data, 2, 1, "abc")
		if err != nil {
			require.ErrorIs(t, err, ErrModel)
			return
		}
		m.margin([]float32{0, 1}) // the walk must end and stay inside the array
	})
}

// randomModel builds a model of trees of uneven depth.
func randomModel(t testing.TB, features, trees, leaves int) *Model {
	r := rand.New(rand.NewPCG(7, uint64(leaves)))
	var roots []uint32
	var nodes []node
	var grow func(leaves int)
	grow = func(leaves int) {
		at := len(nodes)
		if leaves == 1 {
			nodes = append(nodes, node{feature: leaf, value: r.Float32()/10 - 0.05})
			return
		}
		nodes = append(nodes, node{feature: uint16(r.IntN(features)), value: r.Float32()})
		left := 1 + r.IntN(leaves-1)
		grow(left)
		nodes[at].no = uint16(len(nodes) - at)
		grow(leaves - left)
	}
	for range trees {
		roots = append(roots, uint32(len(nodes)))
		grow(leaves)
	}
	m, err := Load(encode(features, 1, "abc", 0.1, roots, nodes), features, 1, "abc")
	require.NoError(t, err)
	return m
}

func (t Table) row(i int32) []float32 { return t.Values[int(i)*t.Length : (int(i)+1)*t.Length] }

func randomTable(rows, length int) (Table, []int32) {
	r := rand.New(rand.NewPCG(3, 4))
	t := Table{Values: make([]float32, rows*length), Length: length}
	for i := range t.Values {
		t.Values[i] = r.Float32()
	}
	all := make([]int32, rows)
	for i := range all {
		all[i] = int32(i)
	}
	return t, all
}

// Fill, which computes many rows at a time, gives the same results bit for bit as computing one row at a time.
func TestFillIsProbability(t *testing.T) {
	m := randomModel(t, 60, 40, 31)
	table, all := randomTable(101, 64)
	for _, n := range []int{0, 1, 7, 8, 9, 101} {
		out, early := make([]float32, 101), make([]float32, 101)
		m.Fill(out, table, all[:n])
		m.FillEarly(early, table, all[:n], 40, 0)
		for i := range n {
			want := m.probability(table.row(int32(i))[:60])
			assert.Equal(t, math.Float32bits(want), math.Float32bits(out[i]))
			assert.Equal(t, math.Float32bits(want), math.Float32bits(early[i]))
		}
		assert.Equal(t, make([]float32, 101-n), out[n:])
	}
	stopped := 0
	early := make([]float32, 101)
	m.FillEarly(early, table, all, 20, 0.15)
	for i := range all {
		half := m.base
		for _, root := range m.roots[:20] {
			half += m.leafOf(root, table.row(int32(i)))
		}
		if half > 0.15 || half < -0.15 {
			stopped++
			assert.Equal(t, math.Float32bits(probability(half)), math.Float32bits(early[i]))
		} else {
			assert.Equal(t, math.Float32bits(m.probability(table.row(int32(i)))), math.Float32bits(early[i]))
		}
	}
	assert.NotZero(t, stopped)
	assert.Less(t, stopped, 101)
}

func BenchmarkRows(b *testing.B) {
	m := randomModel(b, 338, 150, 31)
	table, all := randomTable(400, 414)
	out := make([]float32, len(all))
	b.Run("one by one", func(b *testing.B) {
		for b.Loop() {
			for i := range all {
				out[i] = m.probability(table.row(int32(i)))
			}
		}
	})
	b.Run("side by side", func(b *testing.B) {
		for b.Loop() {
			m.Fill(out, table, all)
		}
	})
}
