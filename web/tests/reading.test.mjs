// Reading: from a pasted text to the first answer by a few keys, without a line of TOML and without a formula; what is
// refused stays refused, what is taken is undone by one step, and it all goes by keyboard.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { api, cases, closeAll, open, serve, until, view } from './harness.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const article = readFileSync(new URL('texts/ferry-strike.txt', import.meta.url), 'utf8');
/** Fewer than so many keys or clicks. */
const most = 25;
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
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  return found.violations.flatMap((v) =>
    v.nodes.map((node) => `${what}: ${v.id}: ${v.help}: ${node.target.join(' ')} ${node.failureSummary}`),
  );
}

/** A case of a text alone, and the page on it. */
async function begun(page, title) {
  await page.getByRole('button', { name: /A text/ }).click();
  await page.getByLabel('The text').fill(article);
  await page.getByLabel('Title', { exact: true }).fill(title);
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.locator('[data-proposal]:focus').waitFor();
}
const focused = (page) =>
  page.evaluate(
    () => document.activeElement?.closest('[data-proposal]')?.textContent?.replace(/\s+/g, ' ').trim() ?? '',
  );
const at = (page, words) => until(`at “${words}”`, async () => (await focused(page)).includes(words));
const progress = (page, words) => page.locator('[data-progress]', { hasText: words }).waitFor();

test(`the ferry strike from paste to the first answer, in under ${most} keys or clicks`, async () => {
  const { page, done } = await open(server.base);
  const file = () => folder.read('strike-at-the-harbour-ferries/case.toml');
  let count = 0;
  const click = async (what) => {
    count++;
    await what.click();
  };
  const press = async (key) => {
    count++;
    await page.keyboard.press(key);
  };
  await click(page.getByRole('button', { name: /A text/ }));
  await until('the text is waited for', () =>
    page.evaluate(() => document.activeElement?.id === 'new-source'),
  );
  await page.evaluate((text) => navigator.clipboard.writeText(text), article);
  await press('Control+v');
  await click(page.getByRole('button', { name: 'Start', exact: true }));
  await at(page, 'fact of the author');
  const start = Date.now();
  assert.doesNotMatch(file(), /claim|actor/, 'nothing stands there that nobody took');
  await progress(page, '0 of 10 sentences decided');

  await press('Shift+Enter');
  await at(page, 'The ferry crews of Port Marlow may have');
  await until('all claims', () => (file().match(/^\[claim\./gm) ?? []).length === 10);
  assert.match(file(), /kind = "threat"\nspeaker = "The company"/);
  assert.match(
    file(),
    /heard = \["An economist at the local college"\]\nkind = "hope"\nspeaker = "The company"/,
  );
  await press('Backspace');
  await at(page, 'The union may have');
  await press('Tab');
  await at(page, 'The union wants: the night shift to be paid at a higher rate');
  await press('Tab');
  await at(page, 'Ana Reyes may have');
  await press('Backspace');
  await at(page, 'Ana Reyes promises to keep the boats tied up');
  // She speaks for the union: it is its option.
  const second = page.locator('.ways li').first();
  await second.getByText('Adds an option of the union').waitFor();
  await press('2');
  await at(page, 'The company threatens to bring in crews');
  await press('Tab');
  await at(page, 'The mayor wants: both sides accept a mediator');
  await press('Tab');
  await at(page, 'The company wants: raise fares');
  await press('Backspace');
  await press('Backspace');
  await at(page, 'If “outside crews arrive”');
  await press('Tab');
  // The case asks nothing yet: it can ask for what is wanted.
  await at(page, 'Will it be so: the night shift to be paid at a higher rate?');
  await press('Tab');
  await progress(page, '10 of 10 sentences decided');

  await page.locator('.text .now b').waitFor();
  await click(page.getByRole('link', { name: 'Answer' }));
  await page.getByRole('heading', { name: /Will it be so/ }).waitFor();
  await page.locator('table.mx').waitFor();
  const seconds = (Date.now() - start) / 1000;
  console.log(
    `from paste to the first answer: ${count} keys or clicks, ${seconds.toFixed(1)} s of machine time`,
  );
  assert.ok(count < most, `${count} keys or clicks, fewer than ${most}`);
  for (const line of [
    'that = "company.grant-night"',
    'that = "act.accept-mediator"',
    'that = "company.bring-crews implies union.call-out"',
    '[actor.mayor]',
    'text = "keep the boats tied up until there is an offer in writing", because = ["c04"]',
  ])
    await until(line, () => file().includes(line));
  assert.doesNotMatch(file(), /crew\]|reyes/, 'what was refused is not there');
  await done();
});

