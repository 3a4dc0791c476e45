package cleaner

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// labeled are parts of pages with label elements or buttons. In the field lines, a line that begins with "+" has a text
// that must be in the article, and a line that begins with "-" has a text that must not be in it.
var labeled = []struct{ name, body, lines string }{
	{
		"ingredients in a list", `<h2>Ingredients</h2><ul><li><input type="checkbox" id="a"><label for="a">300 g nettles</label></li>
<li><input type="checkbox" id="b"><label for="b">1 onion</label> (a large one)</li></ul>`,
		"+300 g nettles\n+1 onion (a large one)",
	},
	{
		"ingredients in a form that submits nothing", `<form><h2>Zutaten</h2><ul><li><label><input type="checkbox"> 300 g Brennnesseln</label></li>
<li><label><input type="checkbox"> 1 Zwiebel</label></li></ul></form>`,
		"+300 g Brennnesseln\n+1 Zwiebel",
	},
	{
		"things to do", `<p>Before you sail:</p><div class="todo"><label><input type="checkbox"> Fill the lamp with oil</label><label><input type="checkbox"> Mend the small net</label><label><input type="checkbox"> Wake the captain</label></div>`,
		"+Fill the lamp with oil\n+Mend the small net\n+Wake the captain",
	},
	{
		"a quiz", `<fieldset><legend>What did the boat carry in 1958?</legend>
<label><input type="radio" name="q1"> Eleven passengers and a piano</label><br><label><input type="radio" name="q1"> Nothing but geese</label></fieldset>`,
		"+What did the boat carry in 1958?\n+Eleven passengers and a piano\n+Nothing but geese",
	},
	{
		"tabs of a style sheet", `<div class="tabs"><input type="radio" name="t" id="t1" checked><label for="t1">On the quay</label>
<div class="panel"><p>Buy the ticket from the box beside the crane, which takes coins only.</p></div>
<input type="radio" name="t" id="t2"><label for="t2">On board</label><div class="panel"><p>Ask the mate, who takes cards and opinions.</p></div></div>`,
		"+On the quay\n+On board\n+Ask the mate, who takes cards and opinions.",
	},
	{
		"tabs whose titles come first", `<div class="tabs"><input type="radio" name="t" id="t1" checked><input type="radio" name="t" id="t2">
<div class="titles"><label for="t1">Varsam nordan</label><label for="t2">Varsam sunnan</label></div>
<div class="panels"><section><p>Hold the lighthouse to the left until the chapel is behind the crane.</p></section>
<section><p>Hold the chapel to the right until the lighthouse is behind you.</p></section></div></div>`,
		"+Varsam nordan\n+Varsam sunnan\n+Hold the chapel to the right until the lighthouse is behind you.",
	},
	{
		"questions of an accordion", `<div class="faq"><input type="checkbox" id="q1"><label for="q1">Who pays for the cable?</label>
<div class="answer"><p>The county pays two thirds, and the islanders the rest.</p></div><input type="checkbox" id="q2"><label for="q2">Kdo převeze kozy?</label>
<div class="answer"><p>The goats go free, provided that they stand.</p></div></div>`,
		"+Who pays for the cable?\n+Kdo převeze kozy?\n+The goats go free, provided that they stand.",
	},
	{
		"one question alone", `<input type="checkbox" id="q1"><label for="q1">Who pays for the cable?</label><div class="answer"><p>The county pays two thirds, and the islanders the rest.</p></div>`,
		"+Who pays for the cable?\n+The county pays two thirds, and the islanders the rest.",
	},
	{
		"a label in a heading", `<h3><label for="s">The boats of the line</label></h3><input type="checkbox" id="s"><p>There have been six, of which four were named Terna.</p>`,
		"+The boats of the line\n+There have been six, of which four were named Terna.",
	},
	{
		"a label in a sentence", `<p><label for="mn" class="margin-toggle">Slate</label><input type="checkbox" id="mn" class="margin-toggle"> is what the bed of the sound is made of, and it is no friend of anchors.</p>`,
		"+Slate is what the bed of the sound is made of, and it is no friend of anchors.",
	},
	{
		"tabs of a script", `<ul role="tablist"><li role="tab">npm</li><li role="tab">Yarn</li></ul><div role="tabpanel"><pre><code>npm install lathe</code></pre></div>
<div role="tabpanel" hidden><pre><code>yarn add lathe</code></pre></div>`,
		"+npm install lathe\n+yarn add lathe",
	},
	{
		"tabs of buttons", `<div role="tablist"><button role="tab" id="a">Winter timetable</button><button role="tab" id="b">Summer timetable</button></div>
<div role="tabpanel" aria-labelledby="a"><p>The boat leaves at seven and at four.</p></div><div role="tabpanel" aria-labelledby="b" style="display:none"><p>The boat leaves on the hour.</p></div>`,
		"+Winter timetable\n+Summer timetable\n+The boat leaves at seven and at four.\n+The boat leaves on the hour.",
	},
	{
		"an accordion of buttons", `<button class="accordion">Travelling with goats</button><div class="panel"><p>They go free, provided that they stand on the car deck.</p></div>
<button aria-controls="p2">Travelling with pianos</button><div id="p2" hidden><p>Ask the mate.</p></div>`,
		"+Travelling with goats\n+They go free, provided that they stand on the car deck.\n+Travelling with pianos\n+Ask the mate.",
	},
	{
		"a button in a sentence", `<p>Turn the dial to the wreck and press <button type="button">Save</button> to keep the mark until the next tide.</p>`,
		"+press Save to keep the mark",
	},
	{
		"an emoji in a sentence", `<p>The <span role="img" aria-label="goat">🐐</span> has right of way on the gangway, says the by-law of 1902.</p>`,
		"+The 🐐 has right of way",
	},
	{
		"a form with text fields", `<form action="/contact" method="post"><p><label for="n">Your name</label> <input id="n" type="text"></p>
<p><label><input type="checkbox" name="copy"> Send me a copy</label></p><p><label><input type="checkbox" name="terms"> I agree to the terms</label></p><button>Send</button></form>`,
		"-Your name\n-Send me a copy\n-I agree to the terms",
	},
	{
		"a field without a form", `<p><label for="n">Number of goats</label> <input id="n" type="number"></p>`,
		"-Number of goats",
	},
	{
		"a poll", `<div class="poll"><p>Should the boat be electric?</p><div><label><input type="radio" name="p"> By all means</label><label><input type="radio" name="p"> Over my dead goat</label></div><button>Vote</button></div>`,
		"-By all means\n-Over my dead goat",
	},
	{
		"a switch of the page", `<div><input type="checkbox" id="auto"><label for="auto">Update automatically</label></div>`,
		"-Update automatically",
	},
	{
		"a switch in the page's bar", `<nav><input type="checkbox" id="menu"><label for="menu">Open the menu</label><ul><li><a href="/news">News</a></li><li><a href="/sport">Sport</a></li></ul></nav>`,
		"-Open the menu",
	},
}

// The text of a label is content, unless the label belongs to a form that is submitted or to a switch of the page.
func TestLabels(t *testing.T) {
	for _, c := range labeled {
		t.Run(c.name, func(t *testing.T) {
			a, err := Clean(strings.NewReader(inlinePage(c.body)), "https://www.tollvikcourier.example/news/cable")
			require.NoError(t, err)
			text := a.Text()
			for line := range strings.SplitSeq(c.lines, "\n") {
				if line[0] == '+' {
					assert.Contains(t, text, line[1:], "%+v", a.Removed)
				} else {
					assert.NotContains(t, text, line[1:])
				}
			}
			checkArticle(t, a)
		})
	}
}
