package cleaner

// A verdict says whether a block is in the article, and if not, which stage, which rule and which reason.
type verdict struct {
	keep                bool
	stage, rule, reason string
}

// decide keeps what was voted for and what no rule objects to.
func (p *page) decide() {
	p.verdicts = make([]verdict, len(p.blocks))
	for b := range p.blocks {
		switch l := p.labels[b]; {
		case l.reason != "":
			p.verdicts[b] = verdict{stage: "label", rule: rules[l.rule].name, reason: l.reason}
		case p.votes[b] < 0.5:
			p.verdicts[b] = verdict{stage: "vote", rule: "vote", reason: "not kept by " + p.source}
		default:
			p.verdicts[b] = verdict{keep: true}
		}
	}
}
