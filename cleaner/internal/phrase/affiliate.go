package phrase

import "github.com/dechaff/dechaff/cleaner/internal/text"

// affiliateLinks are the words for links that earn the site a commission.
var affiliateLinks = []string{
	"affiliate link", "affiliate-link", "affiliatelink", "amazon associate", "amazon-partner", "partnerlink", "liens affiliés", "lien affilié", "liens d'affiliation", "enlaces de afiliado", "enlaces de afiliación",
	"links de afiliado", "link di affiliazione", "link affiliati", "linki afiliacyjne", "партнёрские ссылки", "партнерские ссылки",
}

// affiliateOwners say that the notice is about the page that it is on.
var affiliateOwners = []string{
	"this post", "this article", "this site", "this website", "this page", "this recipe", "this video", "links above", "links below", "links in this", "links on this", "some of the links", "those links", "these links", "the links marked",
	"i earn", "we earn", "i may earn", "we may earn", "we will earn", "i receive", "we receive", "we may receive", "i may receive", "i may get", "we may get", "earn us", "pay me", "pays me",
	"cet article", "ce site", "cette page", "dieser artikel", "dieser beitrag", "diesem artikel", "diesem beitrag", "diese seite", "dieser seite", "este artículo", "este post", "esta página", "questo articolo", "questo post", "este artigo", "dit artikel", "deze site",
	"ten artykuł", "ten wpis", "эта статья", "на этой странице", "в этой статье",
}

var (
	findAffiliateLinks  = text.NewFinder(affiliateLinks)
	findAffiliateOwners = text.NewFinder(affiliateOwners)
)

// IsAffiliateNotice reports whether a short line says that the page's links earn the site a commission. Prose about such
// links does not speak of its own page.
func IsAffiliateNotice(line string) bool {
	return len(line) <= 400 && findAffiliateLinks.InLower(line) && findAffiliateOwners.InLower(line)
}
