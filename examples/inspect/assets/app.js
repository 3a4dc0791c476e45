import { $, element, facts, percent, showDetail, showFields, showTimes } from './panes.js';
import { PageView } from './page.js';
import { List, names } from './list.js';
import { Rules } from './rules.js';

const state = { page: null, items: new Map(), changed: new Set(), filter: null, format: 'html', chosen: null, tab: 'list' };

async function request(path, options) {
  const response = await fetch(path, options);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error ?? response.statusText);
  return answer;
}
const get = (path) => request(path);
const post = (path, body) => request(path, { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } });

let quiet;
function say(text, failed = false) {
  $('status').textContent = text;
  $('status').classList.toggle('failed', failed);
  clearTimeout(quiet);
  quiet = setTimeout(() => { $('status').textContent = ''; }, failed ? 8000 : 3500);
}

const view = new PageView($('frame'), {
  pick: (id, at) => choose(id, { list: true, at }),
  key: (event) => onKey(event),
  hint: (id) => { const item = state.items.get(id); return item && `${names[item.verdict]}${item.rule ? `: ${item.rule}` : ''}`; },
});
const list = new List($('items'), $('more'), (id) => choose(id, { page: true }));
const rules = new Rules({ post, get, say, changed: (what) => what === 'save' ? clean({ quietly: true }) : clean({ again: true }) });

// query returns the parameters for a request: the page, and the options with which it is cleaned.
function query() {
  const q = new URLSearchParams({ page: state.number, favor: $('favor').value, kind: $('kind').value, vote: $('vote').value, rules: $('rules').value });
  if (!$('site').checked) q.set('site', 'off');
  return q;
}

// placeOf returns a key for a part that stays the same when the page is cleaned again. IDs may change, because rules may split the page
// into different parts.
const placeOf = (item) => item && `${item.css ?? ''} ${item.text.slice(0, 80)}`;

let run = 0;
// clean cleans the page with the options that are selected, and shows the result. first means that the page is shown for the first time,
// and quietly that changes are neither counted nor announced.
async function clean({ first = false, quietly = false } = {}) {
  const mine = ++run, q = query();
  document.body.setAttribute('aria-busy', 'true');
  try {
    const page = await get(`api/page?${q}`);
    if (mine !== run) return;
    const before = state.page && !first ? state.items : null;
    const reload = first || page.layout !== state.page?.layout || state.plain !== $('plain').checked;
    state.page = page;
    state.plain = $('plain').checked;
    const chosen = state.chosen && placeOf(state.items.get(state.chosen));
    state.items = new Map(page.items.map((item) => [item.id, item]));
    if (before && !quietly) {
      const verdicts = new Map([...before.values()].map((item) => [placeOf(item), item.verdict]));
      state.changed = new Set(page.items.filter((item) => verdicts.get(placeOf(item)) !== item.verdict).map((item) => item.id));
    } else if (first) state.changed = new Set();
    if (chosen) state.chosen = page.items.find((item) => placeOf(item) === chosen)?.id ?? null;
    if (reload) {
      const copy = new URLSearchParams(q);
      if (state.plain) copy.set('plain', 'true');
      view.items = state.items;
      await view.load(`view?${copy}`, !first);
      if (mine !== run) return;
    }
    show(q);
    if (first) view.begin();
    if (!first && !quietly) say(`Cleaned again in ${page.took.toFixed(0)} ms: ${page.kept} of ${page.words} words kept, ${state.changed.size === 1 ? '1 part' : `${state.changed.size} parts`} changed`);
  } catch (error) {
    say(error.message, true);
  } finally {
    if (mine === run) document.body.removeAttribute('aria-busy');
  }
}

function show(q) {
  const page = state.page;
  $('title').textContent = page.title || page.url || 'Page without a title';
  document.title = `${page.title || 'Page'} — dechaff inspector`;
  $('facts').replaceChildren(...facts(page));
  if (page.failure) $('facts').append(element('b', { className: 'error', textContent: page.failure }));
  view.paint(state.items);
  const counts = { changed: state.changed.size };
  for (const item of page.items) counts[item.verdict] = (counts[item.verdict] ?? 0) + 1;
  for (const button of document.querySelectorAll('[data-filter]')) button.querySelector('b').textContent = counts[button.dataset.filter] ?? 0;
  const marked = page.fields.filter((field) => ['title', 'byline', 'published', 'modified'].includes(field.name));
  const places = marked.flatMap((field) => field.places ?? []).map((place) => place.item).filter(Boolean);
  view.markFields(places);
  showFields($('fields'), page, (id) => choose(id, { page: true, list: true }), (id) => view.has(id));
  showTimes($('stages'), page);
  showArticle(q);
  showList();
  if (state.chosen && state.items.has(state.chosen)) choose(state.chosen, {}); else close();
}

