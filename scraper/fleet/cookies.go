package fleet

import "context"

// loadCookies passes the host's cookies from the database to the job's Cookies.
func (t *turn) loadCookies(ctx context.Context, h *hostRow) (err error) {
	if t.run.job.Cookies == nil {
		return nil
	}
	if h.cookies, err = t.run.f.db().hostCookies(ctx, t.run.id, h.id); err == nil {
		t.run.job.Cookies.SetHostState(h.name, []byte(h.cookies))
	}
	return err
}

// saveCookies stores the cookies of a host, if they have changed. If saving them fails, the host has to set them again.
func (t *turn) saveCookies(ctx context.Context, h *hostRow) {
	if t.run.job.Cookies == nil {
		return
	}
	text := string(t.run.job.Cookies.HostState(h.name))
	t.mu.Lock()
	changed := text != h.cookies
	h.cookies = text
	t.mu.Unlock()
	if !changed {
		return
	}
	if err := t.run.f.db().saveCookies(ctx, t.run.id, h.id, text); err != nil {
		t.abortUnlessOutage(ctx, err)
	}
}
