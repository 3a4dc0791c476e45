package cleaner

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// blocksWithParts are blocks with a part that a rule matches. The field text contains the words that must stay.
var blocksWithParts = []struct{ name, body, text string }{
	{"the page's day in a sentence", `<p>The boat left on <time datetime="2024-05-14">14 May 2024</time>, at dawn.</p>`, "The boat left on 14 May 2024, at dawn."},
	{"the page's day begins a sentence", `<p><time datetime="2024-05-14">14 May 2024</time> was a day without any wind at all.</p>`, "14 May 2024 was a day without any wind at all."},
	{"a caption's day", `<figure><img src="/quay.jpg" width="640" height="480" alt=""><figcaption>The quay at Tollvik, 14 May 2024</figcaption></figure>`, "The quay at Tollvik, 14 May 2024"},
	{"a counter's name in a picture's", `<p><img src="/img/encounter.jpg" width="300" height="200" alt=""> We met it at the buoy.</p>`, "We met it at the buoy."},
	{"a shop counter", `<p>The old ticket office <img src="/img/ticket-counter-1912.jpg" width="300" height="200" alt=""> sold nothing but herring.</p>`, "sold nothing but herring."},
	{"a link to share in a sentence", `<p>Anyone may <a href="https://www.facebook.com/sharer/sharer.php?u=x">share the timetable</a>, which the county prints on the back of its tax forms.</p>`, "Anyone may share the timetable, which the county"},
	{"networks in a sentence", `<p>The harbour office is on Facebook and Twitter, but answers by post.</p>`, "The harbour office is on Facebook and Twitter, but answers by post."},
	{"networks begin a sentence", `<p><a href="https://facebook.com/tollvik">Facebook</a> and <a href="https://twitter.com/tollvik">Twitter</a> were no help when the cable broke.</p>`, "Facebook and Twitter were no help when the cable broke."},
	{"the word advertisement", `<p><b>Advertisement</b> rates in the boat's saloon have not changed since 1954.</p>`, "Advertisement rates in the boat's saloon"},
	{"the word newsletter", `<p><a href="/newsletter">The newsletter</a> of the ferry company has two readers.</p>`, "The newsletter of the ferry company has two readers."},
	{"a link to a tag begins an item", `<ul><li><a rel="tag" href="/tag/goats">Goats</a> go free.</li><li>Pianos pay double.</li></ul>`, "Goats go free."},
	{"a hidden part", `<p><span hidden>old text</span>The boat is late, and nobody minds it much.</p>`, "The boat is late, and nobody minds it much."},
	{"a part for screen readers", `<p><span class="screen-reader-text">Quote:</span> The boat is late, and nobody minds it much.</p>`, "The boat is late, and nobody minds it much."},
	{"a part hidden from screen readers", `<p><span aria-hidden="true">§</span> The boat is late, and nobody minds it much.</p>`, "The boat is late, and nobody minds it much."},
	{"fields in a sentence", `<p>You have <input size="3"> goats and travel <select><option>north</option><option>south</option></select>, so the fare is free.</p>`, "goats and travel"},
	{"an output in a sentence", `<p>The fare for three goats is <output>twelve crowns</output>, whatever the weather.</p>`, "The fare for three goats is"},
	{"a player in a sentence", `<p>Listen: <audio src="/horn.mp3">Your browser cannot play this.</audio> that is the horn of the Havsula, recorded at noon.</p>`, "that is the horn of the Havsula, recorded at noon."},
	{"an author in a sentence", `<p><a rel="author" href="/authors/lunde">Astrid Lunde</a> was on the quay and heard it.</p>`, "Astrid Lunde was on the quay and heard it."},
	{"the next page's link in a sentence", `<p><a rel="next" href="/news/cable-2">The next chapter</a> is about the goats and what they ate.</p>`, "The next chapter is about the goats and what they ate."},
	{"a day in an item", `<ul><li><time datetime="2024-05-14">14 May</time>: the cable comes</li><li><time datetime="2024-06-01">1 June</time>: the boat goes</li></ul>`, "14 May: the cable comes"},
}

// A rule that matches a part of a block does not remove the block.
func TestPartsKeepBlocks(t *testing.T) {
	for _, c := range blocksWithParts {
		t.Run(c.name, func(t *testing.T) {
			a, err := Clean(strings.NewReader(inlinePage(c.body)), "https://www.tollvikcourier.example/news/cable")
			require.NoError(t, err)
			text := a.Text() + "\n" + a.HTML() // captions are only in the HTML
			assert.Contains(t, text, c.text, "%+v", a.Removed)
		})
	}
}

// wholeBlocks are blocks that consist entirely of what a class or a word in them names, such as a byline.
var wholeBlocks = []struct{ name, body, gone string }{
	{"a dateline", `<p><span class="dateline">Tollvik, 14 May 2024</span></p>`, "Tollvik, 14 May 2024"},
	{"a byline", `<p><span class="byline">By Astrid Lunde in Tollvik</span></p>`, "By Astrid Lunde in Tollvik"},
	{"a byline and a date in two parts", `<p><span class="byline">By Astrid Lunde in Tollvik</span> | <time class="timestamp">14 May 2024 at noon</time></p>`, "Astrid Lunde in Tollvik"},
	{"a time in a post", `<p><time datetime="2024-05-14T14:12">14:12</time></p>`, "14:12"},
	{"a date with its word", `<p>Updated <time datetime="2024-05-14">14 May 2024</time></p>`, "Updated"},
	{"a portrait", `<p><em class="bio">Astrid Lunde keeps two goats and writes about the sea for this newspaper.</em></p>`, "keeps two goats"},
	{"a sign-up line", `<p><b class="newsletter">The harbour in your inbox every morning at six.</b></p>`, "The harbour in your inbox"},
	{"a notice about cookies", `<span class="cookie-notice">This site bakes cookies of its own.</span>`, "bakes cookies"},
	{"an icon", `<p>The boat is late, and nobody minds.</p><p><span role="img" aria-label="4 of 5">★★★★☆</span></p>`, "★★★★☆"},
}

func TestWholeBlocksAreRemoved(t *testing.T) {
	for _, c := range wholeBlocks {
		t.Run(c.name, func(t *testing.T) {
			a, err := Clean(strings.NewReader(inlinePage(c.body)), "https://www.tollvikcourier.example/news/cable")
			require.NoError(t, err)
			assert.NotContains(t, a.Text(), c.gone)
		})
	}
}
