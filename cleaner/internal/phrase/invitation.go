package phrase

import (
	"slices"
	"strings"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// inviteVerbs are words, or beginnings of words, that ask the reader to do something. The first or second word of the
// line must begin with one of these.
var inviteVerbs = []string{
	"follow", "join", "subscribe", "like", "find", "add", "suivez", "rejoignez", "abonnez", "retrouvez-nous", "folgen", "folge", "abonnieren", "abonniere",
	"síguenos", "siguenos", "sigue", "únase", "únete", "unete", "suscríbete", "seguici", "segui", "unisciti", "iscriviti", "siga", "junte-se", "inscreva",
	"volg", "abonneer", "obserwuj", "dołącz", "śledź", "polub", "подписывайтесь", "подпишитесь", "подписывайся", "читайте", "следите", "присоединяйтесь",
	"takip", "katılın", "abone", "bizi", "تابع", "تابعونا", "تابعوا", "انضم", "اشترك",
	"підписуйтесь", "підписуйтеся", "підпишіться", "приєднуйтесь", "долучайтесь", "следвайте", "последвайте", "följ", "følg", "seuraa", "ikuti", "ακολουθήστε", "urmăriți", "urmărește", "urmăreşte", "abonați", "sledujte", "kövess", "kövessen", "csatlakozz", "theo", "pratite", "עקבו", "הצטרפו", "стежте", "слідкуйте", "долучайтеся", "следвай",
}

// inviteEnds are beginnings of words that ask the reader to do something, in languages in which the verb is last. The
// last word of the line must begin with one of these.
var inviteEnds = []string{
	"करें", "जुड़ें", "कीजिए", "करा", "করুন", "کنید", "شوید", "بپیوندید", "பின்தொடர", "இணைய", "팔로우", "구독",
	"подписывайтесь", "подпишитесь", "присоединяйтесь", "підписуйтесь", "підписуйтеся", "підпишіться", "приєднуйтесь",
}

// invitePlaces are the places to which an invitation directs the reader.
var invitePlaces = []string{
	"google news", "google discover", "google actualités", "google noticias", "google notícias", "google haberler", "whatsapp", "telegram", "facebook", "twitter", "instagram",
	"youtube", "tiktok", "linkedin", "threads", "bluesky", "mastodon", "pinterest", "телеграм", "вконтакте", "дзен", "новостях", "فيسبوك", "تويتر", "واتساب", "تلغرام", "تيليجرام", "يوتيوب", "أخبار جوجل", "google ειδήσεις", "googlen uutiset", "google zprávy", "вайбер", "viber", "פייסבוק", "טלגרם", "וואטסאפ", "فیسبوک", "فیس\u200cبوک", "اینستاگرام", "फेसबुक", "व्हाट्सएप", "व्हाट्सऐप", "टेलीग्राम", "गूगल न्यूज", "यूट्यूब", "ফেসবুক", "গুগল নিউজ", "হোয়াটসঅ্যাপ", "টেলিগ্রাম", "ইউটিউব", "பேஸ்புக்", "ஃபேஸ்புக்", "வாட்ஸ்அப்", "டெலிகிராம்", "페이스북", "카카오톡", "유튜브",
}

// newsReaders are places that are rarely mentioned except in invitations.
var newsReaders = []string{"google news", "google discover", "google haberler", "google actualités"}

// inviteOwners are the words for "our" and "us" in invitations.
var inviteOwners = []string{
	"us", "our", "nous", "notre", "nos", "uns", "unser", "unserem", "unseren", "unserer", "nuestro", "nuestra", "nuestros", "nuestras", "noi", "nostro", "nostra", "nosso", "nossa", "ons", "onze",
	"nas", "nasz", "naszego", "naszym", "naszej", "нас", "наш", "наши", "нашем", "нашу", "нашего", "bizi", "sayfamızı", "kanalımıza", "hesabımızı", "síguenos", "siguenos", "seguici", "suivez-nous", "retrouvez-nous", "junte-se", "صفحتنا", "قناتنا", "حسابنا", "تابعونا",
	"siga-nos", "oss", "meitä", "kami", "μας", "nás", "náš", "minket", "bennünket", "chúng", "наші", "нашому", "ни", "urmăriți-ne", "urmărește-ne", "אחרינו", "שלנו", "אלינו", "нами", "ما", "हमें", "हमारे", "हमारा", "हमारी", "আমাদের", "எங்கள்", "எங்களை", "எங்களைப்", "எங்களுடன்",
}

// inviteLines are parts of invitations in languages without spaces between words.
var inviteLines = []string{
	"ランキングに参加", "ランキングに参加しています", "フォローしてください", "フォローお願いします", "友だち追加", "チャンネル登録", "关注我们的微信", "点击上方蓝字", "点击蓝字", "蓝字关注", "关注微信公众号", "扫描二维码关注", "扫码关注", "长按二维码", "關注我們", "line好友", "LINE好友", "채널을 구독", "카카오톡 채널 추가", "구독과 좋아요", "제보는 카카오톡", "카톡 제보", "เพิ่มเพื่อน LINE", "เพิ่มเพื่อน line", "กดติดตาม", "ติดตามเราได้ที่", "ติดตามเราบน", "facebookでフォロー", "Facebookでフォロー", "페이스북에서 팔로우", "ติดตามข่าวสารได้ที่", "चैनल से जुड़ें", "चैनल को फॉलो करें", "चैनल फॉलो करें", "चैनल को सब्सक्राइब करें", "ग्रुप से जुड़ें", "गूगल न्यूज पर फॉलो करें", "हमें फॉलो करें", "गुगल न्यूज फलो", "গুগল নিউজ চ্যানেল", "চ্যানেল ফলো করুন", "চ্যানেলটি ফলো করুন", "চ্যানেলটি সাবস্ক্রাইব", "চ্যানেল সাবস্ক্রাইব", "சேனலை பின்தொடர", "சேனலில் இணை", "ఛానెల్\u200cను ఫాలో", "चॅनेल फॉलो करा", "चॅनलला फॉलो करा",
}

var (
	inviteBeginnings = text.IndexPrefixes(inviteVerbs)
	inviteEndings    = text.IndexPrefixes(inviteEnds)
	findInvitePlace  = text.NewFinder(invitePlaces)
	findNewsReader   = text.NewFinder(newsReaders)
	findInviteLine   = text.NewFinder(inviteLines)
)

// IsInvitation reports whether a short line asks its reader to follow the site elsewhere. The line must begin with the
// request, or end with it in some languages, name one of invitePlaces and say "our" or "us". Prose about a network
// rarely does all three. If the place is one of newsReaders, the site's name may take the place of "us". A line that
// contains one of inviteLines counts too.
func IsInvitation(line string) bool {
	if len(line) > 300 {
		return false
	}
	if findInviteLine.In(line) { // before converting to lower case, because these languages have no case
		return true
	}
	if !findInvitePlace.InLower(line) || !asksReader(line) {
		return false
	}
	words, owned := 0, false
	for word := range strings.FieldsFuncSeq(text.Lower(line), isInviteSpace) {
		words++
		owned = owned || slices.Contains(inviteOwners, word)
	}
	return (owned || findNewsReader.InLower(line)) && words >= 3 && words <= 30
}

// asksReader reports whether the first or the second word of a line begins with one of inviteVerbs, or the last word
// with one of inviteEnds.
func asksReader(line string) bool {
	words := 0
	for word := range strings.FieldsFuncSeq(line, isInviteSpace) {
		if BeginsWithOneOf(word, inviteBeginnings) {
			return true
		}
		if words++; words == 2 {
			break
		}
	}
	line = strings.TrimRightFunc(line, isInviteSpace)
	return BeginsWithOneOf(line[strings.LastIndexByte(line, ' ')+1:], inviteEndings)
}

// isInviteSpace reports whether a character separates the words of an invitation.
func isInviteSpace(r rune) bool {
	switch r {
	case ' ', ',', '.', '।', ':', ';', '!', '¡', '?', '¿', '(', ')', '[', ']',
		'→', '►', '▶', '👉', '📲', '🔔', '\u00A0', '\uFE0F':
		return true
	}
	return false
}
