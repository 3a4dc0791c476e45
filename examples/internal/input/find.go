package input

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// stdinName is the id of the page on standard input.
const stdinName = "stdin"

// The crawler's -save-html writes a page to sidecarPage, and its address to sidecarFile in the same folder.
const (
	sidecarPage = "page.html"
	sidecarFile = "page.json"
)

// ErrSameID means that two inputs would have the same id.
var ErrSameID = errors.New("two inputs have the same id")

// A finder collects the inputs that arguments name.
type finder struct {
	o      Options
	report func(err error, named bool)
	skip   os.FileInfo // a folder that is not searched
	inputs []*Input
	ids    map[string]string // the name of the input with each id
}

// Find lists the inputs that the arguments name, in the order of the arguments, and by name within a folder. An
// argument is a file; a folder, which is searched; a pattern for filepath.Match, if no file has that name; "@FILE", a
// list of such arguments, one per line, each of which may be followed by a tab and the address of its page; or "-".
//
// The id of a file in a folder is its path relative to that folder, if the folder is the only argument, and otherwise
// the path as it was given. The folder that the parameter skip names, if it exists, is left out. Find calls the
// function report for each file that cannot be read or contains no pages, so that nothing is left out silently; named
// is true if the user named that file. A file that is named twice is one input.
func Find(arguments []string, skip string, o Options, report func(err error, named bool)) ([]*Input, error) {
	f := &finder{o: o, report: report, ids: make(map[string]string)}
	if skip != "" {
		f.skip, _ = os.Stat(skip) // nil if there is no such folder
	}
	for _, a := range arguments {
		f.argument(a, "", len(arguments) == 1, true)
	}
	inputs := make([]*Input, 0, len(f.inputs))
	for _, in := range f.inputs {
		switch other, ok := f.ids[in.ID]; {
		case !ok:
			f.ids[in.ID] = in.Name
			inputs = append(inputs, in)
		case other != in.Name:
			return nil, fmt.Errorf("%w: %s and %s: %s", ErrSameID, other, in.Name, in.ID)
		}
	}
	return inputs, nil
}

// argument adds the inputs of one argument. If only is true, there are no other arguments. If lists is true, the
// argument may name a list ("@FILE").
func (f *finder) argument(a, address string, only, lists bool) {
	if a == "-" {
		f.stdin(address)
		return
	}
	info, err := os.Stat(a)
	switch {
	case err == nil && info.IsDir():
		prefix := ""
		if !only {
			prefix = idOf(a) + "/"
		}
		f.folder(a, prefix)
	case err == nil:
		f.file(a, idOf(a), address, true)
	case lists && strings.HasPrefix(a, "@"):
		f.list(a[1:])
	case strings.HasPrefix(a, "http://"), strings.HasPrefix(a, "https://"):
		f.report(&KindError{a, "a web address, not a file; examples/crawler fetches pages"}, true)
	case strings.ContainsAny(a, "*?["):
		names, globErr := filepath.Glob(a)
		if globErr != nil || len(names) == 0 {
			f.report(err, true)
		}
		for _, name := range names {
			f.argument(name, "", false, false)
		}
	default:
		f.report(err, true)
	}
}

// idOf returns the id of a path as it was given. The id never begins with a slash and never has ".." as an element, so
// it can be a file name.
func idOf(name string) string {
	slashed := filepath.ToSlash(filepath.Clean(name))
	slashed = strings.TrimLeft(strings.TrimPrefix(slashed, filepath.ToSlash(filepath.VolumeName(name))), "/")
	parts := strings.Split(slashed, "/")
	for i, part := range parts {
		if part == ".." {
			parts[i] = "__"
		}
	}
	return strings.Join(parts, "/")
}

// folder adds the files below a folder.
func (f *finder) folder(root, prefix string) {
	if info, err := os.Stat(root); err == nil && f.skip != nil && os.SameFile(info, f.skip) {
		f.report(&KindError{root, "the folder to write to"}, true)
		return
	}
	if resolved, err := filepath.EvalSymlinks(root); err == nil { // WalkDir follows no links, not even as root
		root = resolved
	}
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			f.report(err, false)
			return nil
		}
		if entry.IsDir() && name != root {
			if info, err := entry.Info(); err == nil && f.skip != nil && os.SameFile(info, f.skip) {
				return filepath.SkipDir
			}
		}
		if entry.IsDir() || isSidecar(name) {
			return nil
		}
		below, err := filepath.Rel(root, name)
		if err == nil {
			f.file(name, prefix+filepath.ToSlash(below), "", false)
		}
		return nil
	})
	if err != nil {
		f.report(err, false)
	}
}

