package metadata

import (
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/block"
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// A message is the header of an email message or of a post in a newsgroup, as archives of mailing lists show it above
// the text (RFC 5322, section 3.6): blocks[start:end] and the name in the field From.
type message struct {
	start, end int
	from       string
}

// fieldKind is the kind of a header field.
type fieldKind uint8

const (
	notField fieldKind = iota
	fieldFrom
	fieldSubject
	fieldOther
)

// headerFields are the names of header fields, as archives and mail programs show them in several languages.
var headerFields = fieldNames(map[fieldKind]string{
	fieldFrom: "from von de da от van fra från od 发件人 寄件者 差出人 보낸사람",
	fieldSubject: "subject betreff objet sujet asunto oggetto assunto тема onderwerp emne ämne temat předmět 主题 主題 件名 " +
		"제목 message-id in-reply-to",
	fieldOther: "to cc bcc date sent reply-to sender references newsgroups organization an kopie datum gesendet à a " +
		"copie envoyé para fecha enviado data inviato кому копия дата отправлено aan verzonden til dato sendt till skickat " +
		"do kopia wysłano 收件人 抄送 发送时间 日期 宛先 日時 送信日時 받는사람 날짜",
})

func fieldNames(lists map[fieldKind]string) map[string]fieldKind {
	all := make(map[string]fieldKind)
	for kind, list := range lists {
		for name := range strings.FieldsSeq(list) {
			all[name] = kind
		}
	}
	return all
}

// Limits on the header of a message: the words of prose above it, and of one of its fields.
const maxAboveMessage, maxFieldWords = 40, 40

// findMessage returns the header of the message that a page shows, or an empty header. It is a run of at least three
// different fields, among them From and Subject. A field is a block that begins with its name and a colon. If a block
// is only that, the value is the next block. The header is above the text, because messages also quote other messages.
func findMessage(blocks []block.Block) message {
	prose := 0
	for b := 0; b < len(blocks) && prose <= maxAboveMessage; b++ {
		if m := messageAt(blocks, b); m.end > 0 {
			return m
		}
		if bl := &blocks[b]; bl.Kind != block.Headline {
			prose += int(bl.Words - bl.LinkWords)
		}
	}
	return message{}
}

// mailboxMarks replaces the marks of a mailbox, "Ada Pell" <ada@gazette.example>, so that withoutAddresses removes the
// address.
var mailboxMarks = strings.NewReplacer("<", "(", ">", ")", `"`, "")

// messageAt returns the header that begins with a block, or an empty header.
func messageAt(blocks []block.Block, start int) message {
	m := message{start: start}
	fields := make(map[string]bool)
	var has [fieldOther + 1]bool
	b := start
	for b < len(blocks) && blocks[b].Words <= maxFieldWords {
		name, value, ok := strings.Cut(strings.Replace(blocks[b].Text, "：", ":", 1), ":")
		name = text.Lower(strings.TrimSpace(name))
		kind := headerFields[name]
		if !ok || kind == notField || fields[name] {
			break
		}
		fields[name], has[kind] = true, true
		if b++; strings.TrimSpace(value) == "" && b < len(blocks) && blocks[b].Words <= maxFieldWords {
			value = blocks[b].Text
			b++
		}
		if kind == fieldFrom {
			m.from = withoutAddresses(mailboxMarks.Replace(value))
		}
	}
	if len(fields) < 3 || !has[fieldFrom] || !has[fieldSubject] {
		return message{}
	}
	m.end = b
	return m
}

// InMessageHeader reports whether a block is in the header of the message that the page shows.
func (m *Fields) InMessageHeader(b int) bool {
	return m.seen != nil && b >= m.seen.message.start && b < m.seen.message.end
}
