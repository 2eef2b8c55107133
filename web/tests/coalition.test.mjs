// A case of another kind from nothing, by form alone: a cabinet that needs a majority of seats, a budget with levels, a
// day by which it has to stand, a threat, a version. (The Netherlands in 1977, from public knowledge.)
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { binary, closeAll, open, serve, until } from './harness.mjs';

after(closeAll);

test('a coalition with votes, a budget with levels and a deadline from nothing, by form alone', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'detente-coalition-'));
  const server = await serve(dir);
  const { page, done } = await open(server.base);
  const path = join(dir, 'formation/case.toml');
  const read = () => readFileSync(path, 'utf8');
  const saved = (what, pattern) =>
    until(what, () => pattern.test(read())).catch((error) => {
      throw new Error(`${error.message}\n${read()}`, { cause: error });
    });
  const escaped = (name) => name.replace(/[.*+?^$()]/g, '\\$&');
  const box = (name) => page.getByRole('combobox', { name: new RegExp(`^${escaped(name)}(,|:|$)`) });
  const field = (name) => page.getByRole('textbox', { name, exact: true });
  const fill = async (what, words) => {
    await what.fill(words);
    await what.press('Enter');
  };
  const compose = (name, words) => fill(page.locator('input[role=combobox]').and(box(name)), words);
  const pick = async (what, option) => {
    await what.click();
    await page.getByRole('option', { name: option }).first().click();
  };
  const part = (name) => page.locator('.form .sub').getByRole('button', { name, exact: true }).click();

  await page.getByRole('button', { name: 'New case', exact: true }).click();
  await page.getByLabel('Title', { exact: true }).fill('Formation');
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.locator('.cm-content').waitFor();
  assert.doesNotMatch(
    read(),
    /actor|question|#/,
    'an empty case is empty: nobody has to take out what others wrote',
  );
  await part('Question');
  await fill(field('Question'), 'Who will govern?');

  await part('Actors');
  for (const [name, option, id] of [
    ['The Labour Party', 'Give up the ministry of justice', 'labour-party'],
    ['The Christian Democrats', 'Leave the talks', 'christian-democrats'],
    ['Democrats 66', 'Vote for a minority cabinet', 'democrats-66'],
  ]) {
    await fill(field('Add an actor'), name);
    await page.getByRole('tabpanel', { name }).waitFor();
    await fill(field('Add an option'), option);
    await saved(name, new RegExp(`\\[actor\\.${id}\\.option\\]\\n[a-z-]+ = \\{ text = "${option}"`));
  }

  await part('Acts');
  await fill(field('Add an assembly'), 'The Second Chamber');
  await saved('an assembly', /\[assembly\.second-chamber\]/);
  for (const [name, seats] of [
    ['The Labour Party', 53],
    ['The Christian Democrats', 49],
    ['Democrats 66', 8],
  ]) {
    await fill(field(`Seats of ${name}`), String(seats));
    await saved(name, new RegExp(`= ${seats}\\b`));
  }
  // Owners who are no actors, of any script.
  await fill(field('Another owner of seats'), 'The Liberals');
  await fill(field('Seats of Liberals'), '28');
  await saved('others', /liberals = 28/);
  await fill(field('Another owner of seats'), 'الأحرار');
  await fill(field('Seats of Owner 1'), '12');
  await saved('others of another script', /owner-1 = 12/);

  await fill(field('Add an act'), 'Swear in a cabinet of the three');
  await saved('an act', /\[act\.swear-cabinet\]/);
  for (const party of ['The Labour Party', 'The Christian Democrats', 'Democrats 66'])
    await pick(box('Parties'), party);
  await saved('all three', /parties = \["labour-party", "christian-democrats", "democrats-66"\]/);
  await pick(box('Who begins it'), 'a majority in an assembly');
  await saved('by a majority', /assembly = "second-chamber"/);
  await fill(field('Who begins it: How many suffice'), '76');
  await saved('76', /needs = 76/);
  await pick(box('Who ends it'), 'any party alone');
  await saved('its end', /ends = "any"/);

  await fill(field('Add an act'), 'Agree on a deficit');
  await saved('a budget', /\[act\.agree-deficit\]/);
  for (const party of ['The Labour Party', 'The Christian Democrats']) await pick(box('Parties'), party);
  for (const level of ['2', '6', '4']) await fill(field('Levels, lowest first'), level);
  await saved('levels', /levels = \[2, 4, 6\]/);

  // A deadline lies ahead of the day that the case describes: that is asked for where there is none.
  await fill(field('Add a deadline'), 'New elections are called');
  await saved('a deadline', /\[deadline\.new-elections\]/);
  await fill(field('When'), '1977-12-31');
  await saved('its day', /on = "?1977-12-31/);
  await fill(field('As of'), '1977-06-01');
  await saved('today', /as_of = "?1977-06-01/);
  await field('As of').waitFor({ state: 'detached' });
  await compose('Unless', 'swear cabinet');
  await saved('unless', /unless = "act\.swear-cabinet"/);
  await pick(box('Then on'), 'Leave the talks');
  await saved('then', /on = \["christian-democrats\.leave-talks"\]/);

  // Who can do it is who says it.
  await compose('Add a saying: what is done, asked or given', 'leave talks');
  await pick(box('Kind'), 'threat');
  await pick(box('To whom'), 'The Labour Party');
  await saved(
    'a threat',
    /\[said\.leave-talks\]\n(?=[^[]*by = "christian-democrats")(?=[^[]*kind = "threat")[^[]*to = \["labour-party"\]/,
  );
  await compose('When', 'not give up');
  await saved('its condition', /if = "not labour-party\.give-up"/);

  await part('Actors');
  for (const [tab, wishes] of [
    [/Labour Party/, ['swear cabinet', 'much deficit', 'not give up']],
    [/Christian Democrats/, ['swear cabinet', 'near deficit', 'not leave talks']],
    [/Democrats 66/, ['swear cabinet', 'not vote minority']],
  ]) {
    await page.getByRole('tab', { name: tab }).click();
    for (const [n, wish] of wishes.entries()) {
      await fill(page.getByRole('combobox', { name: /^Add a wish/ }), wish);
      await until(wish, async () => (await page.locator('.wishes > li').count()) === n + 1);
      if (wish.startsWith('near')) {
        await fill(field('Near to'), '4');
        await saved('near to which level', /of = "act\.agree-deficit"\s+to = 4|to = 4\s+of = /);
      }
    }
  }

  await part('Question');
  const kind = async (ask, what) => {
    await fill(field('Add a question'), ask);
    await page.getByRole('button', { name: ask, exact: true }).waitFor();
    if (what) await pick(box('Kind'), what);
  };
  await kind('Will there be a cabinet?', null);
  // What belongs to other kinds of question is not asked.
  assert.equal(await box('About which').count(), 0);
  assert.equal(await page.getByRole('group', { name: 'What is struck' }).count(), 0);
  await compose('Of what', 'swear cabinet');
  await saved('of what', /outcome = "act\.swear-cabinet"/);
  await kind('What if nobody acts?', 'If nobody acts by a day?');
  await pick(box('About which'), 'New elections are called');
  await saved('about a day', /about = "new-elections"/);
  await kind('Is the threat meant?', 'Is it meant?');
  await until('what belongs to other kinds is gone', async () => (await box('Of what').count()) === 0);
  await pick(box('About which'), /^threat of The Christian Democrats to The Labour Party/);
  await saved('about a threat', /about = "leave-talks"/);

  const said = JSON.parse(spawnSync(binary, ['check', path, '--format', 'json']).stdout.toString());
  assert.deepEqual(
    said.diagnostics.filter((one) => one.severity === 'error'),
    [],
    read(),
  );
  await page.getByRole('link', { name: 'Answer' }).click();
  await page.getByRole('heading', { name: 'Who will govern?' }).waitFor();
  await page.locator('table.mx').waitFor();
  assert.match(await page.locator('.qs').textContent(), /Is it meant\?/);
  // What lasts is what nobody would leave, alone or with others: today is left by several, and says so.
  const row = page.locator('table.mx tr', { hasText: 'Lasts under' }).locator('td');
  assert.match(await row.first().textContent(), /someone leaves/);
  assert.ok((await row.allTextContents()).filter((words) => /Nash/.test(words)).length === 2);
  assert.equal(await page.getByText('of the 2 outcomes that last stand here').count(), 0);

  // Another name of an act is its name in the threat, the deadline, the wishes and the questions.
  await page.locator('.tabs').getByRole('link', { name: 'Write' }).click();
  await part('Acts');
  await page.getByRole('button', { name: 'Swear in a cabinet of the three', exact: true }).click();
  await fill(field('Id of Swear in a cabinet of the three'), 'cabinet');
  await saved('renamed', /\[act\.cabinet\]/);
  assert.doesNotMatch(read(), /swear-cabinet/);
  assert.match(read(), /unless = "act\.cabinet"/);
  // Taken out it takes what asks about it with it, and says so.
  await page.getByRole('button', { name: 'Remove: New elections are called' }).click();
  await page.getByRole('alertdialog').getByText('What if nobody acts?').waitFor();
  await page.getByRole('button', { name: 'Keep it' }).click();
  await done();
  await server.stop();
  rmSync(dir, { recursive: true, force: true });
});
