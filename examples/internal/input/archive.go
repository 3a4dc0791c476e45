package input

import (
	"archive/tar"
	"archive/zip"
	"errors"
	"io"
	"path"
	"strings"
)

// readTar yields the pages of a tar archive.
func readTar(s *stream, in *Input, o Options, yield func(*Page) bool) error {
	r := tar.NewReader(s)
	for {
		entry, err := r.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if entry.Typeflag != tar.TypeReg { // links are not followed, because they may lead anywhere
			continue
		}
		if more, err := readMember(r, in, entry.Name, o, yield); !more || err != nil {
			return err
		}
	}
}

// readZip yields the pages of a zip archive. The archive must be a file that is not compressed, because the list of its
// members is at the end.
func readZip(s *stream, in *Input, o Options, yield func(*Page) bool) error {
	if s.file == nil || !s.bare {
		return &KindError{in.Name, "a zip archive that is compressed or on standard input"}
	}
	info, err := s.file.Stat()
	if err != nil {
		return err
	}
	r, err := zip.NewReader(s.file, info.Size())
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return err
	}
	s.raw.n = max(s.raw.n, info.Size())
	for _, entry := range r.File {
		if !entry.Mode().IsRegular() {
			continue
		}
		member, err := entry.Open()
		if err != nil {
			if !yield(&Page{ID: memberID(in, entry.Name), Err: err}) {
				return nil
			}
			continue
		}
		more, err := readMember(&guard{member, s}, in, entry.Name, o, yield)
		member.Close()
		if !more || err != nil {
			return err
		}
	}
	return nil
}

// readMember yields a member of an archive as a Page. If the member is not a page, Page.Skip says what it is.
// readMember returns false if the reader must stop. A damaged member is an error of that Page, but a bomb is an error
// of the input.
func readMember(r io.Reader, in *Input, name string, o Options, yield func(*Page) bool) (bool, error) {
	p := &Page{ID: memberID(in, name)}
	s, err := newStream(io.NopCloser(r), name, nil)
	if err == nil {
		defer s.Close()
		var head []byte
		if head, err = s.Peek(headSize); errors.Is(err, io.EOF) {
			err = nil
		}
		if err == nil {
			p.IsText, err = readMemberPage(s, p, head, name, o)
		}
	}
	var kind *KindError
	switch {
	case errors.Is(err, ErrBomb):
		return false, err
	case errors.As(err, &kind):
		p.Skip = kind.Kind
	case err != nil:
		p.Err = err
	}
	return yield(p), nil
}

func readMemberPage(s *stream, p *Page, head []byte, name string, o Options) (isText bool, err error) {
	f, err := formatOf(head, name)
	if err != nil {
		return false, err
	}
	if !f.single || f.name == "mhtml" {
		return false, &KindError{name, f.name + " in an archive"}
	}
	p.Body, err = readBounded(s, o.maxPage())
	return f.name == "text", err
}

// memberID returns the id of an archive's member. If the member's path leads out of the archive, the ".." elements are
// removed, because the path is only a name here.
func memberID(in *Input, name string) string {
	return in.ID + path.Clean("/"+strings.ReplaceAll(name, "\\", "/"))
}
