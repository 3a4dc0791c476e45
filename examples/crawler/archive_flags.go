package main

import (
	"errors"
	"flag"
)

// archiveFlags are the flags that say what is written, and how.
type archiveFlags struct {
	formats      []*format
	names        *namePattern
	matter       matter
	images       bool
	media        bool
	offlineLinks bool
	listings     bool

	formatList, filename, matterFile string
}

// archive defines the flags that say what is written, and how.
func (c *config) archive(fs *flag.FlagSet) {
	fs.StringVar(&c.formatList, "format", "markdown,jsonl",
		"`formats` of the output, separated by commas: markdown, html, text, warc, and jsonl (the index)")
	fs.StringVar(&c.filename, "filename", "{slug}",
		"`pattern` of the articles' file names, such as {date}-{slug} or {path}/{name}")
	fs.StringVar(&c.matterFile, "front-matter", "",
		"`file` with a template (text/template) for the front matter of the Markdown files")
	fs.BoolVar(&c.images, "images", false, "also save the articles' pictures")
	fs.BoolVar(&c.media, "media", false, "also save the audio and video files that the articles link to")
	fs.BoolVar(&c.offlineLinks, "offline-links", false,
		"make links between saved articles point to their files (the default with -images)")
	fs.BoolVar(&c.listings, "listings", false,
		"also write pages that only list other pages, such as a category or a front page")
}

// check parses the values of the flags. -images turns on -offline-links, unless that flag is given too.
func (a *archiveFlags) check(fs *flag.FlagSet) error {
	var err error
	if a.formats, err = parseFormats(a.formatList); err != nil {
		return err
	}
	if len(a.formats) == 0 {
		return errors.New("-format names no format")
	}
	if a.names, err = parseNamePattern(a.filename); err != nil {
		return err
	}
	if a.matter, err = readMatter(a.matterFile); err != nil {
		return err
	}
	chosen := false
	fs.Visit(func(f *flag.Flag) { chosen = chosen || f.Name == "offline-links" })
	if a.images && !chosen {
		a.offlineLinks = true
	}
	return nil
}
