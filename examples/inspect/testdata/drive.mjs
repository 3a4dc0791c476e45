// Drives the inspector in Chromium, with playwright-core and axe-core from npm, and prints its observations as JSON.
//
//   node drive.mjs SCENARIO ADDRESS FOLDER
//
// DECHAFF_NODE_MODULES is the folder with the packages, and DECHAFF_BROWSER is the path of the browser. Screenshots are written to FOLDER.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const require = createRequire(process.env.DECHAFF_NODE_MODULES + '/x.js');
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const [scenario, address, folder] = process.argv.slice(2);

const browser = await chromium.launch({
  executablePath: process.env.DECHAFF_BROWSER,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
    '--disable-sync', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
});
const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
const page = await context.newPage();
page.setDefaultTimeout(60000); // the machine may be busy
const seen = { requests: [], errors: [], faults: [] };
page.on('request', (r) => { if (!r.url().startsWith(address) && !r.url().startsWith('data:')) seen.requests.push(r.url()); });
page.on('console', (m) => { if (m.type() === 'error') seen.errors.push(m.text()); });
page.on('pageerror', (e) => seen.errors.push(String(e)));
page.on('dialog', (d) => { seen.errors.push('dialog ' + d.message()); d.dismiss(); });
context.on('page', (p) => seen.errors.push('a window opened: ' + p.url()));

const ready = async (number = 0) => {
  await page.waitForSelector(`body[data-ready="${number}"]:not([aria-busy])`, { timeout: 120000 });
};
const settled = async () => {
  await page.waitForTimeout(50);
  await page.waitForSelector('body:not([aria-busy])', { timeout: 120000 });
};
const frame = () => page.frames().find((f) => f.url().includes('/view?'));
const shot = (name) => page.screenshot({ path: `${folder}/${name}.png` });
const verdictOf = (text) => frame().evaluate((t) => [...document.querySelectorAll('[data-verdict]')]
  .filter((e) => e.textContent.includes(t)).map((e) => e.dataset.verdict).at(-1), text).catch((e) => String(e));

// check runs axe-core on the window. It is injected by evaluate, which is not subject to the content security policy of the inspector.
const check = async (name) => {
  await page.evaluate(axe);
  const result = await page.evaluate(() => axe.run({ iframes: false }));
  for (const v of result.violations) {
    if (v.impact === 'serious' || v.impact === 'critical') seen.faults.push(`${name}: ${v.id}: ${v.nodes.map((n) => n.html.slice(0, 120)).join(' | ')}`);
  }
};
const textOf = async () => {
  await page.click('#tab-article');
  await page.click('[data-format=text]');
  await page.waitForFunction(() => document.getElementById('article-text').textContent !== '…');
  return page.textContent('#article-text');
};

