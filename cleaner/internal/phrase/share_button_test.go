package phrase

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestIsShareButton(t *testing.T) {
	for _, line := range []string{
		"Share on Facebook", "Click to share on X (Opens in new window)", "Auf WhatsApp teilen", "Facebook'ta paylaş", "Jaa Facebookissa",
		"Udostępnij na Facebooku", "שתף בפייסבוק", "페이스북으로 공유하기", "分享到微信", "Facebookでシェアする", "LINEで送る",
	} {
		assert.True(t, IsShareButton(line), line)
	}
	for _, line := range []string{
		"", "Share", "Facebook", "Share the bread on Facebook", "Facebook shares fell again", "分享到的面包", "He works at Facebook",
	} {
		assert.False(t, IsShareButton(line), line)
	}
	assert.Zero(t, CountShareNames("76x80x16", None))
}
