// Small parts of the window. Text from pages is always inserted as text, never as markup.
export const $ = (id) => document.getElementById(id);
export const percent = (f) => `${Math.round(100 * f)} %`;

export function element(name, properties = {}, ...children) {
  const e = Object.assign(document.createElement(name), properties);
  e.append(...children);
  return e;
}

export function facts(page) {
  const fact = (name, value, ...more) => element('span', {}, `${name} `, element('b', { textContent: value }), ...more);
  const meter = element('meter', { min: 0, max: 1, low: 0.4, high: 0.75, optimum: 1, value: page.confidence });
  meter.setAttribute('aria-label', `Confidence ${percent(page.confidence)}`);
  return [
    fact('kind', `${page.kind} ${percent(page.kindProbability)}`),
    fact('confidence', percent(page.confidence), ' ', meter),
    fact('kept', `${page.kept} of ${page.words} words`),
    fact('time', `${page.took.toFixed(1)} ms`),
  ];
}

export function showFields(root, page, pick, canShow) {
  root.replaceChildren(...page.fields.map((field) => {
    const places = (field.places ?? []).map((place) => element('li', {}, place.item && canShow(place.item)
      ? element('button', { type: 'button', textContent: `on the page: ${place.markup}`, onclick: () => pick(place.item) })
      : element('code', { textContent: place.markup })));
    const dd = element('dd', {}, field.value);
    if (field.source) dd.append(element('span', { className: 'source', textContent: ` — from ${field.source}` }));
    if (places.length) dd.append(element('ul', {}, ...places));
    return element('div', {}, element('dt', { textContent: field.name }), dd);
  }));
  if (!page.fields.length) root.append('No field was found.');
}

export function showTimes(root, page) {
  const longest = Math.max(...page.stages.map((s) => s.took), 0.001);
  root.replaceChildren(...page.stages.map((s) => {
    const bar = element('i');
    bar.style.width = `${100 * s.took / longest}%`;
    return element('tr', {}, element('th', { scope: 'row', textContent: s.name }),
      element('td', { className: 'n', textContent: s.took.toFixed(2) }), element('td', { className: 'bars' }, bar));
  }), element('tr', {}, element('th', { scope: 'row', textContent: 'total, including paths and selectors' }),
    element('td', { className: 'n', textContent: page.took.toFixed(2) }), element('td')));
}

export function showDetail(item, page, names) {
  $('detail-title').textContent = `${item.kind}: ${names[item.verdict]}`;
  $('detail-text').textContent = item.text || '(no text)';
  const rows = [];
  const row = (name, ...value) => rows.push(element('dt', { textContent: name }), element('dd', {}, ...value));
  if (item.rule) row('Rule', element('code', { textContent: item.rule }), item.stage ? ` (stage ${item.stage})` : '');
  if (item.reason) row('Why', item.reason);
  if (item.block) {
    const gauge = element('span', { className: 'gauge' }), fill = element('i'), limit = element('u');
    fill.style.width = percent(item.probability).replace(' ', '');
    limit.style.left = percent(page.threshold).replace(' ', '');
    gauge.append(fill, limit);
    row('Content?', gauge, `${percent(item.probability)} probable; the threshold is ${percent(page.threshold)}`);
    row('First pass', percent(item.first));
    row('Vote', page.voted ? `the extractor keeps ${percent(item.vote ?? 0)}` : 'the extractor did not run');
  }
  if (item.label && item.label !== item.rule) row('Matched by', element('code', { textContent: item.label }));
  if (item.pages) row('Repeated', `on ${item.pages} pages of the host`);
  if (item.path) row('Headings', item.path);
  if (item.css) row('Selector', element('code', { textContent: item.css }));
  $('detail-facts').replaceChildren(...rows);
  $('detail').hidden = false;
}
