package judge

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const threadPage = `<!doctype html><html lang="de"><head><title>Nesseln am Zaun</title></head><body>
<ul class="menu"><li><a href="/a">Garten</a></li><li><a href="/b">Markt</a></li></ul>
<h1>Nesseln am Zaun</h1>
<div class="post"><div class="who">Runa, 3. Mai 2021, 10:15</div><p>Hinter dem Schuppen wachsen Nesseln, und der Nachbar will sie nicht haben.</p>
<div class="post"><div class="who">Ole, 3. Mai 2021, 11:02</div><p>Koch sie. Mit Kartoffeln sind sie besser als Spinat.</p></div></div>
<div class="post"><div class="who">Runa, 4. Mai 2021, 08:40</div><p>Gekocht, gegessen, der Nachbar war auch da.</p></div>
<div class="foot"><p>Impressum und Datenschutz</p><p>Ein Garten im Netz</p></div></body></html>`

func TestPostsAreBoxesOfOneLookWithStamps(t *testing.T) {
	p := judged(t, threadPage)
	ps := p.Features.findPosts()
	require.Len(t, ps.boxes, 3, "the reply inside the first post is a post of its own")
	assert.EqualValues(t, 3, ps.stamps)
	of := make(map[string]int32)
	for b := range p.Blocks {
		of[p.Blocks[b].Text] = ps.of[b]
	}
	assert.EqualValues(t, 1, of["Hinter dem Schuppen wachsen Nesseln, und der Nachbar will sie nicht haben."])
	assert.EqualValues(t, 2, of["Koch sie. Mit Kartoffeln sind sie besser als Spinat."])
	assert.EqualValues(t, 3, of["Gekocht, gegessen, der Nachbar war auch da."])
	assert.Zero(t, of["Impressum und Datenschutz"])
	assert.EqualValues(t, 7, ps.below, "the words of the footer")
}

func TestAPageWithoutStampsHasNoPosts(t *testing.T) {
	ps := judged(t, featurePage).Features.findPosts()
	assert.Empty(t, ps.boxes)
	assert.Equal(t, -1, ps.first)
}

func TestHasClockOrYear(t *testing.T) {
	for _, s := range []string{"2021-05-03", "am 3. Mai 2021", "10:15", "Posted 9:05 am", "2005"} {
		assert.True(t, hasClockOrYear(s), s)
	}
	for _, s := range []string{"", "1066", "20210", "3 of 5", "7:5", "16:99", "Call 20001"} {
		assert.False(t, hasClockOrYear(s), s)
	}
}
