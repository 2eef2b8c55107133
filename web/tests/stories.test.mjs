// What an analyst does, on the first edition of the flagship: one story for each part of the workbench.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import {
  binary,
  cases,
  closeAll,
  downloaded,
  editorText,
  flagship,
  open,
  root,
  serve,
  until,
  view,
} from './harness.mjs';

// Each story has a copy of the cases and a server of its own.
let folder;
let server;
const story = (name, tell) =>
  test(name, async () => {
    folder = cases();
    server = await serve(folder.dir);
    try {
      await tell();
    } finally {
      await server.stop();
      folder.remove();
    }
  });
after(closeAll);

const comments = (text) =>
  text
    .split('\n')
    .filter((line) => line.trim().startsWith('#'))
    .map((line) => line.trim())
    .sort();

story('1 Home: cases with their answer, a new case, an import, where one was', async () => {
  const { page, done } = await open(server.base);
  const entry = page
    .locator('ol > li', { hasText: 'Armenia–Azerbaijan peace agreement, spring 2023' })
    .first();
  await entry.getByText('Yes.').waitFor();
  for (const text of [
    'Can a Western-brokered agreement hold, and who can make or break it?',
    'As of 7 March 2023',
    'Up to date',
    '12 options, 128 outcomes',
  ])
    await entry.getByText(text).first().waitFor();

  await page.getByRole('searchbox').fill('pashinyan is not an actor');
  await page.getByText('No case has').waitFor();
  await page.getByRole('searchbox').fill('Uniroyal');
  await until(
    'only cases of that actor are left',
    async () =>
      (await page.locator('.cases ol > li').count()) > 0 &&
      (await page.locator('.cases ol > li', { hasText: 'South' }).count()) === 0,
  );
  await page.getByRole('searchbox').fill('');

  // A new case from a template solves at once.
  await page.getByRole('button', { name: /A mediation/ }).click();
  await page.getByLabel('Title', { exact: true }).fill('Two valleys and a dam');
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.locator('.cm-content').waitFor();
  assert.match(folder.read('two-valleys-and-a-dam/case.toml'), /title = "Two valleys and a dam"/);
  await page.getByRole('link', { name: 'Answer' }).click();
  await page.getByText('Can an agreement hold, and who can break it?').first().waitFor();
  await page.locator('table.mx').waitFor();

  // A file of another program, by drop.
  await page.getByRole('link', { name: 'Détente' }).click();
  const gmcr = join(root, 'crates/detente-case/tests/gmcr');
  const name = readdirSync(gmcr).find((file) => file.endsWith('.gmcr'));
  const content = readFileSync(join(gmcr, name), 'utf8');
  await page.evaluate(
    ([file, text]) => {
      const data = new DataTransfer();
      data.items.add(new File([text], file));
      dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
    },
    [name, content],
  );
  await page.locator('table.mx').waitFor();
  const imported = new URL(page.url()).searchParams.get('case');
  assert.match(folder.read(imported), /\[case\]/);

  // Where one was.
  await page.keyboard.press('g');
  await page.keyboard.press('h');
  await page.locator('aside').getByText('Two valleys and a dam').first().waitFor();
  await done();
});

