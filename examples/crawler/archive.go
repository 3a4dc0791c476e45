package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/dechaff/dechaff/scraper"
)

// The maximum sizes of files, in bytes.
const (
	maxPicture = 30 << 20
	maxMedia   = 200 << 20 // a sound or a video
)

// mediaTimeout is the longest time for the request of a sound or a video. The largest ones then need two megabits per
// second.
const mediaTimeout = 15 * time.Minute

// maxFiles is the maximum number of pictures, sounds and videos of one article that are saved.
const maxFiles = 1000

// fetchers is the maximum number of pictures that are fetched at a time, each from another host, including pictures
// that wait for their host's delay. Sounds and videos are large, so only one of them is fetched at a time.
const fetchers = 16

// archive fetches the pictures, sounds and videos of all articles that this run and earlier runs wrote, and makes links
// point to them and to other articles, as far as the flags request it. It runs after the crawl, with the same delay
// between requests. All data that it needs is in articles.jsonl, files.jsonl and aliases.jsonl, so nothing is lost if
// the program is stopped.
func (s *session) archive(ctx context.Context) error {
	if !s.images && !s.media && !s.offlineLinks {
		return nil
	}
	var files *fileBook
	if s.images || s.media {
		var err error
		if files, err = openFiles(s.writer); err != nil {
			return err
		}
		err = s.fetchFiles(ctx, files)
		if err = errors.Join(err, files.Close()); err != nil {
			return err
		}
	}
	return s.relink(ctx, files)
}

// eachArticle calls a function with each line of articles.jsonl, except those that another program wrote.
func (s *session) eachArticle(ctx context.Context, each func(*line) error) error {
	f, err := os.Open(s.writer.ledger.name)
	if err != nil {
		return err
	}
	defer f.Close()
	return readLines(f, func(text []byte) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		var l line
		if err := json.Unmarshal(text, &l); err != nil || !isOurID(l.ID) {
			return nil //nolint:nilerr // a line written by another program
		}
		return each(&l)
	})
}

// fetchFiles fetches the files that the articles show or link to and that have not been saved yet. Only the first
// maxFiles files of each article count. The articles are read again as long as files of a host did not fit in its
// queue.
func (s *session) fetchFiles(ctx context.Context, files *fileBook) error {
	for {
		left, err := s.fetchQueued(ctx, files)
		if err != nil || left == 0 {
			return err
		}
	}
}

// fetchQueued is one pass of fetchFiles. It returns how many files did not fit in the queues.
func (s *session) fetchQueued(ctx context.Context, files *fileBook) (left int, err error) {
	group, ctx := errgroup.WithContext(ctx)
	queues := map[bool]*fileQueue{false: newFileQueue(), true: newFileQueue()} // by whether it is a sound or a video
	for isMedia, queue := range queues {
		atOnce := fetchers
		if isMedia {
			atOnce = 1
		}
		queue.fetch(ctx, group, atOnce, func(address string) error { return s.fetchFile(ctx, files, address, isMedia) })
	}
	err = s.eachArticle(ctx, func(l *line) error {
		counted := 0
		wanted(l, s.images, s.media, func(address string, isMedia bool) {
			queue := queues[isMedia]
			if counted++; counted > maxFiles {
				return
			}
			if queue.isFull(address) {
				left++
			} else if files.claim(address) {
				queue.add(address)
			}
		})
		return nil
	})
	for _, queue := range queues {
		queue.close()
	}
	if waited := group.Wait(); waited != nil {
		err = waited
	}
	return left, err
}

// A fileFetcher fetches files politely. It is the crawl's scraper or database.
type fileFetcher interface {
	FetchFile(ctx context.Context, address string, o scraper.FileOptions) (*scraper.File, error)
}

// errNoFile is the error for a file whose type is unknown or not the expected one, such as a video where an article
// shows a picture.
var errNoFile = errors.New("the file's content is not of the expected type")

