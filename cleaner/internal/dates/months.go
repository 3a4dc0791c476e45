package dates

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// monthForms lists the names of the months in the forms that occur on pages, from January to December. Most languages
// have one line. A second line has regional names or other grammatical forms. The forms are in lower case. Commas
// separate the forms of one month, and "-" stands for a month without a form. Chinese, Japanese and Korean dates mostly
// have numbers instead of names. Words between the parts of a date, such as "de" and "of", are in fillers (find.go). If
// two lines have the same form, the first one wins. A form that means a different month in another language belongs in
// languageMonths. A name of two words must be added to joinMonths (tokens.go). languages_test.go has the tests.
var monthForms = []string{
	// English; German with Austrian forms; French
	"january,jan february,feb march,mar april,apr may june,jun july,jul august,aug september,sept,sep october,oct november,nov december,dec",
	"januar,jänner,jaenner,jän februar,feber märz,maerz,mär,mrz april mai juni juli august september oktober,okt november dezember,dez",
	"janvier,janv février,fevrier,févr,fév,fevr mars avril,avr mai juin juillet,juil août,aout septembre octobre novembre décembre,decembre,déc",
	// Spanish, Catalan, Portuguese, Galician, Italian, Romanian
	"enero,ene febrero marzo abril,abr mayo junio julio agosto,ago septiembre,setiembre,set octubre noviembre diciembre,dic",
	"gener,gen febrer març,marc abril maig juny juliol agost setembre octubre novembre desembre,des",
	"janeiro fevereiro,fev março,marco abril maio junho julho agosto setembro outubro,out novembro dezembro",
	"xaneiro febreiro marzo abril maio xuño xullo agosto setembro outubro novembro decembro",
	"gennaio,genn febbraio,febbr marzo aprile maggio,mag,magg giugno,giu luglio,lug agosto settembre,sett ottobre,ott novembre dicembre",
	"ianuarie,ian februarie martie aprilie mai iunie,iun iulie,iul august septembrie octombrie noiembrie,noi decembrie",
	// Dutch, Afrikaans; Danish, Norwegian, Swedish; Finnish, Estonian; Icelandic
	"januari februari maart,mrt april mei juni juli augustus september oktober november december",
	"januarie februarie maart april mei junie julie augustus september oktober november desember",
	"januar februar marts april maj juni juli august september oktober november desember",
	"januari februari mars april maj juni juli augusti september oktober november december",
	"tammikuuta,tammikuu helmikuuta,helmikuu maaliskuuta,maaliskuu huhtikuuta,huhtikuu toukokuuta,toukokuu kesäkuuta,kesäkuu heinäkuuta,heinäkuu elokuuta,elokuu syyskuuta,syyskuu lokakuuta,lokakuu marraskuuta,marraskuu joulukuuta,joulukuu",
	"jaanuar,jaan veebruar,veebr märts aprill mai juuni juuli august september oktoober november detsember,dets",
	"jaanuaril veebruaril märtsil aprillil - juunil juulil augustil septembril oktoobril novembril detsembril",
	"janúar febrúar mars apríl maí júní júlí ágúst september október nóvember desember",
	// Polish, Czech, Slovak; Slovene, Serbian in Latin letters, Croatian
	"stycznia,styczeń,stycz,sty lutego,luty,lut marca,marzec kwietnia,kwiecień,kwie,kwi maja,maj czerwca,czerwiec,czer,cze lipca,lipiec,lip sierpnia,sierpień,sier,sie września,wrzesień,wrz,wrześ października,październik,paź,paźdz,pazdziernika listopada,listopad,lis grudnia,grudzień,gru",
	"ledna,leden,led února,únor,úno března,březen,bře dubna,duben,dub května,květen,kvě června,červen,čvn července,červenec,čvc srpna,srpen,srp září,zář října,říjen,říj listopadu,listopad prosince,prosinec,pro",
	"januára,január februára,február marca,marec apríla,apríl mája,máj júna,jún júla,júl augusta,august septembra,september októbra,október novembra,november decembra,december",
	"januarja,januar februarja,februar marca,marec aprila,april maja,maj junija,junij julija,julij avgusta,avgust,avg septembra,september oktobra,oktober novembra,november decembra,december",
	"januara,januar februara,februar marta,mart aprila,april maja,maj juna,jun jula,jul avgusta,avgust septembra,septembar oktobra,oktobar novembra,novembar decembra,decembar",
	"siječnja,siječanj,sij veljače,veljača,velj ožujka,ožujak,ožu travnja,travanj,tra svibnja,svibanj,svi lipnja,lipanj srpnja,srpanj kolovoza,kolovoz,kol rujna,rujan,ruj - studenoga,studenog,studeni,stu prosinca,prosinac",
	// Hungarian; Lithuanian, Latvian; Albanian
	"január,januári február,febr március,márc,már,márciusi április,ápr május,máj június,jún július,júl augusztus szeptember,szept október november december",
	"sausio,sausis vasario,vasaris kovo,kovas balandžio,balandis gegužės,gegužė birželio,birželis liepos,liepa rugpjūčio,rugpjūtis rugsėjo,rugsėjis spalio,spalis lapkričio,lapkritis gruodžio,gruodis",
	"janvāris,janvārī februāris,februārī marts,martā aprīlis,aprīlī maijs,maijā jūnijs,jūnijā jūlijs,jūlijā augusts,augustā septembris,septembrī oktobris,oktobrī novembris,novembrī decembris,decembrī",
	"janar shkurt mars prill maj qershor korrik gusht shtator tetor nëntor dhjetor",
	// Turkish, Azerbaijani, Uzbek; Indonesian, Malay; Swahili; Filipino. Vietnamese numbers its months
	"ocak,oca şubat,şub mart nisan,nis mayıs haziran,haz temmuz,tem ağustos,ağu eylül,eyl ekim,eki kasım,kas aralık,ara",
	"yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr",
	"yanvar fevral mart aprel may iyun iyul avgust sentabr oktabr noyabr dekabr",
	"januari februari,pebruari maret april mei juni juli agustus,agt,agu september oktober november,nopember desember,des",
	"januari februari mac april mei jun julai ogos,ogo september oktober november disember,dis",
	"januari februari machi aprili mei juni julai agosti septemba oktoba novemba desemba",
	"enero pebrero,peb marso abril mayo hunyo,hun hulyo,hul agosto setyembre oktubre nobyembre,nob disyembre",
	// Russian, Ukrainian, Belarusian, Bulgarian, Macedonian, Serbian; Kazakh, Kyrgyz, Uzbek, Tajik
	"января,январь,янв февраля,февраль,фев,февр марта,март,мар апреля,апрель,апр мая,май июня,июнь,июн июля,июль,июл августа,август,авг сентября,сентябрь,сен,сент октября,октябрь,окт ноября,ноябрь,ноя,нояб декабря,декабрь,дек",
	"січня,січень,січ лютого,лютий,лют березня,березень,берез,бер квітня,квітень,квіт,кві травня,травень,трав,тра червня,червень,черв,чер липня,липень,лип серпня,серпень,серп,сер вересня,вересень,вер жовтня,жовтень,жовт,жов листопада,листопад,лист,лис грудня,грудень,груд,гру",
	"студзеня,студзень лютага,люты сакавіка,сакавік красавіка,красавік мая,май чэрвеня,чэрвень ліпеня,ліпень жніўня,жнівень верасня,верасень кастрычніка,кастрычнік лістапада,лістапад снежня,снежань",
	"януари,яну,ян февруари,февр март април май юни юли август септември,септ,сеп октомври,окт ноември,ное декември",
	"јануари февруари март април мај јуни јули август септември октомври ноември декември",
	"јануара,јануар,јан фебруара,фебруар,феб марта,март априла,април маја,мај јуна,јун јула,јул августа,август септембра,септембар октобра,октобар новембра,новембар,нов децембра,децембар,дец",
	"қаңтар,қаң ақпан,ақп наурыз,наурызы,нау сәуір,сәуірі,сәу мамыр,мамыры маусым,маусымы,мау шілде,шілдесі,шіл тамыз,тамызы қыркүйек,қыркүйегі,қыр қазан,қазаны,қаз қараша,қарашасы желтоқсан,желтоқсаны,жел",
	"январь,январы февраль,февралы март,марты апрель,апрели май,майы июнь,июну июль,июлу август,августу сентябрь,сентябры октябрь,октябры ноябрь,ноябры декабрь,декабры",
	"январ феврал март апрел май июн июл август сентябр октябр ноябр декабр",
	"январи феврали марти апрели майи июни июли августи сентябри октябри ноябри декабри",
	// Greek, in formal and colloquial forms; Georgian; Armenian
	"ιανουαρίου,ιανουάριος,ιαν φεβρουαρίου,φεβρουάριος,φεβ μαρτίου,μάρτιος,μαρ,μάρ απριλίου,απρίλιος,απρ μαΐου,μαίου,μάιος,μάϊος,μαϊ,μαΐ,μάι ιουνίου,ιούνιος,ιουν,ιούν ιουλίου,ιούλιος,ιουλ,ιούλ αυγούστου,αύγουστος,αυγ,αύγ σεπτεμβρίου,σεπτέμβριος,σεπ,σεπτ οκτωβρίου,οκτώβριος,οκτ νοεμβρίου,νοέμβριος,νοε,νοέ δεκεμβρίου,δεκέμβριος,δεκ",
	"γενάρη,γενάρης φλεβάρη,φλεβάρης μάρτη,μάρτης απρίλη,απρίλης μάη,μάης ιούνη,ιούνης ιούλη,ιούλης αύγουστο σεπτέμβρη,σεπτέμβρης οκτώβρη,οκτώβρης νοέμβρη,νοέμβρης δεκέμβρη,δεκέμβρης",
	"იანვარი,იან თებერვალი,თებ მარტი,მარ აპრილი,აპრ მაისი,მაი ივნისი,ივნ ივლისი,ივლ აგვისტო,აგვ სექტემბერი,სექ ოქტომბერი,ოქტ ნოემბერი,ნოე დეკემბერი,დეკ",
	"იანვარს თებერვალს მარტს აპრილს მაისს ივნისს ივლისს აგვისტოს სექტემბერს ოქტომბერს ნოემბერს დეკემბერს",
	"հունվարի,հունվար,հնվ փետրվարի,փետրվար,փետ,փտվ մարտի,մարտ,մար,մրտ ապրիլի,ապրիլ,ապր մայիսի,մայիս,մայ հունիսի,հունիս,հուն,հնս հուլիսի,հուլիս,հուլ,հլս օգոստոսի,օգոստոս,օգս,օգո սեպտեմբերի,սեպտեմբեր,սեպ հոկտեմբերի,հոկտեմբեր,հոկ նոյեմբերի,նոյեմբեր,նոյ դեկտեմբերի,դեկտեմբեր,դեկ",
	// Arabic of Egypt and the Gulf; Arabic of the Levant (joinMonths first joins the names of two words); Arabic of
	// the Maghreb; Hebrew
	"يناير فبراير مارس أبريل,ابريل,إبريل مايو يونيو,يونيه يوليو,يوليه أغسطس,اغسطس سبتمبر أكتوبر,اكتوبر نوفمبر ديسمبر",
	"كانونالثاني شباط آذار,اذار نيسان أيار,ايار حزيران تموز آب أيلول,ايلول تشرينالأول,تشرينالاول تشرينالثاني كانونالأول,كانونالاول",
	"جانفي فيفري مارس أفريل,افريل ماي جوان جويلية أوت,اوت سبتمبر أكتوبر نوفمبر ديسمبر",
	"يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر",
	"ינואר,בינואר פברואר,בפברואר מרץ,במרץ,מרס,במרס אפריל,באפריל מאי,במאי יוני,ביוני יולי,ביולי אוגוסט,באוגוסט ספטמבר,בספטמבר אוקטובר,באוקטובר נובמבר,בנובמבר דצמבר,בדצמבר",
	// Persian and Urdu names of the Gregorian months
	"ژانویه,ژانویهٔ فوریه مارس آوریل مه,می ژوئن ژوئیه,جولای اوت,آگوست سپتامبر اکتبر نوامبر دسامبر",
	"جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر",
	// Hindi and Marathi, Bengali, Tamil, Telugu, Malayalam, Kannada, Gujarati, Punjabi, Sinhala; Thai (joinMonths
	// removes the dots from the short forms); Khmer, Lao, Burmese; Amharic names of the Gregorian months
	"जनवरी,जन फरवरी,फ़रवरी,फर मार्च अप्रैल मई जून जुलाई अगस्त सितंबर,सितम्बर,सित अक्टूबर,अक्तूबर,अक्टू नवंबर,नवम्बर,नव दिसंबर,दिसम्बर,दिस",
	"जानेवारी फेब्रुवारी मार्च एप्रिल मे जून जुलै ऑगस्ट सप्टेंबर ऑक्टोबर नोव्हेंबर डिसेंबर",
	"জানুয়ারি,জানুয়ারী ফেব্রুয়ারি,ফেব্রুয়ারী মার্চ এপ্রিল মে জুন জুলাই আগস্ট,আগষ্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর",
	"ஜனவரி,ஜன பிப்ரவரி,பிப் மார்ச்,மார் ஏப்ரல் மே ஜூன் ஜூலை ஆகஸ்ட்,ஆக செப்டம்பர்,செப் அக்டோபர்,அக் நவம்பர்,நவ டிசம்பர்,டிச",
	"జనవరి ఫిబ్రవరి మార్చి ఏప్రిల్ మే జూన్ జులై,జూలై ఆగస్టు సెప్టెంబర్ అక్టోబర్ నవంబర్ డిసెంబర్",
	"ജനുവരി ഫെബ്രുവരി മാർച്ച്,മാര്\u200dച്ച് ഏപ്രിൽ,ഏപ്രില്\u200d മേയ്,മെയ് ജൂൺ,ജൂണ്\u200d ജൂലൈ,ജൂലായ് ആഗസ്റ്റ്,ഓഗസ്റ്റ്,ആഗസ്ത് സെപ്റ്റംബർ,സെപ്തംബർ,സെപ്റ്റംബര്\u200d ഒക്ടോബർ,ഒക്റ്റോബർ,ഒക്ടോബര്\u200d നവംബർ,നവംബര്\u200d ഡിസംബർ,ഡിസംബര്\u200d",
	"ಜನವರಿ ಫೆಬ್ರವರಿ,ಫೆಬ್ರುವರಿ ಮಾರ್ಚ್ ಏಪ್ರಿಲ್ ಮೇ ಜೂನ್ ಜುಲೈ ಆಗಸ್ಟ್ ಸೆಪ್ಟೆಂಬರ್ ಅಕ್ಟೋಬರ್ ನವೆಂಬರ್ ಡಿಸೆಂಬರ್",
	"જાન્યુઆરી ફેબ્રુઆરી માર્ચ એપ્રિલ મે જૂન જુલાઈ ઓગસ્ટ,ઑગસ્ટ સપ્ટેમ્બર ઑક્ટોબર,ઓક્ટોબર નવેમ્બર ડિસેમ્બર",
	"ਜਨਵਰੀ ਫਰਵਰੀ,ਫ਼ਰਵਰੀ ਮਾਰਚ ਅਪ੍ਰੈਲ ਮਈ ਜੂਨ ਜੁਲਾਈ ਅਗਸਤ ਸਤੰਬਰ ਅਕਤੂਬਰ ਨਵੰਬਰ ਦਸੰਬਰ",
	"ජනවාරි පෙබරවාරි මාර්තු අප්\u200dරේල්,අප්රේල් මැයි ජූනි ජූලි අගෝස්තු සැප්තැම්බර් ඔක්තෝබර් නොවැම්බර් දෙසැම්බර්",
	"มกราคม,มค กุมภาพันธ์,กพ มีนาคม,มีค เมษายน,เมย พฤษภาคม,พค มิถุนายน,มิย กรกฎาคม,กค สิงหาคม,สค กันยายน,กย ตุลาคม,ตค พฤศจิกายน,พย ธันวาคม,ธค",
	"មករា,ខែមករា កុម្ភៈ,ខែកុម្ភៈ មីនា,ខែមីនា មេសា,ខែមេសា ឧសភា,ខែឧសភា មិថុនា,ខែមិថុនា កក្កដា,ខែកក្កដា សីហា,ខែសីហា កញ្ញា,ខែកញ្ញា តុលា,ខែតុលា វិច្ឆិកា,ខែវិច្ឆិកា ធ្នូ,ខែធ្នូ",
	"ມັງກອນ ກຸມພາ ມີນາ ເມສາ ພຶດສະພາ ມິຖຸນາ ກໍລະກົດ ສິງຫາ ກັນຍາ ຕຸລາ ພະຈິກ ທັນວາ",
	"ဇန်နဝါရီ ဖေဖော်ဝါရီ မတ် ဧပြီ မေ ဇွန် ဇူလိုင် သြဂုတ်,ဩဂုတ် စက်တင်ဘာ အောက်တိုဘာ နိုဝင်ဘာ ဒီဇင်ဘာ",
	"ጃንዋሪ,ጃንዩወሪ,ጃንዩዌሪ ፌብሩዋሪ,ፌብሩወሪ,ፌብርዋሪ ማርች ኤፕሪል,ኤፕረል ሜይ ጁን ጁላይ ኦገስት,ኦገስት ሴፕቴምበር,ሴፕተምበር ኦክቶበር,ኦክተውበር ኖቬምበር,ኖቨምበር ዲሴምበር,ዲሰምበር",
	// Chinese names, which are used by themes that put the month before the day; Basque, Welsh, Maltese,
	// Luxembourgish, Hausa, Somali
	"一月 二月 三月 四月 五月 六月 七月 八月 九月 十月 十一月 十二月",
	"urtarrilaren,urtarrila,urt otsailaren,otsaila,ots martxoaren,martxoa apirilaren,apirila,api maiatzaren,maiatza ekainaren,ekaina,eka uztailaren,uztaila,uzt abuztuaren,abuztua irailaren,iraila urriaren,urria azaroaren,azaroa,aza abenduaren,abendua",
	"ionawr chwefror mawrth ebrill mai mehefin gorffennaf awst medi hydref tachwedd rhagfyr",
	"jannar frar marzu april mejju ġunju lulju awwissu settembru ottubru novembru diċembru",
	"januar februar mäerz abrëll mee juni juli august september oktober november dezember",
	"janairu fabrairu maris afrilu mayu yuni yuli agusta satumba oktoba nuwamba disamba",
	"janaayo febraayo maarso abriil maajo juun luulyo agoosto sebtembar oktoobar nofembar disembar",
}

