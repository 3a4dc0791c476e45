// Package dom reads and makes nodes of HTML trees: attributes, texts, new elements.
package dom
