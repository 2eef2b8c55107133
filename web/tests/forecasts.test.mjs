// Forecasts by hand: written down under an answer, resolved on Home; the ledger is the command's.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { binary, cases, closeAll, open, serve, until, view } from './harness.mjs';

let folder, server;
before(async () => {
  folder = cases();
  server = await serve(folder.dir);
});
after(async () => {
  await server?.stop();
  await closeAll();
  folder?.remove();
});

const verified = (path) =>
  execFileSync(binary, ['forecast', 'verify', join(folder.dir, path), '--format', 'json'], {
    encoding: 'utf8',
  });
const entries = (path) =>
  folder
    .read(path)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

test('a ledger is begun under an answer, out of the case and by hand, and resolved on Home', async () => {
  const path = 'syria-iraq-1975/case.toml';
  const ledger = 'syria-iraq-1975/forecasts.jsonl';
  const { page, done } = await open(server.base, view('answer', path), { allow: [/400/] });
  const card = page.locator('[data-told="forecast"]');
  await card.locator('summary').click();
  await card.getByRole('combobox', { name: /Ledger/ }).waitFor();
  await until('a name for the ledger', async () =>
    (await card.getByRole('combobox', { name: /Ledger/ }).inputValue()).endsWith('.jsonl'),
  );
  // To look writes nothing.
  await card.getByRole('button', { name: 'How likely is it?' }).click();
  await card.getByText(/The probabilities are shares of/).waitFor();
  assert.throws(() => folder.read(ledger));
  // A day that is past is told, and nothing is written.
  await card.getByRole('textbox', { name: /Question/ }).fill('Will it last until the end of the year?');
  await card.getByRole('textbox', { name: /Answered by/ }).fill('2001-02-03');
  await card.getByRole('button', { name: 'Write it down' }).click();
  await card
    .getByRole('alert')
    .getByText(/is past: say that it is hindsight/)
    .waitFor();
  assert.throws(() => folder.read(ledger));
  await card.getByRole('textbox', { name: /Answered by/ }).fill('2101-12-31');
  await card.getByRole('textbox', { name: /answers for it/ }).fill('A. Analyst');
  await card.getByRole('button', { name: 'Write it down' }).click();
  await card.getByText(/It is written down in syria-iraq-1975\/forecasts\.jsonl/).waitFor();
  const [first] = entries(ledger);
  assert.equal(first.author, 'A. Analyst');
  assert.equal(first.says.forecast.question, 'Will it last until the end of the year?');
  assert.match(first.says.forecast.basis.case.title, /Syria/i);
  // The same question by hand: it gets an id of its own.
  await card.getByRole('radio', { name: 'As I say' }).check();
  await card.getByRole('textbox', { name: /Chance of yes/ }).fill('often');
  await card.getByRole('button', { name: 'Write it down' }).click();
  await card
    .getByRole('alert')
    .getByText(/share like 35 %/)
    .waitFor();
  await card.getByRole('textbox', { name: /Chance of yes/ }).fill('35 %');
  await card.getByRole('button', { name: 'Write it down' }).click();
  await until('the second entry', () => entries(ledger).length === 2);
  const second = entries(ledger)[1].says.forecast;
  assert.deepEqual(second.answers, [
    { answer: 'yes', probability: 0.35 },
    { answer: 'no', probability: 0.65 },
  ]);
  assert.equal(second.basis, 'given');
  assert.notEqual(second.id, first.says.forecast.id);
  verified(ledger);

  // On Home it stands, and what came of it is said there.
  await page.goto(`${server.base}/`);
  await page.locator('summary', { hasText: ledger }).click();
  const rows = page.locator('details[open] .rows > li');
  await until('both', async () => (await rows.count()) === 2);
  const mine = rows.nth(1);
  await mine.locator('summary', { hasText: 'What came of it' }).click();
  await mine.getByRole('radio', { name: 'no', exact: true }).check();
  await mine.getByRole('textbox', { name: /Source that says so/ }).fill('The agreement stands');
  await mine.getByRole('textbox', { name: 'Its date' }).fill('2026-01-02');
  await mine.getByRole('button', { name: 'Write it down' }).click();
  await mine.getByText(/no: 65 %, came true/).waitFor();
  assert.equal(entries(ledger)[2].says.resolution.answer, 'no');
  // It was a mistake: the forecast is open again, and nothing is taken out of the file.
  await mine.locator('summary', { hasText: 'That was a mistake' }).click();
  await mine.getByRole('textbox', { name: 'Why' }).fill('The wrong agreement');
  await mine.getByRole('button', { name: 'Write it down' }).click();
  await until('taken back', () => entries(ledger).length === 4);
  assert.equal(entries(ledger)[3].says.withdrawal.entry, 3);
  await mine.locator('summary', { hasText: 'What came of it' }).click();
  await mine.getByRole('radio', { name: /Nothing can come true/ }).check();
  await mine.getByRole('textbox', { name: 'Why' }).fill('Both states are gone');
  await mine.getByRole('button', { name: 'Write it down' }).click();
  await mine.getByText(/not scored/).waitFor();
  assert.equal(entries(ledger).length, 5);
  verified(ledger);
  await done();
});

test('a ledger that was written over is left alone, and one outside is not begun', async () => {
  const path = 'syria-iraq-1975/case.toml';
  const { page, done } = await open(server.base, view('answer', path), { allow: [/40[03]/] });
  const card = page.locator('[data-told="forecast"]');
  await card.locator('summary').click();
  const name = card.getByRole('combobox', { name: /Ledger/ });
  await until('a name', async () => (await name.inputValue()).endsWith('.jsonl'));
  await card.getByRole('textbox', { name: /Answered by/ }).fill('2101-12-31');
  for (const [ledger, words] of [
    ['../out.jsonl', /not a path inside the folder/],
    ['ledger.txt', /not a name of a file that the workbench writes/],
    ['none/there.jsonl', /cannot be opened|there is no/],
  ]) {
    await name.fill(ledger);
    await card.getByRole('button', { name: 'Write it down' }).click();
    await card.getByRole('alert').getByText(words).waitFor();
  }
  await done();
});
