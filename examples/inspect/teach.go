package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/examples/internal/explain"
)

// A lesson is a request to change the rules of a page's host.
type lesson struct {
	Page int `json:"page"`
	// At is the position of the clicked element among the page's nodes. Key is the key of the new rule: keep, remove,
	// content, title, author, date or image.
	At  int    `json:"at"`
	Key string `json:"key"`
	// Selector is the user's selector, or "" for the proposed one. If Replace is true, the last change is reverted
	// first.
	Selector string `json:"selector"`
	Replace  bool   `json:"replace"`
	// Text is the new text of the whole file of rules, for an edit.
	Text string `json:"text"`
}

// A rulesState is what the browser shows about the rules of a page's host.
type rulesState struct {
	File       string      `json:"file"`
	Text       string      `json:"text"`
	Changed    bool        `json:"changed"`
	CanSave    bool        `json:"canSave"`
	CanUndo    bool        `json:"canUndo"`
	Selector   string      `json:"selector,omitempty"`
	Key        string      `json:"key,omitempty"`
	Candidates []candidate `json:"candidates,omitempty"`
	Effects    []effect    `json:"effects,omitempty"`
	Others     int         `json:"others"` // the number of other pages of the host on which candidates were tried
	Note       string      `json:"note,omitempty"`
	// Unmatched lists the rules that have not selected anything on any page since the rules were last read or changed.
	Unmatched []string `json:"unmatched,omitempty"`
}

// An effect is the effect of the unsaved changes on one page.
type effect struct {
	Page   int     `json:"page"`
	Name   string  `json:"name"`
	Before outcome `json:"before"`
	After  outcome `json:"after"`
	Error  string  `json:"error,omitempty"`
}

type outcome struct {
	Words      int     `json:"words"`
	Title      string  `json:"title"`
	Byline     string  `json:"byline"`
	Published  string  `json:"published"`
	Confidence float64 `json:"confidence"`
}

// maxBody is the maximum size of a request in bytes.
const maxBody = 4 << 20

// keys are the keys of the rules that can be taught by clicking.
var keys = map[string]bool{
	"keep": true, "remove": true, "content": true, "title": true, "author": true, "date": true, "image": true,
}

// read reads a lesson and finds the file to change.
func (s *server) read(w http.ResponseWriter, r *http.Request) (l lesson, file string, err error) {
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody)).Decode(&l); err != nil {
		return l, "", fmt.Errorf("%w: %w", errRequest, err)
	}
	file, err = s.fileOf(l.Page)
	return l, file, err
}

// errNoAddress means that a page has no host for which there could be rules.
var errNoAddress = fmt.Errorf("%w: the page has no address: restart with -url ADDRESS to teach rules", errRequest)

func (s *server) fileOf(page int) (string, error) {
	if page < 0 || page >= len(s.library.all) {
		return "", fmt.Errorf("%w: there is no page %d", errRequest, page)
	}
	file := fileOf(s.library.rows[page].Host)
	if file == "" {
		return "", errNoAddress
	}
	return file, nil
}

// showRules serves the rules of a page's host.
func (s *server) showRules(w http.ResponseWriter, r *http.Request) {
	page, err := s.library.pageOf(r.URL.Query().Get("page"))
	if err != nil {
		fail(w, err)
		return
	}
	file, err := s.fileOf(page)
	if err != nil {
		answer(w, rulesState{Note: err.Error()})
		return
	}
	s.state(w, r, page, file, rulesState{})
}

// teach adds a rule for the clicked element.
func (s *server) teach(w http.ResponseWriter, r *http.Request) {
	l, file, err := s.read(w, r)
	if err == nil && !keys[l.Key] {
		err = fmt.Errorf("%w: rules with the key %q cannot be taught", errRequest, l.Key)
	}
	var answer rulesState
	if err == nil {
		answer, err = s.lesson(r.Context(), l)
	}
	if err == nil && l.Replace {
		err = s.rules.undo(file)
	}
	if err == nil {
		err = s.rules.insert(file, l.Key, answer.Selector)
	}
	if err != nil {
		fail(w, err)
		return
	}
	s.state(w, r, l.Page, file, answer)
}