// fetchFile fetches one file and saves it. It returns an error only if the crawl must stop.
func (s *session) fetchFile(ctx context.Context, files *fileBook, address string, isMedia bool) error {
	options := scraper.FileOptions{
		MaxBytes: maxPicture, Accept: "image/webp,image/*;q=0.9,*/*;q=0.1", Cookies: s.jar, Check: isNoPage,
	}
	if isMedia {
		options.MaxBytes, options.Timeout, options.Accept = maxMedia, mediaTimeout, "audio/*,video/*,*/*;q=0.1"
	}
	f, err := s.files.FetchFile(ctx, address, options)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	kind := uint8(0)
	if err == nil {
		if kind = kindOfFile(f.Body); kind == 0 || fileKinds[kind-1].isMedia != isMedia {
			err = fmt.Errorf("%w: %s", errNoFile, address)
		}
	}
	if err != nil {
		s.progress.files(s.summary.missingFile(err))
		if isFinal(err) {
			return files.missing(address, err)
		}
		return nil
	}
	if err := s.sinkFile(f); err != nil {
		return err
	}
	if err := files.save(address, f, kind); err != nil {
		return err
	}
	s.progress.files(s.summary.file(isMedia, len(f.Body)))
	return nil
}

// isFinal reports whether another request for a file would probably fail in the same way. If not, the next run requests
// the file again.
func isFinal(err error) bool {
	if failure, ok := errors.AsType[*scraper.FetchError](err); ok && errors.Is(err, scraper.ErrStatus) {
		return failure.Status >= 400 && failure.Status <= 499 && failure.Status != http.StatusRequestTimeout &&
			failure.Status != http.StatusTooManyRequests
	}
	for _, final := range [...]error{
		errNoFile, scraper.ErrContentType, scraper.ErrTooLarge, scraper.ErrForbiddenAddress, scraper.ErrBadURL,
	} {
		if errors.Is(err, final) {
			return true
		}
	}
	return errors.Is(err, scraper.ErrRobots) && !errors.Is(err, scraper.ErrRobotsUnreachable)
}

// isNoPage is the header check that rejects a response that claims to be HTML.
func isNoPage(header http.Header) error {
	if strings.HasPrefix(strings.ToLower(header.Get("Content-Type")), "text/html") {
		return errNoFile
	}
	return nil
}

// relink makes addresses in the articles' files point to saved files and articles. It writes only files that change, so
// a second run does not write anything.
func (s *session) relink(ctx context.Context, files *fileBook) error {
	book, err := s.linkBook(ctx, files)
	if err != nil {
		return err
	}
	return s.eachArticle(ctx, func(l *line) error {
		for _, f := range s.formats {
			if f.relink == nil {
				continue
			}
			name := l.ID + f.extension
			old, err := os.ReadFile(s.writer.path(name))
			if errors.Is(err, os.ErrNotExist) {
				continue // the user deleted the file
			} else if err != nil {
				return err
			}
			text := f.relink(old, book.rewriter(l, f))
			if string(text) == string(old) {
				continue
			}
			if err := s.writer.put(s.out, name, text); err != nil {
				return err
			}
		}
		return nil
	})
}

// sinkFile passes a fetched file to the formats that get all pages.
func (s *session) sinkFile(f *scraper.File) error {
	for _, sink := range s.sinks {
		if err := sink.addFile(f); err != nil {
			return err
		}
	}
	return nil
}

// sinkPage passes a page to all formats that get all pages: it calls the function add with the sink of each format.
func (s *session) sinkPage(add func(pageSink) error) error {
	for _, sink := range s.sinks {
		if err := add(sink); err != nil {
			return err
		}
	}
	return nil
}

// openOutput opens all output except the articles' files: the formats that get all pages, and the aliases.
func (s *session) openOutput() error {
	for _, f := range s.formats {
		if f.open == nil {
			continue
		}
		sink, err := f.open(&s.config)
		if err != nil {
			return err
		}
		s.sinks = append(s.sinks, sink)
	}
	if !s.offlineLinks {
		return nil
	}
	var err error
	s.aliases, err = openAliases(s.out)
	return err
}

// closeOutput closes everything that openOutput opened.
func (s *session) closeOutput() error {
	errs := []error{s.aliases.Close()}
	for _, sink := range s.sinks {
		errs = append(errs, sink.Close())
	}
	return errors.Join(errs...)
}
