// A case whose claims contradict each other: the reader chooses the account, in the words of the command line.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { binary, cases, closeAll, open, serve, until, view } from './harness.mjs';

after(closeAll);

test('where claims contradict each other one chooses the account, and sees its answer as the command line has it', async () => {
  const folder = cases();
  const server = await serve(folder.dir);
  const path = 'south-caucasus-2023/case.toml';
  const solve = (...args) =>
    execFileSync(binary, ['solve', join(folder.dir, path), '--quiet', ...args]).toString();
  const printed = solve('--format', 'md');
  const { by_reading: told } = JSON.parse(solve('--format', 'json'));
  assert.equal(told.length, 2);
  const answers = told.map((one) => one.questions[0].text);
  assert.notEqual(answers[0], answers[1], 'the accounts differ, or nothing is seen here');

  const { page, done } = await open(
    server.base,
    view('answer', path, `&question=${told[0].questions[0].id}`),
  );
  const accounts = page.getByRole('radio');
  await accounts.first().waitFor({ timeout: 60_000 });
  const titles = (await page.locator('.told label').allTextContents()).map((words) => words.trim());
  for (const title of titles) assert.ok(printed.includes(`\n## ${title}\n`), title);
  assert.ok(printed.includes((await page.locator('.told legend').textContent()).trim()));
  const answer = async (words) =>
    until(
      words,
      async () => (await page.locator('p.say').first().textContent()).replace(/\s+/g, ' ').includes(words),
      60_000,
    );
  assert.ok(await accounts.first().isChecked(), 'the first account, until another is chosen');
  await answer(answers[0]);
  await accounts.first().focus();
  await page.keyboard.press('ArrowDown');
  await answer(answers[1]);
  assert.match(page.url(), new RegExp(`reading=${told[1].id}`));
  // It is the case as written, told in another way; the address keeps it, in every view.
  assert.equal(await page.getByText('This is not the case as written').count(), 0);
  await page.reload();
  await answer(answers[1]);
  assert.ok(await accounts.nth(1).isChecked());
  await page.getByRole('link', { name: 'Can it be?' }).or(page.locator('.qs a').first()).first().click();
  await page.getByText(`In the account “${told[1].id}”`).waitFor();
  // On paper the account that was chosen, and not the other.
  await page.emulateMedia({ media: 'print' });
  assert.ok(await page.locator('.told label.on').isVisible());
  assert.equal(await page.locator('.told label:not(.on)').isVisible(), false);
  await page.emulateMedia({ media: null });
  await page.getByRole('link', { name: 'What if' }).click();
  await page.locator('table.cmp').waitFor({ timeout: 60_000 });
  assert.match(page.url(), new RegExp(`reading=${told[1].id}`));
  await done();
  await server.stop();
  folder.remove();
});

test('what is ticked is what is answered, from the first moment', async () => {
  const folder = cases();
  const server = await serve(folder.dir);
  const path = 'tellers.toml';
  writeFileSync(
    join(folder.dir, path),
    `format = 1
[case]
title = "Two tellers"
[source.s]
title = "S"
[claim.c1]
source = "s"
says = "North wants to pay."
[claim.c2]
source = "s"
says = "North will never pay."
contradicts = ["c1"]
[actor.a]
name = "North"
option.x = { text = "Pay", assumption = true }
prefers = [{ that = "not a.x", because = ["c2"] }, { that = "a.x", because = ["c1"] }]
[actor.b]
name = "South"
option.y = { text = "Send boats", assumption = true }
prefers = [{ that = "b.y", assumption = true }]
[status_quo]
on = []
[question.q]
ask = "Is it paid?"
kind = "possible"
outcome = "a.x"
`,
  );
  const told = JSON.parse(
    execFileSync(binary, ['solve', join(folder.dir, path), '--quiet', '--format', 'json']).toString(),
  ).by_reading;
  assert.deepEqual(
    told.map((one) => one.questions[0].answer),
    ['yes', 'no'],
  );
  const { page, done } = await open(server.base, view('answer', path));
  assert.ok(await page.getByRole('radio').first().isChecked());
  const first = () => page.locator('p.say').first().textContent();
  await until('yes, as the first account has it', async () => /: Yes\./.test(await first()));
  await page.getByRole('radio').nth(1).check();
  await until('no, as the second has it', async () => /: No\./.test(await first()));
  await done();
  await server.stop();
  folder.remove();
});

