// Nothing that was written is lost, and no file is ever half written.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { api, cases, closeAll, editorText, flagship, open, printed, serve, until, view } from './harness.mjs';

after(closeAll);

test('killed at any moment of saving, the file is the old text or the new', async () => {
  const folder = cases();
  const path = 'south-caucasus-2023-solo/case.toml';
  const original = folder.read(path);
  const before = readdirSync(join(folder.dir, 'south-caucasus-2023-solo')).sort();
  // Long texts, so that a write has a middle.
  const texts = Array.from(
    { length: 8 },
    (_, n) => `${original}\n# version ${n}\n${`# ${String(n).repeat(110)}\n`.repeat(20_000)}`,
  );
  const known = new Set([original, ...texts]);
  let killed = 0;
  for (let round = 0; round < 12; round++) {
    const server = await serve(folder.dir);
    const { revision } = await (await api(server.base, `/text?path=${path}`)).json();
    const saving = (async () => {
      let base = revision;
      for (let n = 0; ; n++) {
        const answer = await api(server.base, '/save', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ path, text: texts[(round + n) % texts.length], base }),
        });
        base = (await answer.json()).revision;
      }
    })().catch(() => killed++);
    await new Promise((done) => setTimeout(done, 20 + ((round * 37) % 90)));
    await server.stop('SIGKILL');
    await saving;
    assert.ok(known.has(folder.read(path)), `round ${round}: the file is one of the texts, whole`);
  }
  assert.equal(killed, 12, 'each time in the middle of saving');
  // What a kill leaves behind is hidden, and nothing else is touched.
  const names = readdirSync(join(folder.dir, 'south-caucasus-2023-solo')).filter(
    (name) => !name.startsWith('.'),
  );
  assert.deepEqual(names.sort(), before);
  const server = await serve(folder.dir);
  const list = await (await api(server.base, '/cases')).json();
  assert.ok(list.entries.every((entry) => !entry.path.includes('.tmp')));
  await server.stop();
  folder.remove();
});

test('the server dies while one types: the text waits, and is saved when it is back', async () => {
  const folder = cases();
  let server = await serve(folder.dir);
  const { page, context } = await open(server.base, view('write'), {
    allow: [/Failed to load resource/, /ERR_CONNECTION/, /ERR_INCOMPLETE/],
  });
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('# before\n');
  await until('saved', () => folder.read(flagship).includes('# before'));
  await server.stop('SIGKILL');
  await page.keyboard.type('# while it is away\n');
  await page.getByText('Cannot be saved').waitFor();
  // Even if the window is closed: the text is kept in the browser.
  await page.close();
  server = await serve(folder.dir, { port: server.port });
  const again = await context.newPage();
  await again.goto(server.base + view('write'));
  await again.locator('.cm-content').waitFor();
  // Nothing is saved that nobody asked for: what was typed is offered.
  await again.getByText('were never saved').waitFor();
  assert.ok(!folder.read(flagship).includes('# while it is away'));
  await again.getByRole('button', { name: 'Take them up' }).click();
  await until('what was typed is in the file', () => folder.read(flagship).includes('# while it is away'));
  assert.ok(folder.read(flagship).includes('# before'));
  await context.close();
  await server.stop();
  folder.remove();
});

test('shut out while one types: the text waits, the page says how to come in, and it is saved then', async () => {
  const folder = cases();
  const server = await serve(folder.dir);
  const { page, context } = await open(server.base, view('write'), { allow: [/401/] });
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+End');
  await context.clearCookies();
  await page.keyboard.type('# while shut out\n');
  await page.getByText('open the address that `detente serve` printed').first().waitFor();
  assert.ok((await editorText(page)).includes('# while shut out'));
  assert.ok(!folder.read(flagship).includes('# while shut out'));
  // The printed address, in another tab of the same browser: this one goes on by itself.
  const key = await context.newPage();
  await key.goto(printed(server.base));
  await until('what was typed is in the file', () => folder.read(flagship).includes('# while shut out'));
  await page.keyboard.type('# and after\n');
  await until('the rest too', () => folder.read(flagship).includes('# and after'));
  await page.getByText('open the address that `detente serve` printed').waitFor({ state: 'detached' });
  await context.close();
  await server.stop();
  folder.remove();
});