test('what is refused stays so after a reload, and is brought back; what is taken is undone by one step', async () => {
  const { page, done } = await open(server.base);
  await begun(page, 'Refusals');
  const file = () => folder.read('refusals/case.toml');
  const written = file();
  await page.keyboard.press('Shift+Enter');
  await at(page, 'ferry crews of Port Marlow may');
  await until('all claims', () => file().includes('[claim.c10]'));
  await page.keyboard.press('Backspace');
  await at(page, 'The union may have');
  // The last decision is undone first: the refusal, then all claims in one step.
  await page.keyboard.press('Control+z');
  await at(page, 'ferry crews of Port Marlow may');
  await page.keyboard.press('Control+z');
  await until('no claim', () => file() === written);
  await progress(page, '0 of 10 sentences decided');

  await page.locator('[data-proposal]', { hasText: 'ferry crews of Port Marlow may' }).focus();
  await page.keyboard.press('Shift+Backspace');
  await until(
    'no actor is open',
    async () => (await page.getByRole('button', { name: /^Take .*actors?$/ }).count()) === 0,
  );
  await page.reload();
  await page.getByRole('button', { name: 'Bring back 4 refused' }).waitFor();
  assert.equal(
    await page.locator('[data-proposal]', { hasText: 'ferry crews of Port Marlow may' }).count(),
    0,
  );
  await page.getByRole('button', { name: 'Bring back 4 refused' }).click();
  await page.locator('[data-proposal]', { hasText: 'ferry crews of Port Marlow may' }).waitFor();
  await done();
});

test('a proposal is said otherwise before it is taken, and one leaves by keys', async () => {
  const { page, done } = await open(server.base);
  await begun(page, 'In other words');
  const file = () => folder.read('in-other-words/case.toml');
  await page.locator('[data-proposal]', { hasText: 'The company threatens to' }).focus();
  await page.keyboard.press('F2');
  const form = page.locator('form[data-taking]');
  await form.getByRole('textbox', { name: 'In words' }).fill('Import labour');
  await page.keyboard.press('Enter');
  await until('taken so', () => /text = "Import labour", because = \["c05"\]/.test(file()));
  // It is there in other words, and is not proposed again.
  await until(
    'not again',
    async () => (await page.locator('[data-proposal]', { hasText: 'threatens to' }).count()) === 0,
  );
  await page.locator('[data-proposal]', { hasText: 'The union wants' }).focus();
  await page.keyboard.press('ArrowDown');
  await at(page, 'of the company');
  await page.keyboard.press('ArrowUp');
  await at(page, 'The union wants');
  await page.keyboard.press('Escape');
  await until('left', () =>
    page.evaluate(
      () =>
        document.activeElement?.textContent === 'Go on deciding' ||
        document.activeElement?.textContent === 'Decide',
    ),
  );
  await page.keyboard.press('Enter');
  await at(page, 'fact of the author');
  await page.keyboard.press('Shift+Tab');
  await until('left again', async () => (await focused(page)) === '');
  await done();
});

test('axe finds no violation beside proposals, narrow and dark too', async () => {
  const found = [];
  for (const [width, dark] of [
    [1280, false],
    [820, true],
  ]) {
    const { page, done } = await open(server.base, '/', { width, dark });
    await page.getByRole('button', { name: /A text/ }).click();
    await page.getByLabel('The text').waitFor();
    found.push(...(await violations(page, `home ${width}`)));
    await page.getByRole('button', { name: /A text/ }).click();
    await begun(page, `At ${width}`);
    await page.locator('[data-proposal]', { hasText: 'The union wants' }).focus();
    found.push(...(await violations(page, `write ${width}`)));
    await page.keyboard.press('F2');
    await page.locator('form[data-taking]').waitFor();
    found.push(...(await violations(page, `form ${width}`)));
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `the page is ${wide} px too wide at ${width}`);
    await done();
  }
  assert.deepEqual(found, []);
});

test('a dropped text begins a case; a case that is there is read without being changed', async () => {
  const { page, done } = await open(server.base);
  const data = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], 'strike.md', { type: 'text/markdown' }));
    return transfer;
  }, article);
  await page.dispatchEvent('main', 'drop', { dataTransfer: data });
  await until(
    'the text stands there',
    async () => (await page.getByLabel('The text').inputValue()) === article,
  );
  await done();

  const path = 'known.toml';
  writeFileSync(join(folder.dir, 'known.txt'), article);
  writeFileSync(
    join(folder.dir, path),
    'format = 1\n[case]\ntitle = "Known"\n[source.text]\ntitle = "Ferries"\ntext = "known.txt"\n' +
      '[claim.x]\nsource = "text"\nat = "s2"\nsays = "More pay."\n[actor.u]\nname = "The union"\noption.strike = "Strike"\n',
  );
  const written = folder.read(path);
  const other = await open(server.base, view('write', path));
  await other.page.locator('[data-sentence="2"]').waitFor();
  assert.equal(await other.page.locator('[data-proposal]').count(), 0, 'nobody asked for proposals');
  await other.page.getByRole('button', { name: 'Proposals of the text' }).click();
  await other.page.locator('[data-sentence="2"]').getByText('2 in the case').waitFor();
  await progress(other.page, '0 of 10 sentences decided');
  assert.equal(folder.read(path), written);
  await other.done();
});

