package formula

import (
	"strings"
	"sync"
)

// signNames has the TeX of symbols, as LaTeX, AMS and KaTeX name them: pairs of a symbol and its command.
const signNames = `
α alpha β beta γ gamma δ delta ϵ epsilon ε varepsilon ζ zeta η eta θ theta ϑ vartheta ι iota κ kappa
ϰ varkappa λ lambda μ mu ν nu ξ xi π pi ϖ varpi ρ rho ϱ varrho σ sigma ς varsigma τ tau υ upsilon
φ varphi ϕ phi χ chi ψ psi ω omega Γ Gamma Δ Delta Θ Theta Λ Lambda Ξ Xi Π Pi Σ Sigma Υ Upsilon
Φ Phi Ψ Psi Ω Omega µ mu ∆ Delta ℏ hbar ħ hbar ℓ ell ℘ wp ℜ Re ℑ Im ℵ aleph ℶ beth ∂ partial ∇ nabla
∞ infty ∅ emptyset ∀ forall ∃ exists ∄ nexists ¬ neg ⊤ top ⊥ bot ∠ angle △ triangle □ square
◻ square ■ blacksquare ♯ sharp ♭ flat ♮ natural ♣ clubsuit ♢ diamondsuit ♡ heartsuit ♠ spadesuit
′ prime ‵ backprime † dagger ‡ ddagger § S ¶ P © copyright ® circledR ° degree ∑ sum ∏ prod ∐ coprod
∫ int ∬ iint ∭ iiint ∮ oint ∯ oiint ∰ oiiint ⋃ bigcup ⋂ bigcap ⋁ bigvee ⋀ bigwedge ⨁ bigoplus
⨂ bigotimes ⨀ bigodot ⨄ biguplus ⨆ bigsqcup ± pm ∓ mp × times ÷ div ⋅ cdot · cdot ∙ bullet • bullet
∗ ast ⋆ star ∘ circ ⊕ oplus ⊖ ominus ⊗ otimes ⊘ oslash ⊙ odot ∩ cap ∪ cup ⊎ uplus ⊓ sqcap ⊔ sqcup
∨ vee ∧ wedge ∖ setminus ≀ wr ⋄ diamond ⨿ amalg ⊞ boxplus ⊟ boxminus ⊠ boxtimes ⋉ ltimes ⋊ rtimes
≤ leq ≥ geq ≦ leqq ≧ geqq ⩽ leqslant ⩾ geqslant ≪ ll ≫ gg ≺ prec ≻ succ ⪯ preceq ⪰ succeq
≼ preccurlyeq ≽ succcurlyeq ≠ neq ≡ equiv ≢ not\equiv ∼ sim ≁ nsim ≃ simeq ≈ approx ≅ cong ≆ ncong
≊ approxeq ≐ doteq ≑ doteqdot ∝ propto ≍ asymp ⋈ bowtie ≜ triangleq ≔ coloneqq ≕ eqqcolon ∷ Colon
⊨ models ⊢ vdash ⊣ dashv ⊩ Vdash ⊬ nvdash ⊭ nvDash ∈ in ∉ notin ∋ ni ⊂ subset ⊃ supset ⊆ subseteq
⊇ supseteq ⊈ nsubseteq ⊉ nsupseteq ⊊ subsetneq ⊋ supsetneq ⊏ sqsubset ⊐ sqsupset ⊑ sqsubseteq
⊒ sqsupseteq ∣ mid ∤ nmid ∥ parallel ∦ nparallel ≮ nless ≯ ngtr ≰ nleq ≱ ngeq ← leftarrow → to
↑ uparrow ↓ downarrow ↔ leftrightarrow ↕ updownarrow ⇐ Leftarrow ⇒ Rightarrow ⇑ Uparrow ⇓ Downarrow
⇔ Leftrightarrow ⇕ Updownarrow ⟵ longleftarrow ⟶ longrightarrow ⟷ longleftrightarrow ⟸ Longleftarrow
⟹ Longrightarrow ⟺ iff ↦ mapsto ⟼ longmapsto ↪ hookrightarrow ↩ hookleftarrow ↗ nearrow ↘ searrow
↙ swarrow ↖ nwarrow ⇀ rightharpoonup ⇁ rightharpoondown ↼ leftharpoonup ↽ leftharpoondown
⇌ rightleftharpoons ⇋ leftrightharpoons ↝ leadsto ⇝ rightsquigarrow ↠ twoheadrightarrow
↣ rightarrowtail ↛ nrightarrow ⇏ nRightarrow ↾ upharpoonright ⇄ rightleftarrows ⇉ rightrightarrows
⊸ multimap … ldots ⋯ cdots ⋮ vdots ⋱ ddots ∴ therefore ∵ because ∎ blacksquare ⟨ langle ⟩ rangle
〈 langle 〉 rangle ⌈ lceil ⌉ rceil ⌊ lfloor ⌋ rfloor ‖ Vert ⟦ llbracket ⟧ rrbracket ⌜ ulcorner
⌝ urcorner ⊲ vartriangleleft ⊳ vartriangleright ⊴ trianglelefteq ⊵ trianglerighteq ▹ triangleright
◃ triangleleft ▽ triangledown ▲ blacktriangle ★ bigstar ◯ bigcirc ⋋ leftthreetimes ⋌ rightthreetimes
⊚ circledcirc ⊛ circledast ⊝ circleddash ð eth ✓ checkmark £ pounds ¥ yen
`

