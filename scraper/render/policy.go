package render

import (
	"net/http"
	"strings"
)

// policy is a Content-Security-Policy with which each page is served, in addition to the page's own. Documents that the
// page itself creates (srcdoc, blob: and data: frames, blob: workers) inherit it.
//
//   - sandbox: no dialogs, downloads, windows or form submissions.
//   - connect-src: no WebSocket, whose schemes are ws and wss.
//   - worker-src: no service workers, and no workers with a policy of their own.
//   - webrtc: no peer connections (not in the standard; Chromium has it).
//
// The policy has no img-src: a refused picture would fire an event, and scripts would then replace the picture.
// Instead, flags keep pictures from loading.
const policy = "sandbox allow-scripts allow-same-origin; connect-src http: https: data: blob:; " +
	"worker-src blob: data:; frame-src 'none'; object-src 'none'; font-src data:; media-src 'none'; " +
	"manifest-src 'none'; webrtc 'block'"

// kept lists the fields of the server's response header that are passed to the browser. The other fields concern the
// network, lead away from the page (Refresh, Link, Content-Disposition), or make it send reports.
var kept = []string{
	"Content-Language", "Content-Security-Policy", "Date", "Last-Modified", "Referrer-Policy", "Set-Cookie",
	"Cross-Origin-Opener-Policy", "Cross-Origin-Embedder-Policy",
}

// pageHeader returns the header with which a page is served to the browser. It includes the constant policy.
func pageHeader(response http.Header, encoding string) http.Header {
	header := make(http.Header)
	for _, name := range kept {
		if values := response.Values(name); len(values) > 0 {
			header[name] = values
		}
	}
	kind := "text/html"
	if strings.HasPrefix(response.Get("Content-Type"), "application/xhtml+xml") {
		kind = "application/xhtml+xml"
	}
	header.Set("Content-Type", kind+"; charset="+encoding)
	header.Add("Content-Security-Policy", policy)
	header.Set("Cache-Control", "no-store")
	return header
}
