package input

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"sync/atomic"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

// Errors to match with errors.Is.
var (
	// ErrNotPages means that a file contains nothing that can be cleaned. The error is returned as a *KindError.
	ErrNotPages = errors.New("not pages")
	// ErrBomb means that a file unpacks to far more data than a file of pages would.
	ErrBomb = errors.New("unpacks to too much data")
	// ErrCut means that a file is truncated or damaged. The pages before the damage were read.
	ErrCut = errors.New("damaged or cut off")
	// ErrTooLarge means that a page is larger than Options.MaxPage.
	ErrTooLarge = htmldoc.ErrTooLarge
	// ErrField means that a JSON line is malformed or lacks the field with the page.
	ErrField = errors.New("not a JSON object with the fields of a page")
	// ErrEncoding means that the transfer or content encoding of a page is broken.
	ErrEncoding = errors.New("broken encoding")
)

// Options configures how inputs are read. The zero value is the recommended one.
type Options struct {
	// MaxPage is the maximum size of a page in bytes, unpacked; 0 means htmldoc.DefaultMaxBytes.
	MaxPage int64
	// MaxUnpacked is the number of bytes to which an input may unpack regardless of its own size; 0 means 1 GiB.
	// Beyond that, an input that unpacks to more than 200 times its size is abandoned (ErrBomb).
	MaxUnpacked int64
	// HTMLField, URLField and IDField are the names of fields in JSON lines: "" means "html", "url" and "id".
	HTMLField, URLField, IDField string
	// URLs maps the ids of pages to their addresses. It is used for pages without an address.
	URLs map[string]string
	// Stdin is standard input, for the argument "-".
	Stdin io.Reader
	// Read counts the bytes read from the files, for progress. It may be nil.
	Read *atomic.Int64
}

func (o Options) maxPage() int64 { return cmp.Or(o.MaxPage, htmldoc.DefaultMaxBytes) }

const defaultUnpacked = 1 << 30

// The values of Page.URLSource.
const (
	FromRecord  = "record"  // the WARC record, the JSON line or the MHTML header
	FromSidecar = "sidecar" // page.json next to page.html
	FromList    = "list"    // a file with the addresses of pages
)

// A Page is one page of an input.
type Page struct {
	// ID identifies the page in its input, although some WARC and JSON files use an id twice. It begins with the
	// input's ID if the file has no id for the page.
	ID string
	// URL is the page's address, or "" if it is unknown. URLSource is the source of the address.
	URL, URLSource string
	// ContentType is the HTTP header Content-Type. FetchedAt is the time when the page was fetched, as in the file.
	// Both are "" if unknown.
	ContentType, FetchedAt string
	// Body is the page's bytes. IsText reports whether they are plain text, without markup.
	Body   []byte
	IsText bool
	// Truncated is the reason why the page is known to be incomplete, or "".
	Truncated string
	// Skip is the reason why this is not a page to clean, such as "status 404" or "image/png", or "" for a page. Count
	// is the number of skipped records that this page represents; 0 means 1.
	Skip  string
	Count int
	// Err is the reason why the page could not be read, or nil.
	Err error

	size    int64       // in the file, before Prepare decodes the page
	prepare func(*Page) // work that may run on a different goroutine than the reader
}

// Size returns the size of a page in bytes, as in its file.
func (p *Page) Size() int64 { return max(p.size, int64(len(p.Body))) }

// Prepare decodes a page. It must be called once before the page's fields are read. It may be called on a different
// goroutine than Pages.
func (p *Page) Prepare() {
	if p.prepare != nil {
		p.prepare(p)
		p.prepare = nil
	}
}

// fromList sets the address of a page that lacks one. It looks up the page's id in the list and, if the list lacks it,
// the id without folders and extensions.
func (p *Page) fromList(o Options) {
	if p.URL != "" || len(o.URLs) == 0 {
		return
	}
	for _, id := range []string{p.ID, stem(p.ID)} {
		if address, ok := o.URLs[id]; ok {
			p.URL, p.URLSource = address, FromList
			return
		}
	}
}

// An Input is a file with pages.
type Input struct {
	// Name is the path to open, or "-".
	Name string
	// ID identifies the input within a run: the path relative to the named folder, or the path as given.
	ID string
	// Kind is the name of the input's format, such as "warc".
	Kind string
	// URL and ContentType belong to the page, if the input has only one. URLSource is the source of the address.
	URL, URLSource, ContentType string
	// Size is the size of the file in bytes, or 0 if unknown.
	Size int64
	// Single reports whether the input is one page. Named reports whether the user named it, rather than a folder that
	// contains it.
	Single, Named bool

	stdin *stream
}

// Once reports whether the input can be read only once.
func (in *Input) Once() bool { return in.Name == "-" }

// Pages calls the function yield with each page, in the order of the file, until yield returns false. The error is
// about the input: ErrNotPages, ErrCut, ErrBomb, the error of ctx, or an error of the file system as an *fs.PathError.
// Pages before the error are valid.
func (in *Input) Pages(ctx context.Context, o Options, yield func(*Page) bool) error {
	s, err := in.open(o)
	if err != nil {
		return err
	}
	defer s.Close()
	s.enough = cmp.Or(o.MaxUnpacked, defaultUnpacked)
	f := formatNamed(in.Kind)
	if f == nil {
		return fmt.Errorf("%w: no format %q", ErrNotPages, in.Kind)
	}
	err = f.read(s, in, o, func(p *Page) bool {
		p.fromList(o)
		return ctx.Err() == nil && yield(p)
	})
	if ctxErr := ctx.Err(); ctxErr != nil {
		return ctxErr
	}
	return in.blame(s, err)
}

// blame adds the name of the input to an error that lacks it.
func (in *Input) blame(s *stream, err error) error {
	var kind *KindError
	var path *fs.PathError
	if err == nil || errors.As(err, &kind) || errors.As(err, &path) {
		return err
	}
	return fmt.Errorf("%s: %w", in.Name, s.blame(err))
}

func (in *Input) open(o Options) (*stream, error) {
	if in.stdin != nil {
		return in.stdin, nil
	}
	f, err := os.Open(in.Name)
	if err != nil {
		return nil, err
	}
	return newStream(f, in.Name, o.Read)
}

// A format is one kind of file.
type format struct {
	name string // as used in reports
	// single reports whether a file contains exactly one page.
	single bool
	// matches reports whether a file with this beginning and name is of this format.
	matches func(head []byte, name string) bool
	// read yields the pages of a file; it stops when yield returns false.
	read func(s *stream, in *Input, o Options, yield func(*Page) bool) error
	// check returns a *KindError if a matching file has no pages after all. It is nil for formats without such a
	// check.
	check func(s *stream, name string, o Options) error
}

// formats returns the formats in the order in which they are tried: those with a signature first, then those that need
// a more thorough check, and text last, because most of the other formats are text too. It is a function, not a
// variable, because readers of archives use the table for the members. With a variable, that would be an initialization
// cycle.
func formats() []format {
	return []format{
		{"warc", false, isWARC, readWARC, nil},
		{"zip", false, isZip, readZip, nil},
		{"tar", false, isTar, readTar, nil},
		{"jsonl", false, isJSONLines, readJSONLines, checkJSONLines},
		{"mhtml", true, isMHTML, readMHTML, nil},
		{"html", true, isHTML, readHTML, nil},
		{"text", true, isText, readText, nil},
	}
}

func formatNamed(name string) *format {
	for _, f := range formats() {
		if f.name == name {
			return &f
		}
	}
	return nil
}