test('who leaves a case right after typing finds it in its file, and the next case is untouched', async () => {
  const folder = cases();
  const server = await serve(folder.dir);
  const other = 'chicken/case.toml';
  const { page, done } = await open(server.base, view('write'));
  await page.locator('.cm-content').waitFor();
  const first = folder.read(flagship);
  // To another case and back within the page, with a slow disk: the file is not even fetched when the last key falls.
  await page.locator('header .name').click();
  await page.locator(`.cases a[href="/answer?case=${encodeURIComponent(other)}"]`).click();
  await page.locator('.tabs').getByRole('link', { name: 'Write' }).click();
  await until('the other case', async () => (await editorText(page)) === folder.read(other));
  await page.route('**/api/v1/save', (route) => setTimeout(() => route.continue(), 300));
  await page.route('**/api/v1/open?*', (route) => setTimeout(() => route.continue(), 600));
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('# the last words');
  await page.evaluate(() => history.go(-3));
  await page.keyboard.type(', and one more');
  await until('back', async () => (await editorText(page)) === first);
  await until('saved', () => folder.read(other).endsWith('# the last words, and one more'));
  assert.equal(folder.read(flagship), first);
  assert.equal(await page.getByRole('dialog').count(), 0, 'nobody is asked about a change that nobody made');
  await done();
  await server.stop();
  folder.remove();
});

test('two tabs and an outside editor lose nothing', async () => {
  const folder = cases();
  const server = await serve(folder.dir);
  const file = join(folder.dir, flagship);
  const { page: one, context, done } = await open(server.base, view('write'), { allow: [/409/] });
  const two = await context.newPage();
  await two.goto(server.base + view('write'));
  for (const page of [one, two]) await page.locator('.cm-content').waitFor();
  const write = async (page, text) => {
    await page.locator('.cm-content').click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(text);
  };
  // A tab that has nothing unsaved follows.
  await write(one, '# from the first tab\n');
  await until('the second tab follows', async () => (await editorText(two)).includes('# from the first tab'));
  writeFileSync(file, `${readFileSync(file, 'utf8')}# from outside\n`);
  for (const page of [one, two])
    await until('both follow the outside editor', async () =>
      (await editorText(page)).includes('# from outside'),
    );

  // Both change it at once: the later one is told, without a dialog under the hands, and sees both changes.
  await two.route('**/api/v1/save', (route) => setTimeout(() => route.continue(), 1200));
  await write(two, '# mine, in the second tab\n');
  writeFileSync(file, `${readFileSync(file, 'utf8')}# theirs, outside\n`);
  const dialog = two.getByRole('dialog', { name: 'The file was changed outside' });
  const banner = two.getByRole('alert').filter({ hasText: 'The file was changed outside' });
  await banner.waitFor();
  assert.equal(await dialog.count(), 0);
  await two.keyboard.type('# and typed on\n');
  assert.ok((await editorText(two)).includes('# and typed on'), 'no key is swallowed');
  assert.ok(readFileSync(file, 'utf8').includes('# theirs, outside'), 'not overwritten');
  await banner.getByRole('button', { name: 'Show the difference' }).click();
  await dialog.locator('.add', { hasText: '# mine, in the second tab' }).waitFor();
  await dialog.locator('.there', { hasText: '# theirs, outside' }).waitFor();
  // No button is chosen for one; Esc postpones and loses nothing.
  assert.ok(await dialog.getByRole('button', { name: 'Keep the merged text' }).isDisabled());
  await two.keyboard.press('Escape');
  await banner.waitFor();
  assert.ok((await editorText(two)).includes('# mine, in the second tab'));
  await banner.getByRole('button', { name: 'Show the difference' }).click();
  await dialog.getByRole('button', { name: 'Merge by hand' }).click();
  const merging = dialog.getByRole('textbox');
  await until('both are there to merge', async () =>
    /mine, in the second tab[\s\S]*theirs, outside|theirs, outside[\s\S]*mine, in the second tab/.test(
      await merging.inputValue(),
    ),
  );
  await dialog.getByRole('button', { name: 'Keep the merged text' }).click();
  await until(
    'merged and saved',
    () =>
      /mine, in the second tab/.test(readFileSync(file, 'utf8')) &&
      /theirs, outside/.test(readFileSync(file, 'utf8')),
  );
  await until(
    'the first tab follows',
    async () =>
      (await editorText(one)).includes('# mine, in the second tab') &&
      (await editorText(one)).includes('# theirs, outside'),
  );

  // Take theirs; undo still leads back to mine.
  await write(two, '# mine again\n');
  writeFileSync(file, `${readFileSync(file, 'utf8')}# theirs again\n`);
  await banner.getByRole('button', { name: 'Show the difference' }).click();
  await dialog.getByRole('button', { name: 'Take theirs' }).click();
  await until(
    'theirs',
    async () =>
      (await editorText(two)).includes('# theirs again') && !(await editorText(two)).includes('# mine again'),
  );
  await two.getByRole('button', { name: 'Undo' }).click();
  await until('and back', async () => (await editorText(two)).includes('# mine again'));
  await done();
  await server.stop();
  folder.remove();
});

