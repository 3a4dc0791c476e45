package zone

import (
	"net/url"
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// DiscussionTypes are schema.org's types for pages on which readers write answers.
var DiscussionTypes = []string{"DiscussionForumPosting", "QAPage", "Question"}

// IsForumURL recognizes paths and host names of forums: example.org/threads/1234, forum.example.org, /viewtopic.php,
// /questions/1234.
func IsForumURL(u *url.URL) bool {
	if u == nil {
		return false
	}
	switch first, _, _ := strings.Cut(strings.ToLower(u.Hostname()), "."); first {
	case "forum", "forums", "discuss", "discourse", "board", "boards":
		return true
	}
	before := ""
	for k, segment := range strings.Split(strings.ToLower(u.Path), "/") {
		switch segment {
		case "forum", "forums", "thread", "threads", "topic", "discussion", "showthread.php", "viewtopic.php", "questions",
			"discuss", "show_bug.cgi", "bugreport.cgi", "read.cgi":
			return true
		}
		if (numberedThings.Has(before) || before == "issues" && k > issueDepth) && isNumber(segment) {
			return true
		}
		before = segment
	}
	return false
}

// numberedThings are parts of paths that, with a number after them, lead to a question, a topic or a ticket.
var numberedThings = text.SetOf("bug", "bugs", "question", "t", "ticket", "tickets", "topics")

// issueDepth is the number of parts of a path, counting the empty one, up to "issues" in the addresses of trackers:
// /owner/project/issues/12. Magazines have issues at /issues/12.
const issueDepth = 3

func isNumber(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// IsForumBody recognizes class names that forum software gives to the body element of a page with a thread.
func IsForumBody(class string) bool {
	for name := range strings.FieldsSeq(strings.ToLower(class)) {
		switch name {
		case "forum", "question-page", "node-type-forum", "single-topic", "bbpress", "section-viewtopic", "thread_view":
			return true
		}
	}
	return false
}

// forumWords are words with which class names and ids in forums and issue trackers begin.
var forumWords = text.SetOf("bug", "bugzilla", "forum", "ticket")

// IsForumBox recognizes the class names and the id of a box with a ticket or a thread: "ticket", "bug-content". The
// words "thread", "topic" and "issue" do not count: WordPress gives the first to comments, newspapers the second to
// articles, and magazines have issues.
func IsForumBox(class, id string) bool {
	for name := range strings.FieldsSeq(class + " " + id) {
		for word := range text.NameWords(name, text.MaxNameWords) {
			if forumWords.Has(strings.ToLower(word)) {
				return true
			}
			break
		}
	}
	return false
}
