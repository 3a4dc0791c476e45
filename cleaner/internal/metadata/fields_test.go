package metadata

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

func TestAddressesOfAPageOfUnknownOrigin(t *testing.T) {
	doc, err := htmldoc.ParseBytes([]byte(`<link rel="canonical" href="/tide"><meta property="og:url" content="https://gazette.example/tide">`), htmldoc.Source{})
	require.NoError(t, err)
	m := Read(doc)
	assert.Equal(t, "https://gazette.example/tide", m.Canonical)
	assert.Equal(t, "opengraph", m.Provenance["canonical"], "a relative one says nothing")
}
