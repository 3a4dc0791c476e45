// Package forest runs gradient-boosted decision trees: a row of numbers in, a probability out.
//
// A model is trained elsewhere (see train/) and embedded. It is one array of nodes, walked with a loop: no pointers, no
// maps, nothing allocated for a row. A node compares one number of the row with a threshold; rows never hold NaN.
//
// The format, little-endian: the bytes "dechaff\x01", the CRC-32 (IEEE) of all that follows, the number of features, the number of
// trees, the number of nodes, the length of the hash of the feature list and the hash, the base score (float32, in log-odds), the
// root of each tree (uint32), then the nodes: feature (uint16; 65535 for a leaf), threshold or leaf value (float32), and the
// distances forward to the two children (uint16, uint16).
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
const magic = "dechaff\x01"

const (
	nodeBytes   = 2 + 4 + 2 + 2
	headerBytes = len(magic) + 4 + 4*4
	leaf        = math.MaxUint16
	maxNodes    = 1 << 20
)

// A Model is a forest. It may be used from several goroutines.
type Model struct {
	features int
	base     float32
	roots    []uint32
	nodes    []node
}

// node is a comparison: row[feature] < value leads yes nodes forward, else no. A leaf adds its value.
type node struct {
	value   float32
	feature uint16
	yes, no uint16
}

// Load reads a model for rows of that many features, in the order that hash names.
func Load(data []byte, features int, hash string) (*Model, error) {
	rest, ok := bytes.CutPrefix(data, []byte(magic))
	if !ok || len(data) < headerBytes {
		return nil, fmt.Errorf("%w: no model of this version", ErrModel)
	}
	sum := binary.LittleEndian.Uint32(rest)
	if rest = rest[4:]; crc32.ChecksumIEEE(rest) != sum {
		return nil, fmt.Errorf("%w: the checksum differs", ErrModel)
	}
	count, trees, nodes, hashLen := int(le32(rest)), int(le32(rest[4:])), int(le32(rest[8:])), int(le32(rest[12:]))
	rest = rest[16:]
	if count != features {
		return nil, fmt.Errorf("%w: it reads %d features, not %d", ErrModel, count, features)
	}
	if trees < 1 || nodes < trees || nodes > maxNodes || hashLen > 256 || len(rest) != hashLen+4+4*trees+nodeBytes*nodes {
		return nil, fmt.Errorf("%w: its parts do not add up", ErrModel)
	}
	if string(rest[:hashLen]) != hash {
		return nil, fmt.Errorf("%w: it was trained on other features (%.40q, not %.40q)", ErrModel, rest[:hashLen], hash)
	}
	rest = rest[hashLen:]
	m := &Model{features: features, base: math.Float32frombits(le32(rest)), roots: make([]uint32, trees), nodes: make([]node, nodes)}
	rest = rest[4:]
	for i := range m.roots {
		m.roots[i] = le32(rest[4*i:])
	}
	rest = rest[4*trees:]
	for i := range m.nodes {
		b := rest[nodeBytes*i:]
		m.nodes[i] = node{
			feature: binary.LittleEndian.Uint16(b), value: math.Float32frombits(le32(b[2:])),
			yes: binary.LittleEndian.Uint16(b[6:]), no: binary.LittleEndian.Uint16(b[8:]),
		}
	}
	return m, m.check()
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
		if int(n.feature) >= m.features || n.yes == 0 || n.no == 0 || i+int(n.yes) >= len(m.nodes) || i+int(n.no) >= len(m.nodes) {
			return fmt.Errorf("%w: node %d leads nowhere", ErrModel, i)
		}
	}
	return nil
}

// Margin is the sum of the trees for a row, in log-odds. The row has the model's number of features.
func (m *Model) Margin(row []float32) float32 {
	sum := m.base
	nodes := m.nodes
	for _, at := range m.roots {
		n := &nodes[at]
		for n.feature != leaf {
			if row[n.feature] < n.value {
				at += uint32(n.yes)
			} else {
				at += uint32(n.no)
			}
			n = &nodes[at]
		}
		sum += n.value
	}
	return sum
}

// Probability is the probability that a row is what the model was trained to find.
func (m *Model) Probability(row []float32) float32 {
	return float32(1 / (1 + math.Exp(-float64(m.Margin(row)))))
}
