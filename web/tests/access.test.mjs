// Everybody can use it: axe finds nothing in any view, light or dark; everything goes by keyboard.
import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { cases, closeAll, flagship, open, serve, until, view } from './harness.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let folder;
let server;
before(async () => {
  folder = cases();
  server = await serve(folder.dir);
});
after(async () => {
  await closeAll();
  await server.stop();
  folder.remove();
});

async function violations(page, what) {
  // Evaluated by the debugger, which no policy of the page forbids.
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  return found.violations.flatMap((v) =>
    v.nodes.map(
      (node) =>
        `${what}: ${v.id}: ${v.help}: ${node.target.join(' ')} ${node.failureSummary?.split('\n').slice(1).join('; ')}`,
    ),
  );
}

const joint = encodeURIComponent('4053.az+ru.3281');
const views = {
  home: ['/', (page) => page.getByText('Up to date').first().waitFor()],
  write: [view('write'), (page) => page.locator('.cm-content').waitFor()],
  situation: [view('situation', flagship, '&thing=tie-2'), (page) => page.locator('.wt').waitFor()],
  answer: [
    view('answer', flagship, '&question=holds&sort=ru&filters=nash'),
    (page) => page.locator('.why .title').waitFor(),
  ],
  'answer, price': [
    view('answer', flagship, '&question=price'),
    (page) => page.locator('.price tbody tr').first().waitFor(),
  ],
  'answer, joint': [
    view('answer', flagship, `&why=${joint}`),
    (page) => page.locator('.why .title').waitFor(),
  ],
  'answer, large': [
    view('answer', 'climate-finance/case.toml'),
    (page) => page.locator('.why .title').waitFor(),
  ],
  'answer, graph form': [
    view('answer', 'elmira-nine-states/case.toml'),
    (page) => page.locator('table.mx').waitFor(),
  ],
  // Accounts, acts of several, dates.
  'answer, accounts': [
    view('answer', 'south-caucasus-2023/case.toml'),
    (page) => page.locator('.why .title').waitFor(),
  ],
  'what if': [
    view('whatif', flagship, '&beside=no-guarantee'),
    (page) => page.locator('table.cmp').getByText('Not possible').first().waitFor(),
  ],
};

/** Cases that are not finished: nothing but a title, a text that is not readable, one error. */
const unfinished = {
  'empty.toml': 'format = 1\n[case]\ntitle = "Nothing yet"\n',
  'broken.toml': 'format = 1\n[case]\ntitle = "Half a',
  'wrong.toml':
    'format = 1\n[case]\ntitle = "Wrong"\n[actor.a]\nname = "A"\noption.go = "Go"\n[[actor.a.prefers]]\nthat = "a.goo"\n',
};

test('axe finds no violation in cases that are empty or broken, on any width, light or dark, at 200 % zoom', async () => {
  const found = [];
  for (const [name, text] of Object.entries(unfinished)) writeFileSync(join(folder.dir, name), text);
  for (const [width, height, dark] of [
    [1920, 1080, false],
    [1280, 800, true],
    [820, 1180, false],
    // What 1280 × 800 has room for at 200 %.
    [640, 400, true],
  ]) {
    const { page, done } = await open(server.base, '/', { width, height, dark });
    const look = async (name, path, ready) => {
      await page.goto(server.base + path);
      await ready(page);
      found.push(...(await violations(page, `${name} at ${width}${dark ? ', dark' : ''}`)));
      assert.equal(await page.locator('h1').count(), 1, `one heading above all: ${name}`);
    };
    for (const name of Object.keys(unfinished))
      for (const one of ['write', 'situation', 'answer', 'whatif'])
        await look(`${one} of ${name}`, view(one, name), (page) =>
          page.locator('main:not([aria-busy])').filter({ visible: true }).first().waitFor(),
        );
    for (const name of ['home', 'write', 'situation', 'answer', 'what if']) {
      const [path, ready] = views[name];
      await look(
        name,
        path,
        name === 'write' && width < 1024 ? (p) => p.locator('.pane.on').waitFor() : ready,
      );
    }
    await done();
  }
  for (const name of Object.keys(unfinished)) rmSync(join(folder.dir, name));
  assert.deepEqual([...new Set(found)], []);
});

