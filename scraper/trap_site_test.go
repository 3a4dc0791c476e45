package scraper

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

// trapHandler responds to everything with links to a nested folder, to the next month, to pages with more filters, and
// to pages with a session.
func trapHandler(s *site) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.arrivals = append(s.arrivals, arrival{path: r.URL.RequestURI(), at: time.Now()})
		n := len(s.arrivals)
		s.mu.Unlock()
		links := []string{
			"/story?b=2&a=1", "/story?a=1&b=2", fmt.Sprintf("/story?a=1&b=2&PHPSESSID=%d", n),
			fmt.Sprintf("/story;jsessionid=%d?a=1&b=2", n),
		}
		var year, month int
		if _, err := fmt.Sscanf(r.URL.Path, "/calendar/%d/%d", &year, &month); err != nil {
			year, month = time.Now().Year(), 1
		}
		links = append(links, fmt.Sprintf("/calendar/%d/%d", year+month/12, month%12+1))
		if !strings.HasPrefix(r.URL.Path, "/calendar") && len(r.URL.Path) < 400 {
			links = append(links, strings.TrimSuffix(r.URL.Path, "/")+"/more/")
		}
		for i := range 4 {
			links = append(links, fmt.Sprintf("/shop?size=%d&colour=%d&brand=%d&sort=%d", n%7, i, n%11, n%3))
		}
		writePage(w, r.URL.Path, links...)
	})
}
