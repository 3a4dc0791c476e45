package explain

// baseStyle precedes the styles of the page. Its rules have no specificity, and give a page without styles a readable
// look.
const baseStyle = `:where(html){font:16px/1.55 system-ui,sans-serif;color:#1a1a1a;background:#fff}
:where(body){margin:1rem auto;padding:0 1rem;max-width:60rem}
:where(a[data-link]){color:#1a56a8;text-decoration:underline}
:where(img[data-gone]){display:inline-block;min-width:3rem;min-height:2rem;border:1px dashed #888;background:#eee;` +
	`color:#555;font-size:.8rem;max-width:100%}
:where(.dechaff-frame){border:1px dashed #888;background:#eee;color:#333;padding:.5rem;font:13px/1.4 monospace;` +
	`overflow-wrap:anywhere}
:where(table){border-collapse:collapse}:where(td,th){padding:.15rem .5rem}
`

// plainStyle shows the hidden parts of a page.
const plainStyle = `[hidden],template,details>*{display:block!important}
body *{visibility:visible!important;position:static!important}
`

// verdictStyle colors the items. The ids in :not raise the specificity of its rules above that of the page's own rules.
// The verdicts also differ in stripes or outlines, for users who cannot distinguish the colors.
const verdictStyle = `[data-verdict]{--a:.3}[data-shade="0"]{--a:.1}[data-shade="1"]{--a:.17}` +
	`[data-shade="2"]{--a:.24}[data-shade="3"]{--a:.31}[data-shade="4"]{--a:.4}
[data-verdict=kept]:not(#a#b#c){background-image:linear-gradient(rgb(0 158 115/var(--a)) 0 0)!important;` +
	`box-shadow:-3px 0 rgb(0 130 95)!important}
[data-verdict=rule]:not(#a#b#c){background-image:repeating-linear-gradient(135deg,rgb(213 60 0/var(--a)) 0 4px,` +
	`rgb(213 60 0/calc(var(--a)*.7)) 4px 9px)!important;box-shadow:-3px 0 rgb(190 50 0)!important}
[data-verdict=judge]:not(#a#b#c){background-image:linear-gradient(rgb(240 180 0/var(--a)) 0 0)!important;` +
	`box-shadow:-3px 0 rgb(200 145 0)!important}
[data-verdict=hidden]:not(#a#b#c){background-image:linear-gradient(rgb(120 115 160/var(--a)) 0 0)!important;` +
	`outline:1px dashed rgb(100 95 150)!important}
img[data-verdict]:not(#a#b#c){outline:4px solid!important;outline-offset:-4px!important}
img[data-verdict=kept]:not(#a#b#c){outline-color:rgb(0 130 95)!important}
img[data-verdict=rule]:not(#a#b#c){outline-color:rgb(190 50 0)!important}
[data-field]:not(#a#b#c){text-decoration:underline 3px #0060df!important;text-underline-offset:3px!important}
[data-chosen]:not(#a#b#c){outline:3px solid #0060df!important;outline-offset:1px!important}
[data-verdict]{cursor:pointer;scroll-margin:6rem}
`
