package thread

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/dom"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// editStarts are the beginnings of lines with which forums record who changed a post and when.
var editStarts = [...]string{
	"last edited", "edited by", "last modified", "this post was last modified", "this post has been edited",
	"zuletzt bearbeitet", "zuletzt geändert", "bearbeitet von", "geändert von", "dernière modification",
	"dernière édition", "modifié par", "édité par", "última edición", "última modificación", "editado por",
	"modificado por", "última edição", "ultima modifica", "laatst bewerkt", "laatst gewijzigd",
	"bewerkt door", "ostatnio edytowan", "ostatnio zmieniony", "edytowany przez", "последний раз редактировал",
	"отредактирован", "изменено", "востаннє редагував", "son düzenleme", "son düzenleyen", "آخر تعديل", "נערך לאחרונה",
	"本帖最后由", "本帖最後由", "最后编辑", "最後編輯", "最終編集", "마지막 수정",
}

// signatureRule is the minimum number of underscores in the line above a signature.
const signatureRule = 8

// maxEditLine is the maximum length in bytes of a line about a post's last change.
const maxEditLine = 400

// isSignatureRule reports whether a text is the line of underscores that older forums put above a signature.
func isSignatureRule(s string) bool {
	s = strings.TrimSpace(s)
	return len(s) >= signatureRule && strings.Trim(s, "_") == ""
}

// isEditOrControl reports whether a text is a line about the post's last change, or a link that is a control.
func (t *template) isEditOrControl(i int32) bool {
	bl := &t.Blocks[t.Tree.Nodes[i].Block]
	if bl.Words == bl.LinkWords {
		up := &t.Tree.Nodes[t.Tree.Nodes[i].Parent]
		return up.Tag == atom.A && isControl(up.HTML)
	}
	return isEditLine(bl)
}

// controlWords are words in the class names of links that do something with a post.
var controlWords = text.SetOf("reply", "quote", "report", "flag", "like", "upvote", "downvote", "edit", "delete",
	"share", "permalink")

// isControl reports whether a link is a control, such as "Reply": it leads to "#" or to the reply form, or its class
// name says what it does.
func isControl(link *html.Node) bool {
	href := dom.Attr(link, "href")
	return href == "#" || strings.HasSuffix(href, "#respond") || text.HasNameWord(dom.Attr(link, "class"), controlWords)
}

func isEditLine(bl *block.Block) bool {
	if bl.Words > maxStampWords || len(bl.Text) > maxEditLine || !hasDigits(bl.Text) {
		return false
	}
	start := strings.ToLower(strings.TrimLeft(bl.Text, " ([*–—-"))
	for _, words := range editStarts {
		if strings.HasPrefix(start, words) {
			return true
		}
	}
	return false
}
