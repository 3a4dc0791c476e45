// Package fleet is scraper's crawl on many machines, and after a crash.
package fleet
