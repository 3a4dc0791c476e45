package main

import (
	"bytes"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// This test crawls a real wiki at DECHAFF_WIKI_URL. The test itself writes the wiki's pages, in DokuWiki's markup, to
// the folder DECHAFF_WIKI_PAGES. Each page must be an article of the crawl, and at most one record in fifty may be
// anything else, such as an edit form, an old version, an index or a login page.
func TestWiki(t *testing.T) {
	site, dir := os.Getenv("DECHAFF_WIKI_URL"), os.Getenv("DECHAFF_WIKI_PAGES")
	if site == "" || dir == "" {
		t.Skip("DECHAFF_WIKI_URL and DECHAFF_WIKI_PAGES are not set: see .ci/wiki")
	}
	pages := wikiPages()
	for i := range pages {
		require.NoError(t, pages[i].write(dir))
	}
	for _, args := range [][]string{nil, {"-state", filepath.Join(t.TempDir(), "crawl.db")}} {
		out := t.TempDir()
		var stdout, stderr bytes.Buffer
		code := run(t.Context(), append(args, "-out", out, "-allow-private", "-delay", "0", site), &stdout, &stderr)
		require.Zero(t, code, stderr.String())
		t.Log(stdout.String()[strings.LastIndex(stdout.String(), "\nPages"):])
		found := make(map[string]int)
		others := 0
		for _, line := range lines(t, out) {
			if id := wikiID(line["url"].(string)); strings.Contains(line["text"].(string), wikiMarker(id)) {
				found[id]++
			} else {
				others++
				t.Log("not an article:", line["url"])
			}
		}
		for i := range pages {
			assert.Equal(t, 1, found[pages[i].id()], pages[i].id())
		}
		assert.LessOrEqual(t, others*50, len(found)+others)
	}
}

// A wikiPage is an article of an invented wiki.
type wikiPage struct {
	space, name string
	text        string
}

func (p *wikiPage) id() string { return p.space + ":" + p.name }

// write adds a page to DokuWiki's folder. The page is dated a month back, because DokuWiki marks pages noindex and
// nofollow for their first five days.
func (p *wikiPage) write(dir string) error {
	file := filepath.Join(dir, filepath.FromSlash(strings.ReplaceAll(p.id(), ":", "/"))+".txt")
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		return err
	}
	if err := os.WriteFile(file, []byte(p.text), 0o666); err != nil {
		return err
	}
	month := time.Now().AddDate(0, -1, 0)
	return os.Chtimes(file, month, month)
}

// wikiID returns the ID of the page that an address of DokuWiki shows, or "" if the address is for anything else, such
// as editing.
func wikiID(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	query := u.Query()
	id := query.Get("id")
	query.Del("id")
	switch {
	case len(query) > 0 || !strings.HasSuffix(u.Path, "/doku.php") && u.Path != "/":
		return ""
	case id == "":
		return ":start"
	}
	if !strings.Contains(id, ":") {
		id = ":" + id
	}
	return id
}

// wikiMarker returns the beginning of a sentence that occurs only on the page with the given ID.
func wikiMarker(id string) string {
	name := strings.ReplaceAll(strings.Trim(id, ":"), ":", " of ")
	return fmt.Sprintf("The entry for %s was checked by two keepers", name)
}

// wikiPages returns thirty articles in several namespaces and languages, with sections, tables, code, lists, links and
// a picture. The start page of the wiki links to each namespace.
func wikiPages() []wikiPage {
	spaces := map[string][]string{
		"":              {"start"},
		"harbour":       {"start", "tides", "cranes", "pilots", "dredging", "fog_signals", "ropes"},
		"harbour:boats": {"start", "skiff", "lugger", "tender", "ketch"},
		"islands":       {"start", "north_holm", "seal_skerry", "the_causeway", "old_light", "well_house"},
		"de:hafen":      {"start", "ebbe_und_flut", "leuchtturm", "faehre"},
		"fr:port":       {"start", "maree", "phare", "bac"},
		"tools":         {"start", "tide_clock", "log_format"},
	}
	var pages []wikiPage
	for space, names := range spaces {
		for i, name := range names {
			p := wikiPage{space: space, name: name}
			next := names[(i+1)%len(names)]
			p.text = wikiText(&p, next)
			if name == "start" {
				for _, other := range names[1:] {
					p.text += fmt.Sprintf("  * [[%s:%s]] has an entry of its own\n", space, other)
				}
				if space == "" {
					for to := range spaces {
						p.text += fmt.Sprintf("  * the pages [[%s:start|of %s]] are kept by their own editors\n", to, to)
					}
				}
			}
			pages = append(pages, p)
		}
	}
	return pages
}

