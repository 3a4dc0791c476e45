package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/dechaff/dechaff/scraper"
)

// imagesFolder is the folder for saved pictures, and mediaFolder is the folder for saved sounds and videos. Both are in
// the output folder.
const (
	imagesFolder = "images"
	mediaFolder  = "media"
)

// filesName is the name of the index of saved files, which is in the folder of pictures. The index has one line per
// address.
const filesName = "files.jsonl"

// A fileLine is a line of files.jsonl.
type fileLine struct {
	URL string `json:"url"`
	// File is the path of the saved file, relative to the output folder; "" if the file is not available.
	File string `json:"file,omitempty"`
	// Error says why the file is not available; "" if it is.
	Error     string    `json:"error,omitempty"`
	FetchedAt time.Time `json:"fetched_at"`
}

// retryMissing is how long after a failed request a file is requested again.
const retryMissing = 7 * 24 * time.Hour

// A savedFile is what a run remembers about an address: the beginning of the file's hash and its type. The type is 0
// for a file that is not available.
type savedFile struct {
	sum  [16]byte
	kind uint8
}

// name returns the path of the file, relative to the output folder, or "" if there is none.
func (f savedFile) name() string {
	if f.kind == 0 {
		return ""
	}
	kind := fileKinds[f.kind-1]
	folder := imagesFolder
	if kind.isMedia {
		folder = mediaFolder
	}
	return folder + "/" + hex.EncodeToString(f.sum[:]) + "." + kind.extension
}

// parseSavedName is the inverse of savedFile.name. For other names, it returns the zero value.
func parseSavedName(name string) savedFile {
	var f savedFile
	base, extension, _ := strings.Cut(path.Base(name), ".")
	if sum, err := hex.DecodeString(base); err == nil && len(sum) == len(f.sum) {
		f.sum, f.kind = [16]byte(sum), kindOfExtension(extension)
	}
	if f.name() != name {
		return savedFile{}
	}
	return f
}

// A fileBook records the pictures and other files that this run and earlier runs saved next to the articles. It is safe
// for concurrent use.
type fileBook struct {
	writer *writer

	mu      sync.Mutex
	index   *os.File
	size    int64
	known   map[digest]savedFile // by fileKey
	claimed map[digest]bool      // the addresses that are being fetched, by fileKey
}

// openFiles opens files.jsonl and reads its lines. It ignores a line if its file is missing, or if it records a failure
// that is older than retryMissing.
func openFiles(w *writer) (*fileBook, error) {
	b := &fileBook{writer: w, known: make(map[digest]savedFile), claimed: make(map[digest]bool)}
	for _, folder := range []string{imagesFolder, mediaFolder} {
		if err := ignoreMissing(removeTemporary(w.path(folder))); err != nil {
			return nil, err
		}
	}
	name := w.path(imagesFolder + "/" + filesName)
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return nil, outputError(w.out, nil, err)
	}
	var err error
	if b.index, err = os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o644); err != nil {
		return nil, err
	}
	now := time.Now()
	err = readLines(b.index, func(text []byte) error {
		b.size += int64(len(text))
		var l fileLine
		if err := json.Unmarshal(text, &l); err != nil || l.URL == "" {
			return nil //nolint:nilerr // a line written by another program
		}
		file := parseSavedName(l.File)
		_, statErr := os.Lstat(w.path(file.name()))
		switch {
		case file.kind != 0 && statErr == nil:
			b.known[fileKey(l.URL)] = file
		case file.kind == 0 && now.Sub(l.FetchedAt) < retryMissing:
			b.known[fileKey(l.URL)] = savedFile{}
		default:
			delete(b.known, fileKey(l.URL))
		}
		return nil
	})
	if _, torn := errors.AsType[*tornLineError](err); torn {
		err = b.index.Truncate(b.size)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", name, err), b.index.Close())
	}
	return b, nil
}

// Close closes the index.
func (b *fileBook) Close() error { return b.index.Close() }

// fileKey returns the key of a file's address. The key is the same for the address in Markdown and in HTML, although
// these escape different characters.
func fileKey(address string) digest {
	sum := sha256.Sum256([]byte(addressSigns.Replace(address)))
	return digest(sum[:16])
}

