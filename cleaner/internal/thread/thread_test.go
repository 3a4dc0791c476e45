package thread

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
)

// element parses one element.
func element(t *testing.T, markup string) *block.Node {
	t.Helper()
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(markup), body)
	require.NoError(t, err)
	require.Len(t, nodes, 1)
	return &block.Node{HTML: nodes[0], Tag: nodes[0].DataAtom, Form: block.Element}
}

func TestRoleOf(t *testing.T) {
	for _, c := range []struct {
		markup string
		quoted bool
		want   role
	}{
		{`<div class="post-body">`, false, roleBody},
		{`<div class="message-body signature">`, false, roleExtra},
		{`<div class="user-info-box">`, false, roleExtra},
		{`<div class="attribution">`, false, roleExtra},
		{`<div class="attribution">`, true, roleNone},
		{`<div class="quoteExpand">`, true, roleExtra},
		{`<div class="js-expandContent">`, true, roleNone},
		{`<a role="button">`, false, roleExtra},
		{`<footer>`, false, roleExtra},
		{`<div class="wrap">`, false, roleNone},
	} {
		assert.Equal(t, c.want, roleOf(element(t, c.markup), c.quoted), "%s in a quote: %v", c.markup, c.quoted)
	}
}

func TestIsQuote(t *testing.T) {
	assert.True(t, isQuote(element(t, `<div class="bbCodeBlock bbCodeBlock--quote">`)))
	assert.True(t, isQuote(element(t, `<div class="bbcode_quote">`)))
	assert.False(t, isQuote(element(t, `<blockquote class="messageText SelectQuoteContainer">`)), "a post")
}

func TestPersonHint(t *testing.T) {
	for markup, want := range map[string]int{
		`<span itemprop="author">`:                          2,
		`<a rel="author" href="/ada">`:                      2,
		`<a class="username-coloured" href="/ada">`:         1,
		`<div class="user-avatar">`:                         -1,
		`<a class="user-comment" href="/member.php?u=7">`:   1,
		`<div class="wrap">`:                                0,
		`<time itemprop="datePublished" class="post-time">`: 0,
	} {
		n := element(t, markup)
		assert.EqualValues(t, want, personHintsOf(n, hintsIn(dom.Attr(n.HTML, "class"))).hint, markup)
	}
}

func TestLinesThatAreNotText(t *testing.T) {
	assert.True(t, isSignatureRule("\n_________________ "))
	assert.False(t, isSignatureRule("____"), "a gap to fill in")
	assert.False(t, isSignatureRule("__________ Ada"))

	note := func(s string, words int32) bool { return isEditLine(&block.Block{Text: s, Words: words}) }
	assert.True(t, note("(Last edited by Ada on 3 March 2026, 10:30)", 9))
	assert.True(t, note("本帖最后由 阿达 于 2026-03-03 10:30 编辑", 12))
	assert.False(t, note("Last edited by whom?", 4), "no day")
	assert.False(t, note("The minutes were last edited by Ada on 3 March 2026", 11), "a sentence")
	assert.False(t, note("Last edited by 2026 "+strings.Repeat("a", 1<<20), 5), "too long to be one")
}

func TestLooksLeaveNumbersOut(t *testing.T) {
	assert.Equal(t, hashOf('c', "post-12"), hashOf('c', "post-7"))
	assert.NotEqual(t, hashOf('c', "a", "b"), hashOf('c', "ab"))
	assert.Equal(t, "post", firstToken("odd post reply"))
	assert.Empty(t, firstToken("even first"))
}

func TestHolders(t *testing.T) {
	outer := []span{{1, 10}, {2, 6}, {20, 30}}
	inner := []span{{1, 10}, {2, 6}, {3, 4}, {7, 8}, {12, 13}, {21, 40}}
	assert.Equal(t, []int{-1, 0, 1, 0, -1, -1}, holders(outer, inner))
}

func TestIsCutInto(t *testing.T) {
	posts := []span{{1, 10}, {10, 20}}
	assert.True(t, isCutInto(posts, []span{{2, 4}, {5, 9}, {11, 14}, {15, 19}}), "two cells each")
	assert.False(t, isCutInto(posts, []span{{2, 4}, {5, 7}, {8, 9}, {15, 19}}), "three and one")
	assert.False(t, isCutInto(posts, []span{{2, 4}, {11, 14}}), "one each")
}

func TestMarginOf(t *testing.T) {
	for style, want := range map[string]int{"color:red; margin-left: 40px": 40, "padding-left:2em": 2} {
		got, ok := marginOf(style)
		assert.True(t, ok, style)
		assert.Equal(t, want, got, style)
	}
	_, ok := marginOf("margin: 0 auto")
	assert.False(t, ok)
}

func TestWithoutNumbers(t *testing.T) {
	for s, want := range map[string]string{
		"Posts: 48": "Posts: ", "积分 5, 距离下一级还需 45 积分": "积分 , 距离下一级还需  积分", "48": "48", "+1": "+1", "Quay": "Quay",
	} {
		assert.Equal(t, want, withoutNumbers(s), s)
	}
}
