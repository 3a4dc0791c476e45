// Package formula reads mathematics. It returns a formula in TeX, whatever notation a page uses.
//
//	formula.go   the TeX that a formula carries, or the TeX for its MathML
//	mathml.go    MathML to TeX: the elements
//	row.go       MathML to TeX: elements in a row, with matching brackets
//	scripts.go   MathML to TeX: subscripts, superscripts, and signs above or below a base
//	table.go     MathML to TeX: matrices, cases and aligned lines
//	tokens.go    MathML to TeX: identifiers, numbers, operators and text
//	symbols.go   the TeX names of symbols
//	raw.go       TeX between dollars and backslashes in running text
package formula
