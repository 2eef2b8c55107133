// Faults that people found by hand, and that no other test would find again.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { binary, closeAll, open, serve, until, view } from './harness.mjs';

const long = 'The Interim Administrative Commission of the Eastern Archipelago and its Dependencies';
const start = `format = 1
[case]
title = "Harbour"

[actor.union]
name = "The union"
option.stop = { text = "Stop the boats", assumption = true }
prefers = [{ that = "company.pay", assumption = true }, { that = "not union.stop", assumption = true }]

[actor.company]
name = "The company"
option.pay = { text = "Pay more", assumption = true }
prefers = [{ that = "not union.stop", assumption = true }, { that = "not company.pay", assumption = true }]

[status_quo]
on = ["union.stop"]

[question.pay]
ask = "Is more paid?"
kind = "possible"
outcome = "company.pay"
`;
const dir = mkdtempSync(join(tmpdir(), 'detente-faults-'));
const file = join(dir, 'harbour.toml');
const read = () => readFileSync(file, 'utf8');
let server;
before(async () => {
  server = await serve(dir);
});
beforeEach(() => writeFileSync(file, start));
after(async () => {
  await closeAll();
  await server.stop();
  rmSync(dir, { recursive: true, force: true });
});
const saved = (what, pattern) => until(what, () => pattern.test(read()));
const fill = async (field, words) => {
  await field.fill(words);
  await field.press('Enter');
};

test('codes that differ from names with articles; what is new comes last; a problem that is pressed gets the focus', async () => {
  const { page, done } = await open(server.base, view('write', 'harbour.toml'));
  await page.locator('.cm-content').waitFor();
  const codes = await page.getByRole('tab').locator('.ac').allTextContents();
  assert.equal(new Set(codes).size, 2, codes.join());
  assert.ok(!codes.includes('Th'), codes.join());
  await fill(page.getByRole('textbox', { name: 'Add an option' }), 'Accept a mediator');
  await saved('an option', /Accept a mediator/);
  await until('two', async () => (await page.locator('li.opt').count()) === 2);
  const options = await page
    .locator('li.opt input.line')
    .evaluateAll((fields) => fields.map((one) => one.value));
  assert.deepEqual(options, ['Stop the boats', 'Accept a mediator']);
  // A note of the check, pressed: its field has the focus; as it stands in the file: the cursor is there, and one types on.
  const note = page.locator('.diag li', { hasText: /Nothing else mentions/ }).first();
  await note.locator('.go').click();
  await until('its field', () =>
    page.evaluate(() => document.activeElement?.closest('[data-at]')?.dataset.at?.includes('.option.')),
  );
  await note.getByText('As it stands in the file').click();
  await note.locator('.raw').click();
  await until('in the text', () =>
    page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.classList.contains('cm-content')),
  );
  await done();
});

test('a version without what is on today is kept with a status quo of its own, renamed, and removed', async () => {
  const { page, done } = await open(server.base, view('whatif', 'harbour.toml'));
  await page.getByRole('combobox', { name: 'Forbid an option' }).click();
  await page.getByRole('option', { name: /Stop the boats/ }).click();
  await page.locator('table.cmp').getByText('1 change tried').waitFor();
  await page.getByRole('button', { name: 'Keep as variant' }).first().click();
  await page.getByLabel('Title of the variant').fill('No strike');
  await page.locator('form').getByRole('button', { name: 'Keep as variant' }).click();
  await saved('kept', /\[variant\.no-strike\]/);
  execFileSync(binary, ['solve', file, '--variant', 'no-strike', '--quiet']);
  await page.goto(server.base + view('write', 'harbour.toml'));
  await page.locator('.cm-content').waitFor();
  await page.locator('.form .sub').getByRole('button', { name: 'Names', exact: true }).click();
  await page.locator('.form .list .words', { hasText: 'No strike' }).click();
  await fill(page.getByRole('textbox', { name: 'Title', exact: true }), 'The boats sail');
  await saved('renamed', /title = "The boats sail"/);
  await fill(page.getByRole('textbox', { name: /^Id of The boats sail/ }), 'sail');
  await saved('its id too', /\[variant\.sail\]/);
  await page.getByRole('button', { name: 'Remove: The boats sail' }).click();
  await until('removed', () => !read().includes('[variant.'));
  await until('and the rest reads', () => page.getByText('No problems').isVisible());
  await done();
});

