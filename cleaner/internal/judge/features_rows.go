package judge

import "github.com/dechaff/dechaff/cleaner/internal/block"

// MaxRows is the maximum number of rows for the blocks of a page. No page in the corpora has more blocks. On a larger
// page, some blocks represent others that look alike, so that the judge's time and memory are bounded.
const MaxRows = 4096

// A likeness is the set of properties that blocks must share so that one may represent the others: their kind, whether
// they are long and, unless the page has MaxRows/4 shapes or more, their shape.
type likeness struct {
	shape int32
	kind  block.Kind
	long  bool
}

// On pages with more than MaxRows blocks, chooseRepresentatives picks the blocks that have a row: every nth block of
// each likeness, in page order, starting with the first. Each represents the blocks of its likeness up to the next such
// block.
func (d *describer) chooseRepresentatives() {
	blocks := d.p.Blocks
	if len(blocks) <= MaxRows {
		return
	}
	stride := int32((len(blocks) + MaxRows/2 - 1) / (MaxRows / 2))
	byShape := len(d.shapes) < MaxRows/4
	type turn struct{ row, left int32 }
	turns := make(map[likeness]turn)
	d.rowOf = d.p.Memory.Int32s.Take(len(blocks))
	for b := range blocks {
		like := likeness{kind: blocks[b].Kind, long: blocks[b].Words >= longBlock}
		if byShape {
			like.shape = d.shapeOf[b]
		}
		t := turns[like]
		if t.left == 0 {
			t = turn{int32(len(d.representatives)), stride}
			d.representatives = append(d.representatives, int32(b))
		}
		t.left--
		turns[like] = t
		d.rowOf[b] = t.row
	}
}

// rows returns the number of rows in the page's table.
func (d *describer) rows() int {
	if d.rowOf == nil {
		return len(d.p.Blocks)
	}
	return len(d.representatives)
}

// Row returns the row for block b. It describes either b itself or the block that represents b.
func (d *describer) Row(b int) []float32 {
	if d.rowOf != nil {
		b = int(d.rowOf[b])
	}
	return d.Table.row(b)
}

// representative returns the block that a row describes.
func (d *describer) representative(row int) int {
	if d.rowOf == nil {
		return row
	}
	return int(d.representatives[row])
}

// isRepresentative reports whether a block has a row of its own.
func (d *describer) isRepresentative(b int) bool {
	return d.rowOf == nil || int(d.representatives[d.rowOf[b]]) == b
}

// spread copies to each block the value of its row.
func (d *describer) spread(blocks, rows []float32) {
	if d.rowOf == nil {
		copy(blocks, rows)
		return
	}
	for b := range blocks {
		blocks[b] = rows[d.rowOf[b]]
	}
}
