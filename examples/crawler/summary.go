package main

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"

	"golang.org/x/term"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/scraper"
)

// A summary counts what a crawl did. It is safe for concurrent use.
type summary struct {
	mu       sync.Mutex
	pages    int // pages that this run has handled
	articles map[writing]int
	keep     bool               // whether articles are added to kept
	kept     []*cleaner.Article // shown by the demo
	empty    int
	listings int // pages that only lead to other pages
	files    fileCounts
	views    int // pages that show another page's article
	old      int // pages that -since leaves out
	repeated int // pages that were cleaned again
	failures []string
	notices  []string // problems of the sites
	removed  map[string]int
	stats    scraper.Stats
}

func newSummary(keep bool) *summary {
	return &summary{keep: keep, articles: make(map[writing]int), removed: make(map[string]int)}
}

func (s *summary) article(a *cleaner.Article, what writing) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.articles[what]++
	if s.keep {
		s.kept = append(s.kept, a)
	}
	for _, r := range a.Removed {
		s.removed[r.Rule]++
	}
}

// page counts a page that is passed to this run.
func (s *summary) page() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pages++
}

// oldPage counts a page that -since leaves out.
func (s *summary) oldPage() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.old++
}

// unchanged counts an article that was not cleaned, because its page has not changed since the last run.
func (s *summary) unchanged() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.articles[articleUnchanged]++
}

// again counts an article that replaces an earlier one of the same page.
func (s *summary) again(a *cleaner.Article) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.repeated++
	for i, old := range s.kept {
		if old.URL == a.URL {
			s.kept[i] = a
		}
	}
}

// articlesKept returns a copy of the list of articles, because handlers that are still running after a stop may add to
// the list.
func (s *summary) articlesKept() []*cleaner.Article {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.kept)
}

func (s *summary) noArticle(string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.empty++
}

func (s *summary) listing() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.listings++
}

// fileCounts counts the files of -images and -media that a run saved, and those that were not available.
type fileCounts struct {
	pictures, media int
	unavailable     int
	bytes           int64
	missing         map[string]int // by reason
}

// file counts a file that was saved, and returns the counts.
func (s *summary) file(isMedia bool, size int) fileCounts {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.files.bytes += int64(size)
	if isMedia {
		s.files.media++
	} else {
		s.files.pictures++
	}
	return s.files
}

// missingFile counts a file that is not available, and returns the counts.
func (s *summary) missingFile(err error) fileCounts {
	reason := scraper.Reason(err)
	if errors.Is(err, errNoFile) {
		reason = errNoFile.Error()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.files.missing == nil {
		s.files.missing = make(map[string]int)
	}
	s.files.missing[reason]++
	s.files.unavailable++
	return s.files
}

func (f *fileCounts) print(w io.Writer) {
	if f.pictures+f.media > 0 {
		media := ""
		if f.media > 0 {
			media = fmt.Sprintf(", %d audio and video files", f.media)
		}
		fmt.Fprintf(w, "Files     %d pictures%s saved, %.1f MB\n", f.pictures, media, float64(f.bytes)/1e6)
	}
	printCounts(w, "Missing", f.missing)
}

func (s *summary) view() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.views++
}

// failed records the error of a page. The error includes the page's address.
func (s *summary) failed(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failures = append(s.failures, strings.TrimPrefix(err.Error(), "scraper: "))
}

// notice records a problem of a site.
func (s *summary) notice(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.notices = append(s.notices, strings.TrimPrefix(err.Error(), "scraper: "))
}

func (s *summary) finish(stats scraper.Stats) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stats = stats
}

// handled returns how many pages the crawl has handled, including earlier runs with the same -state. It is 0 until the
// crawl has ended.
func (s *summary) handled() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stats.Handled
}

// leftToOthers reports whether this run got no page because other workers or earlier runs with the same -state have
// handled them. It is false until the crawl has ended.
func (s *summary) leftToOthers() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.pages == 0 && s.stats.Handled > 0
}

// isOnlySeeds reports whether the crawl has handled only its seeds, and has left out nothing but addresses of other
// sites and sitemaps and feeds that do not exist.
func (s *summary) isOnlySeeds(seeds int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for reason := range s.stats.Skipped {
		switch reason {
		case scraper.Reason(scraper.ErrOutOfScope), scraper.Reason(scraper.ErrSitemap), scraper.Reason(scraper.ErrFeed):
		default:
			return false
		}
	}
	return s.stats.Handled > 0 && s.stats.Handled <= seeds && s.stats.Failed+s.stats.Listed == 0
}

// printHint says what to try if no link led from the seeds to another page.
func (s *session) printHint() {
	if s.depth < 0 || !s.summary.isOnlySeeds(len(s.seeds)) {
		return
	}
	hint := "no links to other pages of the site were found."
	if !s.sitemaps && !s.sitemapOnly {
		hint += " Try -sitemaps."
	}
	if s.rendering.renderer == nil {
		hint += " If scripts make the links, try -render always."
	}
	fmt.Fprintf(s.stdout, "Hint      %s\n", hint)
}

