package fleet

import "context"

// loadCookies passes the cookies that the turn's host has set, as the database has them, to the job's Cookies.
func (t *turn) loadCookies(ctx context.Context) (err error) {
	if t.run.job.Cookies == nil {
		return nil
	}
	if t.cookies, err = t.run.f.db().hostCookies(ctx, t.job.Args); err == nil {
		t.run.job.Cookies.SetHostState(t.host.name, []byte(t.cookies))
	}
	return err
}

// saveCookies stores the cookies of the turn's host, if they have changed. If it fails, the host sets them again.
func (t *turn) saveCookies(ctx context.Context) {
	if t.run.job.Cookies == nil {
		return
	}
	text := string(t.run.job.Cookies.HostState(t.host.name))
	t.mu.Lock()
	changed := text != t.cookies
	t.cookies = text
	t.mu.Unlock()
	if !changed {
		return
	}
	if err := t.run.f.db().saveCookies(ctx, t.job.Args, text); err != nil {
		t.abortUnlessOutage(ctx, err)
	}
}