let shownArticle, shownText;
// showArticle shows the article in the selected format. It is fetched only when its tab is open, because it may be long.
async function showArticle(q = query()) {
  for (const button of document.querySelectorAll('[data-format]')) button.setAttribute('aria-pressed', button.dataset.format === state.format);
  const asHTML = state.format === 'html';
  $('article-frame').hidden = !asHTML;
  $('article-text').hidden = asHTML;
  if (state.tab !== 'article') return;
  if (asHTML) {
    const address = `article?${q}&n=${run}`;
    if (address !== shownArticle) $('article-frame').src = shownArticle = address;
    return;
  }
  const address = `text?${q}&format=${state.format}&n=${run}`;
  if (address === shownText) return;
  shownText = address;
  $('article-text').textContent = '…';
  const text = await articleAs(address);
  if (address === shownText) $('article-text').textContent = text || state.page.failure || '';
}

async function articleAs(address) {
  const response = await fetch(address);
  return response.ok ? response.text() : '';
}

function showList() {
  const words = $('search').value.toLowerCase();
  const removedOnly = $('removed-only').checked && !state.filter;
  list.show(state.items, (item) =>
    (!removedOnly || item.verdict !== 'kept')
    && (!state.filter || (state.filter === 'changed' ? state.changed.has(item.id) : item.verdict === state.filter))
    && (!words || `${item.text} ${item.rule ?? ''} ${item.kind}`.toLowerCase().includes(words)));
  list.choose(state.chosen);
}

// choose selects a part and shows its details. If page is true, the page scrolls to the part. If list is true, filters that hide the part
// are cleared. at is the position of the element that was clicked, or -1.
function choose(id, { page = false, list: inList = false, at = -1 }) {
  const item = state.items.get(id);
  if (!item) return;
  if (state.chosen !== id || at >= 0) state.at = at >= 0 ? at : item.at;
  state.chosen = id;
  showDetail(item, state.page, names);
  view.choose(id, page);
  if (inList && !list.ids.includes(id)) { state.filter = null; $('removed-only').checked = false; $('search').value = ''; press(); showList(); }
  list.choose(id, inList || !page);
}

function close() {
  state.chosen = null;
  $('detail').hidden = true;
  view.choose(null);
  list.choose(null);
}

function press() {
  for (const button of document.querySelectorAll('[data-filter]')) button.setAttribute('aria-pressed', button.dataset.filter === state.filter);
}

async function teach(key) {
  if (!state.chosen) { say('Select a part of the page first', true); return; }
  if ($('rules').value) $('rules').value = '';
  openTab('rules');
  // For a field, the element that was clicked is meant; for content and chaff, the element around the whole part.
  const field = ['title', 'author', 'date'].includes(key);
  await rules.teach(field ? state.at : state.items.get(state.chosen).at, key);
}

const tabs = ['list', 'article', 'fields', 'rules', 'times'];
function openTab(name, focus = false) {
  state.tab = name;
  for (const tab of tabs) {
    const on = tab === name;
    $(`pane-${tab}`).hidden = !on;
    $(`tab-${tab}`).setAttribute('aria-selected', on);
    $(`tab-${tab}`).tabIndex = on ? 0 : -1;
    if (on && focus) $(`tab-${tab}`).focus();
  }
  if (name === 'article' && state.page) showArticle();
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || $('help').open || $('inspector').hidden) return;
  if (event.key === 'Escape') { close(); return; }
  if (event.target.closest?.('input, select, textarea') && event.target.ownerDocument === document) return;
  const taught = { c: 'content', k: 'keep', x: 'remove', t: 'title', a: 'author', d: 'date' }[event.key];
  const at = '12345'.indexOf(event.key);
  if (event.key === 'n' || event.key === 'p') choose(list.beside(event.key === 'n' ? 1 : -1), { page: true, list: true });
  else if (event.key === '?') $('help').showModal();
  else if (event.key === '/') { openTab('list'); $('search').focus(); }
  else if (event.key === 'u') $('undo').click();
  else if (event.key === 's') $('save').click();
  else if (at >= 0) openTab(tabs[at], true);
  else if (taught) teach(taught);
  else return;
  event.preventDefault();
}