test('forecasts of the folder stand on Home', async () => {
  const ledger = join(dir, 'forecasts.jsonl');
  const question = 'Will the boats sail in May?';
  execFileSync(binary, [
    ...['forecast', 'record', ledger, '--id', 'boats', '--question', question],
    ...['--by', '2099-05-31', '--yes', '0.25'],
  ]);
  const { page, done } = await open(server.base);
  await page.locator('summary', { hasText: 'forecasts.jsonl' }).click();
  await page.getByText(question).waitFor();
  await page.locator('.rows').getByText('25 %').waitFor();
  await done();
  rmSync(ledger);
});

test('all columns that last stand on paper', async () => {
  const options = Array.from(
    { length: 4 },
    (_, n) => `option.o${n} = { text = "Act ${n}", assumption = true }`,
  );
  writeFileSync(
    file,
    `format = 1\n[case]\ntitle = "All lasts"\n[actor.a]\nname = "North"\n${options.join('\n')}\nprefers = []\n[actor.b]\nname = "South"\noption.x = { text = "Wait", assumption = true }\nprefers = [{ that = "not b.x", assumption = true }]\n[status_quo]\non = []\n`,
  );
  const { page, done } = await open(server.base, view('answer', 'harbour.toml'));
  await page.locator('table.mx').waitFor();
  await page.getByRole('button', { name: /^Draw/ }).click();
  await until('all of them', async () => (await page.locator('table.mx thead th').count()) === 16);
  await page.emulateMedia({ media: 'print' });
  await until('in tables of what has room', async () => (await page.locator('table.mx').count()) > 1);
  const columns = page.locator('table.mx thead th');
  assert.equal(await columns.count(), 16);
  const width = await page.evaluate(() => document.documentElement.clientWidth);
  for (const column of await columns.all()) {
    const box = await column.boundingBox();
    assert.ok(box && box.x >= 0 && box.x + box.width <= width + 1, 'on the sheet');
  }
  await done();
});

test('long names and names of any direction lie over nothing', async () => {
  writeFileSync(
    file,
    start
      .replace('"The union"', `"${long}"`)
      .replace('"The company"', '"الشركة الوطنية للملاحة البحرية والموانئ والنقل الدولي"')
      .replace('"Stop the boats"', `"Stop all of the boats of ${long} at once and for good"`),
  );
  for (const width of [1280, 820]) {
    const { page, done } = await open(server.base, view('answer', 'harbour.toml'), { width });
    await page.locator('aside.why .title').waitFor();
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(over <= 0, `${over} px too wide at ${width}`);
    // What is written in one cell of the table ends before the next begins.
    const wrong = await page.locator('table.mx tr').evaluateAll((rows) =>
      rows.flatMap((row) => {
        const ranges = [...row.children].map((cell) => {
          const box = cell.getBoundingClientRect();
          return {
            box,
            inside:
              cell.scrollWidth <= Math.ceil(box.width) + 1 || getComputedStyle(cell).overflow !== 'visible',
          };
        });
        return ranges
          .filter(
            ({ box, inside }, n) => !inside || (ranges[n + 1] && box.right > ranges[n + 1].box.left + 1),
          )
          .map(() => row.textContent);
      }),
    );
    assert.deepEqual(wrong, []);
    // The Arabic name in the sentence of the reason is kept together.
    const bdi = await page.locator('bdi, [dir=auto]', { hasText: 'الشركة' }).count();
    assert.ok(bdi > 0);
    await done();
  }
});
