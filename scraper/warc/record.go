package warc

import (
	"bufio"
	"bytes"
	"crypto/sha1" //nolint:gosec // other tools compare it; it protects from accidents, not from attacks
	"encoding/base32"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/dechaff/dechaff/scraper"
)

// A record is one record of a file.
type record struct {
	fields []field // without WARC-Block-Digest and Content-Length
	block  []byte
}

type field struct{ name, value string }

// newRecord returns a record. Further fields with an empty value are left out.
func newRecord(recordType, id string, date time.Time, contentType string, block []byte, fields ...field) *record {
	r := &record{block: block, fields: []field{
		{"WARC-Type", recordType},
		{"WARC-Record-ID", urn(id)},
		{"WARC-Date", stamp(date)},
		{"Content-Type", contentType},
	}}
	for _, f := range fields {
		if f.value != "" {
			r.fields = append(r.fields, f)
		}
	}
	return r
}

// lineEnds replaces the line breaks in a value with spaces, so that no value can add a field.
var lineEnds = strings.NewReplacer("\r", " ", "\n", " ")

func (r *record) write(w io.Writer) error {
	var b bytes.Buffer
	b.WriteString("WARC/1.1\r\n")
	for _, f := range append(slices.Clip(r.fields), field{"WARC-Block-Digest", digest(r.block)}) {
		fmt.Fprintf(&b, "%s: %s\r\n", f.name, lineEnds.Replace(f.value))
	}
	fmt.Fprintf(&b, "Content-Length: %d\r\n\r\n", len(r.block))
	for _, part := range [...][]byte{b.Bytes(), r.block, []byte("\r\n\r\n")} {
		if _, err := w.Write(part); err != nil {
			return err
		}
	}
	return nil
}

// infoRecord returns the warcinfo record with which a file begins.
func infoRecord(name string, more map[string]string) *record {
	var block bytes.Buffer
	fmt.Fprintf(&block, "software: %s\r\nformat: WARC File Format 1.1\r\nconformsTo: %s\r\n", scraper.DefaultUserAgent,
		"http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/")
	for _, key := range slices.Sorted(maps.Keys(more)) {
		fmt.Fprintf(&block, "%s: %s\r\n", lineEnds.Replace(key), lineEnds.Replace(more[key]))
	}
	return newRecord("warcinfo", uuid.NewString(), time.Now(), "application/warc-fields", block.Bytes(),
		field{"WARC-Filename", name})
}

// notModified is the profile of the revisit record for a 304 response (ISO 28500, section 6.7.3).
const notModified = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"

// exchangeRecords returns the records of an exchange. The first one has the exchange's ID.
func exchangeRecords(x *scraper.Exchange) (response, request *record) {
	common := []field{{"WARC-Target-URI", x.URL}, {"WARC-Protocol", protocol(x.Protocol)}}
	if x.Address.IsValid() {
		common = append(common, field{"WARC-IP-Address", x.Address.String()})
	}
	recordType, fields := "response", append(slices.Clip(common), field{"WARC-Truncated", x.Truncated})
	if x.Status == http.StatusNotModified {
		recordType = "revisit"
		fields = append(fields, field{"WARC-Profile", notModified}, field{"WARC-Refers-To-Target-URI", x.URL})
		if !x.Original.IsZero() {
			fields = append(fields, field{"WARC-Refers-To-Date", stamp(x.Original)})
		}
	} else if x.Truncated == "" {
		fields = append(fields, field{"WARC-Payload-Digest", payloadDigest(x.Response)})
	}
	response = newRecord(recordType, x.ID, x.Began, "application/http;msgtype=response", x.Response, fields...)
	request = newRecord("request", uuid.NewString(), x.Began, "application/http;msgtype=request", x.Request,
		append(slices.Clip(common), field{"WARC-Concurrent-To", urn(x.ID)})...)
	return response, request
}

func metadataRecord(about *scraper.Exchange, contentType string, block []byte) *record {
	return newRecord("metadata", uuid.NewString(), time.Now(), contentType, block,
		field{"WARC-Target-URI", about.URL}, field{"WARC-Refers-To", urn(about.ID)})
}

// protocol returns the value of WARC-Protocol, a field that crawlers agreed on after WARC 1.1. The values are ALPN
// identifiers (RFC 7301).
func protocol(version string) string {
	if version == "HTTP/2.0" {
		return "h2"
	}
	return strings.ToLower(version)
}

// payloadDigest returns the digest of a response's body. The chunked transfer encoding is removed first, but content
// encodings are not. It returns "" if the response cannot be parsed.
func payloadDigest(response []byte) string {
	res, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(response)), nil)
	if err != nil {
		return ""
	}
	defer res.Body.Close()
	hash := sha1.New() //nolint:gosec // see above
	if _, err := io.Copy(hash, res.Body); err != nil {
		return ""
	}
	return encodeDigest(hash.Sum(nil))
}

func digest(b []byte) string {
	sum := sha1.Sum(b) //nolint:gosec // see above
	return encodeDigest(sum[:])
}

func encodeDigest(sum []byte) string { return "sha1:" + base32.StdEncoding.EncodeToString(sum) }

// stamp formats a time as WARC-Date, to the microsecond.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000000Z") }

func urn(id string) string { return "<urn:uuid:" + id + ">" }