story('2 Write: form, text and drag on one file; comments, undo, problems, quick fix', async () => {
  const { page, done } = await open(server.base, view('write'));
  const written = folder.read(flagship);
  await page.getByRole('tab', { name: /Russia/ }).click();
  const row = (n) => page.locator(`[data-row="actor.ru.prefers-${n}"]`);
  await row(0).getByText('The agreement does not hold').waitFor();

  // By mouse: the third wish to the top.
  await row(2).locator('.grip').hover();
  await page.mouse.down();
  await row(1).hover();
  const first = await row(0).boundingBox();
  for (const y of [20, 14, 8]) await page.mouse.move(first.x + 60, first.y + y);
  await page.mouse.up();
  await row(0).getByText('Azerbaijan will not ask the Russian peacekeepers to leave').waitFor();
  await until(
    'the file has the new order',
    () =>
      folder.read(flagship).indexOf('that = "not az.end"') <
      folder.read(flagship).indexOf('that = "not holds"'),
  );
  assert.deepEqual(comments(folder.read(flagship)), comments(written), 'comments survive');

  // By keyboard: back down again, place by place; then the file is as it was.
  await row(0).focus();
  await page.keyboard.press('Alt+ArrowDown');
  await until('second', async () =>
    (await row(1).textContent()).includes('will not ask the Russian peacekeepers'),
  );
  await row(1).focus();
  await page.keyboard.press('Alt+ArrowDown');
  await until('the file is as it was', () => folder.read(flagship) === written);

  // Undo and redo go over forms and text alike.
  await page.getByRole('button', { name: 'Undo' }).click();
  await until('one step back', async () =>
    (await row(1).textContent()).includes('will not ask the Russian peacekeepers'),
  );
  await page.getByRole('button', { name: 'Redo' }).click();
  await until('and forth', () => folder.read(flagship) === written);
  // The file may be there before the form: whoever presses a row that still shows another wish chooses that one.
  await until('the form is as it was', async () =>
    (await row(2).textContent()).includes('will not ask the Russian peacekeepers'),
  );

  // What is chosen in the form is marked in the text and in the source.
  await row(2).locator('.tx').click();
  await until('marked in the text', async () =>
    (await page.locator('.cm-marked').allTextContents()).join('\n').includes('not az.end'),
  );
  await page.locator('.source .hl', { hasText: 'Russian peacekeepers are needed' }).waitFor();

  // What is probably not meant is said as `check` says it.
  const check = JSON.parse(execFileSync(binary, ['check', join(folder.dir, flagship), '--format', 'json']));
  assert.ok(check.diagnostics.length > 0);
  await until('the notes of the command line', async () => {
    const shown = await page.locator('.diag li').allTextContents();
    return (
      shown.length === check.diagnostics.length &&
      check.diagnostics.every((d) => shown.some((text) => text.includes(d.message.replaceAll('`', ''))))
    );
  });

  // A slip in the text: named with its line, near miss offered, mended by one press.
  const find = async (text) => {
    await page.locator('.cm-content').click();
    await page.keyboard.press('Control+f');
    await page.locator('.cm-search input[name=search]').fill('');
    await page.locator('.cm-search input[name=search]').pressSequentially(text);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
  };
  await find('ru.hinder iff west.mediate');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.type('s');
  const problem = page.locator('.diag li', { hasText: 'west.mediates' });
  await problem.waitFor();
  assert.match(await problem.locator('.num').textContent(), /^\d+$/);
  await page.getByText('Verdicts are of').waitFor();
  await page.locator('.cm-lintRange-error').first().waitFor();
  await problem.getByRole('button', { name: /^Fix: write “/ }).click();
  await page.getByText('No problems').waitFor();
  assert.ok(!(await editorText(page)).includes('west.mediates'));

  // Completion of ids where an id stands, with what they mean.
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('\n[[rule]]\nnever = "west.gu');
  await page.locator('.cm-tooltip-autocomplete li[aria-selected]', { hasText: 'west.guarantee' }).waitFor();
  // A list that has just opened does not take Enter, lest one takes what one has not seen.
  await page.waitForTimeout(200);
  await page.keyboard.press('Enter');
  await until('completed', async () => (await editorText(page)).includes('never = "west.guarantee'));
  // Hover: what a claim says.
  await find('because = ["c13", "c17"]');
  await page
    .locator('.cm-line', { hasText: 'because = ["c13", "c17"]' })
    .first()
    .hover({ position: { x: 110, y: 10 } });
  await page.locator('.cm-tooltip .hover', { hasText: 'Russia opposes it' }).waitFor();
  await page.mouse.move(700, 740);
  await until('what was typed is on disk', () => folder.read(flagship).includes('never = "west.guarantee'));
  while (await page.getByRole('button', { name: 'Undo' }).isEnabled())
    await page.getByRole('button', { name: 'Undo' }).click();
  await until('all undone', () => folder.read(flagship) === written);
  await done();
});

story('3 Read evidence: a sentence becomes a claim, a claim is attached', async () => {
  const { page, done } = await open(server.base);
  await page.getByRole('button', { name: /A text/ }).click();
  await page.getByLabel('Title', { exact: true }).fill('Harbour dispute');
  await page
    .getByLabel('The text')
    .fill(
      'A note on the harbour\n\nThe city wants the quay. The port will not sell. Both fear a court.\n\nTalks begin in May.',
    );
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  const path = 'harbour-dispute/case.toml';
  const sentence = (n) => page.locator(`[data-sentence="${n}"]`);
  await sentence(2).getByText('The port will not sell.').waitFor();
  assert.equal(await page.locator('[data-sentence]').count(), 4, 'the heading is not counted');

  // Select the sentence, press c.
  await sentence(2).getByText('The port will not sell.').selectText();
  await page.mouse.up();
  await sentence(2).focus();
  await page.keyboard.press('c');
  // The selected words are the quote, and nothing is said yet that nobody wrote.
  const says = page.locator('#says-c01');
  await says.waitFor();
  await until('the quote', () => /quote = "The port will not sell\."/.test(folder.read(path)));
  assert.match(folder.read(path), /says = ""/);
  await until('the field is ready to write', () =>
    says.evaluate((field) => document.activeElement === field),
  );
  await page.keyboard.type('The port refuses a sale.');
  await page.keyboard.press('Tab');
  await page.getByRole('combobox', { name: /^How/ }).click();
  await page.getByRole('option', { name: 'statement' }).waitFor();
  await page.getByRole('option', { name: 'assessment' }).click();
  await until(
    'the claim is in the file',
    () =>
      /\[claim\.c01\]/.test(folder.read(path)) &&
      /kind = "assessment"/.test(folder.read(path)) &&
      /says = "The port refuses a sale\."/.test(folder.read(path)),
  );
  assert.match(folder.read(path), /at = "s2"/);
  await page.locator('.source .sm', { hasText: 'nothing rests on it' }).waitFor();

  // Who is there, and what they want.
  const fill = async (field, words) => {
    await field.fill(words);
    await field.press('Enter');
  };
  for (const [who, what] of [
    ['The city', 'Buy the quay'],
    ['The port', 'Sell the quay'],
  ]) {
    await fill(page.getByRole('textbox', { name: 'Add an actor' }), who);
    await page.getByRole('tabpanel', { name: who }).waitFor();
    await fill(page.getByRole('textbox', { name: 'Add an option' }), what);
    await page.locator('li.opt').first().waitFor();
    await fill(page.getByRole('combobox', { name: /^Add a wish/ }), 'not sell');
    await page.getByText('Nothing is called that').or(page.locator('.wishes > li').first()).first().waitFor();
  }

  // Words in quotation marks are looked for in the text: what is not there is said, with what comes nearest.
  const quote = page.getByLabel(/^Word for word/);
  await quote.fill('The port did not sell.');
  await quote.press('Tab');
  await page
    .locator('.source .quote', { hasText: 'the nearest passage, in sentence 2, is “The port will not sell”' })
    .waitFor();
  await quote.fill('will not sell');
  await quote.press('Tab');
  await page.locator('.source .quote').getByText('verified in text').waitFor();

  // Attach it: to a wish, from the claim.
  await page.getByRole('combobox', { name: /^Attach to/ }).click();
  await page
    .getByRole('option', { name: /The port will not sell/ })
    .last()
    .click();
  await until('attached', () => /because = \["c01"\]/.test(folder.read(path)));
  await page.locator('.source .sm', { hasText: 'supports' }).waitFor();
  await page.locator('.wishes .cl', { hasText: 'c01' }).first().waitFor();

  // What has no evidence is marked.
  await fill(page.getByRole('combobox', { name: /^Add a wish/ }), 'buy');
  await page.locator('.wishes li', { hasText: 'assumed' }).first().waitFor();
  await page.locator('.wishes li .tx').last().click();
  await page.locator('.wishes').getByText('Your assumption').click();
  await page.locator('.wishes li.bare').waitFor();
  await done();

  // A claim is found from anywhere and is marked in the three panes; the link keeps what is chosen.
  const { page: other, done: over } = await open(server.base, view('answer'));
  await other.locator('table.mx').waitFor();
  await other.keyboard.press('Control+k');
  await other.keyboard.type('c14: ');
  await other.keyboard.press('Enter');
  const chosen = async (what, line) => {
    await other.locator('.source .marked', { hasText: what }).waitFor();
    await other.locator('.cm-marked', { hasText: line }).waitFor();
  };
  await chosen('c14', '[claim.c14]');
  await other.locator('.cm-marked', { hasText: 'says = "Once the two sign' }).waitFor();
  await other.reload();
  await chosen('c14', '[claim.c14]');
  await other.keyboard.press('Control+k');
  await other.keyboard.type('West will not guarantee');
  await other.keyboard.press('Enter');
  await other.locator('.wishes li.sel', { hasText: 'The West will not guarantee' }).waitFor();
  assert.match(other.url(), /thing=actor.west.prefers/);
  await over();
});