// wikiBodies are three paragraphs that fit any subject, by language.
var wikiBodies = map[string][3]string{
	"en": {
		"The harbour office has kept notes about %[1]s since the winter in which the old pier was carried away,\n" +
			"and it asks everybody who works on the water to add what they know.",
		"Before anybody changes the routine for %[1]s, the watch is told in the morning,\n" +
			"and the change is written on the slate by the door, where the night watch reads it first.",
		"Most of what goes wrong with %[1]s goes wrong in the hour before low water,\n" +
			"when the crews are tired and the light is poor, and so nothing is begun then that can wait.",
	},
	"de": {
		"Das Hafenamt führt seit dem Winter, in dem die alte Mole fortgerissen wurde, Aufzeichnungen über %[1]s\n" +
			"und bittet alle, die auf dem Wasser arbeiten, ihr Wissen beizutragen.",
		"Bevor jemand den Ablauf bei %[1]s ändert, wird die Wache am Morgen unterrichtet,\n" +
			"und die Änderung kommt auf die Tafel neben der Tür, wo die Nachtwache sie zuerst liest.",
		"Das meiste, was bei %[1]s misslingt, misslingt in der Stunde vor Niedrigwasser,\n" +
			"wenn die Mannschaften müde sind und das Licht schlecht ist.",
	},
	"fr": {
		"Depuis l’hiver où la vieille jetée fut emportée, le bureau du port tient des notes sur %[1]s\n" +
			"et demande à tous ceux qui travaillent sur l’eau d’y ajouter ce qu’ils savent.",
		"Avant que quelqu’un change quoi que ce soit à %[1]s, on prévient le quart du matin,\n" +
			"et le changement est écrit sur l’ardoise près de la porte, où le quart de nuit le lit d’abord.",
		"Presque tout ce qui tourne mal avec %[1]s tourne mal dans l’heure qui précède la basse mer,\n" +
			"quand les équipages sont las et la lumière mauvaise.",
	},
}

// wikiMarkup is the format of a page in DokuWiki's markup. wikiText fills in the title, three paragraphs, the page's
// marker and a link to the next page.
const wikiMarkup = `====== %[1]s ======

%[2]s

%[5]s, and nobody has found fault with it since. See also [[%[6]s:%[7]s]] and [[%[6]s:nobody wrote this]].

{{wiki:dokuwiki-128.png|The slate by the door}}

===== Routine =====

%[3]s

^ Watch ^ Begins ^ Ends ^ Keeper ^
| first | 04:00 | 08:00 | %[1]s crew |
| second | 08:00 | 12:00 | office |
| third | 12:00 | 16:00 | office |

===== What goes wrong =====

%[4]s

<code bash>
tidelog --station %[7]s --since yesterday | sort -k2
</code>

  - look at the slate
  - ring the office
  - write down the hour

`

func wikiText(p *wikiPage, next string) string {
	title := strings.ReplaceAll(p.name, "_", " ")
	language, _, _ := strings.Cut(p.space, ":")
	body, ok := wikiBodies[language]
	if !ok {
		body = wikiBodies["en"]
	}
	for i := range body {
		body[i] = fmt.Sprintf(body[i], title)
	}
	return fmt.Sprintf(wikiMarkup, title, body[0], body[1], body[2], wikiMarker(p.id()), p.space, next)
}
