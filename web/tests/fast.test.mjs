// Forms pressed faster than the server answers: every press counts, and none takes another back.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { closeAll, editorText, open, serve, until, view } from './harness.mjs';

const start = `format = 1
[case]
title = "Reef"
as_of = 2026-03-01

[actor.n]
name = "North"
[actor.n.option]
patrol = { text = "Send patrols", assumption = true }
quota = { text = "Cut the quota", assumption = true }
fleet = { text = "Build boats", assumption = true }
[[actor.n.prefers]]
id = "first"
that = "not s.trawl"
assumption = true
[[actor.n.prefers]]
id = "second"
that = "n.quota"
assumption = true
[[actor.n.prefers]]
id = "third"
that = "not n.patrol"
assumption = true
[[actor.n.type]]
id = "hard"
name = "Hard"
share = 0.2
prefers = [
  { that = "n.patrol", assumption = true },
  { that = "n.quota", assumption = true },
  { that = "not s.trawl", assumption = true },
]
assumption = true

[actor.s]
name = "South"
[actor.s.option]
trawl = { text = "Trawl the reef", assumption = true }
[[actor.s.prefers]]
that = "s.trawl"
assumption = true

[actor.e]
name = "East"
[actor.e.option]
buy = { text = "Buy the catch", assumption = true }
[[actor.e.prefers]]
that = "e.buy"
assumption = true

[act.pact]
text = "Sign the pact"
parties = ["n", "s", "e"]
begins = [["n", "s"]]
ends = { votes = { n = 1, s = 1, e = 1 }, needs = 2 }
begins_if = "not s.trawl"
assumption = true

[status_quo]
on = ["s.trawl"]
`;

const dir = mkdtempSync(join(tmpdir(), 'detente-fast-'));
const file = join(dir, 'reef.toml');
let server;
let page;
let opened;
before(async () => {
  server = await serve(dir);
});
after(async () => {
  await closeAll();
  await server.stop();
  rmSync(dir, { recursive: true, force: true });
});
const read = () => readFileSync(file, 'utf8');
/** A page on this case whose server takes its time with every change. */
async function begin(text = start) {
  writeFileSync(file, text);
  opened = await open(server.base, view('write', 'reef.toml'), { allow: [/409/] });
  ({ page } = opened);
  await page.locator('.cm-content').waitFor();
  await page.route('**/api/v1/edit', (route) => setTimeout(() => route.continue().catch(() => {}), 300));
}
/** Nothing waits, nothing is refused, and the text is that of the file. */
async function calm() {
  await until('calm', async () => {
    const foot = await page.locator('footer').textContent();
    return !/Saving|Not saved|waits?\b/.test(foot) && (await editorText(page)) === read();
  });
  assert.equal(await page.getByRole('alert').filter({ hasText: 'no longer fits' }).count(), 0, read());
}
const end = async () => {
  await calm();
  await opened.done();
};
const part = (name) => page.locator('.form .sub').getByRole('button', { name, exact: true }).click();
const press = (field, times = 1) =>
  field.evaluate((element, n) => {
    for (let k = 0; k < n; k++) element.click();
  }, times);
const box = (name) => page.getByRole('combobox', { name: new RegExp(`^${name}(,|:|$)`) });
const choose = async (field, option) => {
  await field.click();
  await page.getByRole('option', { name: option }).first().click();
};
const compose = async (name, words) => {
  const field = page.locator('input[role=combobox]').and(box(name));
  await field.fill(words);
  await field.press('Enter');
};
const saved = async (what, pattern) => {
  try {
    await until(what, () => pattern.test(read()), 20_000);
  } catch (error) {
    throw new Error(`${error.message}\n${read()}`, { cause: error });
  }
};

