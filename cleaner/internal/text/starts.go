package text

// Starts contains values for words in lower-case ASCII, grouped by the first two bytes of the words. It finds the words
// that may begin at a place in a text, with one look-up: at most places, there are none.
type Starts[T any] struct {
	groups [][]T
	of     [1 << 10]uint8 // for each pair of bytes, the index of its group
}

// NewStarts returns a Starts without words.
func NewStarts[T any]() *Starts[T] { return &Starts[T]{groups: make([][]T, 1)} } // groups[0] stays empty

// pair returns the index of two bytes in Starts.of. Letters in lower case have different indexes, and a capital has the
// index of its small letter.
func pair(first, second byte) int { return int(first%32)<<5 | int(second%32) }

// Add adds a value for a word of at least two bytes. There may be up to 255 pairs of bytes.
func (s *Starts[T]) Add(word string, value T) {
	group := &s.of[pair(word[0], word[1])]
	if *group == 0 {
		*group = uint8(len(s.groups))
		s.groups = append(s.groups, nil)
	}
	s.groups[*group] = append(s.groups[*group], value)
}

// At returns the values of all words that begin with the two given bytes, and perhaps values of other words, which
// begin with other signs. The values are in the order in which they were added.
func (s *Starts[T]) At(first, second byte) []T { return s.groups[s.of[pair(first, second)]] }
