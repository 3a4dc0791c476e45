package metadata

import (
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/phrase"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// chooseTitled sets the author to the owner of the blog in the page's title: "… - 李海明的博文", "…_海边的猫_湾浪博客". It runs
// if nothing else on the page names anyone.
func (m *Fields) chooseTitled(f *Findings) {
	if len(m.Authors) > 0 || text.UnspacedLength(f.Title) == 0 {
		return
	}
	parts := strings.FieldsFunc(f.Title, func(r rune) bool { return strings.ContainsRune("-_|—–｜", r) })
	for i := 1; i < len(parts); i++ {
		name, owned := strings.TrimSpace(parts[i]), false
		for _, suffix := range phrase.HanOwned {
			if before, ok := strings.CutSuffix(name, suffix); ok {
				name, owned = before, true
				break
			}
		}
		owned = owned || i == len(parts)-2 && text.ContainsAny(parts[i+1], phrase.HanBlogs)
		if owned && nickname(name) == name {
			m.setAuthors([]string{name}, "title")
			m.class = account
			return
		}
	}
}
