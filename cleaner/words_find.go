package cleaner

// A finder looks for any of several parts in a line, in one walk over it.
type finder struct{ by [256][]string }

func newFinder(parts []string) *finder {
	f := &finder{}
	for _, part := range parts {
		f.by[part[0]] = append(f.by[part[0]], part)
	}
	return f
}

// in reports whether one of the parts stands in s.
func (f *finder) in(s string) bool {
	for i := range len(s) {
		for _, part := range f.by[s[i]] {
			if len(part) <= len(s)-i && s[i:i+len(part)] == part {
				return true
			}
		}
	}
	return false
}
