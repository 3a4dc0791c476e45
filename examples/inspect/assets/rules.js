import { $, element } from './panes.js';

// A Rules shows the rules for the page's host: the file, the selectors to choose from, and the effects of the changes.
export class Rules {
  constructor({ post, get, changed, say }) {
    Object.assign(this, { post, get, changed, say });
    $('undo').addEventListener('click', () => this.send('undo'));
    $('save').addEventListener('click', () => this.save());
    $('apply').addEventListener('click', () => this.send('edit', { text: $('rules-text').value }));
    $('selector').addEventListener('change', () => this.teach(this.at, this.key, $('selector').value, true));
  }

  async open(page) {
    this.page = page;
    this.show(await this.get(`api/rules?page=${page}`));
  }

  // teach adds a rule for the element at a position of the page. key is the kind of rule, such as keep, and selector is the selector to use
  // (by default the best one). If replace is true, the rule replaces the one that was added last.
  teach(at, key, selector = '', replace = false) {
    this.at = at; this.key = key;
    return this.send('teach', { at, key, selector, replace });
  }

  async send(what, more = {}) {
    try {
      const state = await this.post(`api/${what}`, { page: this.page, ...more });
      this.show(state);
      await this.changed(what, state);
      return true;
    } catch (error) {
      $('rules-error').textContent = error.message;
      this.say(error.message, true);
      return false;
    }
  }

  async save() {
    const file = this.state?.file;
    if (await this.send('save')) this.say(`Saved to ${file}`);
  }

  show(state) {
    this.state = state;
    $('rules-error').textContent = state.note ?? '';
    $('rules-file').textContent = state.file ? `Rules in ${state.file}${state.changed ? ' (not saved)' : ''}` : 'Rules';
    $('rules-text').value = state.text;
    $('rules-none').hidden = Boolean(state.text);
    $('save').disabled = !state.changed || !state.canSave;
    $('undo').disabled = !state.canUndo;
    $('apply').disabled = !state.file;
    $('save-note').textContent = state.file && !state.canSave ? 'To save rules, start the inspector with -site-rules DIR. Until then, you can copy the text.' : '';
    $('unmatched').replaceChildren(...(state.unmatched ?? []).map((text) => element('li', { textContent: text })));
    this.showCandidates(state);
    this.showEffects(state.effects ?? []);
  }

  showCandidates(state) {
    const all = state.candidates ?? [];
    $('taught').hidden = !all.length;
    $('selector').replaceChildren(...all.map((c) => element('option', {
      value: c.selector, selected: c.selector === state.selector,
      textContent: `${c.selector} — ${c.matches} ${c.matches === 1 ? 'element' : 'elements'}, ${c.words} words`,
    })));
    const chosen = all.find((c) => c.selector === state.selector);
    if (!chosen) return;
    const on = state.others ? `It matches on ${chosen.pages} of ${state.others} other pages of the host. ` : '';
    $('selector-note').textContent = on + (chosen.loose ? 'It selects by position, so on other pages it may select something else.' : '');
  }

  showEffects(effects) {
    $('effects').hidden = !effects.length;
    $('effect-rows').replaceChildren(...effects.map((e) => {
      const words = element('td', { className: 'n' }), fields = element('td');
      if (e.error) {
        words.textContent = '—'; fields.textContent = e.error;
      } else {
        const by = e.after.words - e.before.words;
        words.append(`${e.before.words} → ${e.after.words} `);
        if (by) words.append(element(by > 0 ? 'ins' : 'span', { className: by > 0 ? '' : 'less', textContent: `${by > 0 ? '+' : '−'}${Math.abs(by)}` }));
        for (const key of ['title', 'byline', 'published']) {
          if (e.before[key] === e.after[key]) continue;
          fields.append(element('div', {}, element('del', { textContent: e.before[key] || 'none' }), ' → ',
            element('ins', { textContent: e.after[key] || 'none' })));
        }
        if (!fields.childNodes.length) fields.textContent = 'unchanged';
      }
      return element('tr', {}, element('td', { textContent: e.name }), words, fields);
    }));
  }
}
