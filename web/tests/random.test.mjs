// 500 changes by two tabs, their forms and an outside editor, while connections break, the server is killed and the
// folder is moved: after each round the file is what both pages say, and nothing that anybody wrote is lost.
import assert from 'node:assert/strict';
import { readFileSync, renameSync, writeFileSync, mkdtempSync, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { closeAll, editorText, open, patience, serve, until, view } from './harness.mjs';

after(closeAll);

const rounds = 20;
const changes = 25;
const start = `format = 1 # kept
[case]
title = "Random"

# of the first
[actor.a]
name = "North"
[actor.a.option]
pay = "Pay"

[[actor.a.prefers]]
that = "not a.pay"
assumption = true

[actor.b]
name = "South"
[actor.b.option]
go = "Send boats"

[[actor.b.prefers]]
that = "a.pay"
assumption = true

[status_quo]
on = []
`;

/** Another course of events: DETENTE_SEED=5. */
const seed = Number(process.env.DETENTE_SEED ?? 20261129);

/** Whole numbers below `n`, the same in every run. */
function drawing(seed) {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor(state / 65536) % n;
  };
}

/** Brings together what has to be, keeping both sides. */
async function settle(page) {
  const banner = page
    .getByRole('alert')
    .filter({ hasText: /The file was changed outside|A change no longer fits/ });
  const dialog = page.getByRole('dialog');
  if (!(await dialog.count()) && !(await banner.count())) return;
  // A tab in the background is not drawn: nothing in it can be pressed.
  await page.bringToFront();
  if (!(await dialog.count()))
    await banner.getByRole('button', { name: 'Show the difference' }).click({ timeout: 5000 });
  for (const both of await dialog.locator('.two').all())
    await both.getByRole('button', { name: 'Both' }).click({ timeout: 5000 });
  await dialog.getByRole('button', { name: 'Keep the merged text' }).click({ timeout: 5000 });
}

test(`${rounds * changes} random changes: the file is what the pages say, and nothing is lost`, async () => {
  console.log(`random changes: DETENTE_SEED=${seed}`);
  const parent = mkdtempSync(join(tmpdir(), 'detente-random-'));
  const dir = join(parent, 'cases');
  mkdirSync(dir);
  const file = join(dir, 'case.toml');
  writeFileSync(file, start);
  let server = await serve(dir);
  const allow = [/Failed to load resource/, /ERR_/, /net::/];
  const { page: one, context } = await open(server.base, view('write', 'case.toml'), { allow });
  const two = await context.newPage();
  two.setDefaultTimeout(patience);
  await two.goto(server.base + view('write', 'case.toml'));
  const pages = [one, two];
  for (const page of pages) await page.locator('.cm-content').waitFor();
  const draw = drawing(seed);
  /** What was typed by anybody, and what was last said of each option and wish. */
  const written = [];
  const last = new Map();
  let made = 0;

  const type = async (page) => {
    const words = `# typed ${++made}.`;
    written.push(words);
    await page.locator('.cm-content').click();
    await page.keyboard.press('Control+End');
    await page.keyboard.insertText(`${words}\n`);
  };
  // Each tab at another actor: two who give one thing two names have to choose, which is tried elsewhere.
  const own = (page) => page.getByRole('tab').nth(pages.indexOf(page)).click();
  /** A new option; when there are some, another text for the first. */
  const options = new Map(pages.map((page) => [page, 0]));
  const option = async (page) => {
    const words = `Choice${++made}`;
    const there = options.get(page);
    await own(page);
    const fresh = page.getByRole('textbox', { name: 'Add an option' });
    const field = there < 3 ? fresh : page.locator('li.opt input.line').first();
    await field.fill(words);
    await field.press('Enter');
    if (there < 3) options.set(page, there + 1);
    last.set(there < 3 ? words : `first of tab ${pages.indexOf(page)}`, `"${words}"`);
  };
  const wish = async (page) => {
    const words = `reason ${++made}.`;
    await own(page);
    const field = page.locator('.wx').getByRole('textbox', { name: 'In words, for reasons' });
    if (!(await field.count())) await page.locator('.wishes > li .tx').click();
    await field.fill(words);
    await field.press('Enter');
    last.set(page, `says = "${words}"`);
  };
  const outside = () => {
    const words = `# outside ${++made}.`;
    written.push(words);
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, `${text.trimEnd()}\n${words}\n`);
  };
  const calm = async (what) => {
    let open;
    await until(
      `${what}: calm`,
      async () => {
        for (const page of pages) await settle(page).catch(() => {});
        const text = readFileSync(file, 'utf8');
        for (const [n, page] of pages.entries()) {
          open = `tab ${n + 1}: ${await page.locator('footer').textContent()}`;
          if ((await editorText(page)) !== text || /Saving|Not saved|Cannot be saved|waits?\b/.test(open))
            throw new Error(open);
        }
        return true;
      },
      patience,
    );
    const text = readFileSync(file, 'utf8');
    const lost = [...written, ...last.values()].filter((words) => !text.includes(words));
    assert.deepEqual(lost, [], `${what}: ${lost.join(', ')} is lost of\n${text}`);
    assert.ok(text.startsWith('format = 1 # kept\n'));
  };

  for (let round = 0; round < rounds; round++) {
    const trouble = ['none', 'none', 'offline', 'kill', 'moved'][draw(5)];
    const away = join(parent, 'elsewhere');
    if (trouble === 'offline') await context.setOffline(true);
    if (trouble === 'moved') renameSync(dir, away);
    let killed = false;
    for (let n = 0; n < changes; n++) {
      const page = pages[draw(2)];
      await page.bringToFront();
      if (trouble === 'kill' && n === 10) {
        await server.stop('SIGKILL');
        killed = true;
      }
      const what = draw(8);
      if (what < 3) await type(page);
      else if (what < 5) await option(page);
      else if (what < 7 || trouble === 'moved') await wish(page);
      else outside();
    }
    if (trouble === 'offline') await context.setOffline(false);
    if (trouble === 'moved') renameSync(away, dir);
    if (killed) server = await serve(dir, { port: server.port });
    await calm(`seed ${seed}, round ${round}, ${trouble}`);
  }
  assert.equal(made, rounds * changes);
  assert.ok(last.size > 5 && written.length > made / 3);
  await context.close();
  await server.stop();
  rmSync(parent, { recursive: true, force: true });
});