for (const dark of [false, true]) {
  test(`axe finds no violation in any view, ${dark ? 'dark' : 'light'}`, async () => {
    const found = [];
    const { page, done } = await open(server.base, '/', { dark });
    for (const [name, [path, ready]] of Object.entries(views)) {
      await page.goto(server.base + path);
      await ready(page);
      found.push(...(await violations(page, name)));
      if (name === 'write') {
        await page.getByRole('tab', { name: /Russia/ }).click();
        await page.locator('[data-row="actor.ru.prefers-2"] .tx').click();
        await page.locator('.source .cl').first().click();
        await page.locator('.card').waitFor();
        found.push(...(await violations(page, 'write, open wish and claim')));
        for (const part of ['Question', 'Rules', 'Start', 'Acts', 'Names', 'Situation', 'Doubt']) {
          await page.locator('.form .sub').getByRole('button', { name: part }).click();
          found.push(...(await violations(page, `write, ${part}`)));
        }
      }
      if (name === 'answer, accounts') {
        await page.goto(server.base + view('write', 'south-caucasus-2023/case.toml'));
        await page.locator('.form .sub').getByRole('button', { name: 'Acts', exact: true }).click();
        await page.locator('.form .list .words').first().waitFor();
        for (const one of await page.locator('.form .list:has(.words)').all())
          await one.locator('.words').first().click();
        found.push(...(await violations(page, 'acts, deadlines and chance events, open')));
        await page.locator('.form .sub').getByRole('button', { name: 'Doubt', exact: true }).click();
        found.push(...(await violations(page, 'doubt of a case with accounts')));
      }
      if (name === 'answer') {
        await page.locator('#add-filter').click();
        await page.getByRole('option').first().waitFor();
        found.push(...(await violations(page, 'an open list')));
        await page.keyboard.press('Escape');
        for (const [keys, what] of [
          ['Control+e', 'export'],
          ['Control+k', 'find'],
          ['?', 'keys'],
        ]) {
          await page.locator('h1').click();
          await page.keyboard.press(keys);
          await page.getByRole('dialog').waitFor();
          found.push(...(await violations(page, what)));
          await page.keyboard.press('Escape');
          await page.getByRole('dialog').waitFor({ state: 'detached' });
        }
        await page.locator('.menu-at button').first().click();
        found.push(...(await violations(page, 'versions')));
        await page.keyboard.press('Escape');
      }
      if (name === 'situation') {
        await page.getByRole('button', { name: 'As a table' }).click();
        found.push(...(await violations(page, 'situation as a table')));
      }
    }
    assert.deepEqual([...new Set(found)], []);
    await done();
  });
}

