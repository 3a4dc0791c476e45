package block

// A Count is how many words stand at or below a node, and how many of them in links.
type Count struct{ Words, Links int32 }