const scenarios = {
  async tour() {
    await page.goto(address + '#1');
    await ready(1);
    seen.counts = Object.fromEntries(await page.$$eval('[data-filter]', (all) => all.map((b) => [b.dataset.filter, Number(b.querySelector('b').textContent)])));
    seen.painted = await page.$eval('#frame', (f) => Object.fromEntries(['kept', 'rule', 'judge', 'hidden'].map((v) => [v, f.contentDocument.querySelectorAll(`[data-verdict=${v}]`).length])));
    await shot('wide');
    await check('parts');

    // A click on the page shows the part in the list, and a click in the list shows it on the page.
    await frame().click('text=Its editor, its printer');
    seen.detail = await page.textContent('#detail');
    seen.listed = await page.textContent('#items [aria-current=true]');
    await page.click('#items button:has-text("Printed on Thursdays")');
    seen.scrolled = await page.$eval('#frame', (f) => { const r = f.contentDocument.querySelector('[data-chosen]').getBoundingClientRect(); return r.top >= 0 && r.bottom <= f.clientHeight; });
    await check('detail');
    await page.keyboard.press('n');
    await page.keyboard.press('p');
    seen.keyboard = await page.textContent('#detail-text');
    await page.keyboard.press('Escape');
    seen.closed = await page.isHidden('#detail');

    // The options clean the page again.
    const limit = async () => { await frame().click('text=Nobody complained'); return page.textContent('#detail-facts'); };
    seen.balanced = await limit();
    await page.selectOption('#favor', 'precision');
    await settled();
    seen.precision = await limit();
    await page.selectOption('#favor', 'balanced');
    await page.selectOption('#kind', 'forum');
    await settled();
    seen.forum = await page.textContent('#facts');
    await page.selectOption('#kind', '');
    await settled();
    for (const tab of ['article', 'fields', 'rules', 'times']) {
      await page.click(`#tab-${tab}`);
      await page.waitForTimeout(200);
      await check(tab);
      await shot(tab);
    }
    seen.article = await page.frames().find((f) => f.url().includes('/article?')).textContent('body');
    await page.click('#help-open');
    await check('help');
    await shot('help');
    await page.keyboard.press('Escape');
    await page.check('#plain');
    await settled();
    seen.plain = await frame().isVisible('text=Find a story');
    await page.uncheck('#plain');
    await settled();

    await page.emulateMedia({ colorScheme: 'dark' });
    await page.click('#tab-list');
    await frame().click('text=four pints');
    await check('dark');
    await shot('dark');
    await page.setViewportSize({ width: 390, height: 844 });
    await check('narrow');
    await shot('narrow-dark');
    await page.emulateMedia({ colorScheme: 'light' });
    await page.keyboard.press('Escape');
    await shot('narrow');
    seen.overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    await page.goto(address + '#');
    await page.setViewportSize({ width: 1200, height: 700 });
    await page.waitForSelector('#library-rows tr:nth-child(4)');
    await page.waitForFunction(() => document.getElementById('library-state').textContent === '4 pages');
    seen.rows = await page.$$eval('#library-rows tr', (all) => all.map((r) => r.textContent));
    await check('library');
    await shot('library');
  },

  // mend fixes three errors with clicks and keys, saves, and loads the page again.
  async mend() {
    await page.goto(address + '#1');
    await ready(1);
    seen.before = await textOf();
    await frame().click('text=four pints');
    await page.click('[data-teach=remove]');
    await page.waitForSelector('#effect-rows tr:nth-child(4)');
    await settled();
    seen.effects = await page.$$eval('#effect-rows tr', (all) => all.map((r) => r.textContent));
    seen.oil = await verdictOf('four pints');
    await shot('taught');
    await check('taught');
    await frame().click('text=4.7 m');
    await page.keyboard.press('k');
    await settled();
    await page.waitForFunction(() => document.getElementById('rules-text').value.includes('keep'));
    await frame().click('.pen');
    await page.keyboard.press('a');
    await page.waitForFunction(() => document.getElementById('rules-text').value.includes('author'));
    await settled();
    seen.rules = await page.inputValue('#rules-text');
    seen.unsaved = await textOf();
    await page.keyboard.press('s');
    await page.waitForFunction(() => document.getElementById('save').disabled);
    await page.reload();
    await ready(1);
    seen.after = await textOf();
    await page.click('#tab-fields');
    seen.fields = await page.textContent('#fields');
    await page.click('#tab-rules');
    seen.saved = await page.inputValue('#rules-text');
    await shot('saved');
  },

  // content marks a block as content: the article then consists of the box around it.
  async content() {
    await page.goto(address);
    await ready();
    seen.before = await textOf();
    await frame().click('text=Its editor, its printer');
    await page.keyboard.press('c');
    await page.waitForFunction(() => document.getElementById('rules-text').value.includes('content'));
    await settled();
    seen.rules = await page.inputValue('#rules-text');
    seen.after = await textOf();
    await page.keyboard.press('u');
    await page.waitForFunction(() => document.getElementById('rules-text').value === '');
    await settled();
    seen.undone = await textOf();
  },

  // hostile loads a page that tries to run scripts, load files and cover the window. Success would show in requests, windows or titles.
  async hostile() {
    const began = Date.now();
    await page.goto(address);
    await ready();
    seen.took = Date.now() - began;
    for (const pane of ['article', 'fields', 'rules', 'times', 'list']) await page.click(`#tab-${pane}`);
    await page.click('#tab-article');
    await page.waitForTimeout(500);
    await page.check('#plain');
    await settled();
    await page.uncheck('#plain');
    await settled();
    await page.waitForTimeout(1500); // for scripts that run late
    seen.ran = await page.evaluate(() => [document.title, window.ran, document.getElementById('frame').contentWindow.ran, document.getElementById('frame').contentDocument.title].filter(Boolean));
    seen.frames = page.frames().map((f) => f.url().replace(address, ''));
    const again = Date.now();
    await page.selectOption('#favor', 'recall');
    await settled();
    seen.again = Date.now() - again;
    await page.click('#tab-list');
    await page.keyboard.press('n');
    seen.detail = await page.textContent('#detail-title');
    await shot('hostile');
  },
};
await scenarios[scenario]();
console.log(JSON.stringify(seen));
await browser.close();
