package warc_test

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/dechaff/dechaff/examples/internal/warc"
)

func ExampleReader() {
	const file = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://tide.example/\r\n" +
		"Content-Type: application/http\r\nContent-Length: 60\r\n\r\n" +
		"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>The tide</p>\n\r\n\r\n"

	r := warc.NewReader(strings.NewReader(file), 16<<20)
	for {
		rec, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			fmt.Println(err)
			return
		}
		if err := rec.Decode(16 << 20); err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Printf("%s %d %s %q\n", rec.URL, rec.Status, rec.ContentType, rec.Payload)
	}
	// Output: https://tide.example/ 200 text/html "<p>The tide</p>\n"
}
