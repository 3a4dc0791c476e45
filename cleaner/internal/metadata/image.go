package metadata

import (
	"strconv"
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// An imageCandidate is an image that the page declares as its own, with its size in pixels if known.
type imageCandidate struct {
	url, from     string
	width, height int
}

const (
	maxImages  = 16  // images that are considered
	minImage   = 100 // pixels; an image that is narrower or shorter is an icon
	muchLarger = 4   // the least ratio of the areas at which a later image replaces the chosen one
)

// resolveImage chooses the first image that is not a logo, placeholder or tracking pixel. A much larger later image
// takes precedence if the sizes of both are known.
func (m *Fields) resolveImage(f *Findings, absolute func(string) string) {
	logos := append(f.article.object("publisher").urls("logo"),
		stringsOf(f.article.object("publisher").object("logo")["contentUrl"], "url")...)
	logos = append(logos, f.logos()...)
	var best imageCandidate
	for _, c := range f.images(f.article) {
		c.url = absolute(c.url)
		if c.url == "" || IsNoPicture(c.url) || c.width > 0 && c.width < minImage ||
			c.height > 0 && c.height < minImage || containsURL(logos, c.url, absolute) {
			continue
		}
		if best.url == "" || best.area() > 0 && c.area() >= muchLarger*best.area() {
			best = c
		}
	}
	if best.url != "" {
		m.Image, m.Provenance["image"] = best.url, best.from
	}
}

// logos returns the pictures that the page's data gives for the site, its organizations and its authors. They are not
// pictures of the article.
func (f *Findings) logos() []string {
	var list []string
	for _, o := range f.ld {
		if !o.isType(append([]string{"Person"}, organizationTypes...)...) {
			continue
		}
		for _, key := range [...]string{"logo", "image"} {
			list = append(list, o.urls(key)...)
			list = append(list, stringsOf(o[key], "contentUrl")...)
		}
		if len(list) > maxValues {
			break
		}
	}
	return list
}

func (c imageCandidate) area() int { return c.width * c.height }

func containsURL(list []string, address string, absolute func(string) string) bool {
	for _, l := range list {
		if absolute(l) == address {
			return true
		}
	}
	return false
}

// images lists the images that the page declares as its own, with the most reliable source first.
func (f *Findings) images(article Object) []imageCandidate {
	var list []imageCandidate
	add := func(from string, urls, widths, heights []string) {
		for i, u := range urls {
			c := imageCandidate{url: u, from: from}
			if len(widths) == len(urls) && len(heights) == len(urls) {
				c.width, c.height = pixels(widths[i]), pixels(heights[i])
			}
			if len(list) < maxImages {
				list = append(list, c)
			}
		}
	}
	add("opengraph", f.metaOf("og:image", "og:image:url", "og:image:secure_url"), f.meta["og:image:width"],
		f.meta["og:image:height"])
	for _, key := range [...]string{"image", "thumbnailUrl", "primaryImageOfPage"} {
		for _, v := range asList(article[key]) {
			o, ok := v.(map[string]any)
			if !ok {
				add("json-ld", stringsOf(v, "url"), nil, nil)
				continue
			}
			object := Object(o)
			urls := append(stringsOf(o["url"], "url"), stringsOf(o["contentUrl"], "url")...)
			if len(urls) == 0 {
				urls = stringsOf(o["@id"], "@id")
			}
			add("json-ld", urls[:min(len(urls), 1)], []string{object.number("width")},
				[]string{object.number("height")})
		}
	}
	add("twitter", f.metaOf("twitter:image", "twitter:image:src"), nil, nil)
	add("microdata", f.meta["image"], nil, nil)
	add("meta", f.metaOf("parsely-image-url", "sailthru.image.full", "thumbnail", "dc.image"), nil, nil)
	add("link", f.imageLinks, nil, nil)
	return list
}

// pixels parses "1200" and "1200px". It returns 0 for any other text.
func pixels(s string) int {
	n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(s), "px"))
	if err != nil || n < 0 || n > 1<<16 {
		return 0
	}
	return n
}

// pictureless are words in the file names of images that are not pictures of the article.
var pictureless = text.SetOf("logo", "logos", "logotype", "favicon", "icon", "icons", "sprite", "placeholder", "blank",
	"pixel", "spacer", "noimage", "noimg", "default", "avatar", "gravatar", "transparent", "dummy", "fallback", "nopic",
	"nophoto", "1x1", "loading", "spinner", "sitelogo", "brandmark", "ogdefault", "socialshare", "sharelogo", "masthead",
	"emoji", "smiley", "watermark", "qrcode")

// IsNoPicture reports whether the file name of an image suggests a logo, an icon, a placeholder or a tracking pixel. It
// returns true for all SVG and ICO files.
func IsNoPicture(address string) bool {
	name, _, _ := strings.Cut(address, "?")
	name, _, _ = strings.Cut(name, "#")
	name = strings.ToLower(text.AfterSlash(name))
	if strings.HasSuffix(name, ".svg") || strings.HasSuffix(name, ".ico") {
		return true
	}
	return text.HasNameWord(name, pictureless)
}
