package zone

// A Zone is what the boxes around a node say that they are, by element, role, schema.org property, class and id. It is
// evidence, never a verdict: rules ask for more.
type Zone uint32

// The zones.
const (
	Share Zone = 1 << iota
	Related
	Newsletter
	Comments
	ReplyForm
	AuthorBox
	Byline
	Tags
	Ad
	Pager
	Breadcrumb
	Nav
	Form
	CommentType // schema.org/Comment: chaff, but on a forum's page
	Kicker
	Signup // named after subscribing, which is also a way to buy coffee: a sign-up box if it has a field to type in
	NoPrint
	Standfirst
	Offer
	Tab
	Quote // the author of what stands here is quoted: a cite's byline is content
)
