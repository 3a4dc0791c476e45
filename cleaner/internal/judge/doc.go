// Package judge says of each block of a page how probably it is content, and of what kind the page is, by trees that
// were grown on labelled pages (see train). A [Page] is what it reads and what it thinks; the stages of package cleaner
// fill it.
package judge
