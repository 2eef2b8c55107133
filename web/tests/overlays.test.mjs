// The inside of versions and of what actors see, levers, where questions start and what they strike, and cases in graph
// form, by form. Every form writes what `check` reads.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { binary, closeAll, editorText, open, serve, until, view } from './harness.mjs';

const start = `format = 1
[case]
title = "Strait"
as_of = 2026-03-01

[source.note]
title = "A note"
[claim.c01]
source = "note"
says = "North would sign."
speaker = "A captain"
kind = "hope"
[claim.c02]
source = "note"
says = "South has mines."

[actor.n]
name = "North"
[actor.n.option]
patrol = "Send patrols"
toll = { text = "Take a toll", levels = [0, 30, 60], unit = "%", assumption = true }
[[actor.n.prefers]]
that = "act.pact"
because = ["c01"]
[[actor.n.prefers]]
id = "calm"
that = "not n.patrol"
assumption = true

[actor.s]
name = "South"
[actor.s.option]
mine = { text = "Lay mines", because = ["c02"] }
[[actor.s.prefers]]
that = "not s.mine"
assumption = true

[act.pact]
text = "Sign the pact"
parties = ["n", "s"]
begins_if = "not s.mine"
assumption = true

[deadline.lease]
on = 2026-09-30
title = "The lease ends"
then = { off = ["n.patrol"] }
assumption = true

[define]
free = { that = "not s.mine", because = ["c02"], otherwise = "true", says = "the strait is free" }

[[rule]]
never = "act.pact and s.mine"
because = ["c02"]

[status_quo]
on = ["n.patrol"]

[question.free]
ask = "Can the strait be free?"
kind = "possible"
outcome = "free"

[variant.mild]
title = "A mild winter"
`;

const dir = mkdtempSync(join(tmpdir(), 'detente-overlays-'));
const file = join(dir, 'strait.toml');
let server;
let page;
let opened;
before(async () => {
  server = await serve(dir);
});
const begin = async (text) => {
  await opened?.done();
  writeFileSync(file, text);
  opened = await open(server.base, view('write', 'strait.toml'), { allow: [/409/] });
  ({ page } = opened);
  await page.locator('.cm-content').waitFor();
};
after(async () => {
  await closeAll();
  await server.stop();
  rmSync(dir, { recursive: true, force: true });
});

const read = () => readFileSync(file, 'utf8');
const part = (name) => page.locator('.form .sub').getByRole('button', { name, exact: true }).click();
const saved = async (what, pattern) => {
  try {
    await until(what, () => pattern.test(read()), 15_000);
  } catch (error) {
    throw new Error(`${error.message}\n${read()}`, { cause: error });
  }
};
const escaped = (name) => name.replace(/[.*+?^$()]/g, '\\$&');
const box = (name, within = page) =>
  within.getByRole('combobox', { name: new RegExp(`^${escaped(name)}(,|:|$)`) });
const pick = async (field, option) => {
  await field.click();
  await page.getByRole('option', { name: option }).first().click();
};
const fill = async (field, words) => {
  await field.fill(words);
  await field.press('Enter');
};
const compose = (name, words, within = page) =>
  fill(within.locator('input[role=combobox]').and(box(name)), words);
/** What stands in the file is a case, and the text says the same. */
const sound = async () => {
  await until('the text is that of the file', async () => (await editorText(page)) === read());
  const said = JSON.parse(spawnSync(binary, ['check', file, '--format', 'json']).stdout.toString());
  assert.deepEqual(
    said.diagnostics.filter((one) => one.severity === 'error'),
    [],
    read(),
  );
};
const changes = (of) => page.getByRole('group', { name: `What differs: ${of}` });
const change = (of, what) => pick(box(`Add a change to: ${of}`), new RegExp(`^${escaped(what)}$`));

