package cleaner

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math"
	"slices"
)

// The binary form of a Site: siteMagic, whose last byte is the version; the CRC-32 (IEEE) of everything after it, 4
// bytes; the number of pages, 8; the number subtracted from all counts, 4; the number of counts, 4; then the counts
// sorted by key, each a key of 8 bytes and a count of 4. All numbers are little-endian. Sites with the same knowledge
// have the same bytes.
const (
	siteMagic  = "dechaffsite\x02"
	siteHeader = len(siteMagic) + 4 + 8 + 4 + 4
	siteEntry  = 12
)

// MarshalBinary implements encoding.BinaryMarshaler. The result has at most 1.2 MB, and is the same for Sites that
// observed the same pages in the same order.
func (s *Site) MarshalBinary() ([]byte, error) { return s.Snapshot().MarshalBinary() }

// UnmarshalBinary implements encoding.BinaryUnmarshaler. It replaces what the Site knew before. It returns ErrBadSite,
// and changes nothing, if the bytes are not a Site, were written by another version or are damaged.
func (s *Site) UnmarshalBinary(data []byte) error {
	read, err := unmarshalSite(data)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pages, s.seen = read.pages, read.seen
	return nil
}

// MarshalBinary implements encoding.BinaryMarshaler, in the format of Site.
func (s *Snapshot) MarshalBinary() ([]byte, error) {
	order := make([]int, 0, s.seen.used)
	for i, key := range s.seen.keys {
		if key != 0 {
			order = append(order, i)
		}
	}
	slices.SortFunc(order, func(a, b int) int {
		if s.seen.keys[a] < s.seen.keys[b] {
			return -1
		}
		return 1
	})
	data := make([]byte, 0, siteHeader+siteEntry*len(order))
	data = append(data, siteMagic...)
	data = binary.LittleEndian.AppendUint32(data, 0) // the checksum, filled in below
	data = binary.LittleEndian.AppendUint64(data, uint64(s.pages))
	data = binary.LittleEndian.AppendUint32(data, s.seen.lost)
	data = binary.LittleEndian.AppendUint32(data, uint32(len(order)))
	for _, i := range order {
		data = binary.LittleEndian.AppendUint64(data, s.seen.keys[i])
		data = binary.LittleEndian.AppendUint32(data, s.seen.values[i])
	}
	binary.LittleEndian.PutUint32(data[len(siteMagic):], crc32.ChecksumIEEE(data[len(siteMagic)+4:]))
	return data, nil
}

// unmarshalSite checks all bytes and returns the Snapshot that they contain.
func unmarshalSite(data []byte) (*Snapshot, error) {
	bad := func(why string) (*Snapshot, error) { return nil, fmt.Errorf("%w: %s", ErrBadSite, why) }
	if len(data) < siteHeader || string(data[:len(siteMagic)-1]) != siteMagic[:len(siteMagic)-1] {
		return bad("the header is wrong")
	}
	if version := data[len(siteMagic)-1]; version != siteMagic[len(siteMagic)-1] {
		return bad(fmt.Sprintf("version %d", version))
	}
	body := data[len(siteMagic):]
	if binary.LittleEndian.Uint32(body) != crc32.ChecksumIEEE(body[4:]) {
		return bad("the checksum is wrong")
	}
	pages, lost, n := binary.LittleEndian.Uint64(body[4:]), binary.LittleEndian.Uint32(body[12:]),
		binary.LittleEndian.Uint32(body[16:])
	body = body[20:]
	if n > maxCounts*3/4 || len(body) != siteEntry*int(n) || pages > math.MaxInt32 {
		return bad("the size is wrong")
	}
	s := &Snapshot{pages: int(pages), seen: counts{lost: lost}}
	s.seen.resize(min(fittingCounts(int(n)), maxCounts))
	last := uint64(0)
	for ; len(body) > 0; body = body[siteEntry:] {
		key, value := binary.LittleEndian.Uint64(body), binary.LittleEndian.Uint32(body[8:])
		if key <= last || value == 0 {
			return bad("the counts are out of order")
		}
		last = key
		at := s.seen.slot(key)
		s.seen.keys[at], s.seen.values[at] = key, value
		s.seen.used++
	}
	return s, nil
}
