package block

// A Count has the number of words at or below a node (Words), and how many of them are in links (Links).
type Count struct{ Words, Links int32 }
