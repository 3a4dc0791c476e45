// Package forest runs gradient-boosted decision trees: a row of numbers in, a probability out.
//
// A model is trained elsewhere (see train/) and embedded. It is one array of nodes, walked with a loop: no pointers, no
// maps, nothing allocated for a row. A node compares one number of the row with a threshold; rows never hold NaN.
//
// The format, little-endian: the bytes "dechaff\x02", the CRC-32 (IEEE) of all that follows, the numbers of features,
// of outputs, of trees and of nodes and the lengths of the feature list's hash and of the training record (uint32
// each), the hash, the record, the base score (float32, in log-odds), the root of each tree (uint32; the trees take
// turns for the outputs), then the nodes: feature (uint16; 65535 for a leaf), the distance forward to the second
// child (uint16; the first comes next), threshold or leaf value (float32).
package forest

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
)

// ErrModel means bytes that are not a model, or not one for these features.
var ErrModel = errors.New("forest: not a usable model")

// magic begins a model; its last byte is the version of the format.
const magic = "dechaff\x02"

const (
	nodeBytes   = 2 + 2 + 4
	headerBytes = len(magic) + 4 + 6*4
	leaf        = math.MaxUint16
	maxNodes    = 1 << 20
)

// A Model is a forest. It may be used from several goroutines.
type Model struct {
	features, outputs int
	record            string
	base              float32
	roots             []uint32
	nodes             []node
	paths             []path // the same trees, for many rows at a time
}

// node is a comparison: row[feature] < value leads to the next node, else no nodes forward. A leaf adds its value.
type node struct {
	feature, no uint16
	value       float32
}

// Load reads a model with that many outputs for rows of that many features, in the order that hash names.
func Load(data []byte, features, outputs int, hash string) (*Model, error) {
	rest, ok := bytes.CutPrefix(data, []byte(magic))
	if !ok || len(data) < headerBytes {
		return nil, fmt.Errorf("%w: no model of this version", ErrModel)
	}
	sum := binary.LittleEndian.Uint32(rest)
	if rest = rest[4:]; crc32.ChecksumIEEE(rest) != sum {
		return nil, fmt.Errorf("%w: the checksum differs", ErrModel)
	}
	var head [6]int
	for i := range head {
		head[i] = int(le32(rest[4*i:]))
	}
	rest = rest[4*len(head):]
	if head[0] != features || head[1] != outputs {
		return nil, fmt.Errorf("%w: it reads %d features for %d outputs, not %d for %d", ErrModel, head[0], head[1],
			features, outputs)
	}
	trees, nodes, hashLen, recordLen := head[2], head[3], head[4], head[5]
	if trees < 1 || trees%outputs != 0 || nodes < trees || nodes > maxNodes || hashLen > 256 || recordLen > 1<<16 ||
		len(rest) != hashLen+recordLen+4+4*trees+nodeBytes*nodes {
		return nil, fmt.Errorf("%w: its parts do not add up", ErrModel)
	}
	if string(rest[:hashLen]) != hash {
		return nil, fmt.Errorf("%w: it was trained on other features (%.40q, not %.40q)", ErrModel, rest[:hashLen],
			hash)
	}
	record := string(rest[hashLen : hashLen+recordLen])
	rest = rest[hashLen+recordLen:]
	m := &Model{
		features: features, outputs: outputs, record: record, base: math.Float32frombits(le32(rest)),
		roots: make([]uint32, trees), nodes: make([]node, nodes),
	}
	rest = rest[4:]
	for i := range m.roots {
		m.roots[i] = le32(rest[4*i:])
	}
	rest = rest[4*trees:]
	for i := range m.nodes {
		b := rest[nodeBytes*i:]
		m.nodes[i] = node{
			feature: binary.LittleEndian.Uint16(b), no: binary.LittleEndian.Uint16(b[2:]),
			value: math.Float32frombits(le32(b[4:])),
		}
	}
	if err := m.check(); err != nil {
		return nil, err
	}
	return m, m.lay()
}

func le32(b []byte) uint32 { return binary.LittleEndian.Uint32(b) }

// check makes sure that a walk ends, inside the array and the row: children come after their parents.
func (m *Model) check() error {
	for _, root := range m.roots {
		if int(root) >= len(m.nodes) {
			return fmt.Errorf("%w: a root outside", ErrModel)
		}
	}
	for i, n := range m.nodes {
		if n.feature == leaf {
			continue
		}
		if int(n.feature) >= m.features || n.no < 2 || i+int(n.no) >= len(m.nodes) {
			return fmt.Errorf("%w: node %d leads nowhere", ErrModel, i)
		}
	}
	return nil
}

// Record says how the model was trained.
func (m *Model) Record() string { return m.record }

// Margin is the sum of the trees for a row, in log-odds, of a model with one output. The row has the model's number
// of features.
func (m *Model) Margin(row []float32) float32 {
	sum := m.base
	for _, root := range m.roots {
		sum += m.leafOf(root, row)
	}
	return sum
}

// leafOf walks one tree.
func (m *Model) leafOf(at uint32, row []float32) float32 {
	nodes := m.nodes
	n := &nodes[at]
	for n.feature != leaf {
		if row[n.feature] < n.value {
			at++
		} else {
			at += uint32(n.no)
		}
		n = &nodes[at]
	}
	return n.value
}

// Probability is the probability that a row is what a model with one output was trained to find.
func (m *Model) Probability(row []float32) float32 {
	return probability(m.Margin(row))
}

func probability(sum float32) float32 { return float32(1 / (1 + math.Exp(-float64(sum)))) }

// Probabilities fills out with the probability of each output: they add up to one (softmax).
func (m *Model) Probabilities(row, out []float32) {
	for k := range out {
		out[k] = m.base
	}
	for i, root := range m.roots {
		out[i%m.outputs] += m.leafOf(root, row)
	}
	most := out[0]
	for _, v := range out {
		most = max(most, v)
	}
	sum := float32(0)
	for k, v := range out {
		out[k] = float32(math.Exp(float64(v - most)))
		sum += out[k]
	}
	for k := range out {
		out[k] /= sum
	}
}