// lesson proposes selectors for the clicked element, and chooses one unless the user did.
func (s *server) lesson(ctx context.Context, l lesson) (rulesState, error) {
	p, err := s.library.clean(ctx, choice{page: l.Page, rules: noRules}, s.rules)
	if err != nil {
		return rulesState{}, err
	}
	n := p.Element(l.At)
	if n == nil {
		return rulesState{}, fmt.Errorf("%w: this text is only in the page's data, not in its markup", errRequest)
	}
	doc, err := s.library.document(l.Page)
	if err != nil {
		return rulesState{}, err
	}
	others := s.others(l.Page)
	all := propose(n, isField(l.Key), doc, others)
	if len(all) == 0 {
		return rulesState{}, fmt.Errorf("%w: this text has no element of its own", errRequest)
	}
	state := rulesState{Key: l.Key, Candidates: all, Selector: l.Selector, Others: len(others)}
	if state.Selector == "" {
		state.Selector = all[choose(all, l.Key, max(countLetters(n), 1), countLetters(doc.Root))].Selector
	}
	return state, nil
}

// isField reports whether a key sets the value of a field.
func isField(key string) bool { return key != "keep" && key != "remove" && key != "content" }

// maxOthers is the maximum number of other pages of a host on which selectors and rules are tried.
const maxOthers = 12

// others returns up to maxOthers other pages of the same host.
func (s *server) others(page int) []*htmldoc.Document {
	var docs []*htmldoc.Document
	for _, other := range s.library.hosts[s.library.rows[page].Host] {
		if other == page || len(docs) == maxOthers {
			continue
		}
		if doc, err := s.library.document(other); err == nil {
			docs = append(docs, doc)
		}
	}
	return docs
}

// edit replaces the rules of the host with the user's text.
func (s *server) edit(w http.ResponseWriter, r *http.Request) {
	s.changed(w, r, func(l lesson, file string) error { return s.rules.edit(file, []byte(l.Text)) })
}

func (s *server) undo(w http.ResponseWriter, r *http.Request) {
	s.changed(w, r, func(_ lesson, file string) error { return s.rules.undo(file) })
}

func (s *server) save(w http.ResponseWriter, r *http.Request) {
	s.changed(w, r, func(l lesson, file string) error {
		if err := s.rules.save(file); err != nil {
			return err
		}
		pages := s.library.hosts[s.library.rows[l.Page].Host]
		go s.library.surveyPages(context.WithoutCancel(r.Context()), s.rules, pages)
		return nil
	})
}

func (s *server) changed(w http.ResponseWriter, r *http.Request, change func(l lesson, file string) error) {
	l, file, err := s.read(w, r)
	if err == nil {
		err = change(l, file)
	}
	if err != nil {
		fail(w, err)
		return
	}
	s.state(w, r, l.Page, file, rulesState{})
}

// state responds with the rules of a page's host, and with the effects of the unsaved changes.
func (s *server) state(w http.ResponseWriter, r *http.Request, page int, file string, state rulesState) {
	data, changed, err := s.rules.text(file)
	if err != nil {
		fail(w, err)
		return
	}
	state.File, state.Text, state.Changed, state.CanSave = file, string(data), changed, s.rules.dir != ""
	state.CanUndo = s.rules.canUndo(file)
	if changed {
		state.Effects = s.effects(r.Context(), page)
	}
	state.Unmatched = s.rules.unmatched(file)
	answer(w, state)
}

// effects cleans a page and other pages of its host with and without the unsaved changes.
func (s *server) effects(ctx context.Context, page int) []effect {
	pages := []int{page}
	for _, other := range s.library.hosts[s.library.rows[page].Host] {
		if other != page && len(pages) <= maxOthers {
			pages = append(pages, other)
		}
	}
	var all []effect
	for _, i := range pages {
		e := effect{Page: i, Name: s.library.rows[i].Name}
		before, err := s.library.clean(ctx, choice{page: i, site: true, rules: savedRules}, s.rules)
		var after *explain.Page
		if err == nil {
			after, err = s.library.clean(ctx, choice{page: i, site: true}, s.rules)
		}
		if err != nil {
			e.Error = err.Error()
		} else {
			e.Before, e.After = outcomeOf(before), outcomeOf(after)
		}
		all = append(all, e)
	}
	return all
}

func outcomeOf(p *explain.Page) outcome {
	a := p.Article
	o := outcome{Title: a.Title, Byline: a.Byline, Published: a.Published.String(), Confidence: a.Confidence}
	if p.Failure == nil {
		o.Words = a.Words()
	}
	return o
}