// languageMonths lists forms that are the name of a month in one language, but the name of another month or no month at
// all in others: listopad is October in Croatian and November in Polish. Hungarian and Polish use Roman numerals. A
// line is built as in monthForms.
var languageMonths = []struct{ language, forms string }{
	{"hr", "- - - - - - - - - listopada,listopad,list,lis - -"},
	{"sq", "- shk - pri - qer kor gus sht tet nën,nen dhj"},
	{"fi", "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu"},
	{"pl", "- ii iii iv v vi vii viii ix x xi xii"},
	{"hu", "i ii iii iv v vi vii viii ix x xi xii"},
}

// jalaliForms are the months of the Iranian calendar, Farvardin to Esfand.
const jalaliForms = "فروردین,فروردینماه اردیبهشت,اردیبهشتماه خرداد,خردادماه تیر,تیرماه مرداد,امرداد,مردادماه شهریور,شهریورماه مهر,مهرماه آبان,آبانماه آذر,آذرماه دی,دیماه بهمن,بهمنماه اسفند,اسفندماه"

// afghanForms are the months of the same calendar in Dari and Pashto.
const afghanForms = "حمل,وری ثور,غویی جوزا,غبرګولی سرطان,چنګاښ اسد,زمری سنبله,وږی میزان,تله عقرب,لړم قوس,لیندۍ جدی,مرغومی دلو,سلواغه حوت,کب"

