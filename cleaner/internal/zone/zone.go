package zone

// A Zone is the purpose of the elements around a node, according to their tags, roles, schema.org properties, classes
// and ids. It is only evidence: a rule also needs other evidence.
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
	CommentType // schema.org/Comment: chaff, except on the pages of a forum
	Kicker
	Signup // "subscribe": a sign-up box, but only if it has a text field: shops sell subscriptions too
	NoPrint
	Standfirst
	Offer
	Tab
	Quote // a quotation: the byline inside it is content
)