test('what two tabs of one case have not saved stays apart, and all of it is offered when they are gone', async () => {
  const folder = cases();
  const server = await serve(folder.dir);
  const whole = folder.read(flagship);
  const { page: one, context, done } = await open(server.base, view('write'), { allow: [/Failed to load/] });
  // Nothing can be saved, and no change of a form reaches the server.
  const away = (url) => /\/api\/v1\/(save|edit)$/.test(url.pathname);
  await context.route(away, (route) => route.abort());
  const two = await context.newPage();
  await two.goto(server.base + view('write'));
  const at = async (page) => {
    await page.locator('.cm-content').click();
    await page.keyboard.press('Control+End');
  };
  const offer = (page) => page.getByRole('alert').filter({ hasText: 'were never saved' });
  for (const [page, words] of [
    [one, '# of the first tab'],
    [two, '# of the second tab'],
  ]) {
    await page.locator('.cm-content').waitFor();
    await at(page);
    await page.keyboard.type(words);
  }
  // A form is changed in the first: that waits as well.
  const title = one.getByRole('textbox', { name: 'Title', exact: true });
  await one.locator('.form .sub').getByRole('button', { name: 'Question' }).click();
  await title.fill('A title that waits');
  await title.press('Enter');
  await one.getByText('waits for the server').waitFor();
  // What another tab has open is its own.
  const three = await context.newPage();
  await three.goto(server.base + view('write'));
  await three.locator('.cm-content').waitFor();
  await at(three);
  await three.keyboard.type('# of the third tab');
  assert.equal(await offer(three).count(), 0, 'no words of tabs that are open');
  for (const page of [one, two, three]) await page.close();
  await context.unroute(away);

  const last = await context.newPage();
  await last.goto(server.base + view('write'));
  await last.locator('.cm-content').waitFor();
  await until('the change of the form is made', () =>
    folder.read(flagship).includes('title = "A title that waits"'),
  );
  await offer(last).waitFor();
  // Typed on before one answers: the offers stay.
  await at(last);
  await last.keyboard.type('# typed since');
  await until('saved', () => folder.read(flagship).endsWith('# typed since'));
  const dialog = last.getByRole('dialog');
  for (let taken = 0; taken < 3; taken++) {
    await offer(last).getByRole('button', { name: 'Take them up' }).click();
    await last.getByRole('button', { name: 'Show the difference' }).click();
    for (const both of await dialog.locator('.two').all())
      await both.getByRole('button', { name: 'Both', exact: true }).click();
    await dialog.getByRole('button', { name: 'Keep the merged text' }).click();
    await dialog.waitFor({ state: 'detached' });
  }
  assert.equal(await offer(last).count(), 0);
  for (const words of ['# of the first tab', '# of the second tab', '# of the third tab', '# typed since'])
    await until(words, () => folder.read(flagship).includes(words));
  assert.ok(folder.read(flagship).includes('A title that waits'));
  assert.ok(folder.read(flagship).startsWith(whole.slice(0, 20)));
  await until('nothing is kept any more', () =>
    last.evaluate(() => Object.keys(localStorage).every((key) => !/detente\.(draft|waiting)/.test(key))),
  );
  await done();
  await server.stop();
  folder.remove();
});

test('over a line that is not encrypted the browser keeps some things back, and the page does without', async () => {
  const folder = cases();
  const server = await serve(folder.dir);
  const { page, done } = await open(server.base, '/');
  await page.addInitScript(() => {
    delete Crypto.prototype.randomUUID;
    delete Navigator.prototype.locks;
    delete Navigator.prototype.clipboard;
  });
  await page.goto(server.base + view('write'));
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('# plain');
  await until('saved', () => folder.read(flagship).endsWith('# plain'));
  await page.locator('.tabs').getByRole('link', { name: 'Answer' }).click();
  await page.locator('h1').waitFor();
  // Copies are made as by hand.
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('button', { name: 'Copy', exact: true }).first().click();
  await page.getByRole('button', { name: 'Copied' }).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Control+v');
  await until('the table is there to paste', () => page.evaluate(() => !!document.activeElement.value));
  await done();
  await server.stop();
  folder.remove();
});
