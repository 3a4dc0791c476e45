package text

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestTagsInValues(t *testing.T) {
	for value, want := range map[string]string{
		"How to style a <table> with CSS":             "How to style a <table> with CSS",
		"The <dialog> element, explained":             "The <dialog> element, explained",
		"Why <section> is not <div>":                  "Why <section> is not <div>",
		"Vec<T> and Map<K, V> in practice":            "Vec<T> and Map<K, V> in practice",
		`Dates in <input type="date">: a warning`:     `Dates in <input type="date">: a warning`,
		"What &lt;stdio.h&gt; has":                    "What <stdio.h> has",
		"Do not put <script> into the head":           "Do not put <script> into the head",
		"Hens <3 ferries, and 2 < 3 > 1":              "Hens <3 ferries, and 2 < 3 > 1",
		"The <b>tide</b>, late":                       "The tide, late",
		"H<sub>2</sub>O":                              "H2O",
		"The tide<br>is late":                         "The tide is late",
		"The tide <br/> is late":                      "The tide is late",
		"<p>The tide is late.</p><p>Again.</p>":       "The tide is late. Again.",
		"<p> The tide is…":                            "The tide is…",
		"<div>The tide is…":                           "The tide is…",
		`<a href="/a?b>c" title='>'>The tide</a> out`: "The tide out",
		`The tide <img src="/a.jpg" alt="a>b"/> out`:  "The tide out",
		`The tide is late <a href="/tide`:             "The tide is late",
		"The <!-- not --> tide<o:p></o:p>":            "The tide",
		"<script>var a = '<b>';</script>The tide":     "The tide",
		"Ada Pell <ada@gazette.example>":              "Ada Pell",
		"Ada Pell <https://gazette.example/ada>":      "Ada Pell",
		"if a <b and c":                               "if a <b and c",
		"<table>":                                     "<table>",
		"<p>":                                         "",
	} {
		assert.Equal(t, want, PlainText(value, 500), value)
	}
}

func TestTagsTakeLinearTime(t *testing.T) {
	for _, unit := range []string{"<", "<a", `<a "`, `<a ="`, "<a>", "<!--", "</a ='x", "<script>"} {
		began := time.Now()
		PlainText(strings.Repeat(unit, 1<<18/len(unit)), 1<<18)
		assert.Less(t, time.Since(began), 5*time.Second, unit)
	}
}
