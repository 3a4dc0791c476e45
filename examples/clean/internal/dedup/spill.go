package dedup

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
)

// A pair is two numbers in a spill: a key and the page that has it, or a page and the page that it repeats.
type pair struct{ a, b uint64 }

func (p pair) compare(q pair) int { return cmp.Or(cmp.Compare(p.a, q.a), cmp.Compare(p.b, q.b)) }

const pairSize = 16

// A spill keeps pairs in files, one file per part, so that only one part has to be in memory.
type spill struct {
	dir, name string
	files     map[int]*os.File
	writers   map[int]*bufio.Writer
}

func newSpill(dir, name string) *spill {
	return &spill{dir, name, make(map[int]*os.File), make(map[int]*bufio.Writer)}
}

// add adds a pair to a part.
func (s *spill) add(part int, p pair) error {
	if s.writers[part] == nil {
		f, err := os.Create(filepath.Join(s.dir, fmt.Sprintf("%s-%d", s.name, part)))
		if err != nil {
			return err
		}
		s.files[part], s.writers[part] = f, bufio.NewWriterSize(f, 16<<10)
	}
	var b [pairSize]byte
	binary.LittleEndian.PutUint64(b[:], p.a)
	binary.LittleEndian.PutUint64(b[8:], p.b)
	_, err := s.writers[part].Write(b[:])
	return err
}

// take returns the pairs of a part, sorted, and deletes the file of the part.
func (s *spill) take(part int) ([]pair, error) {
	f := s.files[part]
	if f == nil {
		return nil, nil
	}
	if err := s.writers[part].Flush(); err != nil {
		return nil, err
	}
	size, err := f.Seek(0, io.SeekEnd)
	if err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err != nil {
		return nil, err
	}
	pairs := make([]pair, size/pairSize)
	r := bufio.NewReaderSize(f, 64<<10)
	var b [pairSize]byte
	for i := range pairs {
		if _, err := io.ReadFull(r, b[:]); err != nil {
			return nil, err
		}
		pairs[i] = pair{binary.LittleEndian.Uint64(b[:]), binary.LittleEndian.Uint64(b[8:])}
	}
	delete(s.files, part)
	delete(s.writers, part)
	slices.SortFunc(pairs, pair.compare)
	return pairs, errors.Join(f.Close(), os.Remove(f.Name()))
}

// close closes the files of the parts that were not taken.
func (s *spill) close() {
	for _, f := range s.files {
		f.Close()
	}
}

// A table keeps values of equal size in a file. The values are numbered from 0.
type table struct {
	file *os.File
	buf  *bufio.Writer
	size int
}

func newTable(dir, name string, size int) (*table, error) {
	f, err := os.Create(filepath.Join(dir, name))
	if err != nil {
		return nil, err
	}
	return &table{f, bufio.NewWriterSize(f, 256<<10), size}, nil
}

// append adds a value. All values must be added before the first is read.
func (t *table) append(value []byte) error {
	_, err := t.buf.Write(value)
	return err
}

// read reads value number n into the slice value.
func (t *table) read(n uint64, value []byte) error {
	_, err := t.file.ReadAt(value, int64(n)*int64(t.size))
	return err
}

// An idTable keeps the ids of pages and the shards that they are in.
type idTable struct {
	// The table text contains the ids, one after the other. For each page, the table index contains the offset in the
	// table text where the page's id ends, and the number of the page's shard, from 0.
	index, text *table
	end         uint64 // where the last id ends
}

func newIDTable(dir string) (*idTable, error) {
	index, err := newTable(dir, "index", 12)
	if err != nil {
		return nil, err
	}
	text, err := newTable(dir, "ids", 1)
	return &idTable{index: index, text: text}, err
}

func (t *idTable) append(shard int, id string) error {
	var b [12]byte
	t.end += uint64(len(id))
	binary.LittleEndian.PutUint64(b[:], t.end)
	binary.LittleEndian.PutUint32(b[8:], uint32(shard))
	return errors.Join(t.index.append(b[:]), t.text.append([]byte(id)))
}

func (t *idTable) flush() error { return errors.Join(t.index.buf.Flush(), t.text.buf.Flush()) }

func (t *idTable) close() {
	t.index.file.Close()
	if t.text != nil {
		t.text.file.Close()
	}
}

// read returns the id of a page and its shard.
func (t *idTable) read(page uint64) (id string, shard int, err error) {
	var b [12]byte
	start := uint64(0)
	if page > 0 {
		if err := t.index.read(page-1, b[:]); err != nil {
			return "", 0, err
		}
		start = binary.LittleEndian.Uint64(b[:])
	}
	if err := t.index.read(page, b[:]); err != nil {
		return "", 0, err
	}
	text := make([]byte, binary.LittleEndian.Uint64(b[:])-start)
	return string(text), int(binary.LittleEndian.Uint32(b[8:])), t.text.read(start, text)
}
