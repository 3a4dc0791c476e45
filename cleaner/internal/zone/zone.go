package zone

// A Zone is the purpose of the elements around a node, according to tag, role, schema.org property, class and id. It
// is only evidence: rules require more.
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
	Signup // "subscribe": a sign-up box if it has a field to type in; shops sell subscriptions too
	NoPrint
	Standfirst
	Offer
	Tab
	Quote // a quotation: the byline inside it is content
)
