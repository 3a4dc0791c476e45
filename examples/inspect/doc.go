package main

// Files:
//
//	run.go        the command line, and the start of the server; open.go opens the browser
//	pages.go      reads the pages that the arguments name
//	library.go    the pages, their list, and how each is cleaned; cache.go keeps results
//	server.go     HTTP: who may ask, and the answers; describe.go makes the answers about a page
//	rulebook.go   the site rules of the folder, with unsaved changes and undo
//	teach.go      requests that change rules, and the effects of the changes
//	selector.go   proposes selectors for a clicked element
//	assets        the page in the browser
