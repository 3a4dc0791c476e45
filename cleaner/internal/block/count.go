package block

// A Count is how many words there are at or below a node, and how many of them in links.
type Count struct{ Words, Links int32 }
