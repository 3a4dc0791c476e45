// Package metadata finds the fields of a page (title, authors, dates, language and more) and records where each was
// found.
//
// Read collects what the markup says and resolves each field from the best source. Settle corrects the fields based on
// what is visible to a reader, once the text of the page is known; it reads the page through a View. For example, a
// page with
//
//	<meta name="author" content="admin"> … <h1>The tide is late</h1><p>By Ada Pell, 14 March 2026</p>
//
// has the author "Ada Pell" from "visible byline" and the date 2026-03-14 from "visible date".
//
// Entry points and the two passes:
//
//	fields.go         Fields, the result; Read
//	view.go           View, what a page shows; Settle
//	collect.go        collects meta elements, links, headings and times in one walk over the tree
//
// JSON-LD:
//
//	ld_parse.go       parses scripts and repairs common errors of generators
//	ld_objects.go     members of objects; the object that describes this page's article
//	ld_types.go       what a page declares itself to be, by its types and its generator
//	ld_texts.go       texts about the subject of the page, to be recognized among its blocks
//	ld_lists.go       the entries of a list
//
// One file for each field:
//
//	title.go          the headline, a dish's name; heading.go (h1 and the like), title_strip.go (removes the site's
//	                  name), title_shown.go (what the page shows of its title)
//	authors.go        authors; byline.go (lines with "by"), authors_titled.go (a blog's owner in the title)
//	date.go           dates; date_keys.go (names of meta elements), date_state.go (data for scripts),
//	                  date_address.go (/2026/03/14/), date_order.go and date_agree.go (day or month first)
//	language.go       the language; language_text.go (by its words), writing.go (by its letters)
//	site.go           the site's name; site_names.go (all names of the site), home_name.go (names in links to the front
//	                  page), publisher.go
//	image.go, links.go, tags.go, paywall.go, parsely.go (data in one meta element)
//
// Products and recipes, read only on request:
//
//	microdata.go      microdata and RDFa, read into the same form as JSON-LD
//	product.go        a product from structured data; product_visible.go (what a shop shows),
//	                  product_code.go, money.go
//	recipe.go         a recipe from structured data; ld_recipe.go (its lists), recipe_visible.go (what a page shows)
//
// Names of people:
//
//	names.go          distinguishes people from organizations and accounts; names_list.go (splits a line into names)
//	names_glued.go    names without a separator
//	names_parts.go    credits, agencies and roles next to names
//	names_cjk.go      names in Chinese, Japanese and Korean; names_han.go (labels of Chinese and Japanese lines),
//	                  names_hangul.go (reporters of Korean lines)
//
// What a reader sees:
//
//	visible.go        which lines around the headline and below the text are read, and in which order
//	visible_line.go   reads one line; visible_date.go, visible_names.go, visible_places.go (names without "by"),
//	                  visible_cjk.go (names next to dates)
//	hints.go          what class names say about a line: an author, a date; pieces.go (the runs of a line with the
//	                  same hints), age.go ("10 minutes ago")
//	lone_byline.go    bylines far from the headline; author_box.go, lone_date.go
//	concealed.go      streamed parts of a page that scripts move into place
package metadata
