// Package plaintext removes chaff from text that has lost its markup.
package plaintext
