// Package formula reads mathematics: the TeX of a formula, whatever a page writes it in.
//
//	formula.go   the TeX that a formula gives, or that its MathML says
//	mathml.go    MathML in TeX: the elements
//	row.go       MathML in TeX: elements in a row, with brackets that belong together
//	scripts.go   MathML in TeX: what stands above, below and beside something
//	table.go     MathML in TeX: matrices, cases and aligned lines
//	tokens.go    MathML in TeX: identifiers, numbers, operators and text
//	symbols.go   the TeX names of signs
//	raw.go       TeX between dollars and backslashes in running text
package formula
