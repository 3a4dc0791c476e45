package judge

// Kind is the kind of page that an article came from. Its values are those of cleaner.Kind.
type Kind uint8

// The kinds of page. The zero value is unknown.
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

// String returns the kind's name in lower case.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return kindNames[KindUnknown]
}
