package metadata

import (
	"strings"
	"sync"
)

// claims are what the page declares itself to be, through schema.org types and the name of the software that generated
// it.
type claims uint16

const (
	claimArticle claims = 1 << iota
	claimNews
	claimBlog
	claimForum
	claimProduct
	claimOffers
	claimList
	claimBusiness
	claimQuestions
	claimDocs
	claimEvent
	madeForForums
	madeForShops
	madeForDocs
)

// typeClaims maps schema.org types, in lower case, to claims.
var typeClaims = sync.OnceValue(func() map[string]claims {
	return map[string]claims{
		"article": claimArticle, "newsarticle": claimNews | claimArticle, "reportagenewsarticle": claimNews | claimArticle, "blogposting": claimBlog | claimArticle,
		"discussionforumposting": claimForum, "qapage": claimForum, "question": claimQuestions, "faqpage": claimQuestions,
		"product": claimProduct, "productgroup": claimProduct, "offer": claimOffers, "aggregateoffer": claimOffers,
		"itemlist": claimList, "collectionpage": claimList, "searchresultspage": claimList, "offercatalog": claimList,
		"localbusiness": claimBusiness, "service": claimBusiness, "professionalservice": claimBusiness, "softwareapplication": claimBusiness,
		"governmentorganization": claimBusiness, "corporation": claimBusiness, "medicalclinic": claimBusiness, "collegeoruniversity": claimBusiness,
		"techarticle": claimDocs, "apireference": claimDocs, "howto": claimDocs, "course": claimEvent, "event": claimEvent, "jobposting": claimEvent,
	}
})

// makers maps words of <meta name=generator>, in lower case, to claims.
var makers = sync.OnceValue(func() map[string]claims {
	return map[string]claims{
		"discourse": madeForForums, "phpbb": madeForForums, "vbulletin": madeForForums, "xenforo": madeForForums, "flarum": madeForForums, "nodebb": madeForForums,
		"invision": madeForForums, "vanilla": madeForForums, "mybb": madeForForums, "smf": madeForForums, "bbpress": madeForForums, "lithium": madeForForums,
		"woocommerce": madeForShops, "shopify": madeForShops, "magento": madeForShops, "prestashop": madeForShops, "bigcommerce": madeForShops, "opencart": madeForShops,
		"docusaurus": madeForDocs, "sphinx": madeForDocs, "mkdocs": madeForDocs, "gitbook": madeForDocs, "vuepress": madeForDocs, "vitepress": madeForDocs,
		"antora": madeForDocs, "mediawiki": madeForDocs, "dokuwiki": madeForDocs, "javadoc": madeForDocs, "doxygen": madeForDocs, "starlight": madeForDocs,
	}
})

// claimsOf returns the claims of the page's JSON-LD and generator.
func (f *Findings) claimsOf() claims {
	var c claims
	for _, o := range f.ld {
		types, _ := o["@type"].([]any)
		if t, ok := o["@type"].(string); ok {
			types = []any{t}
		}
		for _, t := range types {
			if s, ok := t.(string); ok {
				c |= typeClaims()[strings.ToLower(s[strings.LastIndexAny(s, "/:#")+1:])]
			}
		}
		if o["offers"] != nil {
			c |= claimOffers
		}
	}
	for _, generator := range f.meta["generator"] {
		for word := range strings.FieldsFuncSeq(strings.ToLower(generator[:min(len(generator), 200)]),
			func(r rune) bool { return r < 'a' || r > 'z' }) {
			c |= makers()[word]
		}
	}
	return c
}
