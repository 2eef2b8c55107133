// Every list that is cut says so and what it leaves out; and endings are those that the engine finds.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { binary, cases, closeAll, open, serve, until, view } from './harness.mjs';

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

/** Nobody wants anything but that one option stays as it is: everything else lasts. */
const manyLast = (options) => `format = 1
[case]
title = "Everything lasts"
[actor.a]
name = "North"
${Array.from({ length: options }, (_, n) => `option.o${n} = { text = "Act ${n}", assumption = true }`).join('\n')}
prefers = [{ that = "not a.o0", assumption = true }]
[actor.b]
name = "South"
option.lift = { text = "Lift the ban", assumption = true }
prefers = [{ that = "a.o0", assumption = true }]
[status_quo]
on = []
`;

test('matrix and picture: how many of what lasts are shown, and the rest on request', async () => {
  writeFileSync(join(folder.dir, 'many.toml'), manyLast(4));
  const { page, done } = await open(server.base, view('answer', 'many.toml'));
  const note = page.getByText('6 of the 16 outcomes that last stand here');
  await note.waitFor();
  assert.equal(await page.locator('table.mx thead th').count(), 6);
  await page.getByText(/Moves together are drawn from today and from 6 of the 16 outcomes/).waitFor();
  await page.locator('.pair').getByRole('button', { name: 'Draw the rest' }).first().click();
  await until('all of them', async () => (await page.locator('table.mx thead th').count()) === 16);
  assert.equal(await note.count(), 0);
  // Nothing is lost beside the edge: it scrolls. On paper the columns stand in tables below each other.
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(over <= 0, `${over} px too wide`);
  await page.emulateMedia({ media: 'print' });
  await until('tables of eight', async () => (await page.locator('table.mx').count()) === 2);
  assert.equal(await page.locator('table.mx thead th').count(), 16);
  await page.emulateMedia({ media: null });
  await done();
});

test('the outcome that is asked about is a column and in the picture, also where it does not last', async () => {
  const asking = `${manyLast(4)}[outcome.all]
name = "All at once"
on = "a.o0 and a.o1 and a.o2 and a.o3 and b.lift"
[question.all]
ask = "Can all happen at once?"
kind = "possible"
outcome = "all"
[question.lift]
ask = "Can the ban be lifted?"
kind = "possible"
outcome = "b.lift and not a.o0"
`;
  writeFileSync(join(folder.dir, 'asked.toml'), asking);
  const { page, done } = await open(server.base, view('answer', 'asked.toml'));
  await page.locator('.say', { hasText: 'No.' }).waitFor();
  const heads = page.locator('table.mx thead th');
  await heads.filter({ hasText: 'All at once' }).waitFor();
  await page
    .locator('svg.graph .node title', { hasText: 'All at once' })
    .first()
    .waitFor({ state: 'attached' });
  await page.locator('.qs a').nth(2).click();
  await until(
    'another question, another column',
    async () => (await heads.filter({ hasText: 'All at once' }).count()) === 0,
  );
  const lifted = page.locator('table.mx tbody tr', { hasText: 'Lift the ban' }).locator('i.y');
  assert.ok((await lifted.count()) >= 1);
  await done();
});

test('what lasts beyond what is drawn at once is drawn so many at a time', async () => {
  writeFileSync(join(folder.dir, 'more.toml'), manyLast(5));
  const { page, done } = await open(server.base, view('answer', 'more.toml'));
  const columns = () => page.locator('table.mx thead th').count();
  await page.getByText('6 of the 32 outcomes that last stand here').waitFor();
  await page.locator('.pair').getByRole('button', { name: 'Draw 16 more' }).first().click();
  await until('sixteen more', async () => (await columns()) === 22);
  await page.locator('.pair').getByRole('button', { name: 'Draw the rest' }).first().click();
  await until('all of them', async () => (await columns()) === 32);
  await done();
});

test('what is chosen stands as a column, however many', async () => {
  writeFileSync(join(folder.dir, 'many.toml'), manyLast(4));
  const chosen = Array.from({ length: 12 }, (_, n) => 2 * n + 2).join('.');
  const { page, done } = await open(server.base, view('answer', 'many.toml', `&columns=${chosen}`));
  await until('today and twelve', async () => (await page.locator('table.mx thead th').count()) === 13);
  await done();
});

