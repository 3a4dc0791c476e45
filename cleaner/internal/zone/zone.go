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
	Kicker      // the line above a headline
	Signup      // "subscribe": a sign-up box, but only if it has a text field: shops sell subscriptions too
	NoPrint     // left out when the page is printed
	Standfirst  // the summary below a headline
	Offer       // the selling points of a shop
	Tab         // the tabs above a panel
	Quote       // a quotation: the byline inside it is content
)
