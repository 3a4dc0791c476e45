// Package listing finds the entries of a list page: the stories of a front page, the posts of a blog's archive, the
// products of a shop's category, the rows of a table of links.
//
// An entry is a box with a link of its own to a page of its own. Links at places of one look make a group, and each
// has the highest box around it that holds no other of the group. The groups that say most outside of menus, sidebars
// and footers are the page's.
//
//	find.go   Find, the stages
//	side.go   the parts of the page that are no main content
//	sums.go   what is in a part of the page
//	groups.go links of one look, and the boxes around them
//	choose.go the groups that are the page's entries
//	leads.go  the stories that look like no other
//	fields.go title, excerpt, picture, date and author of an entry
//	title.go  which text is the title
//	labels.go lines that many entries have: "read more", "in stock"
//	prices.go what an entry costs
//	price.go  amounts of money
//	data.go   the list that the page's JSON-LD describes
package listing