// islamicForms are the months of the Islamic calendar, Muharram to Dhu al-Hijja. joinMonths first joins the names of
// two words.
const islamicForms = "محرم صفر ربيعالأول,ربيعالاول ربيعالآخر,ربيعالثاني جمادىالأولى,جمادىالأول جمادىالآخرة,جمادىالثانية رجب شعبان رمضان شوال ذوالقعدة,ذيالقعدة ذوالحجة,ذيالحجة"

// ethiopianForms are the months of the Ethiopian calendar, Mäskäräm to Pagume: twelve months, and a short thirteenth
// month.
const ethiopianForms = "መስከረም ጥቅምት ኅዳር,ህዳር ታኅሣሥ,ታኅሳስ,ታህሳስ,ታህሣሥ ጥር የካቲት መጋቢት ሚያዝያ,ሚያዚያ ግንቦት ሰኔ ሐምሌ,ሀምሌ,ሃምሌ ነሐሴ,ነሀሴ,ነሃሴ ጳጉሜ,ጳጉሜን"

// Offsets that are added to the month numbers of other calendars.
const (
	jalali    = 50
	ethiopian = 100
	islamic   = 150
)

// monthNumbers returns a map from a form of a month's name to the number of the month.
var monthNumbers = sync.OnceValue(func() map[string]uint8 {
	months := make(map[string]uint8, 2048)
	for _, line := range monthForms {
		addMonths(months, line, 0)
	}
	addMonths(months, jalaliForms, jalali)
	addMonths(months, ethiopianForms, ethiopian)
	addMonths(months, islamicForms, islamic)
	return months
})

