// What commands tell stands where the question stands: the story, what to watch, the deeds; and the report is a file.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { binary, cases, closeAll, downloaded, open, serve, view } from './harness.mjs';

after(closeAll);

/** Without blanks, which a terminal breaks lines at. */
const flat = (text) => text.replace(/\s+/g, '');

test('the page tells the story, what to watch and the deeds in the sentences of the commands', async () => {
  const folder = cases();
  const server = await serve(folder.dir);
  const path = 'south-caucasus-2023/case.toml';
  const { page, done } = await open(server.base, view('answer', path, '&reading=the-two-decide'));
  const printed = (command) => {
    const args = [
      command,
      join(folder.dir, path),
      '--quiet',
      '--reading',
      'the-two-decide',
      '--format',
      'md',
    ];
    return flat(spawnSync(binary, args).stdout.toString()).replace(/[\\*`]/g, '');
  };
  for (const [what, command] of [
    ['deeds', 'price'],
    ['watch', 'watch-for'],
    ['story', 'evolve'],
  ]) {
    const card = page.locator(`details[data-told="${what}"]`);
    await card.locator('summary').click();
    const first = card.locator('p.serif').first();
    await first.waitFor();
    const all = printed(command);
    const said = await card.locator('p.serif').allInnerTexts();
    assert.ok(said.length > 0, what);
    for (const one of said) assert.ok(all.includes(flat(one)), `${what}: ${one}`);
  }
  // Tables of the cards leave the page as others do.
  await page.getByRole('button', { name: 'Export' }).click();
  const dialog = page.getByRole('dialog');
  assert.ok((await dialog.locator('li', { hasText: 'What to watch' }).count()) > 0);
  // The report is the file of the command line.
  const row = dialog.locator('li', { hasText: 'Report to hand in' });
  const file = await downloaded(page, () => row.getByRole('button', { name: 'Markdown' }).click());
  const out = join(folder.dir, 'out.md');
  spawnSync(binary, ['report', join(folder.dir, path), '--quiet', '--reading', 'the-two-decide', '-o', out]);
  assert.equal(file.bytes.toString(), readFileSync(out, 'utf8'));
  const word = await downloaded(page, () => row.getByRole('button', { name: /DOCX/ }).click());
  assert.equal(word.bytes.subarray(0, 2).toString(), 'PK');
  const pages = await downloaded(page, () => row.getByRole('button', { name: /PDF/ }).click());
  assert.equal(pages.bytes.subarray(0, 5).toString(), '%PDF-');
  await done();
});

test('Home says which cases expect something by a day that has passed', async () => {
  const folder = cases();
  const path = join(folder.dir, 'chicken/case.toml');
  const text = readFileSync(path, 'utf8');
  const event = (on, title) => `\n[[event]]\non = ${on}\nexpected = true\ntitle = "${title}"\n`;
  writeFileSync(path, text + event('2020-05-01', 'A race') + event('"2999"', 'Another race'));
  const server = await serve(folder.dir);
  const { page, done } = await open(server.base);
  const row = page.locator('li', { hasText: 'Chicken' });
  await row.getByText('“A race” was expected by 1 May 2020: that day has passed.').waitFor();
  assert.equal(await row.getByText('Another race').count(), 0);
  await done();
});
