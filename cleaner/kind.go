package cleaner

import (
	"fmt"

	"github.com/dechaff/dechaff/cleaner/internal/judge"
)

// Kind is the kind of page that an article came from.
type Kind uint8

// The kinds of page. The zero value means unknown.
const (
	KindUnknown Kind = iota
	KindArticle
	KindForum         // a thread, or a question with answers
	KindProduct       // a single product
	KindCollection    // a list of products
	KindListing       // another list of pages, such as a front page
	KindDocumentation // a page of a manual or a reference
	KindService       // a page about what a company offers
)

// String returns the kind's name in lower case, such as "article".
func (k Kind) String() string { return judge.Kind(k).String() }

// MarshalText implements encoding.TextMarshaler.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler. It accepts the names that String returns.
func (k *Kind) UnmarshalText(text []byte) error {
	for kind := KindUnknown; kind <= KindService; kind++ {
		if kind.String() == string(text) {
			*k = kind
			return nil
		}
	}
	return fmt.Errorf("cleaner: unknown kind %q", text)
}
