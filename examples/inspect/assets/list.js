import { element, percent } from './panes.js';

const step = 300;
export const names = { kept: 'kept', rule: 'removed by a rule', judge: 'removed by the judge', hidden: 'hidden' };

// A List shows the parts of the page that pass the filters.
export class List {
  constructor(root, more, pick) {
    Object.assign(this, { root, more, pick, shown: step, ids: [] });
    more.addEventListener('click', () => { this.shown += step; this.draw(); });
    root.addEventListener('click', (event) => {
      const button = event.target.closest('button');
      if (button) this.pick(button.dataset.id);
    });
  }

  show(items, accepts) {
    this.items = items;
    this.found = [...items.values()].filter(accepts);
    this.ids = this.found.map((item) => item.id);
    this.shown = step;
    this.draw();
  }

  draw() {
    this.root.replaceChildren(...this.found.slice(0, this.shown).map((item) => {
      const button = element('button', { type: 'button', className: item.verdict });
      button.dataset.id = item.id;
      if (item.id === this.chosen) button.setAttribute('aria-current', 'true');
      const why = element('span', { className: 'why' },
        element('b', { className: 'is-' + item.verdict, textContent: names[item.verdict] }),
        ` · ${item.kind}` + (item.rule ? ` · ${item.rule}` : '') + (item.block ? ` · ${percent(item.probability)}` : ''));
      button.append(why, element('span', { className: 'text', textContent: item.text || '(no text)' }));
      return element('li', {}, button);
    }));
    this.more.hidden = this.found.length <= this.shown;
    this.more.textContent = `Show more (${this.found.length - this.shown})`;
    if (!this.found.length) this.root.append(element('li', { className: 'muted', textContent: 'No part matches the search and the filters.' }));
  }

  choose(id, scroll) {
    this.chosen = id;
    const at = this.ids.indexOf(id);
    if (at >= this.shown) { this.shown = at + step; this.draw(); }
    for (const old of this.root.querySelectorAll('[aria-current]')) old.removeAttribute('aria-current');
    const button = id && this.root.querySelector(`[data-id="${id}"]`);
    button?.setAttribute('aria-current', 'true');
    if (scroll) button?.scrollIntoView({ block: 'nearest', behavior: 'instant' });
  }

  // beside returns the ID of the part after the selected one, or before it if direction is negative.
  beside(direction) {
    const at = this.ids.indexOf(this.chosen);
    if (at < 0) return this.ids[direction > 0 ? 0 : this.ids.length - 1];
    return this.ids[Math.min(Math.max(at + direction, 0), this.ids.length - 1)];
  }
}
