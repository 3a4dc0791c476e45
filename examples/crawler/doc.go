package main

// The steps of a crawl, and the files that contain them:
//
//	before        flags.go, archive_flags.go, since.go, seeds.go, signin.go, sitelogin.go, siterules.go, render.go
//	demo.go       the demo site, if there is no URL; demo_picture.go draws its pictures, show.go prints its articles
//	run.go        a session: the crawl, and what happens with each page
//	  unchanged.go   is the page as it was in an earlier run?
//	  index.go       does it only list other pages? posts.go: does it only repeat other pages?
//	  locked.go      does it only ask for a password?
//	  views.go       is it another view of an article?
//	  write.go       the article's files and its line of articles.jsonl
//	after         again.go, archive.go, gone.go, summary.go
//
// What runs remember in the output folder:
//
//	ledger.go     articles.jsonl: one line per article
//	pictures.go   files.jsonl: pictures and other files, by address
//	aliases.go    aliases.jsonl: other addresses of articles
//	changes.go    changes.jsonl: what changed since the run before
//	site.go       what the pages of each host have in common; again.go cleans early pages again when more is known
//	gone.go       which articles of earlier runs the site no longer has
//
// Formats and names:
//
//	formats.go    the values of -format; frontmatter.go (Markdown), page_html.go (HTML, text), warc.go (WARC)
//	filename.go   the pattern of -filename; names.go makes file names safe and unique
//	files.go      folders: locks, unfinished files, full disks
//	archive.go    fetches pictures and files; filekind.go (which types), drawing.go (which SVG drawings)
//	linkbook.go   which file a link should point to; relink.go changes the links in written files
