package phrase

// SelfWords are beginnings of sentences about the page itself, in lower case.
var SelfWords = []string{
	"this entry was", "this entry is", "this post was", "this article was", "this article first appeared", "this story was", "this page was", "this article originally", "this piece was", "this report was", "this content was", "this item was", "this blog post was", "the article was", "the post ", "article published", "entry posted", "post published",
	"dieser beitrag wurde", "dieser artikel wurde", "dieser eintrag wurde", "dieser text wurde", "dieser post wurde", "diese seite wurde", "der artikel ", "der beitrag ", "der eintrag ", "der text wurde", "dieser beitrag ist", "dieser artikel ist", "beitrag veröffentlicht", "artikel vom", "beitrag vom",
	"cet article a été", "cette entrée a été", "ce billet a été", "cet article est", "ce contenu a été", "cette page a été", "l'article a été", "article publié", "billet publié", "ce texte a été",
	"este artículo fue", "esta entrada fue", "esta nota fue", "esta noticia fue", "este post fue", "este contenido fue", "esta página fue", "este artículo se publicó", "artículo publicado", "entrada publicada", "este artigo foi", "esta entrada foi", "esta matéria foi", "este post foi", "esta notícia foi", "esta página foi", "esta publicação foi", "artigo publicado", "aquesta entrada",
	"questo articolo è stato", "questo post è stato", "questa voce è stata", "questa notizia è stata", "questa pagina è stata", "articolo pubblicato", "questo contenuto è stato", "quest'articolo",
	"dit bericht is", "dit bericht werd", "dit artikel is", "dit artikel werd", "deze pagina is", "deze pagina werd", "dit stuk is", "artikel gepubliceerd",
	"ten wpis został", "ten artykuł został", "wpis został", "artykuł został", "ta strona została", "tę stronę ostatnio", "artykuł opublikowany", "tekst ukazał się",
	"эта запись была", "эта статья была", "запись была", "запись опубликована", "статья опубликована", "этот материал", "материал опубликован", "эта страница", "ця стаття була", "цей запис",
	"bu yazı", "bu haber", "bu makale", "bu içerik", "bu sayfa", "bu gönderi",
	"هذا المقال", "نشر هذا المقال", "نُشر هذا المقال", "هذه المقالة", "هذه المشاركة", "تم نشر هذا", "هذا الخبر", "آخر تعديل لهذه الصفحة",
	"本文", "本篇文章", "这篇文章", "這篇文章", "此条目", "此條目", "本页面", "本頁面", "この記事", "このエントリ", "この投稿", "このページ", "本記事", "이 글은", "이 기사는", "이 포스트는", "이 문서는", "이 게시물은",
	"den här artikeln", "detta inlägg", "dette innlegget", "denne artikkelen", "denne artikel", "dette indlæg", "tämä artikkeli", "tento článek", "tento článok", "ez a cikk", "ezt a bejegyzést", "acest articol", "αυτό το άρθρο", "το άρθρο", "bài viết này", "artikel ini",
}
