package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

// errNoCorpus means that no corpus was found, or that no corpus has the page to show.
var errNoCorpus = errors.New("no corpus")

// An entry contains the labels that a person gave a page. A nil Text and other empty fields are missing labels; an
// empty Text means that the page has no content.
type entry struct {
	ID      string      `json:"id"`
	URL     string      `json:"url"`
	Type    string      `json:"type"`
	Lang    string      `json:"lang"`
	Text    *string     `json:"text"`
	Title   string      `json:"title"`
	Author  string      `json:"author"`
	Date    string      `json:"date"`
	With    []string    `json:"with"`
	Without []string    `json:"without"`
	Posts   []truthPost `json:"posts"`
	// Comments is the text of the readers' comments below the article.
	Comments string `json:"comments_text"`
}

// group returns the name of the group in which the page's scores are also reported: its language or, if that was not
// labeled, its type.
func (e *entry) group() string {
	if e.Lang != "" {
		return e.Lang
	}
	return e.Type
}

// A corpus is a folder of labeled pages. Its hash identifies the content of truth.jsonl.
type corpus struct {
	name, folder, hash string
	entries            []entry
	headline           bool // the texts in the truth begin with the headline
	options            cleaner.Options
}

// findCorpora returns the corpus in a folder, or the corpora in its subfolders.
func findCorpora(folder string) ([]corpus, error) {
	if folder == "" {
		return nil, fmt.Errorf("%w: name a folder with -corpus or DECHAFF_CORPUS", errNoCorpus)
	}
	names, err := filepath.Glob(filepath.Join(folder, "*", "truth.jsonl"))
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(filepath.Join(folder, "truth.jsonl")); err == nil {
		names = []string{filepath.Join(folder, "truth.jsonl")}
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("%w: no truth.jsonl in %s", errNoCorpus, folder)
	}
	var corpora []corpus
	for _, name := range names {
		c, err := readCorpus(name)
		if err != nil {
			return nil, err
		}
		corpora = append(corpora, c)
	}
	return corpora, nil
}

func readCorpus(name string) (corpus, error) {
	folder, err := filepath.Abs(filepath.Dir(name))
	if err != nil {
		return corpus{}, err
	}
	c := corpus{name: filepath.Base(folder), folder: folder}
	data, err := os.ReadFile(name)
	if err != nil {
		return c, err
	}
	sum := sha256.Sum256(data)
	c.hash = hex.EncodeToString(sum[:])[:16]
	d := json.NewDecoder(bufio.NewReader(bytes.NewReader(data)))
	for {
		var e entry
		if err := d.Decode(&e); errors.Is(err, io.EOF) {
			return c, nil
		} else if err != nil {
			return c, fmt.Errorf("%s: %w", name, err)
		}
		c.entries = append(c.entries, e)
	}
}

// read returns the bytes of a page.
func (c *corpus) read(id string) ([]byte, error) {
	if !fs.ValidPath(id) {
		return nil, fmt.Errorf("invalid id: %q", id)
	}
	f, err := os.Open(filepath.Join(c.folder, "pages", id+".html.gz"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", id, err)
	}
	return io.ReadAll(io.LimitReader(z, 2*htmldoc.DefaultMaxBytes))
}

// An answer is an extractor's result for a page.
type answer struct {
	missing                   bool
	text, title, author, date string
	language                  string // the primary subtag, such as "en"
	posts, comments           []cleaner.Post
}

// clean returns dechaff's answer for a page. If the page has no article, the answer is marked as missing, but contains
// what else was found, such as the title.
func clean(c *cleaner.Cleaner, page []byte, url string) (answer, error) {
	article, err := c.Clean(bytes.NewReader(page), url)
	var none *cleaner.NoArticleError
	if errors.As(err, &none) {
		article = none.About
	} else if err != nil {
		return answer{missing: true}, err
	}
	got := answerOf(article)
	got.missing = none != nil
	return got, nil
}

// answerOf converts an article to an answer. For a nil article, the answer is marked as missing.
func answerOf(article *cleaner.Article) answer {
	if article == nil {
		return answer{missing: true}
	}
	got := answer{
		text: article.Text(), title: article.Title, author: article.Byline, posts: article.Posts,
		comments: article.Comments,
	}
	got.language, _, _ = strings.Cut(article.Language, "-")
	if date := article.Published.String(); date != "" {
		got.date = date[:min(len(date), len("2006-01-02"))]
	}
	return got
}
