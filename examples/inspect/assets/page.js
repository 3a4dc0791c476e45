// A PageView is the copy of the page in its frame. No script runs in the frame, so this class finds and colors the parts, and listens to
// their events.
export class PageView {
  constructor(frame, { pick, key, hint }) {
    Object.assign(this, { frame, pick, key, hint, painted: new Map(), parts: new Map(), chosen: [] });
  }

  // load loads a copy of the page. If stay is true, the scroll position does not change.
  load(address, stay) {
    const top = stay ? this.frame.contentWindow?.scrollY ?? 0 : 0;
    return new Promise((done) => {
      this.frame.addEventListener('load', () => { this.read(); this.frame.contentWindow.scrollTo(0, top); done(); }, { once: true });
      this.frame.src = address;
    });
  }

  read() {
    this.doc = this.frame.contentDocument;
    this.parts.clear(); this.painted.clear(); this.chosen = [];
    for (const e of this.doc.querySelectorAll('[data-item]')) this.add(e.dataset.item, e);
    for (const e of this.doc.querySelectorAll('[data-at]')) this.add('n' + e.dataset.at, e);
    this.doc.addEventListener('click', (event) => {
      event.preventDefault();
      const id = this.at(event.target);
      if (id) this.pick(id, Number(event.target.closest('[data-at]')?.dataset.at ?? -1));
    }, true);
    this.doc.addEventListener('submit', (event) => event.preventDefault(), true);
    this.doc.addEventListener('keydown', (event) => this.key(event));
    this.doc.addEventListener('mouseover', (event) => {
      const e = event.target.closest?.('[data-verdict]');
      if (e && !e.title) e.title = this.hint(this.at(e)) ?? '';
    });
  }

  add(id, element) {
    const known = this.parts.get(id);
    if (known) known.push(element); else this.parts.set(id, [element]);
  }

  // at returns the ID of the part that contains an element, or null.
  at(element) {
    const e = element.closest?.('[data-verdict]');
    if (!e) return null;
    return e.dataset.item && this.items.has(e.dataset.item) ? e.dataset.item : 'n' + e.dataset.at;
  }

  paint(items) {
    this.items = items;
    for (const [id, look] of this.painted) {
      if (items.has(id)) continue;
      for (const e of this.parts.get(id) ?? []) { delete e.dataset.verdict; delete e.dataset.shade; e.removeAttribute('title'); }
      this.painted.delete(id, look);
    }
    for (const item of items.values()) {
      const look = item.verdict + item.shade;
      if (this.painted.get(item.id) === look) continue;
      const elements = this.parts.get(item.id);
      if (!elements) continue;
      this.painted.set(item.id, look);
      for (const e of elements) { e.dataset.verdict = item.verdict; e.dataset.shade = item.shade; e.removeAttribute('title'); }
    }
  }

  // begin scrolls to the first part that was kept, if it is below the visible part of the page.
  begin() {
    const kept = this.doc.querySelector('[data-verdict=kept]');
    if (kept && kept.getBoundingClientRect().top > this.frame.clientHeight) kept.scrollIntoView({ block: 'center', behavior: 'instant' });
  }

  has(id) { return this.parts.has(id); }

  choose(id, scroll) {
    for (const e of this.chosen) delete e.dataset.chosen;
    this.chosen = (id && this.parts.get(id)) || [];
    for (const e of this.chosen) {
      e.dataset.chosen = '';
      for (let box = e.closest('details'); box; box = box.parentElement?.closest('details')) box.open = true;
    }
    if (scroll) this.chosen[0]?.scrollIntoView({ block: 'center', behavior: 'instant' });
  }

  markFields(ids) {
    for (const e of this.doc.querySelectorAll('[data-field]')) delete e.dataset.field;
    for (const id of ids) for (const e of this.parts.get(id) ?? []) e.dataset.field = '';
  }
}