async function openPage(number) {
  state.number = number; state.page = null; state.chosen = null; state.filter = null;
  $('library').hidden = true; $('inspector').hidden = false; $('switches').hidden = false; $('all-pages').hidden = pages.length < 2;
  press(); close(); openTab('list');
  $('title').textContent = 'Cleaning…';
  await Promise.all([clean({ first: true }), rules.open(number)]);
  document.body.dataset.ready = number;
}

// The list of pages, which is shown if there are several.
let pages = [], shownPages = 200;
function showLibrary() {
  const words = $('library-search').value.toLowerCase();
  const found = pages.filter((p) => !words || `${p.name} ${p.title} ${p.url}`.toLowerCase().includes(words))
    .sort((a, b) => (a.ready ? a.confidence : 2) - (b.ready ? b.confidence : 2) || a.page - b.page);
  $('library-rows').replaceChildren(...found.slice(0, shownPages).map((p) => element('tr', {},
    element('td', { className: 'n', textContent: p.ready ? percent(p.confidence) : '…' }),
    element('td', {}, element('a', { href: `#${p.page}`, textContent: p.name })),
    element('td', { textContent: p.error || p.title, className: p.error ? 'error' : '' }),
    element('td', { textContent: p.kind }), element('td', { className: 'n', textContent: p.ready ? p.words : '' }))));
  $('library-more').hidden = found.length <= shownPages;
}

async function openLibrary() {
  $('library').hidden = false; $('inspector').hidden = true; $('switches').hidden = true; $('all-pages').hidden = true;
  $('title').textContent = `${pages.length} pages`; $('facts').replaceChildren();
  document.title = 'dechaff inspector';
  while (!$('library').hidden) {
    const answer = await get('api/pages');
    pages = answer.pages;
    showLibrary();
    const ready = pages.filter((p) => p.ready).length;
    $('library-state').textContent = answer.done ? `${pages.length} pages` : `${ready} of ${pages.length} pages cleaned`;
    if (answer.done) break;
    await new Promise((wait) => setTimeout(wait, 700));
  }
}

function route() {
  const number = location.hash.slice(1);
  if (number !== '' || pages.length === 1) openPage(Number(number)); else openLibrary();
}

for (const id of ['favor', 'kind', 'vote', 'rules', 'site', 'plain']) $(id).addEventListener('change', () => clean());
for (const id of ['search', 'removed-only']) $(id).addEventListener('input', showList);
for (const button of document.querySelectorAll('[data-filter]')) {
  button.addEventListener('click', () => { state.filter = state.filter === button.dataset.filter ? null : button.dataset.filter; press(); openTab('list'); showList(); });
}
for (const button of document.querySelectorAll('[data-format]')) button.addEventListener('click', () => { state.format = button.dataset.format; showArticle(); });
for (const button of document.querySelectorAll('[data-teach]')) button.addEventListener('click', () => teach(button.dataset.teach));
for (const tab of tabs) {
  $(`tab-${tab}`).addEventListener('click', () => openTab(tab));
  $(`tab-${tab}`).addEventListener('keydown', (event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by) openTab(tabs[(tabs.indexOf(tab) + by + tabs.length) % tabs.length], true);
  });
}
$('copy').addEventListener('click', async () => {
  const format = state.format === 'text' ? 'text' : 'markdown';
  await navigator.clipboard.writeText(await articleAs(`text?${query()}&format=${format}`));
  say(format === 'text' ? 'The text was copied' : 'The Markdown was copied');
});
$('previous').addEventListener('click', () => choose(list.beside(-1), { page: true, list: true }));
$('next').addEventListener('click', () => choose(list.beside(1), { page: true, list: true }));
$('close').addEventListener('click', close);
$('help-open').addEventListener('click', () => $('help').showModal());
$('all-pages').addEventListener('click', () => { location.hash = ''; });
$('library-search').addEventListener('input', showLibrary);
$('library-more').addEventListener('click', () => { shownPages += 200; showLibrary(); });
document.addEventListener('keydown', onKey);
window.addEventListener('hashchange', route);

pages = (await get('api/pages')).pages;
route();