story('4 Situation: map, timeline, what a tie rests on, how it looks after an outcome', async () => {
  const { page, done } = await open(server.base, view('situation'));
  const map = page.locator('svg.map');
  await map.waitFor();
  assert.equal(await map.locator('circle').count(), 4, 'an actor each');
  assert.equal(await map.locator('[data-key^="tie-"]').count(), 6);
  assert.equal(await map.locator('[data-key^="track-"]').count(), 3);
  assert.equal(await map.locator('[data-key^="document-"]').count(), 4);
  assert.equal(await map.locator('[data-key^="body-"]').count(), 3);
  // No name stands on a line.
  const struck = await map.evaluate((svg) => {
    const frame = svg.getBoundingClientRect();
    const lines = [
      ...svg.querySelectorAll('[data-key^="tie-"] path:last-of-type, [data-key^="body-"] path:last-of-type'),
    ].flatMap((path) => {
      const length = path.getTotalLength();
      return Array.from({ length: 200 }, (_, k) => path.getPointAtLength((length * k) / 199));
    });
    return [...svg.querySelectorAll('text.gn')]
      .filter((text) => {
        const box = text.getBoundingClientRect();
        return lines.some(
          ({ x, y }) =>
            x + frame.left > box.left &&
            x + frame.left < box.right &&
            y + frame.top > box.top + 4 &&
            y + frame.top < box.bottom - 4,
        );
      })
      .map((text) => text.textContent);
  });
  assert.deepEqual(struck, []);
  await map.locator('text', { hasText: 'hostile, mending' }).click();
  await page.getByRole('heading', { name: 'Azerbaijan and Armenia: hostile, mending' }).waitFor();
  await page.locator('.now .ev', { hasText: '2023 should bring progress' }).waitFor();
  await page
    .getByText('At rest: Azerbaijan stands with Russia, and both are at odds with Armenia.')
    .waitFor();
  // The picture by keyboard.
  await map.focus();
  await page.keyboard.press('ArrowRight');
  await until(
    'another thing is selected',
    async () => !(await page.locator('.wt').textContent()).includes('hostile'),
  );
  // An actor is put elsewhere: by mouse, by keys; the link keeps it, and all can be laid out anew.
  const disc = map.locator('[data-key="actor-2"] circle').last();
  const stands = async () => Math.round((await disc.boundingBox()).x);
  const first = await stands();
  const { x, y } = await disc.boundingBox();
  await page.mouse.move(x + 18, y + 18);
  await page.mouse.down();
  await page.mouse.move(x + 58, y + 30, { steps: 4 });
  await page.mouse.up();
  await until('it stands there', async () => Math.abs((await stands()) - first - 40) <= 2);
  await map.locator('[data-key="actor-2"] .gd').click();
  await page.getByRole('heading', { name: 'Russia', exact: true }).waitFor();
  await page
    .locator('.now')
    .getByRole('button', { name: /Russia and Armenia: strained/ })
    .waitFor();
  await map.focus();
  await page.keyboard.press('Shift+ArrowRight');
  await until('a step on', async () => (await stands()) - first > 45);
  const there = await stands();
  await page.reload();
  await map.waitFor();
  await until('the link keeps it', async () => Math.abs((await stands()) - there) <= 1);
  await page.getByRole('button', { name: 'Lay out anew' }).click();
  await until('back', async () => Math.abs((await stands()) - first) <= 1);

  const line = page.locator('svg[data-picture="When"]');
  assert.ok((await line.locator('circle').count()) >= 12, 'events of the case and what was observed later');
  await line.locator('text', { hasText: 'Lavrov in Baku' }).click();
  await page.getByRole('heading', { name: /Lavrov in Baku/ }).waitFor();

  await page.getByRole('combobox', { name: /outcome/ }).click();
  await page.getByRole('option', { name: /Western peace/ }).click();
  await until(
    'the tie is another',
    async () => (await map.locator('[data-key="tie-2"] path[stroke="var(--mark)"]').count()) === 1,
  );
  await page.getByText('Under strain: Azerbaijan is close to Armenia and Russia, who are at odds.').waitFor();
  await page.getByText('Armenia leaves: Collective Security Treaty Organization').waitFor();
  assert.match(page.url(), /after=\d+/);
  await page.getByRole('button', { name: 'As a table' }).click();
  await page
    .locator('table[data-table] tr', { hasText: 'Azerbaijan and Armenia: friendly' })
    .getByText('was: hostile')
    .waitFor();
  await done();
});

