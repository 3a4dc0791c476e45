package cleaner

import "fmt"

// Kind is the kind of page that an article came from.
type Kind uint8

// The kinds of page. The zero value means unknown.
const (
	KindUnknown Kind = iota
	KindArticle
	KindForum
	KindProduct
	KindCollection
	KindListing
	KindDocumentation
	KindService
)

var kindNames = [...]string{
	"unknown", "article", "forum", "product", "collection", "listing", "documentation", "service",
}

// String returns the kind's name in lower case, such as "article".
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return kindNames[KindUnknown]
}

// MarshalText implements encoding.TextMarshaler.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (k *Kind) UnmarshalText(text []byte) error {
	for kind := KindUnknown; kind <= KindService; kind++ {
		if kind.String() == string(text) {
			*k = kind
			return nil
		}
	}
	return fmt.Errorf("cleaner: unknown kind %q", text)
}
