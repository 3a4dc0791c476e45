package phrase

import (
	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// OtherCredits lists, in lower case, words that come before the names of people who did not write the page, or before
// the names of its sources. Words that may also introduce authors are absent. For example, "Editör:" introduces authors
// in Turkish news.
var OtherCredits = []string{
	"photos by", "photo by", "photographs by", "photography by", "pictures by", "picture by", "illustrations by", "illustration by", "illustrated by", "edited by", "editing by", "translated by", "produced by", "additional reporting by", "reporting by", "video by", "graphics by", "reviewed by", "fact checked by", "fact-checked by", "photographs:", "photography:", "photos:", "photo:", "illustration:", "source:", "editor:", "video:", "editor ",
	"foto:", "fotos:", "fotos von", "foto von", "bild:", "bilder:", "grafik:", "infografik:", "fotografie:", "illustrationen:", "quelle:", "übersetzung:", "übersetzt von", "aus dem englischen von", "kamera:", "schnitt:",
	"photos :", "photo :", "photographies :", "illustrations :", "illustration :", "vidéo :", "source :", "traduction :", "traduit par", "traduit de", "dessin :", "crédit photo",
	"imágenes:", "imagen:", "ilustración:", "fotografía:", "fotografías:", "fotografía de", "fotos de", "fuente:", "traducción:", "traducción de", "edición:", "vídeo:", "fonte:", "fotografia:", "imagens:", "tradução:", "edição:", "traduzione di", "traduzione:", "foto di", "montaggio:",
	"beeld:", "foto's:", "bron:", "vertaling:", "vertaald door", "zdjęcia:", "fot.", "źródło:", "tłumaczenie:", "tłum.", "zdroj:", "překlad:", "preklad:", "izvor:", "prijevod:", "prevod:", "vir:", "fotó:", "fotók:", "forrás:", "fordította:", "sursa:", "traducere:", "traducerea:",
	"kuva:", "kuvat:", "lähde:", "källa:", "översättning:", "kilde:", "oversettelse:", "allikas:", "toimetaja:", "fotod:", "šaltinis:", "nuotraukos:", "nuotr.", "avots:", "ljósmynd:", "ljósmyndir:", "mynd:", "burimi:",
	"источник:", "фото:", "фото ", "видео:", "перевод:", "редактор:", "редактура:", "джерело:", "переклад:", "відео:", "снимка:", "снимки:", "източник:", "превод:", "извор:", "фотографије:", "дереккөз:", "сурет:",
	"φωτογραφίες:", "φωτογραφία:", "φωτό:", "φωτο:", "πηγή:", "μετάφραση:", "fotoğraf:", "fotoğraflar:", "kaynak:", "çeviri:", "mənbə:",
	"تصوير", "ترجمة", "المصدر", "تدقيق", "مترجم:", "منبع:", "عکس:", "צילום:", "צילומים:", "תרגום:", "עריכה:", "מקור:", "ترجمہ:", "edited by:",
	"sumber:", "foto ", "ảnh:", "nguồn:", "dịch:", "ภาพ:", "ที่มา:", "แปล:", "picha:",
	"写真＝", "写真：", "写真・", "写真 ", "撮影", "翻訳", "編集：", "イラスト", "責任編輯", "责任编辑", "責編", "责编", "編輯：", "编辑：", "编辑:", "編輯:", "编辑 ", "編輯 ", "校对", "审核", "來源", "来源", "攝影", "摄影", "图/", "圖/", "翻译", "翻譯", "译者", "譯者", "監修", "通讯员", "通訊員", "사진=", "사진:", "사진 ", "번역", "출처",
}

// Photographers contains, in lower case, the words that occur next to the names of photographers, illustrators and
// translators.
var Photographers = text.SetOf("photographer", "photographs", "photos", "photo", "fotograf", "fotografin", "fotografi", "fotografie", "fotografia", "fotografía", "fotógrafo", "fotógrafa", "fotografo", "fotografa", "fotoreporter", "fotojournalist", "photojournalist", "photographe", "photographies", "foto", "fotos", "beeld", "bild", "bilder", "kamera", "kameramann", "valokuvaaja", "kuvaaja", "kuvat", "fotós", "fotóriporter", "zdjęcia", "фотограф", "фотокореспондент", "фотокорреспондент", "фото", "φωτογράφος", "illustrator", "illustration", "illustrations", "illustratör", "übersetzer", "übersetzerin", "translator", "traducción", "摄影", "攝影", "写真", "撮影", "사진", "تصوير", "צילום")
