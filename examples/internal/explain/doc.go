// Package explain describes for people what the cleaner decided about a page, block by block, and why.
//
//	saved page  →  Page: items with verdicts and reasons, fields and their sources, times, the article
//
// New cleans a page and collects the decisions. Page.Text prints them, Page.HTML writes them as one self-contained HTML
// file, and Page.View writes a copy of the page in which every item is marked. Copies contain only allowed elements and
// attributes. They have no script, event handler, frame, form or external address.
package explain

// Files:
//
//	explain.go    Options, Page, New
//	item.go       the items, in page order; stepper.go finds their elements by XPath
//	fields.go     the fields, and where the page shows or declares them
//	text.go       Page.Text; html.go (Page.HTML)
//	view.go       Page.View; allow.go (what a copy may contain), style.go (its colors), files.go (its files)
