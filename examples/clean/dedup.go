package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/dechaff/dechaff/examples/clean/internal/dedup"
)

// dedupe copies shards without the articles that repeat an earlier one.
func dedupe(ctx context.Context, c config, stderr io.Writer) error {
	began := time.Now()
	counts, err := dedup.Run(ctx, dedup.Options{
		From: c.arguments[0], To: c.out, Near: c.dedup == "near", Force: c.force, Workers: c.workers,
	})
	if errors.Is(err, dedup.ErrDone) {
		return fmt.Errorf("%w: use -force, or another -out", err)
	}
	if err == nil && !c.quiet {
		fmt.Fprintf(stderr, "clean: %d of %d articles in %d shards repeat an earlier one: see %s (%s)\n", counts.Repeats,
			counts.Articles, counts.Shards, dedup.ReportName, time.Since(began).Round(time.Millisecond))
	}
	return err
}
