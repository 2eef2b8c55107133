// A stranger's hour: a case of one's own from a text, by hand, without a line of TOML and without a formula. Every
// filled field, click, drag and selection of words is counted; Enter and Tab are not.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { cases, closeAll, open, serve, until } from './harness.mjs';

after(closeAll);
const article = readFileSync(new URL('texts/ferry-strike.txt', import.meta.url), 'utf8');
/** Most that it may take. */
const most = 45;

/** What a hand does, counted. */
function hand(page) {
  let count = 0;
  return {
    get count() {
      return count;
    },
    async click(what) {
      count++;
      await what.click();
    },
    /** A field filled; Enter gives it away. */
    async fill(what, words) {
      count++;
      await what.fill(words);
      await what.press('Enter');
    },
    /** Words of a sentence, selected with the mouse. */
    async select(sentence, words) {
      count++;
      const box = await page
        .locator(`[data-sentence="${sentence}"] p span`)
        .first()
        .evaluate((span, wanted) => {
          const node = span.firstChild;
          const from = node.data.indexOf(wanted);
          const range = document.createRange();
          const at = (place) => {
            range.setStart(node, place);
            range.setEnd(node, place + 1);
            const { left, right, top, height } = range.getBoundingClientRect();
            return { left, right, y: top + height / 2 };
          };
          span.scrollIntoView({ block: 'center' });
          const [first, last] = [at(from), at(from + wanted.length - 1)];
          return { x: first.left + 0.5, y: first.y, toX: last.right - 0.5, toY: last.y };
        }, words);
      await page.mouse.move(box.x, box.y);
      await page.mouse.down();
      await page.mouse.move(box.toX, box.toY, { steps: 5 });
      await page.mouse.up();
    },
  };
}

test(`the ferry strike from nothing, in at most ${most} clicks or fields`, async () => {
  const folder = cases();
  const server = await serve(folder.dir);
  const { page, done } = await open(server.base);
  const path = 'ferry-strike/case.toml';
  const file = () => folder.read(path);
  const me = hand(page);
  const field = (name) => page.getByRole('textbox', { name, exact: true });

  await me.click(page.getByRole('button', { name: /A text/ }));
  await me.fill(page.getByLabel('Title', { exact: true }), 'Ferry strike');
  // Enter in the title would start: the text is pasted first, as one sees it there.
  await page.getByLabel('The text').waitFor();
  await me.fill(page.getByLabel('The text'), article);
  await me.click(page.getByRole('button', { name: 'Start', exact: true }));
  await page.locator('[data-sentence="1"]').waitFor();
  assert.doesNotMatch(file(), /First|Second|actor/, 'nothing stands there that nobody wrote');

  const cast = [
    ['The ferry union', 'Keep the boats tied up', 'Accept a mediator'],
    ['The company', 'Offer higher night pay', 'Bring in outside crews'],
    ['The city of Port Marlow', 'Pay half of the night bonus', 'Close the piers'],
  ];
  for (const [name, ...options] of cast) {
    await me.fill(field('Add an actor'), name);
    await page.getByRole('tabpanel', { name }).waitFor();
    for (const [n, option] of options.entries()) {
      await me.fill(field('Add an option'), option);
      await until(`option ${option}`, async () => (await page.locator('li.opt').count()) === n + 1);
    }
  }
  // Most important first; of all that can happen, in words.
  const wants = {
    'The city of Port Marlow': ['accept mediator', 'not boats tied'],
    'The company': ['not keep boats', 'not offer higher'],
    'The ferry union': ['offer higher', 'not outside crews'],
  };
  for (const [name, wishes] of Object.entries(wants)) {
    if (!(await page.getByRole('tabpanel', { name }).isVisible()))
      await me.click(page.getByRole('tab', { name: name.replace(/^The /, '') }));
    for (const [n, wish] of wishes.entries()) {
      await me.fill(page.getByRole('combobox', { name: /^Add a wish/ }), wish);
      await until(`wish ${wish}`, async () => (await page.locator('.wishes > li').count()) === n + 1);
    }
  }
  await until('what was filled in is in the file', () => /that = "company\.offer-higher"/.test(file()));
  assert.match(file(), /that = "not ferry-union\.keep-boats"/);

  // Two claims: the selected words are the quote, and what rests on one is no assumption any more.
  const claims = [
    [
      3,
      'cannot pay more before the summer season',
      'The company cannot pay more yet.',
      /The company will not offer higher night pay/,
    ],
    [
      2,
      'wants the night shift to be paid at a higher rate',
      'The union wants higher pay at night.',
      /The company will offer higher night pay/,
    ],
  ];
  for (const [sentence, words, says, rests] of claims) {
    await me.select(sentence, words);
    await me.click(page.getByRole('button', { name: /New claim with these words/ }));
    const card = page.locator('.card');
    await me.fill(card.getByRole('textbox', { name: 'In your words' }), says);
    await card.getByRole('textbox', { name: 'In your words' }).press('Tab');
    await until('says', () => file().includes(says));
    await me.click(card.getByRole('combobox', { name: /^Attach to/ }));
    await me.click(page.getByRole('option', { name: rests }).first());
    await until('attached', () => /because = \["c0\d"\]/.test(file()));
    assert.ok(file().includes(`quote = "${words}"`), file());
  }
  await until('both', () => (file().match(/because = \[/g) ?? []).length === 2);
  assert.equal(
    file().match(/assumption = true/g).length,
    10,
    'six options and four wishes are still one’s own',
  );

  // Where it stands, and the question.
  const sub = page.locator('.form .sub');
  await me.click(sub.getByRole('button', { name: 'Start' }));
  await me.click(page.getByRole('checkbox', { name: /Keep the boats tied up/ }));
  await me.click(sub.getByRole('button', { name: 'Question' }));
  await me.fill(field('Add a question'), 'Will there be an offer?');
  await me.fill(page.getByRole('combobox', { name: 'Of what' }), 'offer higher');
  await until('no problem is left', async () => page.getByText('No problems').isVisible());
  await me.click(page.getByRole('link', { name: 'Answer' }));
  await page.getByRole('heading', { name: 'Will there be an offer?' }).waitFor();
  await page.locator('table.mx').waitFor();

  console.log(`a stranger's hour: ${me.count} clicks or fields`);
  assert.ok(me.count <= most, `${me.count} clicks or fields, at most ${most}`);
  await until(
    'all of it',
    () =>
      /on = \["ferry-union\.keep-boats"\]/.test(file()) && /outcome = "company\.offer-higher"/.test(file()),
  );
  await done();
  await server.stop();
  folder.remove();
});