test('a long text is read by pages, and that is said', async () => {
  const text =
    'A long text\n\n' + 'The company threatens to close the port. The union wants more pay.\n'.repeat(130);
  const start = 'format = 1\n[case]\ntitle = "Long"\n[source.text]\ntitle = "A long text"\n';
  const ask = async (body) => {
    const response = await api(server.base, '/proposals', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ path: 'long.toml', text: start, source: 'text', from: 1, ...body }),
    });
    return [response.status, await response.json()];
  };
  const [status, last] = await ask({ pasted: text, from: 201 });
  assert.equal(status, 200);
  assert.equal(last.more, 'Sentences 201 to 260 of 260 are read here.');
  assert.ok(last.proposals.every((one) => one.sentence > 200 && one.sentence <= 260));
  const wish = last.proposals.find((one) => one.kind === 'wish');
  const [, taken] = await ask({ pasted: text, from: 201, taking: [{ key: wish.key, way: 0 }] });
  assert.deepEqual(taken.edits, wish.ways[0].edits);
  for (const [body, words] of [
    [{ source: 'no' }, /has no source `no`/],
    [{ text: 'a = = b' }, /no TOML/],
    [{ pasted: text, taking: [{ key: 'wish-1-0', way: 0 }] }, /not open any more/],
    [{ pasted: text, from: 201, taking: [{ key: wish.key, way: 99 }] }, /not open any more/],
    [{ pasted: 'x'.repeat(4 * 2 ** 20 + 1) }, /larger than 4 MiB/],
  ]) {
    const [code, problem] = await ask(body);
    assert.equal(code, 400, JSON.stringify(problem).slice(0, 200));
    assert.match(problem.message, words);
  }
  // A case is called as its text is, and has its date; a date that is none is refused.
  const made = async (body) => {
    const response = await api(server.base, '/new', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ title: '', template: 'document', source: null, ...body }),
    });
    return [response.status, await response.json()];
  };
  const source = 'Port closes\nBy A. Writer, 3 May 2011\n\nThe union wants more pay.\n';
  const [, { path }] = await made({ source });
  assert.equal(path, 'port-closes/case.toml');
  for (const line of ['title = "Port closes"', 'author = "By A. Writer, 3 May 2011"', 'as_of = "2011-05-03"'])
    assert.ok(folder.read(path).includes(line), folder.read(path));
  const [, given] = await made({ source, title: 'Mine', author: 'B', date: '2012-01' });
  assert.match(folder.read(given.path), /title = "Mine"[\s\S]*author = "B"[\s\S]*date = "2012-01"/);
  assert.match((await made({ source, date: 'last May' }))[1].message, /no date/);
  assert.match((await made({}))[1].message, /needs a title/);
  const [, none] = await ask({});
  assert.equal(none.found, false);
});

test('the judgement that matters most is asked, and answered by one key', async () => {
  const path = 'syria-iraq-1975/case.toml';
  const { page, done } = await open(server.base, view('answer', path));
  const written = folder.read(path);
  const judged = page.getByRole('region', { name: 'The judgement that matters most' });
  const ask = () => judged.locator('b').textContent();
  await judged.getByText(/Is it so that/).waitFor();
  const [first, of] = [await ask(), Number(/of (\d+) to check/.exec(await judged.textContent())[1])];
  // It is so: the next is asked, here and after a reload.
  await page.keyboard.press('y');
  await until('the next', async () => (await ask()) !== first);
  await judged.getByText(`${of - 1} of ${of} to check`).waitFor();
  await page.reload();
  await judged.getByText(`${of - 1} of ${of} to check`).waitFor();
  assert.notEqual(await ask(), first);
  assert.equal(folder.read(path), written);
  // It is otherwise: the file says so, the answer is the other, and one step takes it back.
  const lead = () => page.locator('.head .say').first().textContent();
  const before = await lead();
  await page.keyboard.press('o');
  await until('the answer turns', async () => (await lead()) !== before);
  await until('it is in the file', () => folder.read(path) !== written);
  await page.keyboard.press('Control+z');
  await until('undone', () => folder.read(path) === written);
  await until('as before', async () => (await lead()) === before);
  await done();
});
