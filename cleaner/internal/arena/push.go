package arena

import (
	"slices"
)

// Push is append for lists that are long on some pages. It doubles the capacity of a full list. The built-in append
// adds only a quarter to a list of more than a few hundred elements, and so copies a long list a dozen times.
func Push[T any](list []T, value T) []T {
	if len(list) == cap(list) {
		list = slices.Grow(list, max(len(list), 16))
	}
	return append(list, value)
}
