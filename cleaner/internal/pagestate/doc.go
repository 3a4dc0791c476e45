// Package pagestate finds the article in the data that a page carries for its scripts, and writes it in HTML.
//
//	literal.go   values as JSON and JavaScript write them
//	scripts.go   the values in the scripts of Next.js, Nuxt, Apollo, Remix, Gatsby, SvelteKit and others
//	flight.go    the rows that React Server Components stream
//	find.go      Article, which finds the document among the values
//
// document.go  what kind of node a value is in a rich text: of Contentful, Sanity, ProseMirror, Lexical, Slate,
// Editor.js …
//
//	write.go     such nodes in HTML
//	markdown.go  Markdown in HTML
package pagestate
