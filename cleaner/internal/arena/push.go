package arena

import (
	"slices"
)

// Push is append for lists whose length a page decides. It doubles their capacity, where append adds a quarter beyond
// a few hundred elements and so copies a long list a dozen times.
func Push[T any](list []T, value T) []T {
	if len(list) == cap(list) {
		list = slices.Grow(list, max(len(list), 16))
	}
	return append(list, value)
}
