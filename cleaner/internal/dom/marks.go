package dom

// The attributes that package canon adds to its output.
const (
	// CalloutAttr is on a blockquote that is a callout. Its value is the kind of callout in lower case, such as note or
	// warning.
	CalloutAttr = "data-callout"
	// TitleAttr is on a paragraph that is the title of the content that follows it in its box.
	TitleAttr = "data-title"
	// PanelAttr is on the panels of tabs. The panels of one list of tabs have the same value.
	PanelAttr = "data-panel-of"
)

// NotePrefix is the prefix of the ids of notes in content, such as fn-1.
const NotePrefix = "fn-"
