package phrase

// A Kind is the kind of chaff that a short line consists of, judging by the line's words alone.
type Kind uint8

// The kinds of lines. The judge reads their numeric values as a feature, so add new kinds at the end and keep the
// order. After adding a kind that occurs on many pages, retrain the judge. A test that is a function of its own, such
// as [IsInvitation], needs no kind.
const (
	None           Kind = iota
	ShareName           // the name of a network or tool to share with
	ShareLabel          // "Share this"
	CommentHeading      // "Leave a comment", "3 comments"
	CommentForm         // the labels and notes of a reply form
	SpamNotice          // "This site uses Akismet to reduce spam."
	Related             // "Related posts", "Read also"
	Newsletter          // "Subscribe to our newsletter"
	Consent             // "We use cookies"
	Ad                  // "Advertisement"
	Player              // "Your browser does not support the video tag."
	Navigation          // "Skip to content", "Back to top"
	Paywall             // "Subscribe to continue reading"
	Tool                // "Print this page", "Listen to this article"
	Offer               // "In stock", "Free delivery"

	kindCount = iota
)

var kindNames = [...]string{
	ShareName: "share-name", ShareLabel: "share-label", CommentHeading: "comment-heading",
	CommentForm: "comment-form", SpamNotice: "spam-notice", Related: "related", Newsletter: "newsletter",
	Consent: "consent", Ad: "advertisement", Player: "player-fallback", Navigation: "navigation",
	Paywall: "paywall", Tool: "tool", Offer: "offer",
}

// String returns the kind's name in kebab-case.
func (p Kind) String() string { return kindNames[p] }
