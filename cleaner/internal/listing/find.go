package listing

import (
	"cmp"
	"slices"

	"golang.org/x/net/html"

	"github.com/dechaff/dechaff/cleaner/internal/arena"
	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dates"
	"github.com/dechaff/dechaff/cleaner/internal/thread"
	"github.com/dechaff/dechaff/cleaner/internal/zone"
)

// A Page is the input of the search.
type Page struct {
	Tree   *block.Tree
	Blocks []block.Block
	// Zones are the zones of each node, according to the class names and ids of the elements around it.
	Zones []zone.Zone
	// Unseen reports whether a node, with everything below it, is hidden or can never be content.
	Unseen func(i int32) bool
	// Probabilities has each block's probability of being content.
	Probabilities []float32
	// Style determines how to read the page's dates.
	Style dates.Style
	// Picture returns the address of an image, or "" for no image and for icons.
	Picture func(n *html.Node) string
	// Address returns the absolute address of a link, or false if it leads nowhere or within the page.
	Address func(href string) (string, bool)
	// Own reports whether an address differs from the page's own address only in the query, such as a filter or a sort
	// order.
	Own func(address string) bool
}

// An Entry is one item of a list.
type Entry struct {
	// From and To are the range of the entry's nodes. To is exclusive. Both are 0 for an entry that is only in the
	// page's data.
	From, To int32
	// Title and URL are never empty on entries that List.Read returns. The other fields are empty if the entry lacks them.
	Title, URL, Excerpt, Image string
	Published                  dates.Date
	Author, Price              string
}

// A List is the result of Find.
type List struct {
	// Entries are the entries in page order. Only their fields From, To, Title and URL are set; see Read.
	Entries []Entry
	// Share is the share of the page's expected content, in words, that is in entries.
	Share float64

	finder *finder
	titled []titled
}

// A Memory is the memory that Find works in. It must not be used for another page while the List of the last one is in
// use. The zero value is ready for use.
type Memory struct {
	sums  arena.Slab[sum]
	bools arena.Slab[bool]
	words arena.Slab[int32]
}

// Forget makes the memory available for the next page.
func (m *Memory) Forget() { arena.Reset(&m.sums, &m.bools, &m.words) }

// Find returns the entries of a page. There are none if the page has no list.
func Find(p *Page, m *Memory) *List {
	f := &finder{Page: p, memory: m, stampPage: thread.Page{Tree: p.Tree, Blocks: p.Blocks, Style: p.Style}}
	f.markSides()
	f.sumUp()
	f.group()
	chosen := f.choose()
	if len(chosen) == 0 {
		return &List{}
	}
	items := f.leads(chosen)
	for _, g := range chosen {
		items = append(items, g.items...)
	}
	slices.SortFunc(items, func(a, b item) int { return cmp.Compare(a.from, b.from) })
	l := &List{finder: f, Share: f.coverage(items)}
	l.readTitles(items)
	return l
}

// A finder is the state of the search on one page.
type finder struct {
	*Page
	memory    *Memory
	stampPage thread.Page
	// side reports for each node whether it is outside the main content or hidden.
	side []bool
	// sideClasses caches the results of isSideClass.
	sideClasses map[string]bool
	// sums[i] contains the counts for all nodes before node i in page order. The last sum is for the whole page.
	sums []sum
	// links are the links in the main content, in page order.
	links  []link
	groups []*group
	// actions are the texts of links that only name an action: "read more".
	actions map[string]bool
	// labels are lines that many entries have. numbered are lines that many entries have with different numbers; they
	// are stored without the numbers.
	labels, numbered map[string]bool
}

// An item is a box with its link.
type item struct {
	from, to int32 // the range of the box's nodes; to is exclusive
	link     int32 // index into finder.links
}
