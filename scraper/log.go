package scraper

import (
	"context"
	"log/slog"
)

// log logs a warning about an error that does not end the visit.
func (s *Scraper) log(ctx context.Context, what, address string, err error) {
	if s.opts.Logger != nil {
		s.opts.Logger.LogAttrs(ctx, slog.LevelWarn, what, slog.String("url", address), slog.Any("err", err))
	}
}

// logOutcome logs the result of a visit, unless the visit only has to wait until its host's turn is due.
func (s *Scraper) logOutcome(ctx context.Context, req Request, out *Outcome, err error) {
	if s.opts.Logger == nil {
		return
	}
	level, kind := slog.LevelDebug, out.Kind.String()
	switch {
	case err != nil:
		level = slog.LevelWarn
	case out.Kind == OutcomeSkipped:
		level, err = slog.LevelInfo, out.Err
	case out.Kind == OutcomeRetry && out.Err == nil:
		return // no request to the page's host may be made yet
	case out.Kind == OutcomeRetry:
		level, err = slog.LevelInfo, out.Err
	}
	attrs := []slog.Attr{
		slog.String("url", req.URL), slog.Int("status", out.Status), slog.Int64("bytes", out.Bytes),
		slog.Int("depth", req.Depth),
	}
	if out.Kind == OutcomeRedirect {
		attrs = append(attrs, slog.String("to", out.Request.URL))
	}
	if out.Kind == OutcomeRetry {
		attrs = append(attrs, slog.Time("at", out.At))
	}
	if err != nil {
		attrs = append(attrs, slog.String("err", err.Error()))
	}
	s.opts.Logger.LogAttrs(ctx, level, kind, attrs...)
}