story('4 Situation: of many actors a body is one node; of very many, ties are a table', async () => {
  const many = (count) => `format = 1
[case]
title = "${count} states"
${Array.from({ length: count }, (_, k) => `[actor.s${k}]\nname = "State ${k}"\noption.o = { text = "Join", assumption = true }\nprefers = [{ that = "s${k}.o", assumption = true }]`).join('\n')}
[body.north]
name = "Northern Union"
members = ["s0", "s1", "s2", "s3", "s4"]
[body.south]
name = "Southern League"
members = ["s5", "s6", "s7"]
${[
  [0, 1, 'alliance'],
  [0, 5, 'hostile'],
  [1, 6, 'strained'],
  [2, 9, 'friendly'],
  [8, 9, 'partnership'],
  [5, 6, 'alliance'],
]
  .map(([a, b, kind]) => `[[tie]]\nbetween = ["s${a}", "s${b}"]\nkind = "${kind}"`)
  .join('\n')}
`;
  for (const count of [14, 34]) {
    mkdirSync(join(folder.dir, `many-${count}`), { recursive: true });
    writeFileSync(join(folder.dir, `many-${count}/case.toml`), many(count));
  }
  const { page, done } = await open(server.base, view('situation', 'many-14/case.toml'));
  const map = page.locator('svg.map');
  await map.waitFor();
  const discs = map.locator('g.disc');
  await until('two bodies and six who are in none', async () => (await discs.count()) === 8);
  // Two ties between the two bodies are one line that says of what kind they are; a click goes through them.
  await map.getByText('1 × hostile, 1 × strained').click();
  await page.getByRole('heading', { name: 'State 0 and State 5: hostile' }).waitFor();
  await map.getByText('1 × hostile, 1 × strained').click();
  await page.getByRole('heading', { name: 'State 1 and State 6: strained' }).waitFor();
  // A body opens where it stands, all can be opened and folded.
  await map.locator('[data-key="body-1"].disc').click();
  await until('its three members', async () => (await discs.count()) === 10);
  await page.getByRole('button', { name: 'Fold bodies' }).click();
  await until('folded', async () => (await discs.count()) === 8);
  await page.getByRole('button', { name: 'Show every actor' }).click();
  await until('all', async () => (await discs.count()) === 14);

  await page.goto(server.base + view('situation', 'many-34/case.toml'));
  const table = page.getByRole('region', { name: 'Ties between all actors' });
  await table.waitFor();
  assert.equal(await table.locator('tbody tr').count(), 34);
  assert.equal(await table.getByRole('button').count(), 12, 'each tie from both sides');
  await table.getByRole('button', { name: 'State 5 and State 0: hostile' }).click();
  await page.getByRole('heading', { name: 'State 0 and State 5: hostile' }).waitFor();
  await done();
});

