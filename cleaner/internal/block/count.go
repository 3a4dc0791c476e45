package block

// A Count is the number of words in a node and its descendants, and the number of those words that are in links.
type Count struct{ Words, Links int32 }
