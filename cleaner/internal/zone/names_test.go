package zone

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestOfName(t *testing.T) {
	for name, want := range map[string]Zone{
		"post-share-buttons": Share, "postShareButtons": Share, "SHARE": Share, "shareholder": 0, "author-bio": AuthorBox,
		"author": 0, "authorBox": AuthorBox, "author box": 0, "no-print": NoPrint, "sign-up": Signup, "": 0, "-": 0,
		strings.Repeat("x", 40) + "-share": Share, "%E8%A8%AD": 0, "share-%E8%A8": Share,
	} {
		assert.Equal(t, want, OfName(name), name)
	}
}

// Each listed name indicates a zone and is listed only once.
func TestNames(t *testing.T) {
	seen := make(map[string]bool)
	for _, name := range Names() {
		assert.NotZero(t, OfName(name), name)
		assert.False(t, seen[name], name)
		seen[name] = true
	}
}