story('5 Answer: questions, matrix, table, moves, why with claims, together, onwards', async () => {
  const { page, done } = await open(server.base, view('answer'));
  await page.getByText('in one of the 3 outcomes that last').waitFor();
  await page.getByRole('link', { name: /Can it be\?/ }).click();
  await page
    .getByRole('heading', {
      name: 'Can a Western-brokered agreement hold, so that nobody alone has a reason to leave it?',
    })
    .waitFor();
  await page.locator('.say b', { hasText: 'Yes.' }).waitFor();

  // The table: sorted by an actor's ranking, filtered in sentences.
  const table = page.locator('section.all');
  await table.getByText('All 128 outcomes').waitFor();
  await table.getByRole('button', { name: /The agreement holds/ }).click();
  await until(
    '36 rows pass',
    async () => (await table.locator('[aria-rowcount]').first().getAttribute('aria-rowcount')) === '36',
  );
  await table.getByRole('button', { name: 'Sort by Russia' }).first().click();
  const ranks = () => table.locator('tbody tr:not(.gap) td.rank').allTextContents();
  await until('by rank', async () => (await ranks()).length > 5);
  const list = (await ranks()).map((words) => Number(/^(\d+) of \d+$/.exec(words)[1]));
  assert.deepEqual(
    list,
    [...list].sort((a, b) => a - b),
  );
  await page.locator('#add-filter').click();
  await page.getByRole('option', { name: /Armenia would leave/ }).click();
  await until(
    'fewer rows',
    async () => Number(await table.locator('[aria-rowcount]').first().getAttribute('aria-rowcount')) < 36,
  );
  assert.match(page.url(), /sort=ru/);

  // A verdict: the reason, step by step, with exactly its claims.
  const why = page.locator('aside.why');
  await page
    .locator('table.mx')
    .getByRole('button', { name: /^Azerbaijan is held back: Side deal/ })
    .click();
  await why.getByRole('heading', { name: /^Azerbaijan stays: .* answered\.$/ }).waitFor();
  assert.ok((await why.locator('.steps > li').count()) >= 2);
  await why.locator('.ev', { hasText: 'Once the two sign a Western-brokered agreement' }).waitFor();
  // Its certificate holds for the checker of the command line.
  const { bytes } = await downloaded(page, () => why.getByRole('button', { name: 'Certificate' }).click());
  const file = join(folder.dir, 'certificate.json');
  writeFileSync(file, bytes);
  execFileSync(binary, ['verify', join(folder.dir, flagship), file]);

  // An arrow of the picture: who could leave together, and what each gains.
  const picture = page.locator('svg.graph');
  assert.ok((await picture.locator('.node').count()) >= 4);
  await why
    .getByRole('button', { name: /Russia/ })
    .first()
    .click();
  await why.getByRole('heading', { name: /^Russia/ }).waitFor();
  await page
    .locator('table.mx')
    .getByRole('button', { name: /^Azerbaijan has no reason to leave: Western peace/ })
    .click();
  await why.getByText('Azerbaijan and Russia could leave').waitFor();
  await why.locator('.exits button').first().click();
  await why.getByRole('heading', { name: 'Azerbaijan and Russia together would leave.' }).waitFor();
  await why.getByText('Russia gains what it ranks higher').waitFor();
  await why.locator('.ev').first().waitFor();
  await picture.locator('.edge path[stroke="var(--mark)"]').waitFor();
  // Back through reasons.
  await page.goBack();
  await why.getByRole('heading', { name: /^Azerbaijan stays: / }).waitFor();
  await why.getByText('It ends here: nobody alone moves.').waitFor();
  // From the side deal single steps lead on.
  await page
    .locator('table.mx')
    .getByRole('button', { name: /^Russia is held back: Side deal/ })
    .click();
  await why.getByText('By steps of single actors it can end in').waitFor();
  await why.locator('.exits button', { hasText: 'of runs end here' }).first().click();
  await why.locator('.path li').first().waitFor();
  // All outcomes as a picture, and as a table.
  await page.getByRole('button', { name: 'All 128' }).click();
  await until('every outcome is drawn', async () => (await picture.locator('.node').count()) === 128);
  await done();
});

story('5 Answer: what it would take, one change and two, seen in What if', async () => {
  const { page, done } = await open(server.base, view('answer'));
  await page.getByRole('link', { name: /What would it take\?/ }).click();
  await page.getByRole('heading', { name: /What is the least change/ }).waitFor();
  // All ways, the telling ones first; the rest folded.
  const one = page.getByRole('region', { name: 'One change breaks it' });
  await one.getByText('The West cannot guarantee the agreement').waitFor();
  assert.equal(await one.locator('tbody tr:visible').count(), 4);
  // The file has those that are folded too.
  await page.keyboard.press('Control+e');
  const line = page.getByRole('dialog').locator('li', { hasText: 'One change breaks it' });
  const { bytes } = await downloaded(page, () => line.getByRole('button', { name: 'CSV' }).click());
  assert.equal(bytes.toString().trim().split('\r\n').length, 10);
  await page.keyboard.press('Escape');
  await one.getByRole('button', { name: '5 more ways' }).click();
  await until('all ways', async () => (await one.locator('tbody tr:visible').count()) === 9);
  await page.locator('.say', { hasText: 'No single change of mind makes it all that lasts.' }).waitFor();
  // Without an answer for one of the two, it can be asked further.
  await page.getByRole('button', { name: 'Try two changes at once' }).click();
  const none = page.locator('.say', {
    hasText: 'Not even two changes of mind at once make it all that lasts.',
  });
  await none.waitFor({ timeout: 60_000 });
  // As `detente price` has it.
  const price = JSON.parse(execFileSync(binary, ['price', join(folder.dir, flagship), '--format', 'json']));
  assert.deepEqual(
    price.aims.map((aim) => [aim.aim, aim.cost, aim.ways.length]),
    [
      ['never', 1, 10],
      ['certain', null, 0],
    ],
  );
  // What one change does, beside the case as written.
  await one.getByRole('link', { name: 'See in What if: The West cannot guarantee the agreement' }).click();
  await page
    .getByText('The West cannot guarantee the agreement')
    .or(page.locator('table.cmp'))
    .first()
    .waitFor();
  await page
    .locator('table.cmp tbody tr', { hasText: 'Western peace' })
    .getByText('Not possible')
    .first()
    .waitFor();
  assert.match(decodeURIComponent(page.url()), /"unavailable":\["west.guarantee"\]/);
  await done();
});