test('boxes pressed twice stand as they stood, and those beside are kept', async () => {
  await begin();
  await part('Start');
  await press(page.getByRole('checkbox', { name: 'Send patrols' }), 2);
  await press(page.getByRole('checkbox', { name: 'Build boats' }), 3);
  await press(page.getByRole('checkbox', { name: 'Cut the quota' }));
  await press(page.getByRole('checkbox', { name: 'Trawl the reef' }), 2);
  await saved('all of it', /\[status_quo\]\non = \["n\.fleet", "n\.quota", "s\.trawl"\]/);
  await calm();
  assert.equal(await page.getByRole('checkbox', { name: 'Send patrols' }).isChecked(), false);
  assert.equal(await page.getByRole('checkbox', { name: 'Trawl the reef' }).isChecked(), true);
  await part('Acts');
  await page.getByRole('button', { name: 'Sign the pact', exact: true }).click();
  await press(page.getByRole('checkbox', { name: /assumption/i }).first(), 2);
  await calm();
  assert.match(read(), /begins_if = "not s\.trawl"\nassumption = true/);
  await end();
});

test('wishes moved twice go two places, by keys and by buttons', async () => {
  await begin();
  const third = page.locator('.wishes > li', { hasText: 'patrols' });
  await third.focus();
  await page.keyboard.press('Alt+ArrowUp');
  await page.keyboard.press('Alt+ArrowUp');
  await saved('first by now', /id = "third"[^[]*\[\[actor\.n\.prefers\]\]\nid = "first"/);
  await calm();
  await until('it has the focus still', () => third.evaluate((row) => row === document.activeElement));
  await page.getByRole('button', { name: 'More of: North' }).or(page.getByText('More of: North')).click();
  await press(page.getByRole('button', { name: 'Move down: North' }), 2);
  await saved('the actor is last', /\[actor\.e\.?[^]*\[actor\.n/);
  await part('Doubt');
  await page.getByRole('button', { name: 'Hard', exact: true }).click();
  await press(
    page.getByRole('group', { name: 'What it wants' }).getByRole('button', { name: /^Move up: not: South/ }),
    2,
  );
  await saved('of a type, too', /prefers = \[\s*\{ that = "not s\.trawl"[^\]]*n\.patrol[^\]]*n\.quota/);
  await end();
});

test('conditions, groups and votes changed one after the other are all there', async () => {
  await begin();
  await part('Acts');
  await page.getByRole('button', { name: 'Sign the pact', exact: true }).click();
  await compose('Begins only if: and also', 'quota');
  await compose('Begins only if: and also', 'boats');
  await saved('three', /begins_if = \["not s\.trawl", "n\.quota", "n\.fleet"\]/);
  await compose('Ends only if', 'catch');
  await compose('Ends only if', 'patrols');
  await saved('two of none', /ends_if = \["e\.buy", "n\.patrol"\]/);
  const ends = page.getByRole('group', { name: 'Who ends it' });
  for (const [name, votes] of [
    ['North', '3'],
    ['South', '2'],
    ['East', '4'],
  ]) {
    const field = ends.getByRole('textbox', { name: new RegExp(name) });
    await field.fill(votes);
    await field.press('Enter');
  }
  await ends.getByRole('textbox', { name: /How many suffice/ }).fill('6');
  await page.keyboard.press('Enter');
  await saved(
    'votes and what is needed',
    /ends = \{(?=[^\n]*n = 3)(?=[^\n]*s = 2)(?=[^\n]*e = 4)(?=[^\n]*needs = 6)/,
  );
  const begins = page.getByRole('group', { name: 'Who begins it' });
  await choose(begins.getByRole('combobox', { name: /^Group 1/ }), 'East');
  await press(begins.getByRole('button', { name: 'Take out: North' }));
  await saved('one group of two', /begins = \[\["s", "e"\]\]/);
  await end();
});

test('a part of a formula that is turned twice is as it was, and once more is not', async () => {
  await begin();
  await page.locator('.wishes > li').first().locator('.tx').click();
  const turn = page.locator('.wx').getByRole('button', { name: /^Turn round/ });
  await press(turn, 1);
  await press(turn, 1);
  await press(turn, 1);
  await saved('turned', /id = "first"\nthat = "s\.trawl"/);
  await press(turn, 1);
  await saved('and back', /id = "first"\nthat = "not s\.trawl"/);
  await end();
});

test('what is taken out by two presses is taken out once, and nothing is said of it', async () => {
  await begin();
  await press(page.getByRole('button', { name: 'Remove: Build boats' }), 2);
  await until('it is gone', () => !read().includes('Build boats'));
  await calm();
  assert.match(read(), /Send patrols[^]*Cut the quota/);
  await end();
});