test('Home answers in every account; a variant that is kept says that no account is kept with it', async () => {
  const folder = cases();
  const server = await serve(folder.dir);
  const path = 'south-caucasus-2023/case.toml';
  const { page, done } = await open(server.base, '/');
  const row = page.locator(`.cases a[href="/answer?case=${encodeURIComponent(path)}"]`);
  const answer = row.locator('.ans');
  await answer.locator('b').waitFor();
  assert.equal(await answer.locator('b').textContent(), '2 accounts differ.');
  const words = (await answer.textContent()).replace(/\s+/g, ' ');
  assert.match(words, /If hindering is enough to stop a peace \(s8, s18\): no\./);
  assert.match(words, /If it is in the hands of the two \(s21\): yes\./);
  await page.goto(server.base + view('whatif', path, '&reading=the-two-decide'));
  await page.getByRole('switch').first().click();
  await page.getByRole('button', { name: 'Keep as variant' }).first().click();
  await page.getByText('which one you look at is not kept with it').waitFor();
  await page.getByRole('textbox', { name: 'Title of the variant' }).fill('Without facts');
  await page.locator('form').getByRole('button', { name: 'Keep as variant' }).click();
  await until('kept', () => folder.read(path).includes('[variant.without-facts]'));
  await until('the account stays', () => /reading=the-two-decide/.test(page.url()));
  assert.ok(!/reading/.test(/\[variant\.without-facts\][^[]*/.exec(folder.read(path))[0]));
  // A case without accounts says nothing of them.
  await page.goto(server.base + view('whatif', 'chicken/case.toml'));
  await page.getByRole('switch').first().click();
  await page.getByRole('button', { name: 'Keep as variant' }).first().click();
  await page.getByRole('textbox', { name: 'Title of the variant' }).waitFor();
  assert.equal(await page.getByText('is not kept with it').count(), 0);
  await done();
  await server.stop();
  folder.remove();
});

test('an account without a name is called by what it takes to be so, and is given one where it stands', async () => {
  const folder = cases();
  writeFileSync(
    join(folder.dir, 'dispute.toml'),
    `format = 1
[case]
title = "Dispute"
[source.s]
title = "A note"
[claim.c1]
source = "s"
says = "The port will sell."
[claim.c2]
source = "s"
says = "The port will never sell."
contradicts = ["c1"]
[actor.port]
name = "The port"
option.sell = { text = "Sell", because = ["c1"] }
[[actor.port.prefers]]
that = "port.sell"
because = ["c1"]
[[actor.port.prefers]]
that = "not port.sell"
because = ["c2"]
[status_quo]
on = []
[question.q]
ask = "Is it sold?"
kind = "possible"
outcome = "port.sell"
`,
  );
  const server = await serve(folder.dir);
  const { page, done } = await open(server.base, view('answer', 'dispute.toml'));
  const names = page.locator('.told label');
  await names.first().waitFor();
  assert.deepEqual(
    (await names.allTextContents()).map((words) => words.trim()),
    ['If it is so: “The port will sell”', 'If it is so: “The port will never sell”'],
  );
  await names.nth(1).click();
  await page.locator('.ver').getByText('If it is so: “The port will never sell”').waitFor();
  await page.getByRole('button', { name: 'Give it a name' }).click();
  const field = page.getByRole('textbox', { name: 'How answers call this account' });
  await field.fill('As the port tells it');
  await field.press('Enter');
  await names.getByText('As the port tells it').waitFor();
  await until('in the file', () =>
    /title = "As the port tells it"\nkeeps = \["c2"\]/.test(folder.read('dispute.toml')),
  );
  await until('it is still the one that is looked at', () => names.nth(1).getByRole('radio').isChecked());
  assert.equal(await page.getByRole('button', { name: 'Give it a name' }).count(), 0);
  await done();
  await server.stop();
  folder.remove();
});