test('the whole way by keyboard', async () => {
  const { page, done } = await open(server.base);
  // Home: to the flagship, by tabbing.
  await page.locator('.cases ol > li a[href*="2023-solo"]').first().waitFor();
  for (let n = 0; n < 200; n++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(() => document.activeElement?.getAttribute('href')?.includes('2023-solo'))) break;
  }
  await page.keyboard.press('Enter');
  await page.locator('table.mx').waitFor();
  // Questions by number, versions by brackets, views by g.
  await page.keyboard.press('1');
  await page.getByRole('heading', { name: /so that nobody alone has a reason to leave it/ }).waitFor();
  await page.keyboard.press(']');
  await page.getByText('This is not the case as written').waitFor();
  await page.keyboard.press('[');
  await until(
    'as written',
    async () => (await page.getByText('This is not the case as written').count()) === 0,
  );
  // The matrix by arrows, Enter asks why, Esc closes.
  await page.locator('table.mx [data-at="0,0"]').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('data-at')), '1,1');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: /^Armenia stays: / }).waitFor();
  await page.keyboard.press('Escape');
  await until('closed', async () => !page.url().includes('why='));
  // The picture: arrows along moves, Space adds a column, T makes it a table.
  await page.locator('svg.graph').focus();
  for (let n = 0; n < 3; n++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await until('a reason', async () => page.url().includes('why='));
  await page.keyboard.press('t');
  await page.locator('table[data-table="Who moves it there"]').waitFor();
  // The table: arrows, Space, s sorts by the next actor.
  const scroll = page.locator('section.all .scroll');
  await scroll.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press(' ');
  await until('a column more', async () => page.url().includes('columns='));
  await page.keyboard.press('s');
  await until('sorted', async () => page.url().includes('sort=az'));
  // Every pane by F6.
  const panes = new Set();
  for (let n = 0; n < 4; n++) {
    await page.keyboard.press('F6');
    panes.add(await page.evaluate(() => document.activeElement?.className));
  }
  assert.ok(panes.size >= 2);
  // Find anything.
  await page.keyboard.press('Control+k');
  await page.keyboard.type('ethnic conflicts');
  await page.getByRole('option', { name: /c18/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.cm-content').waitFor();
  // What has the focus can be seen.
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Export' }).focus();
  await page.keyboard.press('Shift+Tab');
  const seen = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  assert.equal(seen, 'solid');
  for (const [keys, name] of [
    ['s', 'Situation'],
    ['i', 'What if'],
    ['a', 'Answer'],
    ['w', 'Write'],
  ]) {
    await page.keyboard.press('g');
    await page.keyboard.press(keys);
    await until(name, async () => (await page.locator('.tabs [aria-current]').textContent()) === name);
  }
  await done();
});

test('the keys that the page lists', async () => {
  const { page, done } = await open(server.base, view('answer'));
  await page.locator('section.all .scroll').waitFor();
  const active = (what) => page.evaluate((what) => document.activeElement?.closest(what) !== null, what);
  // f: filters, by typing; Enter takes one.
  await page.keyboard.press('f');
  await page.keyboard.type('Armenia is held');
  await page.keyboard.press('Enter');
  await until('filtered', async () => page.url().includes('filters=held-am'));
  // Two reasons, and back and forward between them.
  await page.locator('table.mx [data-at="0,1"]').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: /^Azerbaijan stays: / }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: /^Armenia stays: / }).waitFor();
  await page.keyboard.press('Alt+ArrowLeft');
  await page.getByRole('heading', { name: /^Azerbaijan stays: / }).waitFor();
  await page.keyboard.press('Alt+ArrowRight');
  await page.getByRole('heading', { name: /^Armenia stays: / }).waitFor();
  // n: the outcome gets a name, and no other outcome does; undone like every change of the text.
  const old = (await page.locator('table.mx thead th .nm').nth(1).getAttribute('title')).split('.')[0];
  await page.locator('table.mx [data-at="0,1"]').focus();
  await page.keyboard.press('n');
  await page.getByRole('dialog', { name: 'Name this outcome' }).waitFor();
  assert.equal(await page.locator('#outcome-name').inputValue(), old);
  await page.keyboard.press('Control+a');
  await page.keyboard.type('A <b>quiet</b> deal: nothing else');
  await page.keyboard.press('Enter');
  await page.locator('table.mx thead .nm', { hasText: 'A <b>quiet</b> deal' }).waitFor();
  assert.equal(await page.locator('table.mx thead .nm', { hasText: 'A <b>quiet</b> deal' }).count(), 1);
  await until('the focus is where it was', () => active('[data-at="0,1"]'));
  await page.keyboard.press('Control+z');
  await until('the old name', async () =>
    (await page.locator('table.mx thead .nm').nth(1).getAttribute('title')).startsWith(old),
  );
  // Delete: the column goes.
  const columns = () => page.locator('table.mx thead th').count();
  const before = await columns();
  await page.locator('table.mx [data-at="0,1"]').focus();
  await page.keyboard.press('Delete');
  await until('a column less', async () => (await columns()) === before - 1);
  // The list itself, and Export.
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keys' }).getByText('back and forward through reasons').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+e');
  await page.getByRole('dialog', { name: /Export|Take/ }).waitFor();
  await page.keyboard.press('Escape');
  // Write: a attaches to the wish in focus; an order is undone and done again.
  await page.keyboard.press('g');
  await page.keyboard.press('w');
  const wish = (n) => page.locator(`[data-row="actor.az.prefers-${n}"]`);
  await wish(0).focus();
  await page.keyboard.press('a');
  await until('where to attach', () => active('[id^="attach-"]'));
  await page.keyboard.press('Escape');
  const first = await wish(0).locator('.tx').textContent();
  await wish(1).focus();
  await page.keyboard.press('Alt+ArrowUp');
  await until('moved', async () => (await wish(1).locator('.tx').textContent()) === first);
  await page.keyboard.press('Control+z');
  await until('undone', async () => (await wish(0).locator('.tx').textContent()) === first);
  await page.keyboard.press('Control+Shift+z');
  await until('done again', async () => (await wish(1).locator('.tx').textContent()) === first);
  // What if: x strikes the claim in focus, or restores it.
  await page.goto(
    server.base +
      view('whatif', flagship, `&try=${encodeURIComponent(JSON.stringify({ strike: { claims: ['c18'] } }))}`),
  );
  await page.locator('[data-claim="c18"] input').focus();
  await page.keyboard.press('x');
  await until('restored', async () => (await page.locator('[data-claim="c18"]').count()) === 0);
  await done();
});

test('a small screen and a tablet: nothing runs out of the page', async () => {
  for (const [width, height] of [
    [1280, 800],
    [1024, 768],
    [820, 1180],
    [640, 900],
  ]) {
    const { page, done } = await open(server.base, '/', { width, height });
    for (const [name, [path, ready]] of Object.entries(views)) {
      await page.goto(server.base + path);
      // Below 1024 only one pane of Write is open at a time.
      if (name === 'write' && width < 1024) await page.locator('.pane.on').waitFor();
      else await ready(page);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(over <= 0, `${name} at ${width}: ${over} px too wide`);
      const gap = await page.evaluate(
        () =>
          document.querySelector('main').getBoundingClientRect().top -
          document.querySelector('.bar').getBoundingClientRect().bottom,
      );
      assert.ok(Math.abs(gap) <= 1, `${name} at ${width}: ${gap} px of nothing below the head`);
    }
    await done();
  }
});