// isSidecar reports whether a file belongs to the page next to it.
func isSidecar(name string) bool {
	if filepath.Base(name) != sidecarFile {
		return false
	}
	_, err := os.Stat(filepath.Join(filepath.Dir(name), sidecarPage))
	return err == nil
}

// file adds a file if it has a known format, and otherwise reports why it is left out.
func (f *finder) file(name, id, address string, named bool) {
	info, err := os.Stat(name)
	if err == nil && !info.Mode().IsRegular() { // reading a device or a pipe may never end
		err = &KindError{name, "not a regular file"}
	}
	if err != nil {
		f.report(err, named)
		return
	}
	file, err := os.Open(name)
	if err != nil {
		f.report(err, named)
		return
	}
	s, err := newStream(file, name, nil)
	if err != nil {
		f.report(err, named)
		return
	}
	defer s.Close()
	format, err := peekFormat(s, name)
	if err == nil && format.check != nil {
		err = format.check(s, name, f.o)
	}
	if err != nil {
		f.report(err, named)
		return
	}
	in := &Input{Name: name, ID: id, Kind: format.name, Size: info.Size(), Single: format.single, Named: named}
	if address != "" {
		in.URL, in.URLSource = address, FromList
	} else if filepath.Base(name) == sidecarPage {
		in.readSidecar()
	}
	f.inputs = append(f.inputs, in)
}

// peekFormat returns the format of an open file. If the file is cut off within its first bytes, the format is detected
// from the bytes before the cut.
func peekFormat(s *stream, name string) (*format, error) {
	head, err := s.Peek(headSize)
	if err != nil && !errors.Is(err, io.EOF) && len(head) == 0 {
		return nil, fmt.Errorf("%s: %w", name, s.blame(err))
	}
	return formatOf(head, filepath.ToSlash(name))
}

func (f *finder) stdin(address string) {
	in := &Input{Name: "-", ID: stdinName, URL: address, Named: true}
	if address != "" {
		in.URLSource = FromList
	}
	s, err := newStream(io.NopCloser(f.o.Stdin), "standard input", f.o.Read)
	var format *format
	if err == nil {
		format, err = peekFormat(s, stdinName)
	}
	if err != nil {
		f.report(err, true)
		return
	}
	in.Kind, in.Single, in.stdin = format.name, format.single, s
	f.inputs = append(f.inputs, in)
}

// list adds the inputs that a file lists. If the name is "-", the list is read from standard input.
func (f *finder) list(name string) {
	r := f.o.Stdin
	if name != "-" {
		file, err := os.Open(name)
		if err != nil {
			f.report(err, true)
			return
		}
		defer file.Close()
		r = file
	}
	lines := bufio.NewScanner(transform.NewReader(r, unicode.BOMOverride(transform.Nop)))
	for lines.Scan() {
		entry, address, _ := strings.Cut(strings.TrimRight(lines.Text(), "\r"), "\t")
		if entry != "" {
			f.argument(entry, strings.TrimSpace(address), false, false)
		}
	}
	if err := lines.Err(); err != nil {
		f.report(fmt.Errorf("%s: %w", name, err), true)
	}
}

// readSidecar reads the address and the type of a page that the crawler saved.
func (in *Input) readSidecar() {
	var about struct {
		URL         string `json:"url"`
		ContentType string `json:"content_type"`
	}
	const maxSidecar = 1 << 20
	file, err := os.Open(filepath.Join(filepath.Dir(in.Name), sidecarFile))
	if err != nil {
		return
	}
	defer file.Close()
	if json.NewDecoder(io.LimitReader(file, maxSidecar)).Decode(&about) == nil && about.URL != "" {
		in.URL, in.URLSource, in.ContentType = about.URL, FromSidecar, about.ContentType
	}
}
