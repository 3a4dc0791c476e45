// Package listing finds the entries of a list page: the stories of a front page, the posts of a blog's archive, the
// products of a shop's category, the rows of a table of links.
//
// An entry is a box with its own link to its own page. Links whose surroundings look alike form a group. The box of
// a link is an element around it that contains no other link of the group, usually the outermost such element. The
// page's entries are the boxes of the groups with the most content outside menus, sidebars and footers.
//
//	find.go   Find, the stages
//	side.go   the parts of the page that are not main content
//	sums.go   counts of words, pictures, dates and prices in a part of the page
//	groups.go links that look alike, and the boxes around them
//	choose.go the groups that are the page's entries
//	leads.go  lead stories, which look different from other entries
//	fields.go Read: title, excerpt, picture, date and author of an entry
//	title.go  which text is the title
//	labels.go lines that many entries have: "read more", "in stock"
//	prices.go the price of an entry
//	price.go  amounts of money
//	data.go   the list that the page's JSON-LD describes
package listing
