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
	// ErrNotPages means that a file holds nothing that could be cleaned. It is returned as a *KindError.
	ErrNotPages = errors.New("not pages")
	// ErrBomb means that a file unpacks to far more than a file of pages would.
	ErrBomb = errors.New("unpacks to too much")
	// ErrCut means that a file ends too early or is damaged: the pages before that place were read.
	ErrCut = errors.New("damaged or cut off")
	// ErrTooLarge means that a page is larger than Options.MaxPage.
	ErrTooLarge = htmldoc.ErrTooLarge
	// ErrField means that a line of JSON is broken or lacks the field with the page.
	ErrField = errors.New("not a JSON object with the fields of a page")
	// ErrEncoding means that the transfer or content encoding of a page is broken.
	ErrEncoding = errors.New("broken encoding")
)

// Options says how inputs are read. The zero value is the recommended one.
type Options struct {
	// MaxPage is the largest page in bytes, unpacked; 0 means htmldoc.DefaultMaxBytes.
	MaxPage int64
	// MaxUnpacked is how many bytes an input may unpack to whatever its own size; 0 means 1 GiB. Beyond that it is given
	// up (ErrBomb) if they are more than 200 times its size.
	MaxUnpacked int64
	// HTMLField, URLField and IDField are the names of fields in JSON lines: "" means "html", "url" and "id".
	HTMLField, URLField, IDField string
	// URLs are addresses of pages by their ids.
	URLs map[string]string
	// Stdin is standard input, for the argument "-".
	Stdin io.Reader
	// Read counts the bytes of the files that were read, for progress; nil means none.
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
	// ID is unique in an input, and begins with the input's ID where the format names no page by itself.
	ID string
	// URL is the page's address, "" if unknown; URLSource says who says so.
	URL, URLSource string
	// ContentType is the HTTP header of that name; FetchedAt is when the page was fetched, as the file has it. Both
	// are "" if unknown.
	ContentType, FetchedAt string
	// Body is the page's bytes. IsText reports whether they are plain text, without markup.
	Body   []byte
	IsText bool
	// Truncated says why the page is known not to be whole; "" if nothing says so.
	Truncated string
	// Skip says why this is no page to clean, such as "status 404" or "image/png"; "" for a page. Count is how many such
	// records of the file this one stands for; 0 means 1.
	Skip  string
	Count int
	// Err is why the page could not be read.
	Err error

	size    int64       // before Prepare
	prepare func(*Page) // what may run on another goroutine than the reader's
}

// Size returns the size of a page in bytes as it is in its file.
func (p *Page) Size() int64 { return max(p.size, int64(len(p.Body))) }

// Prepare decodes a page. It must be called once before the page's fields are read, and may be called on another
// goroutine than the one that Pages runs on.
func (p *Page) Prepare() {
	if p.prepare != nil {
		p.prepare(p)
		p.prepare = nil
	}
}

// fromList sets the address that a list has for a page that has none: by its id, or by the name of its file without
// extensions.
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
	// ID identifies the input among those of a run: the path below the folder that was named, or the path as given.
	ID string
	// Kind is the name of its format, such as "warc".
	Kind string
	// URL and ContentType belong to the page, if there is only one; URLSource says where they are from.
	URL, URLSource, ContentType string
	// Size is the size of the file in bytes; 0 if unknown.
	Size int64
	// Single reports whether the input is one page; Named, whether the user named it rather than a folder that it is in.
	Single, Named bool

	stdin *stream
}

// Once reports whether the input can be read only once.
func (in *Input) Once() bool { return in.Name == "-" }

// Pages calls yield with each page, in the order of the file, until it returns false. The error is about the input:
// ErrCut, ErrBomb, ctx's, or that of the file system as an *fs.PathError. Pages that came before it are good.
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

// blame names the input in an error that does not.
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
	name string // as reports name it
	// single reports whether a file holds one page.
	single bool
	// matches reports whether a file with this beginning and name is of this format.
	matches func(head []byte, name string) bool
	// read yields the pages of a file; it stops when yield returns false.
	read func(s *stream, in *Input, o Options, yield func(*Page) bool) error
	// check returns a *KindError if a file that matches has no pages all the same; nil means that it always has.
	check func(s *stream, name string, o Options) error
}

// formats are tried in this order: what has a signature first, then what needs a look, and text last, since all the
// others but the binary ones are text too. They are listed in a function, because reading an archive looks into this
// table for its members.
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
