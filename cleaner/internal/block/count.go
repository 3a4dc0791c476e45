package block

// A Count counts the words at or below a node; Links counts those of them that are in links.
type Count struct{ Words, Links int32 }
