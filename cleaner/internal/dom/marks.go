package dom

// The attributes by which package canon marks what it writes.
const (
	// CalloutAttr is that of a blockquote that is a callout; its value is the kind in lower case: note, warning.
	CalloutAttr = "data-callout"
	// TitleAttr is that of a paragraph that is the title of what follows it in its box.
	TitleAttr = "data-title"
	// PanelAttr is that of the panels of tabs; those of one list of tabs have the same value.
	PanelAttr = "data-panel-of"
)

// NotePrefix begins the ids of notes in content: fn-1.
const NotePrefix = "fn-"
