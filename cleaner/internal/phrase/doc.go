// Package phrase holds the word lists, by language, and matches lines against them.
package phrase
