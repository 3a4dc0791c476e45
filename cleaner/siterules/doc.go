// Package siterules reads site rules from files. The rules define what is content on a site, what is chaff, and where
// the fields are. For example, the file example.org.yaml with
//
//	content: article .text
//	remove: .share
//
// makes a Rules that a cleaner accepts:
//
//	rules, err := siterules.Load("rules")
//	c := cleaner.New(cleaner.Options{SiteRules: rules})
//
// README.md describes the YAML format field by field, and which directives of fivefilters' site config files (*.txt)
// are honored.
//
//	rules.go      Rules: the files by host; match.go matches them with a page; pattern.go has patterns of paths
//	yaml.go       the YAML format; insert.go adds a rule to a file; unmatched.go lists rules that select nothing
//	ftr.go        fivefilters' format; ftr_directives.go, ftr_match.go and ftr_rewrite.go run its directives;
//	              ftr_report.go reports which directives are honored
//	errors.go     Error and what it wraps
//	selector.go   selectors; css.go (CSS), xpath.go (XPath), budget.go (limits on their cost)
//
// A selector takes bounded time on any page; see ErrCostly.
package siterules
