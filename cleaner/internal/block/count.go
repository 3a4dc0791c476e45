package block

// A Count is the number of words in a node and its descendants, and the number of those words that are in links.
type Count struct{ Words, Links int32 }

// AddUp adds to the value of each node the values of all nodes below it.
func AddUp[T int32 | float32](t *Tree, values []T) {
	for i := len(values) - 1; i > 0; i-- {
		if up := t.Nodes[i].Parent; up != None {
			values[up] += values[i]
		}
	}
}