test('what a version changes by form: evidence, wishes, rules, names, acts, dates, moves, the start', async () => {
  await begin(start);
  await part('Names');
  await page.getByRole('button', { name: 'A mild winter', exact: true }).click();
  const of = 'A mild winter';
  await change(of, 'Evidence that is struck');
  await pick(box('Speakers'), 'A captain');
  await saved(
    'a speaker is struck',
    /\[variant\.mild\.strike\]\nspeakers = \["A captain"\]|strike\.speakers = \["A captain"\]/,
  );
  await pick(box('Claims', changes(of)), 'South has mines');
  await saved('a claim is struck', /claims = \["c02"\]/);
  await changes(of).getByRole('button', { name: 'Take out: South has mines.' }).click();
  await until('it is not', () => !/claims = \["c02"\]/.test(read()));

  await change(of, 'What cannot be done');
  await pick(box('What cannot be done'), 'Send patrols');
  await saved('an option is away', /unavailable = \["n\.patrol"\]/);

  // A wish without an id is given one, in the same change.
  await change(of, 'Other wishes in the place of some');
  await pick(box('Whose wish is another'), /^N.*pact/i);
  await saved(
    'another wish, as it was',
    /\[variant\.mild\.change\.prefers\.n\][^[]*wish-1 = \{[^\n]*that = "act\.pact"/,
  );
  assert.match(read(), /id = "wish-1"/);
  await changes(of)
    .getByRole('group', { name: /^In the place of/ })
    .getByRole('button', { name: /^Turn round: Sign the pact/ })
    .click();
  await saved('turned round', /wish-1 = \{[^\n]*that = "not act\.pact"/);
  assert.match(
    read(),
    /\[\[actor\.n\.prefers\]\]\n(id = "wish-1"\n)?that = "act\.pact"/,
    'the wish itself stays',
  );

  await change(of, 'Further wishes');
  await pick(box('Whose'), 'South');
  await compose('A further wish of South', 'toll 30 less');
  await saved(
    'a further wish',
    /\[\[variant\.mild\.add\.prefers\.s\]\]\nthat = "n\.toll <= 30"\nassumption = true/,
  );
  await fill(page.getByRole('textbox', { name: /^Its place/ }), '1');
  await saved('its place', /add\.prefers\.s\]\][^[]*at = 1/);

  await change(of, 'Wishes that fall');
  await pick(box('Which wish falls'), /North.*patrols/i);
  await saved('a wish falls', /\[variant\.mild\.drop\.prefers\]\nn = \["calm"\]/);

  await change(of, 'Rules that fall');
  await pick(box('Which rule falls'), /mines/i);
  await saved('a rule falls', /rule = \["rule-1"\]/);
  assert.match(
    read(),
    /\[\[rule\]\]\n(id = "rule-1"\n)?never = "act\.pact and s\.mine"[^[]*(id = "rule-1")?/,
  );

  await change(of, 'Further rules');
  await compose('A further rule', 'mines');
  await saved('a further rule', /\[\[variant\.mild\.add\.rule\]\]\nnever = "s\.mine"/);

  await change(of, 'Names that mean something else');
  await pick(box('Which name'), 'free');
  await saved('a name, as it was', /define[.\]\s]*\n?free = "not s\.mine"/);
  await changes(of)
    .getByRole('group', { name: 'What free stands for' })
    .getByRole('button', { name: /^Turn round: South: Lay mines/ })
    .click();
  await saved('it means something else', /free = "s\.mine"/);

  await change(of, 'Other terms of acts');
  await pick(box('Which act'), 'Sign the pact');
  await saved('terms', /pact = \{ (assumption = true, ends = "any"|ends = "any", assumption = true) \}/);
  await pick(box('Who ends it', changes(of)), 'nobody');
  await saved('nobody ends it', /ends = "never"/);
  await page.getByRole('checkbox', { name: 'Begins only if: nothing' }).click();
  await saved('no condition', /begins_if = \[\]/);

  await change(of, 'Other deadlines');
  await pick(box('Which deadline'), 'The lease ends');
  await fill(changes(of).getByRole('textbox', { name: 'When', exact: true }), '2027-01-31');
  await saved('another day', /lease = \{[^\n]*on = "?2027-01-31/);

  await change(of, 'Moves that cannot be made');
  await pick(box('Whose').last(), 'South');
  await compose('What South cannot do: from where', 'mines');
  await saved('a move taken away', /\[\[variant\.mild\.add\.cannot\.s\]\]\nfrom = "s\.mine"\nto = "true"/);

  await change(of, 'Where it starts');
  await pick(box('Where it starts'), 'elsewhere');
  await saved('as today', /status_quo = \["n\.patrol"\]/);
  await page.getByRole('checkbox', { name: 'Send patrols' }).click();
  await saved('without patrols', /status_quo = \[\]/);
  await pick(box('Level: North: Take a toll', page.getByRole('group', { name: 'Where it starts' })), '30 %');
  await saved(
    'at a level',
    /status_quo = \{ (on = \[\], levels = \{ "n\.toll" = 30 \}|levels = \{ "n\.toll" = 30 \}, on = \[\]) \}/,
  );
  await sound();
});

test('a form of a version on an old view changes nothing else', async () => {
  await begin(`${start}
[[variant.mild.add.prefers.s]]
that = "act.pact"
assumption = true
[[variant.mild.add.prefers.s]]
that = "not n.patrol"
assumption = true
`);
  await part('Names');
  await page.getByRole('button', { name: 'A mild winter', exact: true }).click();
  await page.getByRole('button', { name: 'South: not: North: Send patrols', exact: true }).click();
  await page.getByRole('group', { name: 'Further wish 2, of South' }).waitFor();
  // Somebody takes out the first of the two while the form still shows both.
  await page.route(
    '**/api/v1/live',
    (route) => new Promise((done) => setTimeout(() => done(route.continue()), 5000)),
  );
  writeFileSync(
    file,
    read().replace('[[variant.mild.add.prefers.s]]\nthat = "act.pact"\nassumption = true\n', ''),
  );
  await until('the text is that of the file', async () => (await editorText(page)) === read());
  await page
    .getByRole('group', { name: 'Further wish 2, of South' })
    .getByRole('button', { name: /^Turn round: North: Send patrols/ })
    .click();
  await saved('the second one is turned', /\[\[variant\.mild\.add\.prefers\.s\]\]\nthat = "n\.patrol"/);
  assert.equal(read().match(/variant\.mild\.add\.prefers/g).length, 1);
  assert.match(read(), /\[\[actor\.s\.prefers\]\]\nthat = "not s\.mine"/);
});

test('what an actor sees, levers, where a question starts and what it strikes by form', async () => {
  await begin(start);
  await part('Names');
  await pick(box('Add what an actor sees'), 'South');
  await saved('a view', /\[view\.s\]/);
  await change('South', 'Evidence that is struck');
  await pick(box('Kinds', changes('South')), 'hope');
  await saved(
    'what South does not believe',
    /\[view\.s\.strike\]\nkinds = \["hope"\]|strike\.kinds = \["hope"\]/,
  );

  await part('Acts');
  await pick(box('Add a lever on a wish'), /North.*patrols/i);
  await saved('a lever', /\[\[lever\]\]\n(?=[^[]*actor = "n")(?=[^[]*wish = "calm")(?![^[]*cost)/);
  await fill(page.getByRole('textbox', { name: 'Cost of an incentive' }), '2.5');
  await saved('its cost', /\[\[lever\]\][^[]*cost = 2\.5/);
  // One on an option that stands in the file in words alone; without a cost there is none.
  await part('Actors');
  await page.getByRole('button', { name: /^More of: Send patrols/ }).click();
  await fill(page.getByRole('textbox', { name: 'Cost of an incentive' }), '3');
  await saved('a lever on an option', /patrol = \{ text = "Send patrols", lever = \{ cost = 3(\.0)? \} \}/);
  await fill(page.getByRole('textbox', { name: 'Cost of an incentive' }), '');
  await until('no lever', () => !/patrol.*lever/.test(read()));

  await part('Question');
  await page.getByRole('button', { name: 'Can the strait be free?', exact: true }).click();
  await pick(box('Kind'), 'Who can move it');
  await pick(box('From where'), 'elsewhere');
  await saved('from today', /from = \["n\.patrol"\]/);
  await page.getByRole('checkbox', { name: 'Lay mines' }).click();
  await saved('with mines', /from = \["n\.patrol", "s\.mine"\]/);
  await pick(box('From where'), 'as today');
  await until('as today', () => !/from = /.test(read()));
  await pick(box('Kind'), 'On facts alone');
  await saved('of trust', /kind = "trust"/);
  await pick(box('Sources'), 'A note');
  await saved('a source is struck', /sources = \["note"\]/);
  await sound();
});

const graph = `format = 1
[case]
title = "Well"
as_of = "1991"
[graph]
states = ["s1", "s2", "s3"]
[graph.names]
s1 = "Delay"
s2 = "Agreement"
s3 = "Court"
[actor.m]
name = "Ministry"
ranking = [[2], [3], [1]]
[[actor.m.move]]
from = "s1"
to = ["s2"]
[actor.u]
name = "Firm"
ranking = [[1], [2], [3]]
[status_quo]
state = "s1"
[outcome.peace]
name = "Peace"
on = ["s2"]
[question.q]
ask = "Can peace last?"
kind = "possible"
outcome = "peace"
[variant.court]
title = "In court"
`;

test('a case in graph form by form: moves of one and of several, states, outcomes, the start', async () => {
  await begin(graph);
  await page.getByRole('button', { name: 'from Delay to Agreement', exact: true }).click();
  await pick(box('To where'), 'Court');
  await saved('another end', /\[\[actor\.m\.move\]\]\nfrom = "s1"\nto = \["s2", "s3"\]/);
  await page.getByRole('tab', { name: /Firm/ }).click();
  await page.getByRole('button', { name: 'Add moves' }).click();
  await saved('moves of the firm', /\[\[actor\.u\.move\]\]/);
  // From where and to where nobody said.
  await page.locator('.row', { hasText: 'From where still open' }).waitFor();
  await pick(box('From where'), 'Court');
  await pick(box('To where'), 'Agreement');
  await saved('from the court', /\[\[actor\.u\.move\]\]\nfrom = "s3"\nto = \["s2"\]/);
  assert.match(read(), /\[\[actor\.m\.move\]\]\nfrom = "s1"/, 'those of the ministry stay');
  await part('Acts');
  await page.getByRole('button', { name: 'Add moves' }).click();
  await saved('moves of both', /\[\[move\]\]\nparties/);
  await pick(box('From where'), 'Court');
  await pick(box('To where'), 'Delay');
  await saved('from where to where', /\[\[move\]\]\n(?=[^]*from = "s3")[^]*to = \["s1"\]/);
  assert.match(read(), /parties = \["m", "u"\]/);
  await part('Start');
  await pick(box('Where it stands today'), 'Court');
  await saved('today', /state = "s3"/);
  await fill(page.getByRole('textbox', { name: 'Name of s1' }), 'Wait');
  await saved('a name', /s1 = "Wait"/);
  await part('Names');
  await page.getByRole('button', { name: 'Peace', exact: true }).click();
  await pick(box('What it is'), 'Wait');
  await saved('an outcome of two states', /on = \["s2", "s1"\]/);
  await page.getByRole('button', { name: 'In court', exact: true }).click();
  await change('In court', 'Where it starts');
  await pick(box('Where it starts'), 'Agreement');
  await saved('a version that starts elsewhere', /status_quo = "s2"/);
  await sound();
});

test('ranks and states of a case in graph form by form; a state goes out of all that names it', async () => {
  await begin(graph.replace('[[1], [2], [3]]', '[["s1"], [2, 3]]'));
  await page.getByRole('tab', { name: /Firm/ }).click();
  const rank = (n) => page.getByRole('group', { name: `Rank ${n}` });
  await rank(2).getByRole('button', { name: 'Take out: Court' }).click();
  await saved('a state out of its rank', /ranking = \[\["s1"\], \[2\]\]/);
  await pick(box('Add the next rank'), 'Court');
  await saved('a rank of its own', /ranking = \[\["s1"\], \[2\], \["s3"\]\]/);
  await page.getByRole('button', { name: 'Move up: Court' }).click();
  await saved('before another', /ranking = \[\["s1"\], \["s3"\], \[2\]\]/);
  await page.getByRole('button', { name: 'Say what the ranking rests on' }).click();
  await saved(
    'grounds of it',
    /ranking = \{(?=[^\n]*groups = \[\["s1"\], \["s3"\], \[2\]\])[^\n]*assumption = true|\[actor\.u\.ranking\]/,
  );
  await sound();

  // Without the agreement the outcome of it alone would be nothing: that is said, and nothing goes.
  await part('Start');
  await page.getByRole('button', { name: 'Remove: Agreement' }).click();
  const ask = page.getByRole('alertdialog');
  await ask.getByText('Peace').first().waitFor();
  assert.equal(await ask.getByRole('button', { name: 'Remove all of it' }).count(), 0);
  await ask.getByRole('button', { name: 'Keep it' }).click();
  await page.getByRole('button', { name: 'Remove: Delay' }).click();
  await ask.getByText('Ministry: from Delay to Agreement').waitFor();
  await ask.getByRole('button', { name: 'Remove all of it' }).click();
  await saved('two states', /states = \["s2", "s3"\]/);
  const now = read();
  assert.ok(!now.includes('s1'), now);
  assert.match(now, /ranking = \[\[1\], \[2\]\]/, 'numbers of later states are theirs still');
  assert.match(now, /state = "s2"/);
  await sound();
});

test('a case in graph form from nothing, and rankings of what options make', async () => {
  await begin('format = 1\n[case]\ntitle = "New"\n');
  await fill(page.getByRole('textbox', { name: 'Add an actor' }), 'Mill');
  await saved('an actor', /\[actor\.mill\]/);
  await part('Start');
  await page.getByRole('button', { name: 'List states instead of options' }).click();
  await saved('two states', /states = \["s1", "s2"\]/);
  await part('Actors');
  await page.getByRole('button', { name: 'Rank all states' }).click();
  await saved('a ranking', /ranking = \[\["s1"\], \["s2"\]\]/);
  await page.getByRole('button', { name: 'Add moves' }).click();
  await saved('a move', /\[\[actor\.mill\.move\]\]/);
  await pick(box('From where'), 'First state');
  await pick(box('To where'), 'Second state');
  await saved('from where to where', /from = "s1"\nto = \["s2"\]/);
  await sound();

  await begin(start.replace(/\[\[actor\.s\.prefers\]\]\nthat = "not s\.mine"\nassumption = true\n/, ''));
  await page.getByRole('tab', { name: /South/ }).click();
  await pick(box('How its wishes count'), 'by a ranking of what may come');
  await compose('Add the next rank', 'mines');
  await saved(
    'the best',
    /ranking = \[\["=s\.mine"\]\]\nrest = "last"|rest = "last"\nranking = \[\["=s\.mine"\]\]/,
  );
  await sound();
  await page.getByRole('tab', { name: /North/ }).click();
  await pick(box('How its wishes count'), 'by weights that are added up');
  await saved('weights in the same order', /weighs[^]*that = "act\.pact"[^]*weight = 2[^]*weight = 1/);
  assert.ok(!/actor\.n\.prefers/.test(read()));
  await sound();
});

test('a deadline of a version alone, rules of every kind, grades of the case by form', async () => {
  await begin(start);
  await part('Names');
  await page.getByRole('button', { name: 'A mild winter', exact: true }).click();
  await change('A mild winter', 'Other deadlines');
  await fill(
    changes('A mild winter').getByRole('textbox', { name: /^Add a deadline of this version/ }),
    'The ice melts',
  );
  await saved('a deadline', /\[variant\.mild\.deadline\.ice-melts\]|ice-melts = \{/);
  // Its day nobody said: it is asked, as of any deadline.
  await changes('A mild winter').locator('.row', { hasText: 'When still open' }).waitFor();
  await fill(changes('A mild winter').getByRole('textbox', { name: 'When', exact: true }), '2026-04-01');
  await saved('its day', /2026-04-01/);
  await pick(box('Then on', changes('A mild winter')), 'Send patrols');
  await saved('what it switches', /on = \["n\.patrol"\]/);
  await sound();

  await part('Rules');
  await pick(box('Kind of rule'), 'at most one of these');
  await compose('Add a rule', 'patrols');
  await saved('one of them', /at_most_one = \["n\.patrol"\]/);
  await compose('One more of them', 'mines');
  await saved('two of them', /at_most_one = \["n\.patrol", "s\.mine"\]/);
  await pick(box('Kind of rule'), 'is possible only if');
  await pick(box('Add a rule'), 'Lay mines');
  await saved(
    'an option',
    /option = "s\.mine"[^[]*requires = "true"|requires = "true"[^[]*option = "s\.mine"/,
  );
  await part('Question');
  await page.getByText('How sure the grades of sources make').click();
  const grade = page.getByRole('slider', { name: /^C: / });
  await grade.focus();
  await page.keyboard.press('PageUp');
  await saved('a grade', /C = 0\.8/);
  await page.keyboard.press('PageDown');
  await until('as usual', () => !/grades/.test(read()));
});

test('a problem is told in words and leads to its field, wherever that is', async () => {
  await begin(`${start}
[[variant.mild.add.prefers.s]]
that = "act.pact"
because = ["c99"]
[observed.later]
title = "What came"
on = 2027-01-01
outcome = "n.patrols"
`);
  const problem = (words) => page.locator('.diag li', { hasText: words });
  await problem('There is no claim “c99”').locator('.go').click();
  await until('the wish of the version is open, and its field has the focus', () =>
    page.evaluate(() => {
      const at = document.activeElement?.closest('[data-at]')?.dataset.at ?? '';
      return at.startsWith('variant.mild.add.prefers.s[');
    }),
  );
  await page.getByRole('group', { name: 'Further wish 1, of South' }).waitFor();
  const slip = problem('n.patrols');
  const words = (await slip.locator('.go').textContent()) ?? '';
  assert.doesNotMatch(words, /`|\[|=/);
  assert.match(words, /Did you mean “North: Send patrols”/);
  await slip.locator('.go').click();
  await until('the field of what was observed', () =>
    page.evaluate(() => document.activeElement?.closest('[data-at="observed.later.outcome"]') !== null),
  );
  await slip.getByRole('button', { name: 'Fix: write “North: Send patrols”' }).click();
  await saved('mended', /outcome = "n\.patrol"/);
  // Where one pane is shown at a time, the problems stand below the form as well.
  await page.setViewportSize({ width: 400, height: 800 });
  await page.locator('.pane.form .diag .go').first().waitFor();
});
