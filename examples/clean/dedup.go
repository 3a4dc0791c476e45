package main

import (
	"context"
	"io"
)

func dedupe(ctx context.Context, c config, stderr io.Writer) error { return nil }
