// Package explain describes what the cleaner decided of a page, for people: block by block, and why.
//
//	saved page  →  Page: items with verdicts and reasons, fields and where they were found, times, the article
//
// New cleans a page and collects the decisions. Page.Text prints them, Page.HTML writes them as one HTML file that
// needs nothing else, and Page.View writes a copy of the page in which every item can be found again. Copies are made
// by an allow-list: they have no script, event handler, frame, form or address of anything outside of them.
package explain
