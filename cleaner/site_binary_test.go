package cleaner

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSiteBinary(t *testing.T) {
	for name, site := range map[string]*Site{"nothing": NewSite(), "a host": lantern(t).site()} {
		t.Run(name, func(t *testing.T) {
			data := siteBytes(t, site)
			back := NewSite()
			require.NoError(t, back.UnmarshalBinary(data))
			assert.Equal(t, site.Pages(), back.Pages())
			assert.Equal(t, data, siteBytes(t, back))
		})
	}
}

// resum corrects the checksum after data was changed.
func resum(data []byte) []byte {
	binary.LittleEndian.PutUint32(data[len(siteMagic):], crc32.ChecksumIEEE(data[len(siteMagic)+4:]))
	return data
}

func TestSiteBinaryRefused(t *testing.T) {
	site := lantern(t).site()
	good := siteBytes(t, site)
	change := func(at int, b byte) []byte {
		data := bytes.Clone(good)
		data[at] ^= b
		return data
	}
	count := len(siteMagic) + 16
	for name, data := range map[string][]byte{
		"nothing":              nil,
		"something else":       []byte(strings.Repeat("not a site ", 20)),
		"a later version":      change(len(siteMagic)-1, 3),
		"cut short":            good[:len(good)-1],
		"cut in its header":    good[:20],
		"longer":               append(bytes.Clone(good), 0),
		"a flipped bit":        change(len(good)/2, 0x10),
		"more counts than fit": resum(append(change(count+3, 0x7F), 0)),
		"counts out of order":  resum(change(count+4+7, 0xFF)),
		"a repeated count":     resum(append(bytes.Clone(good[:len(good)-siteEntry]), good[len(good)-2*siteEntry:len(good)-siteEntry]...)),
		"a count of zero":      resum(append(bytes.Clone(good[:len(good)-4]), 0, 0, 0, 0)),
		"too many pages":       resum(change(len(siteMagic)+4+7, 0x80)),
	} {
		t.Run(name, func(t *testing.T) {
			target := lantern(t).site()
			require.ErrorIs(t, target.UnmarshalBinary(data), ErrBadSite)
			assert.Equal(t, good, siteBytes(t, target), "refused bytes changed the Site")
		})
	}
}

func FuzzSiteUnmarshal(f *testing.F) {
	good := siteBytes(f, lantern(f).site())
	f.Add(good)
	f.Add(siteBytes(f, NewSite()))
	f.Add(good[:len(good)/2])
	f.Add([]byte(siteMagic))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > siteHeader {
			resum(data) // with a valid checksum
		}
		site := NewSite()
		if err := site.UnmarshalBinary(data); err != nil {
			require.ErrorIs(t, err, ErrBadSite)
			require.Zero(t, site.Pages())
			return
		}
		require.Equal(t, data, siteBytes(t, site), "reading and writing are not inverse")
		site.Merge(site)
	})
}
