// Package text holds helpers on strings: folding, plain words, letters of all scripts, ends of sentences. It knows nothing of pages.
package text