// functions lists the functions for which LaTeX or KaTeX has a command.
const functions = `
arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf injlim ker lg lim liminf
limsup ln log max min Pr projlim sec sin sinh sup tan tanh argmax argmin
`

// limits lists the functions and symbols whose limits TeX writes as subscripts and superscripts, as in \sum_{i}^{n}.
const limits = `
det gcd inf injlim lim liminf limsup max min Pr projlim sup argmax argmin sum prod coprod bigcup
bigcap bigvee bigwedge bigoplus bigotimes bigodot biguplus bigsqcup int iint iiint oint oiint oiiint
`

var signs = sync.OnceValue(func() map[rune]string {
	fields := strings.Fields(signNames)
	all := make(map[rune]string, len(fields)/2)
	for i := 0; i+1 < len(fields); i += 2 {
		for _, r := range fields[i] {
			all[r] = `\` + fields[i+1]
		}
	}
	return all
})

func isNamed(list, name string) bool { return name != "" && strings.Contains(list, " "+name+" ") }

// isFunction reports whether TeX has a command for the name of a function. KaTeX has commands for argmax and argmin,
// LaTeX itself does not.
func isFunction(name string) bool { return isNamed(spaced(functions), name) }

// hasLimits reports whether a command is in the constant limits.
func hasLimits(tex string) bool {
	return strings.HasPrefix(tex, `\`) && isNamed(spaced(limits), tex[1:])
}

func spaced(s string) string { return strings.ReplaceAll(s, "\n", " ") }

// accents maps a mark to two commands: the first puts it above one character, the second above several.
var accents = map[string][2]string{
	"^": {`\hat`, `\widehat`}, "ˆ": {`\hat`, `\widehat`}, "\u0302": {`\hat`, `\widehat`},
	"~": {
		`\tilde`,
		`\widetilde`,
	}, "˜": {`\tilde`, `\widetilde`}, "∼": {`\tilde`, `\widetilde`}, "\u0303": {`\tilde`, `\widetilde`},
	"¯": {`\bar`, `\overline`}, "‾": {`\bar`, `\overline`}, "ˉ": {`\bar`, `\overline`}, "―": {`\bar`, `\overline`},
	"_": {`\bar`, `\overline`}, "̅": {`\bar`, `\overline`}, "̄": {`\bar`, `\overline`}, "−": {`\bar`, `\overline`},
	"→": {`\vec`, `\overrightarrow`}, "⃗": {`\vec`, `\overrightarrow`}, "⟶": {`\vec`, `\overrightarrow`},
	"←": {`\overleftarrow`, `\overleftarrow`}, "↔": {`\overleftrightarrow`, `\overleftrightarrow`},
	"˙": {`\dot`, `\dot`}, ".": {`\dot`, `\dot`}, "̇": {`\dot`, `\dot`},
	"¨": {`\ddot`, `\ddot`}, "..": {`\ddot`, `\ddot`}, "̈": {`\ddot`, `\ddot`},
	"ˇ": {`\check`, `\check`}, "∨": {`\check`, `\check`}, "˘": {`\breve`, `\breve`},
	"´": {`\acute`, `\acute`}, "`": {`\grave`, `\grave`}, "˚": {`\mathring`, `\mathring`},
	"⏞": {`\overbrace`, `\overbrace`}, "︷": {`\overbrace`, `\overbrace`},
	"⏠": {`\overgroup`, `\overgroup`}, "⌢": {`\overgroup`, `\overgroup`},
}

// underAccents maps a mark to the command that puts it below a base.
var underAccents = map[string]string{
	"_": `\underline`, "¯": `\underline`, "‾": `\underline`, "―": `\underline`, "̲": `\underline`, "−": `\underline`,
	"⏟": `\underbrace`, "︸": `\underbrace`, "→": `\underrightarrow`, "←": `\underleftarrow`,
	"⏡": `\undergroup`, "~": `\utilde`,
}
