package main

import "slices"

// A cache keeps the most recently used values, up to a maximum number.
type cache[K comparable, V any] struct {
	most   int
	values map[K]V
	order  []K // the most recently used last
}

func newCache[K comparable, V any](most int) cache[K, V] {
	return cache[K, V]{most: most, values: make(map[K]V)}
}

func (c *cache[K, V]) get(key K) (V, bool) {
	v, ok := c.values[key]
	if ok {
		c.touch(key)
	}
	return v, ok
}

func (c *cache[K, V]) put(key K, v V) {
	c.values[key] = v
	c.touch(key)
	if len(c.order) > c.most {
		delete(c.values, c.order[0])
		c.order = c.order[1:]
	}
}

func (c *cache[K, V]) touch(key K) {
	if i := slices.Index(c.order, key); i >= 0 {
		c.order = slices.Delete(c.order, i, i+1)
	}
	c.order = append(c.order, key)
}
