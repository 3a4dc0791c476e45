package zone

import (
	"net/url"
	"strings"
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
	for segment := range strings.SplitSeq(strings.ToLower(u.Path), "/") {
		switch segment {
		case "forum", "forums", "thread", "threads", "topic", "discussion", "showthread.php", "viewtopic.php", "questions",
			"discuss":
			return true
		}
	}
	return false
}

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
