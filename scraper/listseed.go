package scraper

import (
	"bytes"
	"errors"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// skipOrList returns the outcome for a response that is not a page. A seed of a crawl may be a sitemap or a feed,
// although its request does not say so; it is then requested again as such. Any other response is skipped.
func (v *visit) skipOrList(out Outcome, err error) Outcome {
	out.Kind, out.Err = OutcomeSkipped, err
	kind, ok := errors.AsType[*kindError](err)
	if !ok || !errors.Is(err, ErrContentType) || v.req.Depth > 0 || v.req.List != NoList || v.hooks.Watch == nil ||
		slices.Contains(v.req.Via, v.req.URL) {
		return out
	}
	list := NoList
	switch kind.kind {
	case "a feed", "JSON":
		list = FeedList
	case "XML":
		list = SitemapList
	case "an archive":
		if strings.HasSuffix(strings.ToLower(v.url.Path), ".gz") {
			list = SitemapList
		}
	}
	if list != NoList {
		out.Kind, out.Err = OutcomeRedirect, nil
		out.Request.List, out.Request.Tries = list, 0
		out.Request.Via = append(slices.Clone(v.req.Via), v.req.URL)
	}
	return out
}

// listKind returns the kind of file of a body that is a feed or a sitemap, although its header may say that it is a
// page. It returns "" for any other body.
func listKind(body []byte) string {
	if !bytes.HasPrefix(bytes.TrimLeft(body[:min(len(body), 64)], "\xef\xbb\xbf \t\r\n"), []byte("<")) {
		return ""
	}
	tokens := html.NewTokenizer(bytes.NewReader(body))
	for kind := tokens.Next(); kind != html.ErrorToken; kind = tokens.Next() {
		if kind != html.StartTagToken {
			continue // an XML declaration counts as a comment
		}
		name, _ := tokens.TagName()
		switch _, local, hasPrefix := bytes.Cut(name, []byte(":")); {
		case hasPrefix && (string(local) == "feed" || string(local) == "rdf"), string(name) == "rss", string(name) == "feed":
			return "a feed"
		case string(name) == "urlset", string(name) == "sitemapindex":
			return "XML"
		}
		return ""
	}
	return ""
}