// maxFailures is the maximum number of failures, and of notices, that are listed.
const maxFailures = 10

func (s *summary) print(w io.Writer, out, forms, stopped string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if stopped != "" {
		fmt.Fprintf(w, "\n%s\n", stopped)
	}
	fmt.Fprintf(w, "\nPages     %d handled, %d failed\n", s.stats.Handled, s.stats.Failed)
	if s.pages < s.stats.Handled { // with -state, the counts of pages are those of the whole crawl
		const others = "other workers or earlier runs of this crawl handled the others"
		fmt.Fprintf(w, "This run  %d pages handled; %s\n", s.pages, others)
	}
	fmt.Fprintf(w, "Articles  %d in %s (%s); %d pages without one\n",
		s.articles[articleNew]+s.articles[articleChanged]+s.articles[articleUnchanged], out, forms, s.empty)
	if s.articles[articleChanged]+s.articles[articleUnchanged] > 0 {
		fmt.Fprintf(w, "Of these  %d new, %d changed, %d unchanged\n",
			s.articles[articleNew], s.articles[articleChanged], s.articles[articleUnchanged])
	}
	if s.listings > 0 {
		fmt.Fprintf(w, "Lists     %d pages that only list others, followed but not written (-listings writes them)\n",
			s.listings)
	}
	s.files.print(w)
	if s.views > 0 {
		const why = "because they add nothing to another page of the same article"
		fmt.Fprintf(w, "Views     %d pages left out, %s\n", s.views, why)
	}
	if s.old > 0 {
		fmt.Fprintf(w, "Old       %d pages left out because they are older than -since\n", s.old)
	}
	if s.repeated > 0 {
		fmt.Fprintf(w, "Again     %d pages cleaned again, to remove text that their hosts repeat\n", s.repeated)
	}
	printCounts(w, "Failed", s.stats.Failures)
	printCounts(w, "Skipped", s.stats.Skipped)
	printCounts(w, "Removed", s.removed)
	printLines(w, "Notice", s.notices)
	printLines(w, "Error", s.failures)
}

// printLines prints the first maxFailures lines of a list, each preceded by the title, and how many more there are.
func printLines(w io.Writer, title string, lines []string) {
	for i, line := range lines {
		if i == maxFailures {
			fmt.Fprintf(w, "  and %d more\n", len(lines)-i)
			break
		}
		fmt.Fprintf(w, "%-9s %s\n", title, line)
	}
}

// printCounts lists counts, the largest first.
func printCounts(w io.Writer, title string, counts map[string]int) {
	keys := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		if counts[a] != counts[b] {
			return counts[b] - counts[a]
		}
		return strings.Compare(a, b)
	})
	for i, k := range keys {
		if i > 0 {
			title = ""
		}
		fmt.Fprintf(w, "%-9s %5d  %s%s\n", title, counts[k], k, remedies[k])
	}
}

// remedies maps reasons why pages failed or were skipped to notes about the flags concerned.
var remedies = map[string]string{
	scraper.Reason(scraper.ErrForbiddenAddress): " (use -allow-private to crawl it)",
	scraper.Reason(scraper.ErrPageLimit):        " (set by -max)",
	scraper.Reason(scraper.ErrTrap):             " (-no-trap PATTERN visits them)",
	scraper.Reason(scraper.ErrHostFailing):      " (with -state, a later run with -retry-failed visits them)",
}

// A progress shows the progress of the crawl: a live line on a terminal, otherwise a line for each article.
type progress struct {
	mu   sync.Mutex
	w    io.Writer
	live bool
	last string
}

func newProgress(w io.Writer) *progress {
	f, ok := w.(*os.File)
	return &progress{w: w, live: ok && term.IsTerminal(int(f.Fd()))}
}

func (p *progress) update(s scraper.Stats) {
	if !p.live {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	rate := float64(s.Fetched) / max(s.Elapsed.Seconds(), 0.001)
	p.draw(fmt.Sprintf("%d done, %d queued, %.1f pages/s, %d hosts, %d failed", s.Handled, s.Queued, rate, s.Hosts,
		s.Failed))
}

// files shows the progress of fetching pictures, sounds and videos.
func (p *progress) files(f fileCounts) {
	if !p.live {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	saved, size := f.pictures+f.media, float64(f.bytes)/1e6
	p.draw(fmt.Sprintf("%d files saved, %.1f MB, %d not available", saved, size, f.unavailable))
}

// draw redraws the live line.
func (p *progress) draw(text string) {
	pad := max(len(p.last)-len(text), 0)
	fmt.Fprintf(p.w, "\r%s%s", text, strings.Repeat(" ", pad))
	p.last = text
}

func (p *progress) article(file string, a *cleaner.Article) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.live {
		return
	}
	fmt.Fprintf(p.w, "%s  %d words, %d removals  %s\n", file, len(strings.Fields(a.Text())), len(a.Removed), a.URL)
}

// end removes the live line.
func (p *progress) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.live && p.last != "" {
		p.draw("")
		fmt.Fprint(p.w, "\r")
	}
}
