// Package forest runs gradient-boosted decision trees, which turn a row of numbers into a probability.
//
// The models are trained by internal/train and embedded in the program. A model is one array of nodes: it needs no
// pointers, no maps, and no allocation per row. A node compares one number of the row with a threshold. The
// numbers must be finite.
//
// The file format, little-endian:
//
//	magic     the bytes "dechaff\x02"
//	checksum  uint32, the CRC-32 (IEEE) of all that follows
//	counts    uint32 each: features, outputs, trees, nodes, bytes of the hash, bytes of the record
//	hash      of the list of features
//	record    how the model was trained, as text
//	base      float32, the base score in log-odds
//	roots     uint32 each, the root of every tree; tree i is for output i modulo the number of outputs
//	nodes     feature (uint16; 65535 for a leaf), distance forward to the second child (uint16; the first child comes
//	          next), threshold or value of the leaf (float32)
package forest

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
)

// ErrModel means that the bytes are not a model, or that the model was trained on other features.
var ErrModel = errors.New("forest: not a usable model")

// magic is at the start of every model. Its last byte is the version of the format.
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
	paths             []path // the same trees in the layout that handles many rows at a time
}

// A node is a comparison or a leaf. If row[feature] < value, the walk continues at the next node in the array;
// otherwise, it skips ahead by as many nodes as the field no says. A leaf adds its value to the sum.
type node struct {
	feature, no uint16
	value       float32
}

// Load reads a model. The model must have the given numbers of features and outputs, and must have been trained on the
// list of features with the given hash.
func Load(data []byte, features, outputs int, hash string) (*Model, error) {
	rest, ok := bytes.CutPrefix(data, []byte(magic))
	if !ok || len(data) < headerBytes {
		return nil, fmt.Errorf("%w: not a model of this version", ErrModel)
	}
	sum := binary.LittleEndian.Uint32(rest)
	if rest = rest[4:]; crc32.ChecksumIEEE(rest) != sum {
		return nil, fmt.Errorf("%w: the checksum is wrong", ErrModel)
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
		return nil, fmt.Errorf("%w: the sizes of its parts are inconsistent", ErrModel)
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

// check verifies that every walk ends and never leaves the array or the row. Every walk ends because children come
// after their parents.
func (m *Model) check() error {
	for _, root := range m.roots {
		if int(root) >= len(m.nodes) {
			return fmt.Errorf("%w: a root outside the nodes", ErrModel)
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

// Record returns the description of how the model was trained.
func (m *Model) Record() string { return m.record }

// leafOf walks one tree and returns the value of the leaf at which the walk ends.
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

// probability turns log-odds into a probability between 0 and 1.
func probability(sum float32) float32 { return float32(1 / (1 + math.Exp(-float64(sum)))) }

// Probabilities computes the probabilities of the outputs, which add up to 1 (softmax). It writes them to the slice
// out, which must have one element per output.
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
