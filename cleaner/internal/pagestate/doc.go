// Package pagestate finds the article in the data that a page carries for its scripts, and converts it to HTML.
//
//	literal.go   reads values in the notation of JSON and JavaScript
//	scripts.go   the values in the scripts of Next.js, Nuxt, Apollo, Remix, Gatsby, SvelteKit and others
//	flight.go    the rows that React Server Components stream
//	find.go      Article, which finds the document among the values
//	document.go  nodes of rich text from Contentful, Sanity, ProseMirror, Lexical, Slate, Editor.js and others
//	write.go     converts rich text to HTML
//	markdown.go  converts Markdown to HTML
package pagestate