story('6 What if: variants, strikes, a forbidden option, an order; kept as a variant', async () => {
  const { page, done } = await open(server.base, view('whatif'));
  const written = folder.read(flagship);
  const table = page.locator('table.cmp');
  await table.getByText('As written').waitFor();
  // Sentences are compared one by one; a point in a number ends none.
  await page.locator('table.asks').getByText('96.6–97.6 %').waitFor();
  await page.getByText('The West offers no guarantee').click();
  const western = table.locator('tbody tr', { hasText: 'Western peace' });
  await western.locator('td').nth(1).getByText('Not possible').waitFor();

  // Forbid an option: what is tried stands beside what is written.
  await page.getByRole('combobox', { name: 'Forbid an option' }).click();
  await page.getByRole('option', { name: /Hinder the Western tracks/ }).click();
  await table.getByText('1 change tried').waitFor();
  await western.locator('td').nth(1).locator('.mk').waitFor();
  await page.getByText('This is not the case as written').waitFor();
  await page.getByRole('switch', { name: /Hinder the Western tracks/ }).click();
  await until('as written again', async () => (await table.getByText('1 change tried').count()) === 0);

  // Strike a claim, then all assessments.
  await page.getByRole('combobox', { name: 'Strike one claim' }).click();
  await page.getByRole('option', { name: /Once the two sign a Western-brokered agreement/ }).click();
  await table.getByText('3 outcomes last').nth(1).waitFor();
  await page.getByRole('switch', { name: /Assessments/ }).click();
  await table.getByText('2 changes tried').waitFor();
  await page.getByRole('button', { name: 'As written again' }).click();

  // Another order of wishes, by keyboard.
  await page.getByRole('button', { name: /Russia/ }).click();
  await page.locator('[data-wish="ru-0"]').focus();
  await page.keyboard.press('Alt+ArrowDown');
  await table.getByText('1 change tried').waitFor();
  await page.locator('[data-wish="ru-1"].mk').waitFor();

  // How sure one is: shares follow the slider while it is dragged, and come back.
  const often = page.getByRole('radiogroup', { name: 'How often it lasts' });
  await often.getByRole('radio', { name: /^The agreement holds/ }).click();
  const share = async () =>
    (await often.getByRole('radio', { checked: true }).locator('b').textContent()).trim();
  await until('a share of sampled models', async () => /^\d/.test(await share()));
  // The order of wishes was just changed: the shares follow it, and then stand still.
  let first = '';
  await until('the share stands still', async () => {
    const before = await share();
    await new Promise((wait) => setTimeout(wait, 1500));
    first = await share();
    return first === before;
  });
  const wish = page.locator('.mv li').first();
  const slider = wish.getByRole('slider');
  const sure = Number(await slider.getAttribute('aria-valuenow'));
  await slider.scrollIntoViewIfNeeded();
  const box = await slider.boundingBox();
  await page.mouse.move(box.x + box.width * sure, box.y + 10);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.5, box.y + 10);
  await page.mouse.move(box.x + box.width * 0.05, box.y + 10);
  await until('the share follows before the knob is let go', async () => (await share()) !== first);
  await page.mouse.up();
  await page.getByRole('button', { name: 'As sure as written' }).click();
  await until('the same models, the same share', async () => (await share()) === first);

  // Keep it: a variant in the file, everything else as it was.
  await page.getByRole('button', { name: 'Keep as variant' }).first().click();
  await page.getByLabel('Title of the variant').fill('Moscow puts Armenia first');
  await page.locator('form').getByRole('button', { name: 'Keep as variant' }).click();
  await until('in the file', () => folder.read(flagship).includes('[variant.moscow-puts-armenia-first]'));
  assert.ok(
    comments(written).every((line) => comments(folder.read(flagship)).includes(line)),
    'comments survive',
  );
  await page.locator('.menu-at', { hasText: 'Moscow puts Armenia first' }).waitFor();
  execFileSync(binary, [
    'solve',
    join(folder.dir, flagship),
    '--variant',
    'moscow-puts-armenia-first',
    '--quiet',
  ]);

  // What the conclusions hang on.
  await page.getByRole('button', { name: /Strike each claim/ }).click();
  await page.locator('.trust table').waitFor();
  writeFileSync(join(folder.dir, flagship), written);
  await done();
});