// addressSigns replaces characters that Markdown does not allow in an address, as the cleaner does.
var addressSigns = strings.NewReplacer(
	" ", "%20", "(", "%28", ")", "%29", "<", "%3C", ">", "%3E", `\`, "%5C", `"`, "%22", "`", "%60", "|", "%7C",
)

// claim reports whether the caller must fetch an address: nothing is known about it, and no other goroutine is fetching
// it.
func (b *fileBook) claim(address string) bool {
	key := fileKey(address)
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, known := b.known[key]; known || b.claimed[key] {
		return false
	}
	b.claimed[key] = true
	return true
}

// lookup returns the path of the file that was saved for an address, and whether anything is known about the address.
func (b *fileBook) lookup(address string) (name string, known bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	f, known := b.known[fileKey(address)]
	return f.name(), known
}

// save writes a file, unless an identical file was saved for another address. It first adds a line to the index,
// because a file without a line would be fetched again by the next run. It returns errOutput if nothing more can be
// written.
func (b *fileBook) save(address string, f *scraper.File, kind uint8) error {
	sum, err := hex.DecodeString(f.Hash[:32])
	if err != nil {
		return err
	}
	saved := savedFile{sum: [16]byte(sum), kind: kind}
	l := fileLine{URL: address, File: saved.name(), FetchedAt: f.FetchedAt.UTC()}
	if err := b.add(&l); err != nil {
		return err
	}
	if _, err := os.Lstat(b.writer.path(l.File)); err != nil {
		if err := b.writer.put(b.writer.out, l.File, f.Body); err != nil {
			return err
		}
	}
	b.remember(address, saved)
	return nil
}

// missing records that a file is not available.
func (b *fileBook) missing(address string, cause error) error {
	l := fileLine{URL: address, Error: cause.Error(), FetchedAt: time.Now().UTC()}
	if err := b.add(&l); err != nil {
		return err
	}
	b.remember(address, savedFile{})
	return nil
}

func (b *fileBook) remember(address string, f savedFile) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.known[fileKey(address)] = f
	delete(b.claimed, fileKey(address))
}

// add appends a line to the index. If that fails, any partially written data is removed.
func (b *fileBook) add(l *fileLine) error {
	text, err := json.Marshal(l)
	if err != nil {
		return err
	}
	text = append(text, '\n')
	b.mu.Lock()
	defer b.mu.Unlock()
	_, err = b.index.WriteAt(text, b.size)
	if err == nil && b.writer.durable {
		err = b.index.Sync()
	}
	if err != nil {
		return fmt.Errorf("%w: %w", errOutput, errors.Join(err, b.index.Truncate(b.size)))
	}
	b.size += int64(len(text))
	return nil
}

// wanted calls a function with the address of each picture of an article, and of each sound and video to which it
// links, depending on the flags. A picture that links to a larger version of itself counts as two.
func wanted(l *line, images, media bool, each func(address string, isMedia bool)) {
	picture := func(address string) {
		if address = plainAddress(address); address != "" && images {
			each(address, false)
		}
	}
	picture(l.Image)
	text := []byte(l.Markdown)
	inside := 0 // where the last picture ends
	eachLink(text, func(from, end int, isPicture bool) {
		address := string(text[from:end])
		switch {
		case isPicture:
			picture(address)
			inside = end + 1
		case isNamed(address, pictureExtensions) && from == inside+len("](") && inside > 0:
			picture(address)
		case media && isNamed(address, mediaExtensions):
			if address = plainAddress(address); address != "" {
				each(address, true)
			}
		}
	})
}

// pictureExtensions are the extensions of addresses of pictures. mediaExtensions are those of sounds and videos. A
// space follows each extension.
const (
	pictureExtensions = ".jpg .jpeg .png .gif .webp .avif "
	mediaExtensions   = ".mp3 .m4a .m4b .ogg .oga .opus .wav .flac .mp4 .m4v .webm .ogv "
)

// isNamed reports whether the path of an address has one of the given extensions. It returns false for a name with a
// colon, because wikis give such names to pages about files.
func isNamed(address, extensions string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	base := path.Base(u.Path)
	extension := path.Ext(base)
	return extension != "" && !strings.Contains(base, ":") && strings.Contains(extensions, strings.ToLower(extension)+" ")
}