test('many outcomes: the groups are those from which the engine reaches the same endings', async () => {
  const generate = (seed) =>
    execFileSync(binary, [
      'generate',
      '--actors',
      '3',
      '--options',
      '9',
      '--statements',
      '5',
      '--rules',
      '2',
      '--seed',
      String(seed),
    ]);
  writeFileSync(join(folder.dir, 'groups.toml'), generate(7));
  const { page, done } = await open(server.base, view('answer', 'groups.toml'));
  await page.locator('section.all .scroll').waitFor();
  await page.getByRole('group', { name: 'Extent' }).getByRole('button', { name: /^All/ }).click();
  await page.locator('.block').first().waitFor();
  const asked = async (route, body) =>
    page.evaluate(
      async ([route, body]) => {
        const path = new URL(location.href).searchParams.get('case');
        const { text } = await (await fetch(`/api/v1/text?path=${path}`)).json();
        const answer = await fetch(`/api/v1${route}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ path, text, ...body }),
        });
        return answer.json();
      },
      [route, body],
    );
  const found = await asked('/basins', {});
  const { answer } = await asked('/live', {});
  assert.equal(
    found.basins.reduce((sum, basin) => sum + basin.outcomes.length, 0),
    Number(answer.feasible),
  );
  const drawn = await page.locator('.block text').allTextContents();
  assert.deepEqual(
    drawn.map((text, n) => [
      text.startsWith(found.basins[n].words.slice(0, 12)),
      text.endsWith('…') || text === found.basins[n].words,
    ]),
    drawn.map(() => [true, true]),
  );
  assert.equal(drawn.length, Math.min(14, found.basins.length));
  if (found.basins.length > 14) await page.getByText(`14 of ${found.basins.length} groups drawn`).waitFor();
  // From the first and the last outcome of each group it can end where the group says, and nowhere else.
  for (const basin of found.basins.slice(0, 12))
    for (const at of [basin.outcomes[0], basin.outcomes.at(-1)]) {
      const onwards = await asked('/onwards', { state: answer.outcomes[at].number });
      assert.deepEqual(
        onwards.endings.map((ending) => ending.states[0]).sort(),
        basin.endings.map((ending) => answer.outcomes[found.endings[ending].outcomes[0]].number).sort(),
      );
    }
  // As a table: all of them.
  await page.getByRole('button', { name: 'As a table' }).click();
  await until(
    'every group',
    async () =>
      (await page.locator('table[data-table="Who moves it there"] tbody tr').count()) === found.basins.length,
  );
  await done();
});

test('find: how many there are beyond those that are listed', async () => {
  writeFileSync(join(folder.dir, 'many.toml'), manyLast(7));
  const { page, done } = await open(server.base, view('answer', 'many.toml'));
  await page.locator('table.mx').waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('act');
  await page.getByText(/^40 of \d+ found/).waitFor();
  await done();
});

test('a sentence that names a command of the terminal leads to where the page does it', async () => {
  const { page, done } = await open(server.base, view('answer', 'climate-finance/case.toml'));
  await page.getByRole('heading', { name: 'What all of them have in common' }).waitFor();
  const said = await page.locator('.head .say').allTextContents();
  assert.ok(!said.some((text) => text.includes('detente ')), said.join(' '));
  await done();
});

test('a case of 25 options at 820 px and on paper: named columns beside today, nothing cut, no walls of numbers', async () => {
  const { page, done } = await open(server.base, view('answer', 'south-caucasus-2025/case.toml'), {
    width: 820,
    height: 1180,
  });
  const table = page.locator('table[data-table^="What all of them"]');
  await table.first().waitFor({ timeout: 60_000 });
  const heads = async () =>
    (await table.first().locator('thead th').allTextContents()).map((one) => one.trim());
  assert.deepEqual(await heads(), [
    'Today',
    'in all',
    'Neither',
    'The route opens without a peace agreement',
    'Peace signed, the route opens, the prisoners are free',
    'Peace signed, the route opens',
  ]);
  // No name stands one word per line, and nothing lies beyond the edge.
  const looked = () =>
    table.evaluateAll((all) =>
      all.map((one) => ({
        over: Math.max(one.getBoundingClientRect().right - innerWidth, 0),
        tallest: Math.max(
          ...[...one.querySelectorAll('tbody th[scope="row"]')].map(
            (th) => th.getBoundingClientRect().height / parseFloat(getComputedStyle(th).lineHeight),
          ),
        ),
      })),
    );
  for (const { over, tallest } of await looked()) {
    assert.equal(over, 0);
    assert.ok(tallest < 2.5, `a name of ${tallest} lines`);
  }
  const peace = table.locator('tbody tr', { hasText: 'Adopt a new constitution' }).locator('td');
  assert.deepEqual(await peace.evaluateAll((all) => all.map((td) => td.getAttribute('data-value'))), [
    'not done',
    'either',
    'not done',
    'not done',
    'done',
    'done',
  ]);
  assert.equal(await peace.locator('.ch').count(), 2, 'what differs from today is marked');
  // Ways out of the same movers to one end stand together, in words and without the numbers of states.
  const exits = page.locator('.exits > li');
  await exits.first().waitFor();
  assert.match(await exits.first().textContent(), /Neither.*ways/);
  assert.doesNotMatch(await page.locator('.exits').first().textContent(), /\d{5}/);
  await exits
    .first()
    .getByRole('button', { name: /ways to Neither/ })
    .click();
  await exits.first().locator('.path li', { hasText: 'Azerbaijan: ' }).first().waitFor();
  assert.doesNotMatch(await page.locator('.exits').first().textContent(), /\d{5}/);
  assert.equal(await page.locator('.why .of').textContent(), 'Neither');

  // One by one: eight beside each other, the rest on request; on paper in tables below each other.
  await page.getByRole('button', { name: 'One by one' }).click();
  await page.getByText('8 of 24 groups shown').waitFor();
  assert.equal(await table.first().locator('thead th').count(), 10);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0);
  await page.setViewportSize({ width: 675, height: 950 });
  await page.emulateMedia({ media: 'print' });
  await until('tables of eight', async () => (await table.count()) === 2);
  for (const { over, tallest } of await looked()) {
    assert.equal(over, 0);
    assert.ok(tallest < 3.5, `a name of ${tallest} lines`);
  }
  assert.deepEqual((await heads()).slice(0, 3), ['Today', 'in all', 'ANeither']);
  assert.equal(await page.locator('.judged .do').isVisible(), false, 'no buttons on paper');
  await page.emulateMedia({ media: null });
  await done();
});
