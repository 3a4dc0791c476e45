package phrase

import (
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// BylinePrefixes lists, by language and in lower case, the words for "by" and "text by" before names. The longest
// match is used.
var BylinePrefixes = []string{
	"written by", "posted by", "reported by", "gepostet von", "gespeichert von", "blog beitrag von", "blogbeitrag von", "erfasst von", "inviato da", "ingezonden door", "zverejnil", "dodane przez", "envoyé par", "enviado por", "words by", "story by", "text by", "article by", "authored by", "published by", "submitted by", "created by", "contributed by", "curated by:", "curated by", "compiled by", "reported by:", "review by", "reviewed and written by", "interview by", "guest post by",
	"op-ed by", "opinion by", "analysis by", "report by", "a post by", "post by", "posts by", "view all posts by", "show all articles of", "all posts by", "more from", "more by", "see all posts by", "started by", "asked by", "edited by and written by", "by:", "by", "author:", "authors:", "author", "authors", "writer:", "words:", "story:", "contributor:",
	"propos recueillis par", "entretien réalisé par", "un texte de", "texte de", "une chronique de", "chronique de", "la chronique de", "un reportage de", "reportage de", "une enquête de", "un récit de", "une tribune de", "de notre correspondant", "de notre correspondante", "de notre envoyé spécial", "de notre envoyée spéciale", "publié par", "publiée par", "écrit par", "rédigé par", "un article de", "article de", "article écrit par", "posté par", "auteur :", "auteur:", "auteurs :", "auteurs:", "auteur", "texte :", "texte:", "par :", "par",
	"ein gastbeitrag von", "ein kommentar von", "geschrieben von", "veröffentlicht von", "eine analyse von", "ein artikel von", "ein beitrag von", "gastbeitrag von", "kommentar von", "beitrag von", "artikel von", "interview von", "interview:", "analyse von", "verfasst von", "eingestellt von", "erstellt von",
	"ein interview von", "eine kolumne von", "eine reportage von", "ein essay von", "ein gastkommentar von", "gastkommentar von", "eine glosse von", "ein leitartikel von", "leitartikel von", "eine rezension von", "kolumne von", "protokoll:", "protokolliert von", "aufgezeichnet von", "von unserem redakteur", "von unserer redakteurin", "von unserem korrespondenten", "von unserer korrespondentin", "von unserem mitarbeiter", "von unserer mitarbeiterin", "von unserem reporter", "von unserer reporterin",
	"alle beiträge von", "alle artikel von", "text von", "text:", "text und fotos:", "autor:", "autorin:", "autoren:", "autoren", "autor/in:", "autorin", "autor", "von:", "von", "vom", "verfasser:", "redaktion:", "aus", // German
	"escrito por", "publicado por", "escribe:", "escribe", "redacción:", "redacta:", "crónica de", "columna de", "una crónica de", "de nuestro corresponsal", "de nuestra corresponsal", "redactado por", "elaborado por", "un artículo de", "texto:", "texto :", "texto de", "autor :", "autora:", "autores:", "autores", "por:", "por", "publicat per", "per:",
	"postado por", "reportagem de", "reportagem:", "texto por", "da redação de",
	"dal nostro inviato", "dalla nostra inviata", "dal nostro corrispondente", "dalla nostra corrispondente", "intervista di", "editoriale di", "scritto da", "pubblicato da", "articolo di", "a cura di", "di:", "di", "da", "autore:", "autrice:", "autore", "testo di", "testo:",
	"geschreven door", "column van", "een column van", "opinie van", "van onze verslaggever", "van onze redacteur", "van onze correspondent", "tekst en foto's:", "gepubliceerd door", "geplaatst door", "tekst:", "auteurs", "door:", "door",
	"tekst i zdjęcia:", "napisał", "napisała", "opracował", "opracowała", "opracowanie:", "oprac.", "autorka:", "autorzy:", "dodał:", "opublikowane przez", "napisane przez", "rozmawiał", "rozmawiała", "rozmawiał:", "rozmawiała:", "autor tekstu:", "opublikował",
	"автор:", "авторы:", "автор", "авторы", "текст:", "текст", "подготовил", "подготовила", "написал", "написала", "опубликовал", "автор статьи:", "автор материала:", "автор текста:", "аутор:", "аутори:", "пишува:", "автор на статията:", "автори:", "підготував", "підготувала", "опублікував", "от", "пише", "пише:",
	"yazan:", "yazar:", "haber:", "yazan", "yazar", "editör:", "hazırlayan:", "müəllif:", "müəlliflər:", "muhabir:", "köşe yazısı:", "röportaj:",
	"بقلم:", "بقلم", "كتب:", "كتبت:", "الكاتب:", "كتب", "كتبت", "إعداد:", "إعداد", "تحرير:", "المؤلف:", "نویسنده:", "نویسنده", "نوشته", "به قلم", "گزارش از", "گزارش:", "خبرنگار:", "گزارشگر:", "رپورٹ:", "از قلم", "تحریر:", "مصنف:", "ע\"י", "על ידי", "מאת:", "מאת", "כתב:", "כתבה:", "כותב:",
	"作者：", "作者:", "作者 ", "记者：", "记者:", "记者 ", "记者", "記者：", "記者:", "記者 ", "記者", "本报记者", "本報記者", "文/", "文｜", "文|", "文：", "文:", "撰文：", "撰文/", "撰文:", "作者/", "作者｜", "记者/", "記者/", "編譯／", "文／", "記者／", "撰稿：", "撰稿:", "撰稿人：", "文字：", "文字:", "採訪：", "採訪撰文：",
	"text：", "text／", "writer：", "words：", "取材・文 ", "聞き手・", "聞き手：", "聞き手＝", "構成・文：", "文・", "著者：", "著者:", "執筆：", "執筆:", "執筆者：", "筆者：", "ライター：", "文＝", "取材・文：", "取材・文＝", "投稿者：", "投稿者:", "投稿者 ",
	"글:", "글 ", "작성자:", "작성자 :", "작성자", "기자:", "글쓴이:", "글쓴이 :", "글·사진 ", "글·사진=", "기자 ", "글=", "취재:",
	"γράφει ο", "γράφει η", "γράφουν οι", "γράφει:", "του", "της", "των", "από τον", "από την", "από", "συντάκτης:", "συντάκτης", "κείμενο:", "επιμέλεια:", "επιμέλεια",
	"napsal", "napsala", "autor článku:", "autoři:", "zdroj: autor", "napísal", "napísala", "piše:", "piše", "napisao", "napisala", "autori:", "avtor:", "avtorica:",
	"skriven av", "skrevet av", "skrevet af", "text av", "tekst av", "av:", "av", "af:", "af", "foto og tekst:", "tekst og foto:", "tekst og bilde:", "text och foto:", "text & foto:", "krönika av", "ledare av", "en krönika av", "kronikk av", "kommentar av", "analyse av", "en analyse av", "klumme af", "analyse af", "kommentar af", "toimetas", "teksti ja kuvat:", "kirjoittanut", "kirjoittaja:", "kirjoittaja", "teksti:", "teksti", "toimittaja:", "raksta", "autors:", "autorius:", "höfundur:", "eftir",
	"készítette:", "írta:", "írta", "szerző:", "szerző", "szöveg:", "scris de", "publicat de", "postat de", "de:", "de", "autorul:", "un articol de",
	"bài và ảnh:", "bài, ảnh:", "thực hiện:", "nga:", "nga", "shkruar nga", "shkruan:", "shkruan", "tác giả:", "tác giả", "bài:", "bởi", "theo", "đăng bởi", "người viết:", "oleh:", "oleh", "penulis:", "penulis", "reporter:", "pewarta:", "ditulis oleh", "penulis :", "reporter :", "ni", "nina", "isinulat ni",
	"مرسلة بواسطة", "نشر بواسطة", "نشرت بواسطة", "ارسال شده توسط", "פורסם על ידי", "gönderen:", "gepost door", "αναρτήθηκε από", "bejegyezte:", "vystavil", "upplagd av", "indsendt af", "lagt inn av", "lähettänyt", "diposting oleh", "प्रस्तुतकर्ता", "публикувано от", "objavio:", "uverejnil", "objavil:", "postitas", "publicada por", "опубліковано:", "người đăng:", "發表者：", "張貼者：", // the author of a post, as blog platforms label it
	"लेखक:", "लेखक", "द्वारा", "रिपोर्ट:", "रिपोर्ट", "लेखन:", "লেখক:", "প্রতিবেদক:", "โดย:", "โดย", "ผู้เขียน:", "ผู้เขียน", "เขียนโดย", "เรื่อง:", "na", "imeandikwa na", "mwandishi:", "na mwandishi:", "எழுதியவர்:", "எழுதியவர்", "লেখা:", "লিখেছেন:", "লিখেছেন", "রিপোর্ট:", "ጸሐፊ፦", "ጸሐፊ:", "በ:", "հեղինակ:", "հեղինակ՝", "ავტორი:", "ავტორი",
}

// WeakPrefixes contains the words for "by" that also occur at the start of other lines. They count only if nothing but
// a name of two or more words follows on the line.
var WeakPrefixes = text.SetOf(
	"aus", "de", "di", "da", "av", "af", "per:", "от", "του", "της", "των", "από", "text", "theo", "na", "ni", "nina",
	"от:", "oprac.", "more from", "redaktion:", "текст", "report by", "reporter:", "haber:", "eftir", "teksti", "kirjoittaja", "bài:",
	"nga", "nga:", "escribe", "shkruan", "texte de", "analyse av", "analyse af", "toimetas", "기자 ",
)

// BylineLabels lists labels that are on their own line above a name, such as "Written by". The words in BylinePrefixes
// can also be labels of this kind.
var BylineLabels = []string{
	"author(s)", "article by", "autor*in", "autor:in", "autor_in", "autorin/autor", "autor/autorin", "autor/in", "author(s):", "authors", "contributor(s)", "about the author", "writer", "words", "story", "reporter", "contributors", "contributor", "text", "texte", "testo", "texto", "tekst", "auteur(s)", "autor(en)", "autor(in)", "redakteur", "redakteurin", "verfasser", "posted", "journalist", "журналист", "корреспондент", "muhabir", "periodista", "jornalista", "giornalista", "journaliste",
	"ผู้เขียน", "记者", "記者", "作者", "ライター", "著者", "執筆者", "기자", "글쓴이", "작성자", "الكاتب", "المؤلف", "نویسنده", "συντάκτης", "редактор текста", "penulis", "tác giả",
}

// NameSeparators lists the strings that separate two names.
var NameSeparators = []string{
	" and ", " & ", " und ", " et ", " en ", " и ", " ve ", " og ", " och ", " ja ", " és ", " și ", " şi ", " και ", " та ", " і ", " dan ", " và ", " और ", " এবং ", " และ ", " və ", " dhe ", " және ", " மற்றும் ", " և ", " და ", " እና ", "＆",
	";", "|", "/", "／", "、", "，", "،", "؛", " · ", " • ", "・ ", " with ", " avec ", " mit ", " con ", " com ", " و ", " AND ", " UND ", " ET ", "＝", "\n", "\t", " + ",
}
