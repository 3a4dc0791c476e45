package scraper

import (
	"context"
	"fmt"
	"net/url"
	"time"
)

// turn takes the turn of u's host. If that is not possible now, it returns the outcome or error of the visit.
func (v *visit) turn(ctx context.Context, u *url.URL) (*turn, *Outcome, error) {
	host := hostKey(u)
	leave, at, err := v.enter(ctx, host)
	if err != nil {
		return nil, nil, err
	}
	if leave == nil {
		return nil, &Outcome{Kind: OutcomeRetry, Request: v.req, At: at}, nil
	}
	if pace := v.s.pace.get(host); time.Now().Before(pace.SetAside) {
		leave()
		if pace.Failures == v.s.opts.MaxHostFailures && time.Until(pace.SetAside) <= v.s.opts.MaxRetryAfter {
			return nil, &Outcome{Kind: OutcomeRetry, Request: v.req, At: pace.SetAside}, nil
		}
		out := v.skip(v.hostFailing(host, &pace))
		return nil, &out, nil
	}
	t, at, err := v.acquire(ctx, host)
	if t != nil {
		t.leave = leave
		return t, nil, err
	}
	leave()
	if err != nil {
		return nil, nil, err
	}
	if time.Until(at) > v.s.opts.MaxRetryAfter {
		out := v.skip(fmt.Errorf("%w: until %s", ErrHostUnavailable, at.Format(time.RFC3339)))
		return nil, &out, nil
	}
	return nil, &Outcome{Kind: OutcomeRetry, Request: v.req, At: at}, nil
}

// hostFailing returns the ErrHostFailing for a page of a host that is set aside, and reports it once for each host.
func (v *visit) hostFailing(host string, pace *HostPace) error {
	until, why := pace.SetAside.Format(time.RFC3339), fmt.Sprintf("the last %d requests failed", pace.Failures)
	if pace.Refusals > pace.Failures {
		why = fmt.Sprintf("it refused the last %d requests", pace.Refusals)
	}
	v.hooks.Watch.report("failing "+host, host, fmt.Errorf("%w until %s: %s: %s", ErrHostFailing, until, host, why))
	return fmt.Errorf("%w until %s: %s", ErrHostFailing, until, why)
}