story('7 Export: pictures, tables, a link that restores the view, a page', async () => {
  const { page, context, done } = await open(server.base, view('answer'));
  await page.locator('table.mx').waitFor();
  await page
    .locator('table.mx')
    .getByRole('button', { name: /^Azerbaijan is held back: Side deal/ })
    .click();
  await page
    .locator('section.all')
    .getByRole('button', { name: /The agreement holds/ })
    .click();
  await page.getByRole('heading', { name: /^Azerbaijan stays: / }).waitFor();
  const address = page.url();
  const exporting = async () => {
    await page.getByRole('button', { name: 'Export' }).click();
    return page.getByRole('dialog');
  };
  let dialog = await exporting();
  const row = (name) => dialog.locator('li', { hasText: name });
  const svg = await downloaded(page, () =>
    row('Who moves it there').getByRole('button', { name: /SVG/ }).click(),
  );
  assert.match(svg.name, /^south-caucasus-2023-.*\.svg$/);
  const text = svg.bytes.toString();
  const sound = await page.evaluate((source) => {
    const parsed = new DOMParser().parseFromString(source, 'image/svg+xml');
    return {
      root: parsed.documentElement.nodeName,
      letters: parsed.querySelectorAll('text').length,
      variables: source.includes('var(--'),
    };
  }, text);
  assert.equal(sound.root, 'svg');
  assert.ok(sound.letters > 8);
  assert.equal(sound.variables, false, 'a picture on its own knows no variables of the page');
  const png = await downloaded(page, () =>
    row('Who moves it there').getByRole('button', { name: /PNG/ }).click(),
  );
  assert.deepEqual([...png.bytes.subarray(0, 4)], [0x89, 0x50, 0x4e, 0x47]);
  const csv = await downloaded(page, () =>
    row('All 128 outcomes').getByRole('button', { name: /CSV/ }).click(),
  );
  // One author: the file of the page is the file of the command line.
  const cli = execFileSync(binary, ['export', join(folder.dir, flagship), '--to', 'csv']).toString();
  assert.equal(csv.bytes.toString(), cli);
  const lines = cli.trimEnd().split('\r\n');
  assert.equal(lines.length, 129);
  const sifted = await downloaded(page, () =>
    row('The 36 that the table shows').getByRole('button', { name: /CSV/ }).click(),
  );
  const some = sifted.bytes.toString().trimEnd().split('\r\n');
  assert.equal(some.length, 37);
  const numbers = (rows) => rows.map((line) => line.split(',')[0]);
  assert.ok(
    numbers(some).every((number) => numbers(lines).includes(number)),
    'the same outcomes, only fewer',
  );
  const matrix = await downloaded(page, () =>
    row('Where it can end').getByRole('button', { name: /CSV/ }).click(),
  );
  assert.match(matrix.bytes.toString(), /Azerbaijan has no reason to leave/);
  await row('Link').getByRole('button').click();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), address);
  await page.keyboard.press('Escape');

  // The link, in another window.
  const other = await context.newPage();
  await other.goto(address);
  await other.getByRole('heading', { name: /^Azerbaijan stays: / }).waitFor();
  assert.equal(
    await other
      .locator('section.all')
      .getByRole('button', { name: /The agreement holds/ })
      .getAttribute('aria-pressed'),
    'true',
  );

  // The page to print: the reason and its evidence, no controls.
  await page.emulateMedia({ media: 'print' });
  assert.ok(await page.locator('.q').first().isVisible());
  assert.ok(await page.locator('.why .ev').first().isVisible());
  for (const hidden of ['.tabs', '.bar .end', '.qs'])
    assert.equal(await page.locator(hidden).first().isVisible(), false, hidden);
  // Claims are written out at the end, the reason stands before the long table, and nothing says it is a forecast.
  const c14 = page.locator('section.paper li', { hasText: '[c14]' });
  await c14.getByText('Russian peacekeepers').waitFor();
  const top = async (what) => (await page.locator(what).first().boundingBox()).y;
  assert.ok(
    (await top('svg.graph')) < (await top('aside.why')) &&
      (await top('aside.why')) < (await top('section.all')) &&
      (await top('section.all')) < (await top('section.paper')),
  );
  for (const text of ['As of 7 March 2023', 'Not a forecast', 'Version: As written'])
    await page.getByText(text, { exact: true }).waitFor();
  await page.emulateMedia({ media: 'screen' });
  await until('not on the screen', async () => (await page.locator('section.paper').count()) === 0);
  // Printed from the screen, as people do, as many pages come out as when all that is for paper stands already; every
  // outcome that passes is among it, not only those in sight.
  const pages = async () =>
    (await page.pdf({ preferCSSPageSize: true })).toString('latin1').match(/\/Type \/Page\b/g).length;
  await page.emulateMedia({ media: null });
  const fromScreen = await pages();
  await page.emulateMedia({ media: 'print' });
  await page.locator('section.paper').waitFor();
  assert.equal(fromScreen, await pages());
  assert.equal(await page.locator('section.all tbody tr').count(), 36);
  await page.getByText('36 outcomes are shown, those that pass: The agreement holds.').waitFor();
  await page.emulateMedia({ media: null });

  // A pinned reason stays at hand, in the link too, and is printed whole beside the one that is open.
  const why = page.locator('aside.why');
  await why.getByRole('button', { name: 'Pin', exact: true }).click();
  await why.getByRole('group', { name: 'Whose reason' }).getByRole('button', { name: 'Armenia' }).click();
  await why.getByRole('heading', { name: /^Armenia stays: / }).waitFor();
  await page.reload();
  const pin = why.locator('.pins .to');
  await pin.getByText(/^Azerbaijan stays: /).waitFor();
  assert.equal(await why.locator('.whole').count(), 0, 'on the screen only its title');
  await page.emulateMedia({ media: 'print' });
  await why
    .locator('.whole')
    .getByRole('heading', { name: /^Azerbaijan stays: / })
    .waitFor();
  await why.locator('.whole .ev', { hasText: 'Russian peacekeepers are needed' }).waitFor();
  await page.emulateMedia({ media: null });
  // A claim of it is struck from here: the pinned reason is that of the version now, and its claim can come back.
  await pin.click();
  await why.getByRole('heading', { name: /^Azerbaijan stays: / }).waitFor();
  await why.getByRole('combobox', { name: 'Strike a claim' }).click();
  await page.getByRole('option', { name: 'Strike c14' }).click();
  await until('struck', async () => page.url().includes('c14'));
  await why.getByRole('button', { name: /^Unpin/ }).click();
  await until('unpinned', async () => (await why.locator('.pins').count()) === 0);

  // Every other view offers something to take out.
  for (const name of ['situation', 'whatif', 'write']) {
    await page.goto(server.base + view(name));
    // As soon as the page stands: what is not there yet is not offered empty, and comes.
    dialog = await exporting();
    const kinds = name === 'situation' ? /SVG/ : name === 'whatif' ? /CSV/ : /TOML/;
    const out = await downloaded(page, () => dialog.getByRole('button', { name: kinds }).first().click());
    assert.ok(out.bytes.length > 200, name);
    await page.keyboard.press('Escape');
  }

  // A long table is printed to a limit, and the page says so.
  writeFileSync(
    join(folder.dir, 'long.toml'),
    execFileSync(binary, [
      'generate',
      '--actors',
      '3',
      '--options',
      '11',
      '--statements',
      '6',
      '--rules',
      '0',
      '--seed',
      '3',
    ]),
  );
  await page.goto(server.base + view('answer', 'long.toml'));
  await page.locator('section.all .scroll').waitFor();
  await page.emulateMedia({ media: 'print' });
  await page.getByText('The first 1,000 of 2,048 outcomes; the CSV file has all.').waitFor();
  assert.equal(await page.locator('section.all tbody tr').count(), 1000);
  await page.emulateMedia({ media: null });
  await done();
});

