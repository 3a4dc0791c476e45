// Package siterules reads rules for sites from files: what is content there, what is chaff, where the fields are.
//
//	content: article .text
//	remove: .share
//
// in a file example.org.yaml makes a Rules that a cleaner takes:
//
//	rules, err := siterules.Load("rules")
//	c := cleaner.New(cleaner.Options{SiteRules: rules})
//
// README.md describes the YAML format field by field, and which directives of fivefilters' site config files (*.txt)
// are honored.
//
//	rules.go      Rules: files by host; match.go what they select in a page
//	yaml.go       the YAML format; insert.go puts a rule into a file; unmatched.go rules that select nothing
//	ftr.go        fivefilters' format; ftr_directives.go, ftr_match.go, ftr_rewrite.go what its directives do;
//	              ftr_report.go which of them are honored
//	selector.go   selectors: css.go in CSS, xpath.go in XPath; budget.go how much they may cost
//
// A selector costs bounded time, whatever it and the page are: see ErrCostly.
package siterules
