package block

// A Count is the number of words at or below a node, and of those in links.
type Count struct{ Words, Links int32 }
