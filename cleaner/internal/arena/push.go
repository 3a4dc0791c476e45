package arena

import (
	"slices"
)

// Push is append for lists that become as long as a page makes them: it doubles their room, where append, beyond a
// few hundred, adds a quarter and copies a long list a dozen times.
func Push[T any](list []T, value T) []T {
	if len(list) == cap(list) {
		list = slices.Grow(list, max(len(list), 16))
	}
	return append(list, value)
}