story('2 Write: verdicts follow a wish while it is dragged', async () => {
  const path = 'drag/case.toml';
  mkdirSync(join(folder.dir, 'drag'), { recursive: true });
  writeFileSync(
    join(folder.dir, path),
    `format = 1
[case]
title = "One wish against another"
[actor.a]
name = "North"
option.x = { text = "Open the road", assumption = true }
prefers = [{ that = "not a.x", assumption = true }, { that = "a.x", assumption = true }]
[actor.b]
name = "South"
option.y = { text = "Lift the ban", assumption = true }
prefers = [{ that = "b.y", assumption = true }]
[status_quo]
on = []
[question.road]
ask = "Can the road stay open?"
kind = "possible"
outcome = "a.x"
`,
  );
  const written = folder.read(path);
  const { page, done } = await open(server.base, view('write', path));
  const row = (n) => page.locator(`[data-row="actor.a.prefers-${n}"]`);
  const said = page.locator('p.now');
  await said.getByText('No.').waitFor();
  await row(1).locator('.grip').hover();
  await page.mouse.down();
  const first = await row(0).boundingBox();
  for (const y of [24, 16, 8]) await page.mouse.move(first.x + 60, first.y + y);
  await said.getByText('If dropped here:').waitFor();
  await said.getByText('Yes.').waitFor();
  assert.equal(folder.read(path), written, 'nothing is written before the drop');
  await page.mouse.up();
  await until('what was shown holds', async () => /^\s*Yes\./.test(await said.textContent()));
  await until('the file has the new order', () => folder.read(path) !== written);
  assert.equal(
    JSON.parse(execFileSync(binary, ['solve', join(folder.dir, path), '--format', 'json'])).questions[0]
      .answer,
    'yes',
  );
  await done();
});

story('The edge between panes: by keyboard and by mouse, remembered for each view', async () => {
  const { page, done } = await open(server.base, view('answer'));
  const why = page.locator('aside.why');
  const width = async (pane) => Math.round((await pane.boundingBox()).width);
  const edge = page.getByRole('separator', { name: 'Width of “Why”' });
  await edge.waitFor();
  assert.equal(await width(why), 376);
  await edge.focus();
  for (let n = 0; n < 3; n++) await page.keyboard.press('ArrowLeft');
  await until('three steps wider', async () => Math.abs((await width(why)) - 424) <= 1);
  assert.equal(await edge.getAttribute('aria-valuenow'), '424');
  await page.reload();
  await until('remembered', async () => Math.abs((await width(why)) - 424) <= 1);
  await edge.focus();
  await page.keyboard.press('Home');
  await until('as narrow as it goes', async () => Math.abs((await width(why)) - 220) <= 1);
  await page.keyboard.press('Enter');
  await until('the width of the design', async () => (await width(why)) === 376);
  // By mouse; every pane of Write keeps its place beside the others.
  await page.goto(server.base + view('write'));
  const [form, text, source] = ['.pane.form', '.pane.text', '.pane.source'].map((name) => page.locator(name));
  await page.locator('.cm-content').waitFor();
  const grip = await page.getByRole('separator', { name: 'Width of “Source”' }).boundingBox();
  await page.mouse.move(grip.x + grip.width / 2, 400);
  await page.mouse.down();
  await page.mouse.move(grip.x + grip.width / 2 - 60, 400, { steps: 4 });
  await page.mouse.up();
  await until('the source is wider', async () => Math.abs((await width(source)) - 468) <= 2);
  assert.equal(await width(form), 392);
  assert.ok(
    Math.abs((await width(form)) + (await width(text)) + (await width(source)) - 1280) <= 2,
    'beside each other',
  );
  await done();
});

story('8 Large cases: structure instead of lists, reasons, progress and cancel', async () => {
  const { page, done } = await open(server.base, view('answer', 'climate-finance/case.toml'));
  await page.getByText('3 of 20,488,192 possible outcomes last').first().waitFor();
  await page.getByRole('heading', { name: 'What all of them have in common' }).waitFor();
  await page.locator('aside.why .title').waitFor();
  await page.getByRole('button', { name: 'sequential', exact: true }).click();
  await page.getByRole('button', { name: /Why the outcomes of group 1 last/ }).click();
  await page.locator('aside.why .title').waitFor();
  // What if works on it too.
  await page.getByRole('link', { name: 'What if' }).click();
  await page.locator('table.cmp').getByText('Too many outcomes to list').waitFor();
  await page
    .getByText('Too many outcomes to draw models of this case')
    .getByText(/stopped at/)
    .waitFor();

  // One that takes long: told what goes on, stopped, and what was found is kept.
  const slow = execFileSync(binary, [
    'generate',
    '--actors',
    '4',
    '--options',
    '40',
    '--statements',
    '20',
    '--rules',
    '6',
    '--locality',
    '40',
    '--seed',
    '5',
  ]);
  writeFileSync(join(folder.dir, 'slow.toml'), slow);
  await page.goto(server.base + view('answer', 'slow.toml'));
  const progress = page.locator('.progress');
  await progress.waitFor({ timeout: 30_000 });
  await until('says what is computed', async () => /\D{12,}/.test(await progress.textContent()));
  await progress.getByRole('button', { name: 'Cancel' }).click();
  await until('it has stopped', async () => (await progress.count()) === 0, 30_000);
  await page
    .getByText(/A limit was reached|This version cannot be solved/)
    .first()
    .waitFor();
  await done();
});
