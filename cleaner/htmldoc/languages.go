package htmldoc

// A language describes text in one language or script for the function guess: the frequencies of characters beyond
// ASCII.
type language struct {
	// encodings are the encodings of pages in the language, the most likely first.
	encodings []string
	// letters are the language's letters beyond ASCII, the most frequent first, in lower case if the script has it.
	letters string
	// skew is how steeply frequency falls from the first letter to the last. The frequency of the letter at rank r is
	// proportional to 1/r^skew.
	skew float64
	// mass is the share of these letters among a text's characters beyond ASCII.
	mass float64
	// low and high limit the range of characters that belong to the script. rest is the assumed number of characters in
	// that range that text has besides the letters above. These are assumed to be equally frequent.
	low, high rune
	rest      float64
	// latin reports whether ASCII letters occur next to these letters within words.
	latin bool
}

// Values of language.skew. Frequency falls fastest among a language's letters with accents (marksSkew), and slowest
// among the letters of an alphabet (alphabetSkew).
const (
	marksSkew    = 1.0
	alphabetSkew = 0.5
	ideographs   = 0.7
)

var (
	western  = []string{"windows-1252", "iso-8859-15"}
	central  = []string{"windows-1250", "iso-8859-2"}
	baltic   = []string{"windows-1257"}
	cyrillic = []string{"windows-1251", "koi8-r", "iso-8859-5"}
)

// The order of languages breaks ties: if a page has only characters that encodings share (dashes, quotes, one é), guess
// returns windows-1252.
//
// Deliberately absent are Vietnamese (windows-1258 has separate tone marks, and such pages declare their encoding), IBM
// and Mac encodings (the bytes of their letters are no-break spaces and soft hyphens in other encodings), ISO-8859-8
// (its letters have the same bytes in windows-1255), and ISO-8859-4, -10, -13, -14 and -16 (rare on the web).
// ISO-8859-1 and -9 are windows-1252 and windows-1254 according to the WHATWG standard.
var languages = []language{
	latin(western, "éèàêçîœôâùûïëü"),    // French
	latin(western, "üäößé"),             // German
	latin(western, "óáíúñéü¿¡ºª"),       // Spanish
	latin(western, "ãçíáéóõúêâàôºª"),    // Portuguese
	latin(western, "èàùòìé"),            // Italian
	latin(western, "äöåé"),              // Swedish, Finnish
	latin(western, "øåæéò"),             // Danish, Norwegian
	latin(western, "é£ë½ïóö¼áè¾ü"),      // Dutch, English
	latin(western, "óàéíòçèúïü·"),       // Catalan
	latin(western, "íðáóúýöæþé"),        // Icelandic
	latin(central, "łąężóśćńź"),         // Polish
	latin(central, "íáéčřěýžůšúňóťď"),   // Czech
	latin(central, "áíčéýžúťľšóôäňďĺŕ"), // Slovak
	latin(central, "áéóöíőüúű"),         // Hungarian
	latin(central, "ăţîâş"),             // Romanian; these encodings write it with cedillas
	latin(central, "čšžćđ"),             // Croatian, Slovene
	latin([]string{"windows-1254"}, "ıüşğçöâî"),
	latin(baltic, "āīēšņūļķžģč"), // Latvian
	latin(baltic, "ėšųįžąčūę"),   // Lithuanian
	latin(baltic, "äõüöšž"),      // Estonian
	alphabet(cyrillic, "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфёъ", 0x0400, 0x045F),
	alphabet([]string{"windows-1251", "koi8-u", "iso-8859-5"}, "оаниветрісдклпмузябйчьгжфєхцюшщїґ", 0x0400, 0x0491),
	alphabet(cyrillic[:1], "аркнелсіятоыпдвмцузьбэўчгйфшхюжё", 0x0400, 0x0491),                         // Belarusian
	alphabet([]string{"windows-1251", "iso-8859-5"}, "аеионртсупдквмјзлбгњшчцљжћхђфџ", 0x0400, 0x0491), // Serbian
	alphabet([]string{"windows-1253", "iso-8859-7"}, "αοετινρσμηπκυςλίγδόέΆήάχθωύφβώζξψϊΐ", 0x0384, 0x03CE),
	alphabet([]string{"windows-1255"}, "יותמלהראנשבקסדפגטעםחןכצזךץף", 0x05B0, 0x05F4),
	alphabet([]string{"windows-1256", "iso-8859-6"}, "اليمرتوندةفبسعصحقأجخكطغشهزإذىضثءئظؤآ،", 0x060C, 0x0652),
	alphabet([]string{"windows-1256"}, "ایرندوهتمبسلکشجفپزقگعصخحطذآضچئغظثژ", 0x060C, 0x06AF), // Persian
	alphabet([]string{"windows-874"}, "ารนอกเ่ง้มวยลัดีทสตะิปบคืหแจุพชูขใไโึผ์ซถำ็ณฟ", 0x0E01, 0x0E5B),
	{
		encodings: []string{"gb18030"}, skew: ideographs, mass: 0.7, low: 0x4E00, high: 0x9FFF, rest: 3000,
		letters: "，的。一、是不了在人有我他这个们中来上大为和国地到以说时要就“”出会可也你对生能而子那得于着下自之年过发后" +
			"作里用：道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力" +
			"它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果" +
			"加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活（）《》？！；",
	},
	{
		encodings: []string{"big5"}, skew: ideographs, mass: 0.7, low: 0x4E00, high: 0x9FFF, rest: 4000,
		letters: "，的。一、是不了在人有我他這個們中來上大為和國地到以說時要就「」出會可也你對生能而子那得於著下自之年過發後" +
			"作裡用：道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力" +
			"它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制身果" +
			"加西斯月話合回特代內信表化老給世位次度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活（）《》？！；",
	},
	{
		encodings: []string{"shift_jis", "euc-jp"}, skew: ideographs, mass: 0.85, low: 0x3041, high: 0x9FFF, rest: 2500,
		letters: "のい、。にしたるとはをがでてんかすーなっれうりまこさもらンきょくあスルトイ・そけラよどクみわアじえだつめリ" +
			"ドせッシプ「」ロちおタジフばびユコろマレサ日やへテげカキメムデパごバニチべ年ャ月人大ず一グ本ほョ国出中オブ会ナふ分" +
			"ィウひ行ミ見時者上ダ的用社生方ュぶ学ビ自ソ間事前ネ後エ入定ツ新場部手性地今名ォ全気動対来内業合理思金目回車同高表開",
	},
	{
		encodings: []string{"euc-kr"}, skew: ideographs, mass: 0.8, low: 0xAC00, high: 0xD7A3, rest: 2200,
		letters: "이다는에의을가고하지한로도사은기대자를리서어시정그아일인나해라과스부있수제들보전으구주장만여상원적기게" +
			"선것동공오비면관조성거국문경안위된세와신마요우내소연호중업산무되회계용화실생었할러음유당물분학까방모치영년교재개월미",
	},
}

func latin(encodings []string, letters string) language {
	return language{
		encodings: encodings, letters: letters, skew: marksSkew, mass: 0.97, low: 0xC0, high: 0x17F,
		rest: 60, latin: true,
	}
}

func alphabet(encodings []string, letters string, low, high rune) language {
	return language{
		encodings: encodings, letters: letters, skew: alphabetSkew, mass: 0.97, low: low, high: high,
		rest: 60,
	}
}
