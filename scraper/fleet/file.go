package fleet

import (
	"context"

	"github.com/dechaff/dechaff/scraper"
)

// FetchFile is like scraper.FetchFile, for files that belong to the pages of a crawl, such as pictures. It must not be
// called before Crawl has returned. It knows each robots.txt that this process has read and, as of its first call, how
// long the hosts of the database ask not to be requested. It does not reserve hosts: while other workers make requests
// to a host, it adds its own, with the same delay between them.
//
// Errors: those of scraper.FetchFile, and database errors.
func (f *Fleet) FetchFile(ctx context.Context, address string, o scraper.FileOptions) (*scraper.File, error) {
	if err := f.loadBusyHosts(ctx); err != nil {
		return nil, err
	}
	return f.scraper.FetchFile(ctx, address, o)
}

// loadBusyHosts passes the state of the hosts that are not due yet to the scraper, on its first successful call. The
// state may be that of another worker.
func (f *Fleet) loadBusyHosts(ctx context.Context) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.knowsBusyHosts {
		return nil
	}
	hosts, err := f.db().hostsDueAfter(ctx, f.clock.earliest())
	if err != nil {
		return err
	}
	for i := range hosts {
		f.applyHostRow(&hosts[i])
	}
	f.knowsBusyHosts = true
	return nil
}
