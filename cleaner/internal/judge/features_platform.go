package judge

import (
	"strings"
	"sync"

	"github.com/dechaff/dechaff/cleaner/internal/text"
)

// A part is the purpose of an element according to the class name or id that publishing software gives it. Thousands of
// sites have the same names because they use the same software.
type part uint8

const (
	noPart      part = iota // any other box
	partText                // text by an author: blogs, magazines, wikis
	partPost                // text by a member of a forum
	partProduct             // a product's description or specification
	partDocs                // a page of documentation
	partPoster              // the author of a post, and other text that the forum adds to it
	partSelling             // other products, reviews, and what a shop adds: order forms, delivery, returns

	partCount = int(partSelling)
	// partsFeatures is how many columns describe the parts that a block is in.
	partsFeatures = 2 * partCount
	maxPartName   = 64 // maximum length of a name that is looked up, in bytes
)

// partNames maps class names and ids of widespread software, in lower case, to parts. Names with other meanings on
// other sites ("content", "message", "body") are absent. The individual words of names are separate features.
var partNames = sync.OnceValue(func() *partIndex {
	x := &partIndex{parts: make(map[string]part)}
	for i, list := range [partCount]string{
		// WordPress and its page builders, Blogger, Ghost, Drupal, Joomla, TYPO3, Squarespace, MediaWiki, Substack,
		// clones of Medium, Arc XP, Naviga.
		partText - 1: "entry-content post-content post-body post-full-content gh-content td-post-content " +
			"wp-block-post-content single-content article-content articlebody article-body article__body article__content " +
			"story-body storybody story-content entry-body blog-content blog-post-content post_content post__content " +
			"post-entry post-text elementor-widget-theme-post-content et_pb_post_content tdb_single_content thecontent " +
			"jeg_content field--name-body field-name-body node__content item-page itemfulltext ce-bodytext sqs-block-content " +
			"blog-item-content mw-parser-output mw-body-content available-content c-news__body text-long news-text " +
			"article-text articletext body-copy bodytext rich-text-content w-richtext wysiwyg rte-content text-formatted " +
			"content-body kg-canvas caas-body zn-body-text paragraph-wrapper richtext",
		// Discourse, phpBB, XenForo, vBulletin, Invision, Stack Exchange, Reddit, Vanilla, MyBB, Flarum, NodeBB,
		// Khoros, bbPress, SMF, Hacker News, Slashdot, Lemmy.
		partPost - 1: "cooked postbody bbwrapper message-body messagetext messagecontent postcontent post_body " +
			"post-body-inner js-post-body s-prose ipstype_richtext cpost_contentwrap usertext-body usercontent " +
			"item-body-wrap lia-message-body-content bbp-reply-content bbp-topic-content bbp_topic_content commtext " +
			"comment_text js-comment-body postmessage post_message post-message post_text posttext topic-body t_msgfont t_f " +
			"forum-post-content md-post-body comment-body-content timeline-comment edit-comment-hide",
		// WooCommerce, Shopify, Magento, PrestaShop, BigCommerce, Shopware, OpenCart, and names common to marketplaces.
		partProduct - 1: "woocommerce-product-details__short-description woocommerce-tabs-panel " +
			"woocommerce-tabs-panel--description woocommerce-tabs-panel--additional_information shop_attributes " +
			"tab-description tab-additional_information product__description product-single__description product-description " +
			"product_description productdescription product__accordion product-info__description product-details " +
			"product__text productview-description productview-info description_tab product-attributes " +
			"product-specifications product-specs specifications specs specification additional-attributes " +
			"product-information product-detail-description data-sheet feature-bullets product-features key-features " +
			"product-overview product-info-main product-attribute product__info-container product-single__meta product-main",
		// Sphinx, Docusaurus, MkDocs, GitBook, VitePress, Nextra, Antora, Confluence, Doxygen, Javadoc, GitHub, Hugo,
		// Jekyll, rustdoc, MDN.
		partDocs - 1: "theme-doc-markdown md-content__inner rst-content vp-doc vuepress-doc theme-default-content " +
			"markdown-body nextra-content wiki-content docmainwrap sphinxsidebarwrapper-none sect1 sectionbody " +
			"section-content markdown-section page-inner docs-content doc-content documentation-content docs-body doccontent " +
			"contents docblock main-page-content td-content page__content bd-article refentry refsect1 reference-content " +
			"prose-docs help-article article-docs hc-article-body",
		// The same forum software as above.
		partPoster - 1: "postprofile message-user message-userdetails message-usercell message-signature " +
			"message-attribution signature post-signature post_sig postauthor post_author poster author-info userinfo " +
			"user-info posthead post-header postfoot post-footer post-meta-data topic-meta-data cauthorpane ipscomment_meta " +
			"user-signature post-controls post-menu-area s-user-card user-details post-signature-owner tagline buttons " +
			"lia-message-author small-action crawler-post-meta bbp-reply-author bbp-meta reactionsbar message-footer " +
			"js-quickreply quick-reply poster_info",
		// The same shop software as above.
		partSelling - 1: "related-products upsells up-sells cross-sells upsell crosssell related upsell-products " +
			"product-recommendations recommendations recommended-products recently-viewed also-bought also-viewed " +
			"you-may-also-like complementary-products product-reviews customer-reviews reviews reviews-tab tab-reviews " +
			"woocommerce-reviews bv-reviews ratings-reviews product-form add-to-cart shipping-info delivery-info " +
			"returns-policy size-guide size-chart product-sticky sticky-add-to-cart minicart cart-drawer",
	} {
		for name := range strings.FieldsSeq(list) {
			x.parts[name] = part(i + 1)
			x.lengths[name[0]] |= 1 << (len(name) - 1)
		}
	}
	return x
})

// A partIndex maps names to parts. The field lengths has, for each first byte, a bit set of the lengths of the names
// that begin with it, minus 1. This rules out most names without a lookup.
type partIndex struct {
	parts   map[string]part
	lengths [256]uint64
}

// namedPart returns the part that a class attribute or an id names.
func namedPart(attribute string) part {
	x := partNames()
	var buffer [maxPartName]byte
	for start := 0; start < len(attribute); {
		end := start
		for end < len(attribute) && attribute[end] > ' ' {
			end++
		}
		if n := end - start; n > 1 && n <= maxPartName && x.lengths[text.LowerASCII(attribute[start])]>>(n-1)&1 != 0 {
			for i := range n {
				buffer[i] = text.LowerASCII(attribute[start+i])
			}
			if p, ok := x.parts[string(buffer[:n])]; ok {
				return p
			}
		}
		start = end + 1
	}
	return noPart
}

// sumParts computes the shares of the page that are in parts of each kind.
func (d *describer) sumParts() {
	var words [partCount]int32
	for b := range d.p.Blocks {
		bl := &d.p.Blocks[b]
		around, depth := d.around(bl.Elem)
		for k, above := range around.parts {
			if distance(depth, above) < farAway {
				words[k] += bl.Words
			}
		}
	}
	for k := range words {
		d.partShares[k] = share(words[k], d.sums[0].words)
	}
}

// putParts appends, for each kind of part, the distance from a block up to the nearest part of the kind. After these,
// it appends, for each kind, the share of the page that is in parts of the kind.
func (d *describer) putParts(w *writer, b int) {
	around, depth := d.around(d.p.Blocks[b].Elem)
	w.putDistances(depth, around.parts[:])
	w.put(d.partShares[:]...)
}