// ownMonths returns, for each language in languageMonths and for those that use afghanForms, a map like that of
// monthNumbers with only the forms of that language.
var ownMonths = sync.OnceValue(func() map[string]map[string]uint8 {
	own := make(map[string]map[string]uint8, len(languageMonths)+3)
	for _, months := range languageMonths {
		own[months.language] = make(map[string]uint8)
		addMonths(own[months.language], months.forms, 0)
	}
	for _, language := range [...]string{"fa", "prs", "ps"} {
		own[language] = make(map[string]uint8)
		addMonths(own[language], afghanForms, jalali)
	}
	return own
})

// addMonths adds a line of forms, and the same forms without accents if they are longer than three bytes. A form that
// is already known keeps its meaning.
func addMonths(months map[string]uint8, line string, offset uint8) {
	for i, forms := range strings.Fields(line) {
		for form := range strings.SplitSeq(forms, ",") {
			if months[form] == 0 && form != "-" {
				months[form] = uint8(i+1) + offset
			}
			if plain := WithoutAccents(form); len(plain) > 3 && months[plain] == 0 {
				months[plain] = uint8(i+1) + offset
			}
		}
	}
}

// MonthOf returns the number of the month that a lower-case word names, or 0 if it names none. Months of the Iranian,
// Ethiopian and Islamic calendars have numbers that begin with 51, 101 and 151. The word may be without accents and
// dots, because capital letters lose them in some languages.
func MonthOf(word string) int {
	months := monthNumbers()
	if m := months[word]; m > 0 || text.IsASCII(word) {
		return int(m)
	}
	return int(months[WithoutAccents(word)])
}

// month is like MonthOf, but a form of the style's own language comes first.
func (s *Style) month(word string) int {
	if m := ownMonths()[s.Language][word]; m > 0 {
		return int(m)
	}
	return MonthOf(word)
}

// WithoutAccents removes the accents from letters. It replaces the Turkish dotless i with i, and the final sigma with
// σ.
func WithoutAccents(word string) string {
	if text.IsASCII(word) {
		return word
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == 'ı':
			return 'i'
		case r == 'ς':
			return 'σ'
		case text.IsMark(r) && unicode.Is(unicode.Mn, r): // IsMark is faster, and false for nearly all characters
			return -1
		}
		return r
	}, norm.NFD.String(word))
}
