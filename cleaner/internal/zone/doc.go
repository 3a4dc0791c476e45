// Package zone tells what an element is for by its class names, ids and roles.
package zone
