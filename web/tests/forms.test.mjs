// Forms by hand: what each changes in the file, and that none ever changes another thing than the one on the screen.
import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { closeAll, downloaded, editorText, open, serve, until, view } from './harness.mjs';

after(closeAll);

const start = `format = 1
[case]
title = "Quay"

[source.note]
title = "A note"
[claim.c01]
source = "note"
says = "The port will not sell."
[claim.c02]
source = "note"
says = "The city wants the quay."

[actor.city]
name = "The city"
[actor.city.option]
buy = { text = "Buy the quay", assumption = true }
sue = { text = "Go to court", because = ["c02"] }

[[actor.city.prefers]]
that = "port.sell"
because = ["c02"]
[[actor.city.prefers]]
that = "not city.sue"
assumption = true

[actor.port]
name = "The port"
[actor.port.option]
sell = { text = "Sell the quay", assumption = true }

[[actor.port.prefers]]
that = "not port.sell"
because = ["c01"]

[[rule]]
never = "city.buy and not port.sell"
assumption = true

[define]
deal = "city.buy and port.sell"

[status_quo]
on = []

[question.deal]
ask = "Is there a deal?"
kind = "possible"
outcome = "deal"
`;

/** A folder with one case, a server on it and a page that shows it. */
async function desk(text = start, { at = 'write', allow = [/409/] } = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'detente-forms-'));
  const file = join(dir, 'quay.toml');
  writeFileSync(file, text);
  const server = await serve(dir);
  const opened = await open(server.base, at === 'home' ? '/' : view(at, 'quay.toml'), { allow });
  const { page } = opened;
  if (at === 'write') await page.locator('.cm-content').waitFor();
  return {
    ...opened,
    dir,
    file,
    server,
    read: () => readFileSync(file, 'utf8'),
    part: (name) => page.locator('.form .sub').getByRole('button', { name, exact: true }).click(),
    saved: (what, pattern) => until(what, () => pattern.test(readFileSync(file, 'utf8'))),
    async end() {
      await opened.done();
      await server.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
const fill = async (field, words) => {
  await field.fill(words);
  await field.press('Enter');
};

test('a form on an old view changes the thing that it shows, or nothing', async () => {
  const { page, file, read, saved, end } = await desk();
  await page.locator('.wishes > li').nth(1).locator('.tx').click();
  const says = page.locator('.wx').getByRole('textbox', { name: 'In words, for reasons' });
  await says.waitFor();
  // Verdicts, and with them the view of the form, take their time; meanwhile somebody adds a wish above.
  await page.route('**/api/v1/live', (route) => setTimeout(() => route.continue().catch(() => {}), 2500));
  const above = '[[actor.city.prefers]]\nthat = "city.buy"\nassumption = true\n';
  writeFileSync(file, start.replace('[[actor.city.prefers]]', `${above}[[actor.city.prefers]]`));
  await until('the text follows', async () => (await editorText(page)).includes('that = "city.buy"'));
  assert.equal(await page.locator('.wishes > li').count(), 2, 'the form is that of before');
  await fill(says, 'it stays out of court');
  await saved('the change', /it stays out of court/);
  // Both changes are in it: that is said, quietly.
  const quiet = page.getByRole('status').filter({ hasText: /Changed outside at \d\d:\d\d: merged/ });
  await quiet.waitFor();
  await quiet.getByRole('button', { name: 'Close' }).click();
  await quiet.waitFor({ state: 'detached' });
  const written = read();
  const wish = written.split('[[actor.city.prefers]]').find((part) => part.includes('out of court'));
  assert.match(wish, /that = "not city\.sue"/, 'of the wish that was on the screen');
  assert.equal(written.match(/\[\[actor\.city\.prefers\]\]/g).length, 3);
  await page.unroute('**/api/v1/live');
  await until('three', async () => (await page.locator('.wishes > li').count()) === 3);

  // What somebody changed meanwhile is not changed over: both are shown, and the reader brings them together.
  await page.locator('.wishes > li').nth(1).locator('.tx').click();
  const other = page.locator('.wx').getByRole('textbox', { name: 'In words, for reasons' });
  await page.route('**/api/v1/live', (route) => setTimeout(() => route.continue().catch(() => {}), 2500));
  writeFileSync(file, read().replace('that = "port.sell"\n', 'that = "port.sell"\nsays = "theirs"\n'));
  await until('the text follows', async () => (await editorText(page)).includes('says = "theirs"'));
  await fill(other, 'mine');
  const banner = page.getByRole('alert').filter({ hasText: 'A change no longer fits' });
  await banner.waitFor();
  assert.ok(!read().includes('says = "mine"') && read().includes('says = "theirs"'));
  await banner.getByRole('button', { name: 'Show the difference' }).click();
  const dialog = page.getByRole('dialog', { name: 'A change no longer fits' });
  await dialog.locator('.two .add', { hasText: 'mine' }).waitFor();
  await dialog.locator('.two .there', { hasText: 'theirs' }).waitFor();
  await dialog.getByRole('button', { name: 'Mine', exact: true }).click();
  await dialog.getByRole('button', { name: 'Keep the merged text' }).click();
  await saved('mine', /says = "mine"/);
  assert.ok(!read().includes('theirs'));
  await end();
});

test('fields show the file: after undo, after a change outside, while the text is not readable', async () => {
  const { page, file, saved, end } = await desk();
  const option = page.getByRole('textbox', { name: 'city.buy' });
  await fill(option, 'Buy it now');
  await saved('renamed', /Buy it now/);
  await page
    .locator('h1')
    .first()
    .evaluate(() => document.activeElement.blur());
  await page.getByRole('button', { name: 'Undo' }).click();
  await until('the field shows the old words', async () => (await option.inputValue()) === 'Buy the quay');
  await saved('so does the file', /Buy the quay/);
  writeFileSync(file, start.replace('Buy the quay', 'Buy half of it'));
  await until('what somebody else wrote', async () => (await option.inputValue()) === 'Buy half of it');
  await page.getByText(/Changed outside at .*you see what the file says now/).waitFor();
  // No TOML: the form changes nothing.
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.insertText('x = = 1\n');
  await page.getByText('the form shows it as it was').waitFor();
  assert.equal(await option.isEditable(), false);
  await page.getByRole('button', { name: 'Undo' }).click();
  await until('it can be changed again', () => option.isEditable());
  // An error of the case is no error of its text: it is mended by form.
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+End');
  await page.keyboard.insertText('[[rule]]\nnever = "city.bye"\n');
  await page.getByText('1 problem').first().waitFor();
  assert.ok(await option.isEnabled());
  await page.locator('.form .sub').getByRole('button', { name: 'Rules' }).click();
  await page.getByRole('button', { name: /^Remove: .*city\.bye/ }).click();
  await page.getByText('No problems').waitFor();
  await end();
});

test('a press on evidence opens it; only its own button takes it away', async () => {
  const { page, read, saved, end } = await desk();
  await page.locator('li.opt', { hasText: 'city.sue' }).getByRole('button', { name: /^c02/ }).click();
  await page.locator('.source .card').waitFor();
  await page.waitForTimeout(700);
  assert.match(read(), /sue = \{ text = "Go to court", because = \["c02"\] \}/);
  await page.getByRole('button', { name: /^More of: Go to court/ }).click();
  await page.getByRole('button', { name: 'Detach c02 from: Go to court' }).click();
  await saved('detached', /sue = \{ text = "Go to court" ?\}/);
  await end();
});

test('a rule in words that nobody knows stays in its field, and the file as it is', async () => {
  const { page, part, read, saved, end } = await desk();
  await part('Rules');
  const field = page.getByRole('combobox', { name: 'Add a rule' });
  await fill(field, 'the mayor resigns');
  await page.getByText('Nothing is called that').waitFor();
  assert.equal(await field.inputValue(), 'the mayor resigns');
  assert.equal(read(), start);
  // In words that are known, and as a formula of who knows them.
  await fill(field, 'court');
  await saved('by words', /never = "city\.sue"/);
  await fill(field, 'city.sue and port.sell');
  await saved('by formula', /never = "city\.sue and port\.sell"/);
  // Built further of words: both parts, one of them turned round.
  await page.locator('.rule .words').nth(2).click();
  const group = page.locator('.rule').nth(2);
  await group.getByRole('button', { name: /^Turn round: The port: Sell/ }).click();
  await saved('turned round', /never = "city\.sue and not port\.sell"/);
  await group.getByRole('combobox', { name: 'How the parts are joined' }).click();
  await page.getByRole('option', { name: 'At least one of these' }).click();
  await saved('joined in another way', /never = "city\.sue or not port\.sell"/);
  await end();
});

test('removing lists what goes with it and asks; a new id is a new id everywhere; things change places', async () => {
  const { page, read, saved, end } = await desk();
  await page.getByText('More of: The city').click();
  const id = page.getByRole('textbox', { name: 'Id of The city' });
  await fill(id, 'town');
  await saved('everywhere', /never = "town\.buy and not port\.sell"/);
  assert.ok(!read().includes('city.'), read());
  await page.getByRole('tab', { name: /port/ }).click();
  await page.getByText('More of: The port').click();
  await page.getByRole('button', { name: 'Move up: The port' }).click();
  await saved('the port is first', /\[actor\.port\][\s\S]*\[actor\.town\]/);
  await page.getByRole('button', { name: 'Remove it: The port' }).click();
  const ask = page.getByRole('alertdialog');
  await ask.getByText('Without The port').waitFor();
  for (const part of [/The city.*port will sell/i, /never/i, /Is there a deal/])
    await ask.locator('li', { hasText: part }).first().waitFor();
  assert.match(read(), /\[actor\.port\]/, 'nothing is gone before one says so');
  await ask.getByRole('button', { name: 'Keep it' }).click();
  await ask.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Remove it: The port' }).click();
  await ask.getByRole('button', { name: 'Remove all of it' }).click();
  await until('gone with all that it held', () => !read().includes('port.'));
  await until('and the rest reads', () => page.getByText('No problems').isVisible());
  await end();
});

test('what goes, what is taken and what does not answer is told in words, and never as it stands in the file', async () => {
  const more = `[assembly.upper-house]
seats = { city = 3, port = 2 }
[outcome.quiet]
name = "A quiet deal"
on = "city.buy"
[together.one]
title = "One witness"
claims = ["c01"]
confidence = 0.8
[variant.calm]
title = "Without the court"
unavailable = ["city.sue"]
`;
  const { page, saved, read, end } = await desk(start + more, { allow: [/400/, /409/, /ERR_FAILED/] });
  await page.getByText('More of: The city').click();
  await page.getByRole('button', { name: 'Remove it: The city' }).click();
  const ask = page.getByRole('alertdialog');
  for (const part of [
    'the seats of The city in the assembly “Upper house”',
    'an outcome: A quiet deal',
    'What cannot be done, in the version “Without the court”',
  ])
    await ask.locator('li', { hasText: part }).first().waitFor();
  const lines = await ask.locator('li').allTextContents();
  for (const line of lines) assert.doesNotMatch(line, /[a-z]\.[a-z]|[[\]_]/, line);
  assert.equal(new Set(lines).size, lines.length, 'each once');
  await ask.getByRole('button', { name: 'Keep it' }).click();

  // An id that is taken, one that is none.
  await page.getByRole('button', { name: /^More of: Buy the quay/ }).click();
  const id = page.getByRole('textbox', { name: 'Id of Buy the quay' });
  const foot = page.locator('footer [role="alert"]');
  await fill(id, 'sue');
  await foot
    .filter({ hasText: '“sue” is taken already: The city: Go to court. Choose another id.' })
    .waitFor();
  await fill(id, 'Buy It');
  await foot.filter({ hasText: '“Buy It” cannot be an id' }).waitFor();
  assert.equal(await foot.textContent().then((words) => /`/.test(words)), false);
  await fill(id, 'lease');
  await saved('renamed', /lease = \{ text = "Buy the quay"/);
  assert.match(read(), /on = "city\.lease"/);

  // No answer of the server is told as a browser does.
  const told = async (what) => {
    await until(what, async () =>
      (await page.locator('body').textContent()).includes('The workbench does not answer'),
    );
    assert.doesNotMatch(
      await page.locator('body').textContent(),
      /Failed to fetch|NetworkError|TypeError/,
      what,
    );
  };
  await page.route('**/api/v1/falls', (route) => route.abort());
  await page.getByRole('button', { name: 'Remove: Go to court' }).click();
  await told('what would fall');
  await page.unroute('**/api/v1/falls');
  await page.getByRole('button', { name: 'Remove: Go to court' }).click();
  await ask.waitFor();
  await until('it answers again', async () => (await foot.count()) === 0);
  await page.route('**/api/v1/why', (route) => route.abort());
  await page.getByRole('link', { name: 'Answer', exact: true }).click();
  await told('a reason');
  await end();
});

test('the foot holds on any width, and lists stay at what opened them', async () => {
  const { page, saved, end } = await desk(start, { allow: [/400/] });
  await fill(page.getByRole('textbox', { name: 'city.buy' }), 'Lease it');
  await saved('changed', /Lease it/);
  await page.getByRole('button', { name: /^More of: Lease it/ }).click();
  await fill(page.getByRole('textbox', { name: 'Id of Lease it' }), 'sue');
  const wrong = page.locator('footer [role="alert"]');
  await wrong.filter({ hasText: 'taken already' }).waitFor();
  for (const view of ['write', 'answer']) {
    if (view === 'answer') await page.getByRole('link', { name: 'Answer', exact: true }).click();
    for (const width of [360, 640, 820, 900, 1023, 1024, 1100, 1279, 1280, 1600]) {
      await page.setViewportSize({ width, height: 700 });
      const found = await page.locator('footer').evaluate((foot) => {
        const seen = [...foot.querySelectorAll('p, .line > *')].filter((one) => one.offsetWidth);
        const boxes = seen.map((one) => ({
          ...one.getBoundingClientRect().toJSON(),
          words: one.textContent.trim(),
        }));
        const line = boxes.filter((_, n) => seen[n].localName !== 'p');
        return {
          outside: boxes.filter(
            (box) => box.left < 0 || box.right > innerWidth + 0.5 || box.bottom > innerHeight + 0.5,
          ),
          over: line.filter((box, n) => n && box.left < line[n - 1].right - 0.5),
          lines: new Set(line.map((box) => Math.round((box.top + box.bottom) / 2 / 4))).size,
          cut: seen.filter((one) => one.localName === 'p' && one.scrollWidth > one.clientWidth).length,
          words: boxes.map((box) => box.words).join('|'),
          page: document.documentElement.scrollWidth - innerWidth,
        };
      });
      const { words, ...rest } = found;
      assert.deepEqual(
        rest,
        { outside: [], over: [], lines: 1, cut: 0, page: 0 },
        `${view} at ${width}: ${words}`,
      );
      assert.match(words, /taken already.*Saved/s, `${view} at ${width}`);
    }
  }
  // What opens goes with what opened it when that is scrolled, and away with it.
  await page.setViewportSize({ width: 1280, height: 500 });
  await page.getByRole('link', { name: 'Write', exact: true }).click();
  await page.getByRole('button', { name: /^More of: Lease it/ }).click();
  const opener = page.getByRole('combobox', { name: 'How it can be moved' });
  await opener.scrollIntoViewIfNeeded();
  await opener.click();
  const list = page.getByRole('listbox', { name: 'How it can be moved' });
  const apart = async () => {
    const [a, b] = [await opener.boundingBox(), await list.boundingBox()];
    return Math.min(Math.abs(b.y - (a.y + a.height)), Math.abs(b.y + b.height - a.y));
  };
  assert.ok((await apart()) <= 6);
  await page.locator('.form .pb').evaluate((pane) => pane.scrollBy(0, 30));
  await until('it follows', async () => (await apart()) <= 6);
  // The page scrolls by itself: what one is at comes back. One scrolls away: the list goes with what opened it.
  const pane = page.locator('.form .pb');
  await pane.evaluate((one) => {
    one.querySelector('fieldset').style.padding = '2000px 0';
    one.scrollTo(0, 0);
  });
  await until('it is brought back', async () => (await list.isVisible()) && (await apart()) <= 6);
  const at = await pane.boundingBox();
  await page.mouse.move(at.x + 4, at.y + at.height / 2);
  await page.mouse.wheel(0, 4000);
  await list.waitFor({ state: 'hidden' });
  await page.keyboard.press('Escape');
  await end();
});

test('names, the situation and doubts by form', async () => {
  const { page, part, saved, read, end } = await desk();
  const add = (what) => page.getByRole('textbox', { name: `Add ${what}`, exact: true });
  await part('Names');
  await fill(add('an outcome'), 'A quiet deal');
  await saved('an outcome', /\[outcome\.quiet-deal\]\nname = "A quiet deal"/);
  const made = page.locator('.list > li', { hasText: 'A quiet deal' });
  // What it is nobody said: it is asked, and marked.
  await made.locator('.row', { hasText: 'What it is still open' }).waitFor();
  await fill(made.getByRole('combobox', { name: 'What it is' }), 'sell');
  await saved('what it is', /on = "port\.sell"/);
  await part('Situation');
  await page.getByRole('button', { name: 'Add a tie' }).click();
  // Of two actors it is known between whom it is; which kind it is nobody said.
  await saved('a tie', /\[\[tie\]\]\nbetween = \["city", "port"\]\nassumption/);
  await page.locator('.row', { hasText: 'Kind still open' }).waitFor();
  await page.getByRole('combobox', { name: /^Kind/ }).click();
  await page.getByRole('option', { name: 'hostile' }).click();
  await saved('hostile', /kind = "hostile"/);
  await fill(add('a body'), 'Harbour council');
  await saved('a body', /\[body\.harbour-council\]\nname = "Harbour council"/);
  await page.getByRole('combobox', { name: /^Members/ }).click();
  await page.getByRole('option', { name: /The city/ }).click();
  await saved('a member', /members = \["city"\]/);
  await fill(add('a document'), 'Draft of May');
  await saved('a document', /\[instrument\.draft-may\]/);
  await fill(add('an event'), 'The vote');
  await saved('an event', /\[\[event\]\]\ntitle = "The vote"/);
  await fill(page.getByRole('textbox', { name: 'When', exact: true }), '2026-05');
  await saved('its day', /on = "?2026-05/);
  await fill(page.getByRole('combobox', { name: /^Add an effect/ }), 'sell');
  await saved('an effect', /\[\[effect\]\][\s\S]*when = "port\.sell"/);
  await part('Doubt');
  await fill(add('a group of evidence'), 'One witness');
  await saved('a group', /\[together\.one-witness\]/);
  await fill(page.getByRole('textbox', { name: 'How sure', exact: true }), '0,8');
  await saved('how sure', /confidence = 0\.8/);
  await page.getByRole('combobox', { name: /^Claims/ }).click();
  await page.getByRole('option', { name: /The port will not sell/ }).click();
  await saved('its claims', /claims = \["c01"\]/);
  const slider = page.getByRole('slider', { name: /^How sure you are: .*sell/i }).first();
  await slider.focus();
  await page.keyboard.press('PageDown');
  await saved('a doubt', /confidence = 0\.9/);
  await until('no problem', () => page.getByText('No problems').isVisible());
  assert.ok(read().startsWith(start.slice(0, 40)));
  await end();
});

test('the source by form: title, author, date, link and text at any time', async () => {
  const { page, saved, dir, end } = await desk();
  await page.locator('.about summary').click();
  for (const [name, words, pattern] of [
    ['Author', 'A. Reyes', /author = "A\. Reyes"/],
    ['Date', '2026-05-01', /date = "?2026-05-01"?/],
    ['Link', 'https://example.org/a', /url = "https:\/\/example\.org\/a"/],
  ]) {
    await fill(page.locator('.about').getByRole('textbox', { name, exact: true }), words);
    await saved(name, pattern);
  }
  await page.locator('.about').getByLabel('The text, pasted').fill('The port will not sell. The city waits.');
  await page.getByRole('button', { name: 'Keep the text' }).click();
  await saved('the text', /text = "sources\/note\.txt"/);
  assert.match(readFileSync(join(dir, 'sources/note.txt'), 'utf8'), /The city waits/);
  await page.locator('[data-sentence="2"]', { hasText: 'The city waits.' }).waitFor();
  await end();
});

test('a double click makes one thing, and the button for selected words stays on the screen', async () => {
  const text = start.replace('title = "A note"', 'title = "A note"\ntext = "note.txt"');
  const { page, dir, part, read, saved, end } = await desk(text);
  writeFileSync(
    join(dir, 'note.txt'),
    `${'The port will not sell. The city waits for the answer of the harbour company. '.repeat(20)}\n`,
  );
  await page.reload();
  await page.locator('[data-sentence="2"]').waitFor();
  const claims = () => (read().match(/\[claim\./g) ?? []).length;
  await page.getByRole('button', { name: 'New claim from sentence 2', exact: true }).dblclick();
  await until('a claim', () => claims() === 3);
  await page.getByRole('button', { name: 'Add a claim' }).dblclick();
  await until('another', () => claims() === 4);
  await part('Situation');
  await page.getByRole('button', { name: 'Add a tie' }).dblclick();
  await saved('a tie', /\[\[tie\]\]/);
  await part('Actors');
  await page.getByRole('textbox', { name: 'Add an option' }).fill('Wait');
  await page.getByRole('button', { name: 'Add an option' }).dblclick();
  await saved('an option', /Wait/);
  await page.waitForTimeout(600);
  assert.equal(claims(), 4);
  assert.equal(read().match(/\[\[tie\]\]/g).length, 1);
  assert.equal(read().match(/text = "Wait"/g).length, 1);

  // At the right edge and at the lower one, in a wide and in a narrow window.
  for (const [width, height] of [
    [1280, 800],
    [820, 1180],
    [640, 400],
  ]) {
    await page.setViewportSize({ width, height });
    if (width < 1024)
      await page.getByRole('group', { name: 'Pane' }).getByRole('button', { name: 'Source' }).click();
    const pane = page.locator('.source .pb');
    for (const last of [true, false]) {
      await pane.evaluate((one, last) => {
        const box = one.getBoundingClientRect();
        // The word that is furthest to the right, of the first lines or of the last that one sees.
        one.scrollTop = last ? 40 : one.scrollHeight / 2;
        const ranges = [...one.querySelectorAll('[data-sentence] p > span')].flatMap((span) => {
          const node = span.firstChild;
          return [...node.data.matchAll(/\S+/g)].map(({ index, 0: word }) => {
            const range = document.createRange();
            range.setStart(node, index);
            range.setEnd(node, index + word.length);
            return { range, at: range.getBoundingClientRect() };
          });
        });
        const seen = ranges.filter(
          ({ at }) => at.top > box.top && at.bottom <= Math.min(box.bottom, innerHeight),
        );
        const lowest = Math.max(...seen.map(({ at }) => at.bottom));
        const line = last ? seen.filter(({ at }) => at.bottom > lowest - 4) : seen;
        const { range } = line.reduce((best, one) => (one.at.right > best.at.right ? one : best));
        const selection = getSelection();
        selection.removeAllRanges();
        selection.addRange(range);
        one.dispatchEvent(new MouseEvent('mouseup', { bubbles: true }));
      }, last);
      const button = page.getByRole('button', { name: /New claim with these words/ });
      await button.waitFor();
      await page.waitForTimeout(60);
      const [at, inside] = [await button.boundingBox(), await pane.boundingBox()];
      assert.ok(
        at.x >= inside.x && at.x + at.width <= Math.min(inside.x + inside.width, width) + 1,
        `${width}: ${JSON.stringify([at, inside])}`,
      );
      assert.ok(
        at.y >= inside.y && at.y + at.height <= Math.min(inside.y + inside.height, height) + 1,
        `${width}: ${JSON.stringify([at, inside])}`,
      );
    }
  }
  await end();
});

test('a read-only file is not written, and a file that is gone is not made anew unasked', async () => {
  const { page, file, read, end } = await desk(start, { allow: [/403/, /404/, /409/] });
  chmodSync(file, 0o444);
  await page.reload();
  await page.getByText('This file is read-only').waitFor();
  // All of it can be read: every actor, what opens, every part; nothing of it can be changed.
  const held = async (what) => {
    const free = await page
      .locator('.pane.form fieldset')
      .evaluate((form) =>
        [...form.querySelectorAll('input, textarea, button')]
          .filter((one) => !one.closest('[data-look]') && !one.disabled && !one.readOnly)
          .map((one) => one.outerHTML),
      );
    assert.deepEqual(free, [], what);
  };
  const option = page.getByRole('textbox', { name: 'city.buy' });
  assert.equal(await option.isEditable(), false);
  await held('actors');
  await page.getByRole('button', { name: /^More of: Buy the quay/ }).click();
  await page.getByRole('combobox', { name: 'How it can be moved' }).waitFor();
  await page.locator('.wishes .tx').first().click();
  await page.locator('.wx').waitFor();
  await held('what is open');
  await page.getByRole('tab', { name: /port/ }).click();
  await page.getByRole('textbox', { name: 'port.sell' }).waitFor();
  await held('another actor');
  for (const name of ['Rules', 'Names', 'Question', 'Start', 'Doubt']) {
    await page.locator('.form .sub').getByRole('button', { name, exact: true }).click();
    const words = page.locator('.form .list .words');
    if (await words.count()) await words.first().click();
    await held(name);
  }
  await page.locator('.form .sub').getByRole('button', { name: 'Actors', exact: true }).click();
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+End');
  await page.keyboard.insertText('# mine\n');
  await page.waitForTimeout(900);
  assert.equal(read(), start);
  // It is lifted by itself, and what was typed goes into the file then; as it is seen by itself when it comes.
  chmodSync(file, 0o644);
  await until('it is saved', () => read().endsWith('# mine\n'));
  await page.getByText('This file is read-only').waitFor({ state: 'detached' });
  await page.getByRole('tab', { name: /city/ }).click();
  await until('it can be changed', () => option.isEditable());
  chmodSync(file, 0o444);
  await page.getByText('This file is read-only').waitFor();
  assert.equal(await option.isEditable(), false);
  chmodSync(file, 0o644);
  await page.getByText('This file is read-only').waitFor({ state: 'detached' });
  rmSync(file);
  const gone = page.getByRole('alert').filter({ hasText: 'deleted or moved away' });
  await gone.waitFor();
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+End');
  await page.keyboard.insertText('# after\n');
  await page.waitForTimeout(900);
  assert.ok(!existsSync(file), 'not made anew');
  await gone.getByRole('button', { name: 'Write it again' }).click();
  await until('written', () => existsSync(file) && read().endsWith('# after\n'));
  await gone.waitFor({ state: 'detached' });
  await end();
});

test('undo leads back also after a reload; nine tabs work at once', async () => {
  const { page, context, server, saved, end } = await desk();
  await fill(page.getByRole('textbox', { name: 'city.buy' }), 'Lease it');
  await saved('changed', /Lease it/);
  await until('told', async () => /Saved/.test(await page.locator('footer').textContent()));
  await page.reload();
  await page.locator('.cm-content').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await saved('back', /Buy the quay/);
  const tabs = [page];
  for (let n = 0; n < 8; n++) {
    const tab = await context.newPage();
    await tab.goto(server.base + view('write', 'quay.toml'));
    await tab.locator('.cm-content').waitFor();
    tabs.push(tab);
  }
  await tabs[8].locator('.cm-content').click();
  await tabs[8].keyboard.press('Control+End');
  await tabs[8].keyboard.insertText('# from the ninth tab\n');
  await saved('saved', /# from the ninth tab/);
  for (const tab of tabs)
    await until('each follows', async () => (await editorText(tab)).includes('# from the ninth tab'));
  // The one that listens for all is closed: another takes over.
  await tabs[0].close();
  await tabs[5].locator('.cm-content').click();
  await tabs[5].keyboard.press('Control+End');
  await tabs[5].keyboard.insertText('# and the sixth\n');
  for (const tab of tabs.slice(1))
    await until('still', async () => (await editorText(tab)).includes('# and the sixth'));
  await end();
});

test('what another actor can do is no fix for what one wrote', async () => {
  const text = start.replace('that = "not port.sell"', 'that = "not prt.sell and port.sall"');
  const { page, end } = await desk(`${text}[[rule]]\nnever = "x.sell"\n`);
  await page.locator('.diag li', { hasText: 'port.sall' }).waitFor();
  const fixes = await page
    .locator('.diag li')
    .evaluateAll((all) =>
      all.map((li) => [li.textContent, li.querySelector('button.btn')?.getAttribute('aria-label') ?? '']),
    );
  const of = (name) => fixes.find(([words]) => words.includes(name))?.[1] ?? '';
  assert.match(of('port.sall'), /Sell the quay/);
  assert.equal(of('x.sell'), '');
  assert.ok(
    fixes.every(([, fix]) => !/city/.test(fix)),
    JSON.stringify(fixes),
  );
  await end();
});

test('Home: duplicate, rename, delete and bring back, by recency; forecasts', async () => {
  const { page, dir, file, end } = await desk(start, { at: 'home' });
  const row = (title) =>
    page.locator('.cases ol > li').filter({ has: page.locator('b', { hasText: new RegExp(`^${title}$`) }) });
  await row('Quay').waitFor();
  mkdirSync(join(dir, 'old'));
  await row('Quay').hover();
  await page.getByRole('button', { name: 'Duplicate: Quay' }).dblclick();
  await row('Quay \\(copy\\)').waitFor();
  await page.waitForTimeout(600);
  assert.equal(existsSync(join(dir, 'quay-copy-2')), false, 'a double click makes one');
  assert.match(readFileSync(join(dir, 'quay-copy/case.toml'), 'utf8'), /title = "Quay \(copy\)"/);
  assert.match(
    await page.locator('.cases ol > li b').first().textContent(),
    /copy/,
    'the last changed first',
  );
  await row('Quay \\(copy\\)').hover();
  await page.getByRole('button', { name: 'Rename: Quay (copy)' }).click();
  await fill(page.getByRole('textbox', { name: 'New title' }), 'Quay, second thoughts');
  await row('Quay, second thoughts').waitFor();
  assert.match(readFileSync(join(dir, 'quay-copy/case.toml'), 'utf8'), /title = "Quay, second thoughts"/);
  await row('Quay').hover();
  await page.getByRole('button', { name: 'Delete: Quay', exact: true }).click();
  await page.getByText('“Quay” was deleted.').waitFor();
  await row('Quay').waitFor({ state: 'detached' });
  assert.ok(!existsSync(file));
  await page.getByRole('button', { name: 'Bring it back' }).click();
  await row('Quay').waitFor();
  assert.equal(readFileSync(file, 'utf8'), start);
  await end();
});

test('another case stands beside this one', async () => {
  const { page, dir, server, end } = await desk();
  writeFileSync(
    join(dir, 'other.toml'),
    start.replace('"Quay"', '"Pier"').replace('"not port.sell"', '"port.sell"'),
  );
  await page.goto(server.base + view('whatif', 'quay.toml'));
  await page.getByRole('combobox', { name: /Another case beside it/ }).click();
  await page.getByRole('option', { name: /other\.toml/ }).click();
  await page.getByRole('heading', { name: '“Pier” beside this case' }).waitFor();
  await page.locator('.bes li', { hasText: 'wish' }).first().waitFor();
  await page.locator('.bes tbody tr', { hasText: 'Is there a deal?' }).getByText('Yes').last().waitFor();
  await end();
});

test('a picture that leaves the page carries title, day, legend and fonts; a table copies as one', async () => {
  // Today is an outcome that somebody leaves: the picture has a move.
  const { page, end } = await desk(start.replace('on = []', 'on = ["port.sell"]'), { at: 'answer' });
  await page.locator('svg.graph').waitFor();
  await page.getByRole('button', { name: 'Export' }).click();
  const dialog = page.getByRole('dialog');
  const row = dialog.locator('li', { hasText: 'Who moves it there' });
  const svg = await downloaded(page, () => row.getByRole('button', { name: /SVG/ }).click());
  const text = svg.bytes.toString();
  const found = await page.evaluate((source) => {
    const parsed = new DOMParser().parseFromString(source, 'image/svg+xml');
    return {
      words: [...parsed.querySelectorAll('text')].map((one) => one.textContent),
      families: [
        ...new Set(
          [...parsed.querySelectorAll('[font-family]')].map((one) =>
            one.getAttribute('font-family').split(',')[0].replace(/["']/g, '').trim(),
          ),
        ),
      ],
      style: parsed.querySelector('style').textContent,
      title: parsed.querySelector('title').textContent,
    };
  }, text);
  assert.equal(found.title, 'Quay: Who moves it there');
  assert.ok(found.words.includes('Quay'));
  assert.ok(
    found.words.some((words) => words.includes('Drawn') && words.includes('Who moves it there')),
    found.words.join('|'),
  );
  assert.ok(found.words.some((words) => /alone, each by its best step/.test(words)));
  assert.ok(found.words.includes('Po') && found.words.includes('The port'), 'who the codes are');
  for (const family of found.families)
    assert.ok(found.style.includes(family), `the font of ${family} is inside`);
  assert.match(found.style, /data:font\/woff2;base64,/);
  const png = await downloaded(page, () => row.getByRole('button', { name: /PNG/ }).click());
  assert.ok(png.bytes.length > 10_000);
  await dialog.getByRole('button', { name: 'Copy', exact: true }).first().click();
  const copied = await page.evaluate(async () => {
    // The page writes while this asks.
    for (;;) {
      const [item] = await navigator.clipboard.read();
      if (item?.types.includes('text/html') && item.types.includes('text/plain'))
        return { types: item.types, plain: await (await item.getType('text/plain')).text() };
      await new Promise((again) => setTimeout(again, 50));
    }
  });
  assert.ok(copied.types.includes('text/html'));
  assert.ok(copied.plain.includes('\t') && !/\n\s*[=+@]/.test(copied.plain));
  await dialog.getByText('It opens on this machine').waitFor();
  await end();
});

test('what was said of a case is remembered by what it says: a second look asks for what changed alone', async () => {
  const { page, dir, end } = await desk(start, { at: 'home' });
  for (let n = 0; n < 120; n++)
    writeFileSync(join(dir, `case-${n}.toml`), start.replace('"Quay"', `"Quay ${n}"`));
  const asked = [];
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.pathname === '/api/v1/summary') asked.push(url.searchParams.get('path'));
  });
  const all = async (count) =>
    until(`${count} answers`, async () => (await page.locator('.ans', { hasText: 'Yes' }).count()) === count);
  await page.reload();
  await all(121);
  assert.ok(asked.length >= 120);
  asked.length = 0;
  await page.reload();
  await all(121);
  assert.deepEqual(asked, []);
  writeFileSync(join(dir, 'case-7.toml'), start.replace('"Quay"', '"Another"'));
  await page.reload();
  await all(121);
  assert.deepEqual(asked, ['case-7.toml']);
  // Of many rows those are laid out that one sees.
  const laid = await page
    .locator('.cases ol > li')
    .last()
    .evaluate((li) => getComputedStyle(li).contentVisibility);
  assert.equal(laid, 'auto');
  await end();
});
