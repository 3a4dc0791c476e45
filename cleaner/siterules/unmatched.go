package siterules

import (
	"cmp"
	"fmt"
	"slices"
)

// Unmatched returns the rules that select nothing or cost too much, as *Error in order of file and line. The errors
// with ErrUnmatched are for the rules of YAML files that have selected nothing since they were loaded. If no page had
// the path of a section, there is one error for the section. A host is omitted if none of its sections was applied to a
// page. The errors with ErrCostly are for the rules of all files that exceeded a budget on some page.
func (r *Rules) Unmatched() []error {
	var all []*Error
	seen := make(map[*section]bool)
	for _, sections := range r.sections {
		hostPages := int64(0)
		for _, s := range sections {
			hostPages += s.pages.Load()
		}
		for _, s := range sections {
			if !seen[s] && hostPages > 0 {
				seen[s] = true
				all = append(all, s.unmatched()...)
			}
		}
	}
	r.mu.Lock()
	for of := range r.costly {
		all = append(all, &Error{
			of.file, of.line, ErrCostly, of.reason() + ": stopped on some page, because it took too many steps",
		})
	}
	r.mu.Unlock()
	slices.SortFunc(all, func(a, b *Error) int {
		return cmp.Or(cmp.Compare(a.File, b.File), a.Line-b.Line, cmp.Compare(a.Message, b.Message))
	})
	errs := make([]error, len(all))
	for i, err := range all {
		errs[i] = err
	}
	return errs
}

func (s *section) unmatched() (all []*Error) {
	pages := s.pages.Load()
	if pages == 0 {
		return []*Error{{s.file, s.line, ErrUnmatched, fmt.Sprintf("no page has a path that matches %s", s.path.text)}}
	}
	for _, of := range s.rules {
		if of.matched.Load() == 0 {
			all = append(all, &Error{of.file, of.line, ErrUnmatched, fmt.Sprintf("%s selects nothing on %s",
				of.reason(), countPages(pages))})
		}
	}
	return all
}

func countPages(n int64) string {
	if n == 1 {
		return "the only page"
	}
	return fmt.Sprintf("all %d pages", n)
}
