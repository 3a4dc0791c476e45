package main

import (
	"regexp"
	"strings"

	"github.com/dechaff/dechaff/cleaner"
)

// A truthPost is a post as a person labeled it. A field that the page does not show is null in truth.jsonl and "" here.
type truthPost struct {
	Text string `json:"text"`
	User string `json:"user"`
	Date string `json:"date"`
	Link string `json:"link"`
}

// minPostF1 is the minimum word F1 of a post that counts as found.
const minPostF1 = 0.9

// A postTally counts posts. truth counts the posts in the truth, given those in the answers, and found the posts in the
// truth that are also in the answers. named, dated and linked count the found posts whose author, date or link is in
// the truth; users, days and links count those of them whose author, date or link is right in the answer.
type postTally struct{ found, given, truth, users, named, days, dated, links, linked int }

// add compares the posts of a page. It compares each post in the truth with the most similar post in the answer that
// has not been matched before. A page without posts in the truth does not count.
func (t *postTally) add(truth []truthPost, given []cleaner.Post) {
	if len(truth) == 0 {
		return
	}
	t.truth += len(truth)
	t.given += len(given)
	texts := make([]string, len(given))
	for k := range given {
		texts[k] = given[k].Text()
	}
	used := make([]bool, len(given))
	for i := range truth {
		best, most := -1, 0.0
		for k := range given {
			if f1 := wordRatio(texts[k], truth[i].Text).f1; !used[k] && f1 > most {
				best, most = k, f1
			}
		}
		if best >= 0 && most >= minPostF1 {
			used[best] = true
			t.compare(&truth[i], &given[best])
		}
	}
}

// compare counts a post that was found and its correct fields.
func (t *postTally) compare(truth *truthPost, given *cleaner.Post) {
	t.found++
	count := func(all, right *int, want string, is bool) {
		if want == "" {
			return
		}
		if *all++; is {
			*right++
		}
	}
	count(&t.named, &t.users, truth.User, letters(truth.User) == letters(given.Author))
	day := given.Published.String()
	count(&t.dated, &t.days, truth.Date, day[:min(len(day), len("2006-01-02"))] == truth.Date)
	count(&t.linked, &t.links, truth.Link, postNumber(truth.Link) == postNumber(given.URL))
}

// letters returns a name's letters and digits in lower case.
func letters(name string) string { return strings.Join(words(strings.ToLower(name)), "") }

var (
	numbers       = regexp.MustCompile(`\d+`)
	beforeNumbers = regexp.MustCompile(`^\D+(\d+)$`)
)

// postNumber returns the part of an address that identifies a post: the fragment, or else the last number, or else the
// last part of the path. If the fragment is a number after other characters, such as "p41", only the number is
// returned.
func postNumber(address string) string {
	address = strings.TrimRight(strings.ToLower(address), "/")
	if at := strings.LastIndexByte(address, '#'); at >= 0 {
		return beforeNumbers.ReplaceAllString(address[at+1:], "$1")
	}
	if all := numbers.FindAllString(address, -1); len(all) > 0 {
		return all[len(all)-1]
	}
	return address[strings.LastIndexByte(address, '/')+1:]
}

// scores lists the scores for posts. It returns nil if no page of the truth has posts.
func (t *postTally) scores() []score {
	if t.truth == 0 {
		return nil
	}
	return []score{
		{"posts F1", per(2*float64(t.found), t.truth+t.given)},
		{"post author", per(float64(t.users), t.named)},
		{"post day", per(float64(t.days), t.dated)},
		{"post link", per(float64(t.links), t.linked)},
	}
}
