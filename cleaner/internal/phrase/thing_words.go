package phrase

import "github.com/dechaff/dechaff/cleaner/internal/text"

// Words on product pages.
var (
	// SKULabels are labels of a product's code. BrandLabels are labels of its brand. Both are in the form that
	// text.FoldLetters returns.
	SKULabels = text.SetOf("sku", "asin", "item no", "item number", "item", "item code", "product code", "product id",
		"product number", "id produto", "id do produto", "id del producto", "id produit", "id produktu", "produkt id", "web id", "article number", "article no", "art no", "code", "ebay item number",
		"artikelnummer", "artikelnr", "artikel nr", "art nr", "artnr", "bestellnummer", "bestell nr", "produktnummer", "produkt nr",
		"référence", "réf", "ref", "référence produit", "code article", "code produit", "referencia", "código", "código de producto",
		"número de artículo", "codice", "codice articolo", "codice prodotto", "cod", "cod articolo", "referência", "ref ª",
		"código do produto", "numer katalogowy", "kod produktu", "nr produktu", "nr kat", "indeks", "varenummer", "varenr",
		"tuotenumero", "tuotekoodi", "kód", "kód produktu", "katalogové číslo", "šifra", "šifra izdelka", "cikkszám", "cod produs",
		"ürün kodu", "stok kodu", "артикул", "код товара", "код", "арт", "код товару", "номер товара", "кατάλογος", "κωδικός",
		"κωδικός προϊόντος", "رمز المنتج", "رقم الصنف", "מקט", "商品编号", "商品編號", "商品番号", "货号", "貨號", "品番", "型番", "型号",
		"商品コード", "管理番号", "상품번호", "상품코드", "모델번호", "mã sản phẩm", "mã sp", "รหัสสินค้า", "kode produk")
	BrandLabels = text.SetOf("brand", "brand name", "manufacturer", "make", "label", "marke", "hersteller", "marque", "fabricant",
		"marca", "fabricante", "produttore", "marchio", "merk", "fabrikant", "marka", "producent", "varumärke", "tillverkare",
		"mærke", "merke", "produsent", "valmistaja", "merkki", "brändi", "značka", "výrobce", "výrobca", "proizvajalec",
		"blagovna znamka", "proizvođač", "brend", "márka", "gyártó", "producător", "üretici", "бренд", "марка", "производитель",
		"виробник", "производител", "μάρκα", "κατασκευαστής", "العلامة التجارية", "الماركة", "ماركة", "מותג", "יצרן", "品牌",
		"ブランド", "メーカー", "製造元", "브랜드", "제조사", "thương hiệu", "ยี่ห้อ", "แบรนด์", "merek")
	// OldPrices are words on lines with a former, a recommended or a market price.
	OldPrices = []string{
		"原價", "原价", "市價", "市价", "定價", "建議售價", "定価", "参考価格", "希望小売価格", "通常価格", "정가", "소비자가", "was ", "rrp", "msrp", "list price",
		"regular price", "uvp", "statt ", "früher", "au lieu de", "prix conseillé", "precio normal", "prezzo consigliato", "anziché",
		"preço anterior", "zamiast", "najniższa cena", "redna cena", "старая цена", "стара ціна",
	}
	// OldPriceWords occur in class names, together with one of PriceWords, if the price is not the current price.
	OldPriceWords = text.SetOf("old", "was", "strike", "striked", "strikethrough", "crossed", "through", "before", "regular",
		"list", "rrp", "msrp", "uvp", "retail", "original", "previous", "ancien", "antiguo", "anterior", "vecchio", "antigo", "alt",
		"alter", "compare", "savings", "save", "saving", "saved", "discount", "unit", "shipping", "delivery", "installment",
		"installments", "points", "monthly", "tax", "per", "range", "filter", "slider", "label")
	// PriceWords occur in the class names of prices.
	PriceWords = text.SetOf("price", "prices", "pricing", "prix", "preis", "precio", "prezzo", "preco", "prijs", "cena", "pris",
		"hinta", "fiyat", "priceblock", "saleprice", "ourprice", "currentprice", "finalprice", "productprice", "pricetag")
)

// Headings of a recipe's ingredients and steps, and of the sections after them, in the form that text.FoldLetters
// returns.
var (
	IngredientHeadings = text.SetOf("ingredients", "ingredient", "the ingredients", "what you need", "you will need", "zutaten",
		"ingrédients", "ingredientes", "ingredienti", "ingrediënten", "ingredients needed", "składniki", "ingredienser", "ainekset", "ingredience",
		"suroviny", "sestavine", "sastojci", "hozzávalók", "ingrediente", "malzemeler", "ингредиенты", "інгредієнти", "складники", "состав",
		"продукти", "необходими продукти", "съставки", "υλικά", "المكونات", "مقادير", "المقادير", "مواد لازم", "מצרכים", "מרכיבים", "材料",
		"食材", "原料", "用料", "재료", "nguyên liệu", "ส่วนผสม", "bahan", "bahan bahan", "ingrediencies", "osagaiak", "innihald", "sastāvdaļas",
		"ingredientai", "koostisosad", "інгрэдыенты", "सामग्री", "উপকরণ")
	StepHeadings = text.SetOf("instructions", "instruction", "directions", "direction", "method", "steps", "preparation", "how to make it",
		"procedure", "what to do", "the method", "cooking instructions", "recipe instructions", "zubereitung", "anleitung",
		"préparation", "étapes", "instructions de préparation", "la préparation", "réalisation", "preparación", "elaboración", "instrucciones",
		"pasos", "modo de preparación", "preparazione", "procedimento", "istruzioni", "modo de preparo", "preparação", "modo de fazer",
		"bereiding", "bereidingswijze", "instructies", "werkwijze", "sposób przygotowania", "przygotowanie", "wykonanie", "tillagning",
		"gör så här", "så här gör du", "fremgangsmåde", "sådan gør du", "framgangsmåte", "slik gjør du", "fremgangsmåte", "valmistus",
		"valmistusohje", "postup", "postup přípravy", "priprava", "postopek", "elkészítés", "elkészítése", "mod de preparare", "preparare",
		"hazırlanışı", "yapılışı", "приготовление", "способ приготовления", "приготування", "спосіб приготування", "начин на приготвяне",
		"приготвяне", "εκτέλεση", "τρόπος παρασκευής", "παρασκευή", "طريقة التحضير", "طريقة العمل", "طرز تهیه", "אופן ההכנה", "הכנה",
		"作り方", "做法", "步骤", "步驟", "作法", "制作方法", "만드는 법", "조리법", "cách làm", "cách nấu", "วิธีทำ", "cara membuat",
		"langkah", "elaboració", "prestaleta", "aðferð", "pagatavošana", "gaminimas", "valmistamine", "विधि")
	AfterRecipe = text.SetOf("notes", "note", "nutrition", "nutrition facts", "nutrition information", "nutritional information", "tips",
		"recipe notes", "video", "equipment", "did you make this recipe", "comments", "more recipes", "you may also like", "share",
		"print", "related recipes", "nährwerte", "tipps", "notizen", "notes de recette", "valeurs nutritionnelles", "astuces", "notas",
		"consejos", "información nutricional", "note di ricetta", "consigli", "conservazione", "dicas", "tip", "voedingswaarden",
		"wskazówki", "вопросы", "советы", "συμβουλές", "コツ", "ポイント", "小贴士", "小貼士", "팁", "serving suggestions", "storage",
		"faq", "faqs", "frequently asked questions", "recommended products", "wine pairing")
)
