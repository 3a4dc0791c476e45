package block
