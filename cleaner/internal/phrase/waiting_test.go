package phrase

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestIsWaiting(t *testing.T) {
	for _, line := range []string{"Loading…", "Loading", "LOADING ARTICLE ...", "Bitte warten", "読み込み中…", "Загрузка...", "You need to enable JavaScript to run this app.", "Just a moment..."} {
		assert.True(t, IsWaiting(line), line)
	}
	for _, line := range []string{"", "Loading docks are closed on Sundays in winter.", "Laden Sie Freunde zum Essen ein, sagt der Koch.", "He taught JavaScript for years."} {
		assert.False(t, IsWaiting(line), line)
	}
}
