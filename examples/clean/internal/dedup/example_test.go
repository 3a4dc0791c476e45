package dedup_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/dechaff/dechaff/examples/clean/internal/dedup"
)

func ExampleRun() {
	dir, err := os.MkdirTemp("", "dedup")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = os.RemoveAll(dir) }()
	shard := `{"id": "a", "text": "The tide came in."}` + "\n" + `{"id": "b", "text": "The  tide came in."}` + "\n"
	if err := os.WriteFile(filepath.Join(dir, "1.jsonl"), []byte(shard), 0o600); err != nil {
		fmt.Println(err)
		return
	}
	to := filepath.Join(dir, "unique")
	counts, err := dedup.Run(context.Background(), dedup.Options{From: dir, To: to, Workers: 1})
	if err != nil {
		fmt.Println(err)
		return
	}
	report, err := os.ReadFile(filepath.Join(to, dedup.ReportName))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%+v\n%s", counts, report)
	// Output:
	// {Shards:1 Articles:2 Repeats:1}
	// {"id":"b","shard":"1.jsonl","of":"a","of_shard":"1.jsonl","similarity":1}
}
