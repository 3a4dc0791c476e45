package phrase

// A Kind is a kind of chaff that a whole short line can be, by its words alone.
type Kind uint8

// The kinds of chaff that words alone tell.
const (
	None           Kind = iota
	ShareName           // the name of a network or tool to share with
	ShareLabel          // "Share this"
	CommentHeading      // "Leave a comment", "3 comments"
	CommentForm         // the labels and notes of a reply form
	SpamNotice          // "This site uses Akismet to reduce spam."
	Related             // "Related posts", "Read also"
	Newsletter          // "Subscribe to our newsletter"
	Consent             // "We use cookies"
	Ad                  // "Advertisement"
	Player              // "Your browser does not support the video tag."
	Navigation          // "Skip to content", "Back to top"
	Paywall             // "Subscribe to continue reading"
	Tool                // "Print this page", "Listen to this article"
	Offer               // what a shop says of an offer
)

// Lists lists whole lines, folded by text.FoldLine, by kind and language. A line stands here only if an author hardly
// ever writes it as a line of its own; the rules still ask for company or place before they believe it.
// Words that are also ordinary headings ("Comments", "Twitter") take part only where a rule says so.
var lists = [...][]string{
	ShareName: {
		"facebook", "twitter", "x", "x (twitter)", "twitter / x", "linkedin", "pinterest", "whatsapp", "telegram", "reddit", "tumblr", "flipboard",
		"email", "e-mail", "mail", "print", "pocket", "messenger", "google+", "google plus", "vk", "vkontakte", "viber", "bluesky", "mastodon",
		"threads", "instagram", "xing", "line", "weibo", "wechat", "qq", "copy link", "skype", "digg", "stumbleupon", "buffer", "snapchat",
		"вконтакте", "одноклассники", "телеграм", "фейсбук", "твиттер", "微信", "微博", "朋友圈", "はてなブックマーク", "はてブ", "ツイート", "ツイッター", "フェイスブック",
		"카카오톡", "페이스북", "트위터", "네이버", "فيسبوك", "تويتر", "واتساب", "تيليجرام", "تلغرام", "لينكدإن",
		"imprimer", "courriel", "drucken", "per mail", "imprimir", "correo", "stampa", "drukuj", "yazdır", "afdrukken", "طباعة", "印刷",
	},
	ShareLabel: {
		"share", "share this", "share this:", "share on", "share this article", "share this post", "share this story", "share via", "sharing is caring", "follow us", "like this", "like this:", "spread the word", "click to share",
		"partager", "partager cet article", "partager sur", "partagez", "partagez cet article", "suivez-nous", "j’aime ça", "j'aime ça",
		"teilen", "artikel teilen", "beitrag teilen", "teilen mit", "diesen artikel teilen", "folgen sie uns", "gefällt mir",
		"compartir", "comparte", "comparte esto", "compartir en", "compártelo", "comparte este artículo", "síguenos", "me gusta esto",
		"condividi", "condividi su", "condividi questo articolo", "condividi:", "seguici", "mi piace",
		"compartilhe", "compartilhar", "compartilhe isso", "partilhar", "partilhe", "siga-nos", "curtir isso",
		"delen", "deel dit", "deel dit artikel", "deel dit bericht", "volg ons",
		"udostępnij", "udostępnij artykuł", "podziel się", "obserwuj nas",
		"поделиться", "поделиться в соцсетях", "поделитесь", "поделись", "подписывайтесь на нас",
		"paylaş", "paylaşın", "bunu paylaş", "bizi takip edin",
		"شارك", "شارك المقال", "شارك هذا الموضوع", "شاركها", "مشاركة", "تابعنا",
		"分享", "分享到", "分享至", "分享本文", "关注我们", "シェア", "シェアする", "共有", "この記事をシェア", "この記事をシェアする", "フォローする",
		"공유", "공유하기", "이 글 공유하기", "기사 공유하기", "팔로우",
	},
	CommentHeading: {
		"leave a comment", "leave a reply", "post a comment", "add a comment", "write a comment", "join the discussion", "join the conversation", "# comments", "# comment", "# customer reviews", "# customer review", "# reviews", "# answers", "# answer", "# replies", "no comments", "no comments yet", "be the first to comment", "# responses", "# thoughts on", "show comments", "view comments", "comments are closed", "comment", "comments",
		"laisser un commentaire", "laissez un commentaire", "ajouter un commentaire", "poster un commentaire", "# commentaires", "# commentaire", "aucun commentaire", "commentaires", "réagir", "les commentaires sont fermés",
		"schreibe einen kommentar", "schreiben sie einen kommentar", "kommentar schreiben", "kommentar hinterlassen", "hinterlasse einen kommentar", "# kommentare", "# kommentar", "keine kommentare", "kommentare", "kommentieren",
		"deja un comentario", "dejar un comentario", "deja una respuesta", "escribe un comentario", "añadir comentario", "# comentarios", "# comentario", "sin comentarios", "comentarios",
		"lascia un commento", "lascia una risposta", "scrivi un commento", "aggiungi un commento", "# commenti", "# commento", "nessun commento", "commenti",
		"deixe um comentário", "deixe uma resposta", "deixar um comentário", "escreva um comentário", "adicionar comentário", "# comentários", "# comentário", "nenhum comentário", "sem comentários", "comentários",
		"laat een reactie achter", "geef een reactie", "plaats een reactie", "reageer", "# reacties", "# reactie", "geen reacties", "reacties",
		"dodaj komentarz", "zostaw komentarz", "napisz komentarz", "skomentuj", "# komentarzy", "# komentarze", "# komentarz", "brak komentarzy", "komentarze",
		"добавить комментарий", "оставить комментарий", "написать комментарий", "оставьте комментарий", "# комментариев", "# комментария", "# комментарий", "комментариев нет", "нет комментариев", "комментарии", "комментировать",
		"yorum yap", "bir yorum yaz", "yorum yaz", "bir yanıt yazın", "bir cevap yazın", "yorum bırakın", "# yorum", "henüz yorum yok", "yorumlar",
		"اترك تعليقا", "اترك تعليقاً", "أضف تعليقا", "أضف تعليقاً", "اكتب تعليقا", "اترك رداً", "# تعليقات", "# تعليق", "لا توجد تعليقات", "التعليقات",
		"发表评论", "发表回复", "留下评论", "添加评论", "写评论", "发表留言", "發表迴響", "發佈留言", "# 条评论", "暂无评论", "评论", "留言",
		"コメントを残す", "コメントする", "コメントを書く", "コメントを投稿", "コメントを投稿する", "# 件のコメント", "#件のコメント", "コメントはまだありません", "コメント",
		"댓글 남기기", "댓글 달기", "댓글 쓰기", "댓글을 남겨주세요", "답글 남기기", "# 개의 댓글", "#개의 댓글", "댓글 #", "댓글",
	},
	CommentForm: {
		"your email address will not be published", "your email address will not be published. required fields are marked", "required fields are marked", "save my name, email, and website in this browser for the next time i comment", "cancel reply", "post comment", "submit comment", "notify me of follow-up comments by email", "notify me of new posts by email", "notify me of followup comments via e-mail", "you must be logged in to post a comment", "log in to leave a comment", "blog comments powered by disqus", "comments powered by disqus", "please enable javascript to view the comments powered by disqus", "reply", "name", "website", "name (required)", "email (required)",
		"votre adresse e-mail ne sera pas publiée", "votre adresse e-mail ne sera pas publiée. les champs obligatoires sont indiqués avec", "les champs obligatoires sont indiqués avec", "enregistrer mon nom, mon e-mail et mon site dans le navigateur pour mon prochain commentaire", "annuler la réponse", "prévenez-moi de tous les nouveaux commentaires par e-mail", "prévenez-moi de tous les nouveaux articles par e-mail", "publier le commentaire", "répondre", "nom", "site web", "commentaire", "adresse e-mail",
		"deine e-mail-adresse wird nicht veröffentlicht", "deine e-mail-adresse wird nicht veröffentlicht. erforderliche felder sind mit markiert", "ihre e-mail-adresse wird nicht veröffentlicht", "erforderliche felder sind mit markiert", "meinen namen, meine e-mail-adresse und meine website in diesem browser für die nächste kommentierung speichern", "antwort abbrechen", "antworten abbrechen", "kommentar abschicken", "kommentar absenden", "antworten", "e-mail-adresse", "webseite",
		"tu dirección de correo electrónico no será publicada", "tu dirección de correo electrónico no será publicada. los campos obligatorios están marcados con", "los campos obligatorios están marcados con", "guarda mi nombre, correo electrónico y web en este navegador para la próxima vez que comente", "cancelar la respuesta", "cancelar respuesta", "publicar el comentario", "responder", "nombre", "correo electrónico", "comentario",
		"il tuo indirizzo email non sarà pubblicato", "il tuo indirizzo email non sarà pubblicato. i campi obbligatori sono contrassegnati", "i campi obbligatori sono contrassegnati", "salva il mio nome, email e sito web in questo browser per la prossima volta che commento", "annulla risposta", "invia commento", "pubblica il commento", "rispondi", "nome", "sito web",
		"o seu endereço de e-mail não será publicado", "o seu endereço de e-mail não será publicado. campos obrigatórios são marcados com", "o seu endereço de email não será publicado", "campos obrigatórios são marcados com", "salvar meus dados neste navegador para a próxima vez que eu comentar", "cancelar resposta", "publicar comentário", "enviar comentário",
		"je e-mailadres wordt niet gepubliceerd", "je e-mailadres wordt niet gepubliceerd. vereiste velden zijn gemarkeerd met", "vereiste velden zijn gemarkeerd met", "mijn naam, e-mail en site opslaan in deze browser voor de volgende keer wanneer ik een reactie plaats", "reactie annuleren", "reactie plaatsen", "beantwoorden", "naam",
		"twój adres e-mail nie zostanie opublikowany", "twój adres e-mail nie zostanie opublikowany. wymagane pola są oznaczone", "wymagane pola są oznaczone", "zapamiętaj moje dane w tej przeglądarce podczas pisania kolejnych komentarzy", "anuluj pisanie odpowiedzi", "opublikuj komentarz", "komentarz wpisz", "odpowiedz", "nazwa", "witryna internetowa",
		"ваш адрес email не будет опубликован", "ваш адрес email не будет опубликован. обязательные поля помечены", "ваш e-mail не будет опубликован", "обязательные поля помечены", "сохранить моё имя, email и адрес сайта в этом браузере для последующих моих комментариев", "отменить ответ", "отправить комментарий", "ответить", "имя", "сайт",
		"e-posta adresiniz yayınlanmayacak", "e-posta adresiniz yayınlanmayacak. gerekli alanlar ile işaretlenmişlerdir", "gerekli alanlar ile işaretlenmişlerdir", "daha sonraki yorumlarımda kullanılması için adım, e-posta adresim ve site adresim bu tarayıcıya kaydedilsin", "yanıtı iptal et", "cevabı iptal et", "yorum gönder", "yanıtla", "ad", "isim", "internet sitesi",
		"لن يتم نشر عنوان بريدك الإلكتروني", "لن يتم نشر عنوان بريدك الإلكتروني. الحقول الإلزامية مشار إليها بـ", "الحقول الإلزامية مشار إليها بـ", "احفظ اسمي، بريدي الإلكتروني، والموقع الإلكتروني في هذا المتصفح لاستخدامها المرة المقبلة في تعليقي", "إلغاء الرد", "إرسال التعليق", "رد", "الاسم", "البريد الإلكتروني", "الموقع الإلكتروني", "التعليق",
		"您的邮箱地址不会被公开", "您的邮箱地址不会被公开。 必填项已用 标注", "您的电子邮箱地址不会被公开", "必填项已用 标注", "在此浏览器中保存我的显示名称、邮箱地址和网站地址，以便下次评论时使用", "取消回复", "提交评论", "回复", "显示名称", "邮箱", "网站",
		"メールアドレスが公開されることはありません", "メールアドレスが公開されることはありません。 が付いている欄は必須項目です", "が付いている欄は必須項目です", "次回のコメントで使用するためブラウザーに自分の名前、メールアドレス、サイトを保存する", "コメントをキャンセル", "コメントを送信", "返信", "名前", "メール", "サイト",
		"이메일 주소는 공개되지 않습니다", "이메일 주소는 공개되지 않습니다. 필수 필드는 로 표시됩니다", "필수 필드는 로 표시됩니다", "다음 번 댓글 작성을 위해 이 브라우저에 이름, 이메일, 그리고 웹사이트를 저장합니다", "응답 취소", "답글 취소", "댓글 등록", "댓글 작성", "답글", "이름", "이메일", "웹사이트",
	},
	SpamNotice: {
		"this site uses akismet to reduce spam. learn how your comment data is processed", "this site uses akismet to reduce spam", "learn how your comment data is processed", "this site is protected by recaptcha and the google privacy policy and terms of service apply",
		"ce site utilise akismet pour réduire les indésirables. en savoir plus sur la façon dont les données de vos commentaires sont traitées", "ce site utilise akismet pour réduire les indésirables. en savoir plus sur comment les données de vos commentaires sont utilisées", "ce site utilise akismet pour réduire les indésirables",
		"diese website verwendet akismet, um spam zu reduzieren. erfahre, wie deine kommentardaten verarbeitet werden", "diese website verwendet akismet, um spam zu reduzieren. erfahre mehr darüber, wie deine kommentardaten verarbeitet werden", "diese website verwendet akismet, um spam zu reduzieren",
		"este sitio usa akismet para reducir el spam. aprende cómo se procesan los datos de tus comentarios", "este sitio usa akismet para reducir el spam",
		"questo sito utilizza akismet per ridurre lo spam. scopri come vengono elaborati i dati derivati dai commenti", "questo sito usa akismet per ridurre lo spam. scopri come i tuoi dati vengono elaborati", "questo sito utilizza akismet per ridurre lo spam",
		"este site utiliza o akismet para reduzir spam. saiba como seus dados em comentários são processados", "este site utiliza o akismet para reduzir spam. fica a saber como são processados os dados dos comentários", "este site utiliza o akismet para reduzir spam",
		"deze site gebruikt akismet om spam te verminderen. bekijk hoe je reactie gegevens worden verwerkt", "deze site gebruikt akismet om spam te verminderen. bekijk hoe je reactiegegevens worden verwerkt", "deze site gebruikt akismet om spam te verminderen",
		"ta strona używa akismet do redukcji spamu. dowiedz się, w jaki sposób przetwarzane są dane twoich komentarzy", "ta strona używa akismet do redukcji spamu",
		"этот сайт использует akismet для борьбы со спамом. узнайте, как обрабатываются ваши данные комментариев", "этот сайт использует akismet для борьбы со спамом",
		"bu site istenmeyenleri azaltmak için akismet kullanır. yorum verilerinizin nasıl işlendiğini öğrenin", "bu site, istenmeyenleri azaltmak için akismet kullanıyor. yorum verilerinizin nasıl işlendiği hakkında daha fazla bilgi edinin", "bu site istenmeyenleri azaltmak için akismet kullanır",
		"هذا الموقع يستخدم akismet للحدّ من التعليقات المزعجة والغير مرغوبة. تعرّف على كيفية معالجة بيانات تعليقك", "هذا الموقع يستخدم خدمة أكيسميت للتقليل من البريد المزعجة. اعرف المزيد عن كيفية التعامل مع بيانات التعليقات الخاصة بك processed", "هذا الموقع يستخدم akismet للحدّ من التعليقات المزعجة والغير مرغوبة",
		"这个站点使用 akismet 来减少垃圾评论。了解你的评论数据如何被处理", "此站点使用akismet来减少垃圾评论。了解我们如何处理您的评论数据", "这个站点使用 akismet 来减少垃圾评论",
		"このサイトはスパムを低減するために akismet を使っています。コメントデータの処理方法の詳細はこちらをご覧ください", "このサイトはスパムを低減するために akismet を使っています",
		"이 사이트는 akismet을 사용하여 스팸을 줄입니다. 댓글 데이터가 어떻게 처리되는지 알아보세요", "이 사이트는 스팸을 줄이는 아키스밋을 사용합니다. 댓글이 어떻게 처리되는지 알아보십시오", "이 사이트는 akismet을 사용하여 스팸을 줄입니다",
	},
	Related: {
		"לקריאה נוספת", "קראו גם", "קראו עוד", "עוד בנושא", "διαβάστε επίσης", "διαβάστε ακόμα", "δείτε επίσης", "σχετικά άρθρα",
		"related posts", "related articles", "related stories", "related content", "related news", "related topics", "read also", "also read", "you may also like", "you might also like", "more stories", "recommended for you", "most read", "most popular", "trending", "trending now", "popular posts", "recent posts", "latest news", "up next", "don't miss",
		"articles similaires", "articles liés", "articles connexes", "à lire aussi", "lire aussi", "à lire également", "sur le même sujet", "vous aimerez aussi", "les plus lus", "les plus lues", "dans la même rubrique", "nos autres articles", "articles récents",
		"ähnliche beiträge", "ähnliche artikel", "verwandte artikel", "verwandte beiträge", "lesen sie auch", "lesen sie mehr", "mehr zum thema", "das könnte sie auch interessieren", "auch interessant", "meistgelesen", "meistgelesene artikel", "weitere artikel", "mehr zu diesem thema", "mehr dazu",
		"artículos relacionados", "noticias relacionadas", "entradas relacionadas", "relacionados", "relacionado", "lea también", "lee también", "leer también", "te puede interesar", "le puede interesar", "lo más leído", "más noticias", "más leídas", "también te puede interesar",
		"articoli correlati", "articoli simili", "leggi anche", "potrebbe interessarti", "potrebbe interessarti anche", "i più letti", "correlati", "notizie correlate",
		"artigos relacionados", "notícias relacionadas", "posts relacionados", "leia também", "leia mais", "veja também", "ler também", "você pode gostar", "mais lidas", "relacionadas", "saiba mais",
		"gerelateerde artikelen", "gerelateerde berichten", "lees ook", "lees meer", "meer over dit onderwerp", "meest gelezen", "gerelateerd", "ook interessant",
		"powiązane artykuły", "podobne artykuły", "podobne wpisy", "czytaj też", "czytaj także", "czytaj również", "zobacz także", "zobacz też", "przeczytaj także", "polecane", "najczęściej czytane", "powiązane", "polecamy",
		"читайте также", "читайте еще", "читать также", "похожие статьи", "похожие записи", "похожие материалы", "материалы по теме", "по теме", "самое читаемое", "популярное", "смотрите также", "рекомендуем", "еще по теме",
		"ilgili haberler", "ilgili yazılar", "benzer yazılar", "benzer haberler", "bunlar da ilginizi çekebilir", "ilginizi çekebilir", "en çok okunanlar", "ayrıca okuyun", "bunları da okuyun",
		"مقالات ذات صلة", "مواضيع ذات صلة", "أخبار ذات صلة", "اقرأ أيضا", "اقرأ أيضاً", "إقرأ أيضا", "الأكثر قراءة", "قد يعجبك أيضا", "شاهد أيضا", "ذات صلة",
		"相关文章", "相关阅读", "相关新闻", "相关推荐", "延伸阅读", "推荐阅读", "热门文章", "猜你喜欢", "相關文章", "相關新聞", "延伸閱讀",
		"関連記事", "関連ニュース", "あわせて読みたい", "合わせて読みたい", "おすすめ記事", "人気記事", "こちらもおすすめ", "関連リンク", "関連トピックス",
		"관련 기사", "관련기사", "관련 글", "관련글", "관련 뉴스", "함께 읽으면 좋은 글", "많이 본 기사", "많이 본 뉴스", "추천 기사", "인기 기사",
	},
	Newsletter: {
		"subscribe to our newsletter", "sign up for our newsletter", "newsletter", "get our newsletter", "join our newsletter", "subscribe", "sign up", "newsletter signup", "get the newsletter", "subscribe to our mailing list", "subscribe now", "enter your email address",
		"abonnez-vous à notre newsletter", "inscrivez-vous à notre newsletter", "s'abonner à la newsletter", "recevez notre newsletter", "s'inscrire à la newsletter", "je m'abonne", "je m'inscris", "s'abonner",
		"newsletter abonnieren", "abonnieren sie unseren newsletter", "melden sie sich für unseren newsletter an", "jetzt newsletter abonnieren", "zum newsletter anmelden", "jetzt anmelden", "jetzt abonnieren",
		"suscríbete a nuestro boletín", "suscríbete a nuestra newsletter", "suscríbase a nuestro boletín", "suscríbete", "suscribirse", "boletín",
		"iscriviti alla newsletter", "iscriviti alla nostra newsletter", "ricevi la nostra newsletter", "iscriviti", "abbonati",
		"assine nossa newsletter", "inscreva-se na nossa newsletter", "assine a newsletter", "receba nossa newsletter", "subscreva a nossa newsletter", "inscreva-se", "assine",
		"schrijf je in voor onze nieuwsbrief", "meld je aan voor onze nieuwsbrief", "nieuwsbrief", "inschrijven", "aanmelden",
		"zapisz się do newslettera", "zapisz się na newsletter", "zapisz się do naszego newslettera", "subskrybuj",
		"подпишитесь на рассылку", "подписаться на рассылку", "подпишитесь на нашу рассылку", "подписаться",
		"bültenimize abone olun", "bültene abone ol", "e-bültene kayıt ol", "abone ol",
		"اشترك في نشرتنا البريدية", "اشترك في النشرة البريدية", "النشرة البريدية", "اشترك الآن", "اشترك",
		"订阅我们的新闻通讯", "订阅", "订阅邮件", "訂閱電子報", "訂閱", "メールマガジン登録", "メルマガ登録", "ニュースレターに登録", "ニュースレターを購読する", "購読する",
		"뉴스레터 구독하기", "뉴스레터 구독", "뉴스레터를 구독하세요", "구독하기", "구독",
	},
	Consent: {
		"we use cookies", "we use cookies to improve your experience", "we use cookies to improve your experience on our site", "we use cookies to improve your experience on our website", "we use cookies to ensure that we give you the best experience on our website", "we use cookies to give you the best experience on our website", "this site uses cookies", "by continuing to use this site you agree to our use of cookies", "we value your privacy", "this website uses cookies", "accept all", "accept all cookies", "reject all", "manage cookies", "cookie settings", "accept cookies", "privacy preferences",
		"nous utilisons des cookies", "ce site utilise des cookies", "tout accepter", "tout refuser", "accepter et fermer", "paramétrer les cookies", "gérer les cookies",
		"wir verwenden cookies", "diese website verwendet cookies", "alle akzeptieren", "alle ablehnen", "cookie-einstellungen", "akzeptieren und weiter",
		"utilizamos cookies", "usamos cookies", "este sitio web utiliza cookies", "aceptar todo", "aceptar todas", "rechazar todo", "configurar cookies",
		"utilizziamo i cookie", "questo sito utilizza i cookie", "accetta tutto", "accetta tutti", "rifiuta tutto",
		"usamos cookies neste site", "este site usa cookies", "aceitar todos", "aceitar tudo", "rejeitar todos",
		"wij gebruiken cookies", "deze website gebruikt cookies", "alles accepteren", "alles weigeren",
		"używamy plików cookie", "ta strona używa plików cookie", "zaakceptuj wszystkie", "akceptuję", "odrzuć wszystkie",
		"мы используем файлы cookie", "этот сайт использует файлы cookie", "принять все", "отклонить все",
		"çerez kullanıyoruz", "bu site çerez kullanmaktadır", "tümünü kabul et", "tümünü reddet",
		"نستخدم ملفات تعريف الارتباط", "قبول الكل", "رفض الكل", "我们使用cookie", "接受所有", "全部接受", "全部拒绝", "すべて受け入れる", "すべて拒否", "当サイトはcookieを使用しています",
		"모두 수락", "모두 거부", "이 사이트는 쿠키를 사용합니다",
	},
	Ad: {
		"this post may contain affiliate links", "this post contains affiliate links", "this article contains affiliate links", "this article may contain affiliate links", "this page contains affiliate links",
		"cet article contient des liens affiliés", "dieser artikel enthält affiliate-links", "dieser beitrag enthält affiliate-links", "este artículo contiene enlaces de afiliados", "questo articolo contiene link di affiliazione",
		"este artigo contém links de afiliados", "dit artikel bevat affiliate links", "artykuł zawiera linki afiliacyjne",
		"advertisement", "advertisements", "sponsored", "sponsored content", "article continues below advertisement", "story continues below advertisement", "advertisement - scroll to continue", "continue reading below",
		"publicité", "la suite après la publicité", "contenu sponsorisé", "anzeige", "werbung", "publicidad", "publicidade", "continua após a publicidade", "pubblicità", "annuncio pubblicitario", "advertentie", "reklama", "dalsza część tekstu pod wideo",
		"реклама", "reklam", "إعلان", "إعلانات", "广告", "廣告", "広告", "スポンサーリンク", "スポンサードリンク", "広告の下に記事が続きます", "광고",
	},
	Player: {
		"your browser does not support the video tag", "your browser does not support the video element", "your browser does not support the audio tag", "your browser does not support audio", "your browser does not support video", "your browser does not support javascript", "your browser does not support the audio element", "your browser does not support html5 video", "your browser does not support iframes", "please enable javascript to view the comments powered by disqus", "please enable javascript",
		"votre navigateur ne supporte pas la vidéo", "votre navigateur ne prend pas en charge la vidéo html5", "votre navigateur ne supporte pas la balise vidéo", "votre navigateur ne supporte pas l'élément audio", "ihr browser unterstützt das video-element nicht", "ihr browser unterstützt dieses video nicht", "ihr browser unterstützt das audio-element nicht", "dein browser unterstützt das video-element nicht", "ihr browser unterstützt keine html5-videos", "tu navegador no soporta el elemento de vídeo", "su navegador no soporta video html5", "su navegador no soporta el elemento de audio", "su navegador no soporta el elemento de video", "su navegador no soporta el elemento de vídeo", "tu navegador no soporta el elemento de audio", "tu navegador no soporta el elemento de video", "il tuo browser non supporta il tag video", "seu navegador não suporta o elemento de vídeo", "je browser ondersteunt geen video", "twoja przeglądarka nie obsługuje wideo", "ваш браузер не поддерживает видео", "tarayıcınız video etiketini desteklemiyor", "متصفحك لا يدعم تشغيل الفيديو", "您的浏览器不支持视频播放", "您的浏览器不支持 video 标签", "お使いのブラウザは動画に対応していません", "브라우저가 비디오를 지원하지 않습니다",
	},
	Navigation: {
		"to the homepage", "to homepage", "back to home", "back to homepage", "return to homepage", "retour à l'accueil", "zur startseite", "zurück zur startseite", "volver a la portada", "ir a la portada", "volver al inicio", "torna alla home", "torna alla homepage", "voltar à página inicial", "voltar para a home", "terug naar home", "naar de homepage", "strona główna", "przejdź na stronę główną", "на главную", "вернуться на главную", "ana sayfaya dön", "العودة إلى الرئيسية", "返回首页", "返回首頁", "トップページへ", "ホームへ戻る", "홈으로",
		"skip to content", "skip to main content", "back to top", "top", "menu", "home", "search", "previous", "next", "previous post", "next post", "previous article", "next article", "toggle navigation", "close",
		"aller au contenu", "haut de page", "retour en haut", "article précédent", "article suivant", "zum inhalt springen", "nach oben", "zurück zum seitenanfang", "vorheriger beitrag", "nächster beitrag", "saltar al contenido", "volver arriba", "entrada anterior", "entrada siguiente", "vai al contenuto", "torna su", "articolo precedente", "articolo successivo", "ir para o conteúdo", "pular para o conteúdo", "voltar ao topo", "post anterior", "próximo post", "ga naar de inhoud", "naar boven", "terug naar boven", "vorig bericht", "volgend bericht", "przejdź do treści", "do góry", "poprzedni wpis", "następny wpis", "перейти к содержимому", "перейти к содержанию", "наверх", "предыдущая запись", "следующая запись", "içeriğe geç", "içeriğe atla", "yukarı çık", "başa dön", "önceki yazı", "sonraki yazı", "تخطى إلى المحتوى", "التجاوز إلى المحتوى", "العودة إلى الأعلى", "المقال السابق", "المقال التالي", "跳至内容", "跳到内容", "返回顶部", "回到顶部", "上一篇", "下一篇", "コンテンツへスキップ", "ページの先頭へ", "トップへ戻る", "前の記事", "次の記事", "콘텐츠로 건너뛰기", "맨 위로", "이전 글", "다음 글",
	},
	Paywall: {
		"subscribe to continue reading", "member-only story", "members only", "subscribers only", "for subscribers only", "subscribe to read the full article", "subscribe to read more", "to continue reading, subscribe", "already a subscriber", "already a subscriber? log in", "already a subscriber? sign in", "already a member? log in", "this article is for subscribers only", "this content is for subscribers only", "this is a subscriber-only article", "sign in to continue reading", "log in to continue reading", "register to continue reading", "create a free account to continue reading", "you have reached your limit of free articles", "you've reached your limit of free articles", "unlock this article", "continue reading with a subscription",
		"article réservé aux abonnés", "cet article est réservé aux abonnés", "déjà abonné", "déjà abonné ? se connecter", "déjà abonné ? connectez-vous", "abonnez-vous pour lire la suite", "pour lire la suite, abonnez-vous", "il vous reste #% de cet article à lire", "il vous reste # % de cet article à lire", "inscrivez-vous pour lire la suite",
		"weiterlesen mit abo", "jetzt weiterlesen", "jetzt abonnieren und weiterlesen", "sie haben bereits ein abo", "bereits abonnent", "bereits abonnent? anmelden", "dieser artikel ist nur für abonnenten", "exklusiv für abonnenten", "um weiterzulesen, melden sie sich an", "registrieren sie sich kostenlos, um weiterzulesen",
		"contenido exclusivo para suscriptores", "artículo exclusivo para suscriptores", "suscríbete para seguir leyendo", "suscríbase para seguir leyendo", "regístrate para seguir leyendo", "¿ya eres suscriptor", "¿ya eres suscriptor? inicia sesión", "para seguir leyendo, suscríbete",
		"contenuto riservato agli abbonati", "articolo riservato agli abbonati", "abbonati per continuare a leggere", "sei già abbonato", "sei già abbonato? accedi", "registrati per continuare a leggere",
		"conteúdo exclusivo para assinantes", "exclusivo para assinantes", "assine para continuar lendo", "já é assinante", "já é assinante? faça login", "artigo exclusivo para assinantes", "já é assinante? entre",
		"dit artikel is alleen voor abonnees", "alleen voor abonnees", "abonneer om verder te lezen", "al abonnee", "al abonnee? log in", "verder lezen? neem een abonnement", "log in om verder te lezen",
		"artykuł dostępny tylko dla subskrybentów", "dostęp tylko dla subskrybentów", "aby czytać dalej, wykup subskrypcję", "masz już subskrypcję", "masz już subskrypcję? zaloguj się", "kup dostęp, aby czytać dalej",
		"материал доступен только подписчикам", "статья доступна только подписчикам", "оформите подписку, чтобы читать дальше", "уже подписаны", "уже есть подписка? войдите", "чтобы читать дальше, войдите",
		"bu içerik sadece abonelere özel", "bu içerik abonelere özeldir", "okumaya devam etmek için abone olun", "zaten abone misiniz", "zaten abone misiniz? giriş yapın",
		"هذا المحتوى للمشتركين فقط", "اشترك لمتابعة القراءة", "اشترك لقراءة المقال كاملا", "هل أنت مشترك بالفعل", "سجل الدخول لمتابعة القراءة",
		"本文仅限订阅用户阅读", "订阅后继续阅读", "登录后继续阅读", "登录后阅读全文", "已经是订阅用户", "剩余内容需付费", "以下内容需付费阅读",
		"この記事は有料会員限定です", "この記事は会員限定です", "この記事は有料記事です", "続きを読むには会員登録が必要です", "続きを読むにはログインしてください", "ログインして続きを読む", "有料会員限定記事", "会員の方はログイン",
		"구독자 전용 기사입니다", "구독 후 계속 읽기", "로그인 후 계속 읽기", "회원 전용 콘텐츠입니다", "이미 구독자이신가요", "유료 회원 전용 기사입니다",
	},
	Offer: {
		"# in stock", "in stock", "out of stock", "only # left", "only # left in stock", "inc. vat", "incl. vat", "including vat", "excl. vat", "plus vat", "tax included", "add to cart", "add to basket", "add to bag", "add to wishlist", "free delivery", "free shipping",
		"en stock", "# en stock", "rupture de stock", "ttc", "ajouter au panier", "livraison gratuite", "auf lager", "# auf lager", "vorrätig", "# vorrätig", "nicht vorrätig", "inkl. mwst", "inkl. mwst. zzgl. versand", "in den warenkorb", "kostenloser versand",
		"agotado", "iva incluido", "añadir al carrito", "envío gratis", "disponibile", "esaurito", "iva inclusa", "aggiungi al carrello", "spedizione gratuita", "em estoque", "# em estoque", "esgotado", "adicionar ao carrinho", "frete grátis",
		"op voorraad", "# op voorraad", "incl. btw", "uitverkocht", "in winkelwagen", "gratis verzending", "w magazynie", "# w magazynie", "dodaj do koszyka", "darmowa dostawa", "в наличии", "нет в наличии", "в корзину", "бесплатная доставка",
		"stokta", "stokta yok", "kdv dahil", "sepete ekle", "ücretsiz kargo", "متوفر في المخزون", "أضف إلى السلة", "شحن مجاني", "有货", "现货", "缺货", "加入购物车", "包邮", "在庫あり", "在庫切れ", "税込", "カートに入れる", "送料無料", "재고 있음", "품절", "장바구니 담기", "무료 배송",
	},
	Tool: {
		"viewed # times", "# views", "# aufrufe", "# vues", "# visitas", "# wyświetleń", "# просмотров",
		"printer-friendly version", "printer friendly version", "view in full size", "press enter or click to view image in full size", "click to enlarge", "tap to enlarge",
		"show more", "load more", "see more", "view more", "show less", "show all", "afficher plus", "voir plus", "charger plus", "mehr anzeigen", "mehr laden", "mostrar más", "cargar más", "ver más",
		"mostra altro", "carica altro", "mostrar mais", "carregar mais", "meer tonen", "meer laden", "pokaż więcej", "załaduj więcej", "показать ещё", "загрузить ещё", "daha fazla göster", "عرض المزيد", "تحميل المزيد",
		"显示更多", "加载更多", "查看更多", "顯示更多", "もっと見る", "さらに表示", "더 보기", "더보기",
		"print this", "print this page", "print this article", "print article", "print page", "print-friendly version", "email this article", "email this page", "email article", "listen to this article", "listen to article", "listen to this story", "save this article", "save article", "save for later", "bookmark this article", "text size", "font size", "change font size", "a a a", "a- a a+", "a- a+", "a+ a-", "copy link", "copy url", "link copied", "link copied!", "download pdf", "download as pdf", "translate this page", "report an error", "report a typo", "give this article",
		"imprimer cet article", "imprimer la page", "imprimer l'article", "envoyer par e-mail", "envoyer par mail", "écouter cet article", "écouter l'article", "taille du texte", "taille de police", "copier le lien", "lien copié", "sauvegarder l'article", "enregistrer l'article", "signaler une erreur",
		"artikel drucken", "seite drucken", "druckversion", "artikel vorlesen", "artikel anhören", "schriftgröße", "schriftgröße ändern", "link kopieren", "link kopiert", "artikel merken", "merken", "per e-mail senden", "fehler melden", "vorlesen",
		"imprimir artículo", "imprimir esta página", "enviar por correo", "enviar por email", "escuchar este artículo", "escuchar artículo", "tamaño del texto", "tamaño de letra", "copiar enlace", "enlace copiado", "guardar artículo", "reportar un error",
		"stampa articolo", "stampa questa pagina", "invia per email", "ascolta l'articolo", "ascolta questo articolo", "dimensione testo", "dimensione carattere", "copia link", "copia il link", "link copiato", "salva articolo", "segnala un errore",
		"imprimir página", "imprimir artigo", "imprimir matéria", "enviar por e-mail", "ouvir este artigo", "ouça este conteúdo", "ouvir notícia", "tamanho da letra", "tamanho do texto", "tamanho da fonte", "copiar link", "copiar ligação", "link copiado", "salvar artigo", "guardar artigo", "comunicar erro",
		"artikel afdrukken", "pagina afdrukken", "artikel beluisteren", "luister naar dit artikel", "lettergrootte", "tekstgrootte", "link kopiëren", "kopieer link", "kopieer de link", "artikel bewaren", "artikel opslaan", "meld een fout", "e-mail dit artikel",
		"wydrukuj", "drukuj artykuł", "wydrukuj artykuł", "posłuchaj artykułu", "rozmiar tekstu", "rozmiar czcionki", "wielkość czcionki", "kopiuj link", "skopiuj link", "link skopiowany", "zapisz artykuł", "zgłoś błąd", "wyślij e-mailem",
		"версия для печати", "распечатать", "печать", "слушать статью", "прослушать", "размер шрифта", "размер текста", "скопировать ссылку", "копировать ссылку", "ссылка скопирована", "сообщить об ошибке", "отправить по почте", "добавить в закладки",
		"haberi yazdır", "sayfayı yazdır", "haberi dinle", "yazı boyutu", "yazı tipi boyutu", "bağlantıyı kopyala", "linki kopyala", "bağlantı kopyalandı", "haberi kaydet", "hata bildir", "e-posta ile gönder",
		"طباعة المقال", "طباعة الصفحة", "استمع إلى المقال", "استمع للمقال", "حجم الخط", "حجم النص", "نسخ الرابط", "تم نسخ الرابط", "حفظ المقال", "إرسال بالبريد", "أبلغ عن خطأ", "أ- أ أ+",
		"打印本页", "打印本文", "打印", "字号", "字体大小", "字号：大 中 小", "大 中 小", "【大 中 小】", "字体：大 中 小", "复制链接", "複製連結", "收藏本文", "收藏", "听全文", "我要纠错", "纠错", "发送到邮箱",
		"この記事を印刷", "印刷する", "このページを印刷", "文字サイズ", "文字サイズ変更", "文字の大きさ", "リンクをコピー", "urlをコピー", "この記事を聴く", "保存する", "あとで読む", "メールで送る",
		"기사 인쇄", "인쇄하기", "프린트", "글자크기", "글자 크기", "글자크기 조절", "글씨크기", "글자크기 설정", "기사듣기", "기사 듣기", "링크 복사", "url복사", "url 복사", "주소복사", "스크랩", "기사 스크랩", "가 가 가",
	},
}
