// What the language of a case has beyond options and wishes, by form: acts of several, levels, dates, chance, votes,
// doubt, accounts, said things. Every form writes what `check` reads.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
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
[claim.c02]
source = "note"
says = "North would never sign."

[actor.n]
name = "North"
[actor.n.option]
toll = { text = "Take a toll", assumption = true }
patrol = { text = "Send patrols", assumption = true }
[[actor.n.prefers]]
id = "quiet"
that = "not n.patrol"
assumption = true

[actor.s]
name = "South"
[actor.s.option]
mine = { text = "Lay mines", assumption = true }
[[actor.s.prefers]]
that = "not s.mine"
assumption = true

[actor.w]
name = "West"
[actor.w.option]
pay = { text = "Pay", assumption = true }
[[actor.w.prefers]]
that = "not w.pay"
assumption = true

[status_quo]
on = []
`;

const dir = mkdtempSync(join(tmpdir(), 'detente-language-'));
const file = join(dir, 'strait.toml');
let server;
let page;
let opened;
before(async () => {
  server = await serve(dir);
});
beforeEach(async () => {
  await opened?.done();
  writeFileSync(file, start);
  opened = await open(server.base, view('write', 'strait.toml'), { allow: [/409/] });
  ({ page } = opened);
  await page.locator('.cm-content').waitFor();
});
after(async () => {
  await closeAll();
  await server.stop();
  rmSync(dir, { recursive: true, force: true });
});

const read = () => readFileSync(file, 'utf8');
const part = (name) => page.locator('.form .sub').getByRole('button', { name, exact: true }).click();
const saved = async (what, pattern) => {
  try {
    await until(what, () => pattern.test(read()));
  } catch (error) {
    throw new Error(`${error.message}\n${read()}`, { cause: error });
  }
};
const fill = async (field, words) => {
  await field.fill(words);
  await field.press('Enter');
};
const add = (what, words) => fill(page.getByRole('textbox', { name: `Add ${what}`, exact: true }), words);
const pick = async (field, option) => {
  await field.click();
  await page.getByRole('option', { name: option }).first().click();
};
const box = (name) =>
  page.getByRole('combobox', { name: new RegExp(`^${name.replace(/[.*+?^$()]/g, '\\$&')}(,|:|$)`) });
const compose = (name, words) => fill(page.locator('input[role=combobox]').and(box(name)), words);
/** What stands in the file is a case, and the text says the same. */
const sound = async () => {
  await until('the text is that of the file', async () => (await editorText(page)) === read());
  const said = JSON.parse(execFileSync(binary, ['check', file, '--format', 'json']).toString());
  assert.deepEqual(
    said.diagnostics.filter((one) => one.severity === 'error'),
    [],
    read(),
  );
};

test('an act by form: parties, who begins and ends it, on which conditions, what goes with it', async () => {
  await part('Acts');
  await add('an act', 'Sign the pact');
  await saved('an act', /\[act\.sign-pact\]\ntext = "Sign the pact"\nassumption = true/);
  // Between whom it is nobody said yet, and it is marked.
  await page.locator('.row', { hasText: 'Parties still open' }).waitFor();
  for (const one of ['North', 'South', 'West']) await pick(box('Parties'), one);
  await saved('a party', /parties = \["n", "s", "w"\]/);
  await pick(box('Who ends it'), 'any party alone');
  await saved('ends', /ends = "any"/);
  await pick(box('Who begins it'), 'these groups');
  await saved('groups', /begins = \[\["n", "s", "w"\]\]/);
  await page.getByRole('group', { name: 'Group 1' }).getByRole('button', { name: 'Take out: West' }).click();
  await saved('a smaller group', /begins = \[\["n", "s"\]\]/);
  await pick(box('Another group'), 'West');
  await saved('two groups', /begins = \[\["n", "s"\], "w"\]/);
  await pick(box('Who begins it'), 'so many parties');
  await saved('a count', /begins = \{ needs = 2 \}/);
  await pick(box('Who begins it'), 'parties with so many votes');
  await saved('votes', /begins = \{ (votes = \{ n = 1, s = 1, w = 1 \}|needs = 2)/);
  await fill(page.getByRole('textbox', { name: 'Votes of North' }), '3');
  await saved('three votes', /n = 3/);
  await fill(page.getByRole('textbox', { name: 'Who begins it: How many suffice' }), '4');
  await saved('four suffice', /needs = 4/);
  // Two conditions, one of them on a claim.
  await compose('Begins only if', 'pay');
  await saved('a condition', /begins_if = "w\.pay"/);
  await compose('Begins only if: and also', 'not mines');
  await saved('two conditions', /begins_if = \["w\.pay", "not s\.mine"\]/);
  await pick(page.getByRole('combobox', { name: 'Attach a claim: West: Pay' }), 'North would sign');
  await saved('on a claim', /begins_if = \[\{ that = "w\.pay", because = \["c01"\] \}, "not s\.mine"\]/);
  await compose('Switched with it', 'not patrols');
  await saved('with', /with = "not n\.patrol"/);
  await part('Start');
  await page.getByRole('checkbox', { name: 'Sign the pact' }).click();
  await saved('today', /on = \["act\.sign-pact"\]/);
  await page.getByRole('checkbox', { name: 'Sign the pact' }).click();
  await saved('not today', /on = \[\]/);
  // It is a word of formulas like any other.
  await part('Actors');
  await compose('Add a wish: what it wants to happen', 'sign pact');
  await saved('a wish for it', /that = "act\.sign-pact"/);
  await sound();
});

test('levels by form: of an option, in formulas, in wishes, today', async () => {
  await page.getByRole('button', { name: /^More of: Take a toll/ }).click();
  const levels = page.getByRole('textbox', { name: 'Levels, lowest first' });
  for (const level of ['10', '55', '30']) await fill(levels, level);
  await saved('levels, sorted', /toll = \{.*levels = \[10, 30, 55\]/);
  await fill(page.getByRole('textbox', { name: 'Unit' }), '%');
  await saved('unit', /unit = "%"/);
  await pick(box('How it can be moved'), 'only raised');
  await saved('one way', /moves = "up_only"/);
  await compose('Begins only if', 'patrols');
  await saved('a condition of the option', /begins_if = "n\.patrol"/);
  await fill(page.getByRole('textbox', { name: 'Cost of an incentive' }), '2.5');
  await saved('a lever', /lever[. ].*2\.5/);
  await compose('Add a wish: what it wants to happen', 'toll 30 more');
  await saved('a wish at a level', /that = "n\.toll >= 30"/);
  await compose('Add a wish: what it wants to happen', 'little toll');
  await saved('as little as possible', /least = "n\.toll"/);
  await compose('Add a wish: what it wants to happen', 'near toll');
  await saved('near to a level', /of = "n\.toll"/);
  assert.doesNotMatch(read(), /of = "n\.toll"\s+to =/, 'which level nobody said');
  await page.locator('.wx .row', { hasText: 'Near to still open' }).waitFor();
  await fill(page.getByRole('textbox', { name: 'Near to' }), '20');
  await saved('near to another', /of = "n\.toll"\s+to = 20/);
  // A formula with a comparison is built further of words.
  await part('Rules');
  await fill(page.getByRole('combobox', { name: 'Add a rule' }), 'toll 55');
  await saved('a rule over a level', /never = "n\.toll = 55"/);
  await page.locator('.rule .words').first().click();
  await page.getByRole('button', { name: /^Turn round: North: Take a toll: 55 %/ }).click();
  await saved('turned round', /never = "not n\.toll = 55"/);
  await page.getByRole('button', { name: 'Undo' }).click();
  await part('Start');
  await pick(box('Level: North: Take a toll'), '30 %');
  await saved('today', /levels = \{ "n\.toll" = 30 \}/);
  await sound();
});

test('deadlines, chance events and assemblies by form', async () => {
  await part('Acts');
  await add('a deadline', 'The lease ends');
  await saved('a deadline', /\[deadline\.lease-ends\]/);
  assert.doesNotMatch(read(), /2027|\[deadline\.lease-ends\]\non = /, 'no day is made up');
  const when = page.getByRole('textbox', { name: 'When', exact: true });
  assert.equal(await when.getAttribute('aria-required'), 'true');
  await page.locator('.row', { hasText: 'When still open' }).waitFor();
  await page.getByText('Fill the field that is still empty').first().waitFor();
  await fill(page.getByRole('textbox', { name: 'When', exact: true }), '2026-09-30');
  await saved('its day', /on = "?2026-09-30/);
  await compose('Unless', 'pay');
  await saved('unless', /unless = "w\.pay"/);
  await pick(box('Then on'), 'Lay mines');
  await saved('then on', /on = \["s\.mine"\]/);
  await pick(box('Then off'), 'Send patrols');
  await saved('then off', /off = \["n\.patrol"\]/);
  await add('a chance event', 'A storm');
  await saved('a chance event', /\[chance\.storm\]\ntext = "A storm"/);
  // How likely it is nobody said: it is asked, in any way of writing it, and no knob stands anywhere.
  const likely = page.getByRole('textbox', { name: 'How likely' });
  await fill(likely, 'maybe');
  await page.getByText('“maybe” is no share').waitFor();
  await fill(likely, '50 %');
  await saved('its chance', /likelihood = 0\.5/);
  const slider = page.getByRole('slider', { name: 'How likely' });
  await slider.focus();
  await page.keyboard.press('PageDown');
  await saved('its chance', /likelihood = 0\.4/);
  await pick(box('Then off').last(), 'Send patrols');
  await saved('what it switches', /\[chance\.storm\][\s\S]*n\.patrol/);
  await add('an assembly', 'Council');
  await saved('an assembly', /\[assembly\.council/);
  assert.doesNotMatch(read(), /n = 1/, 'no seats are made up');
  await fill(page.getByRole('textbox', { name: 'Name', exact: true }), 'The Grand Council');
  await saved('another name', /\[assembly\.grand-council/);
  await page.getByRole('button', { name: 'Grand council', exact: true }).waitFor();
  await fill(page.getByRole('textbox', { name: 'Seats of South' }), '5');
  await saved('seats', /s = 5/);
  await fill(page.getByRole('textbox', { name: 'Another owner of seats' }), 'Isles');
  await fill(page.getByRole('textbox', { name: 'Seats of Isles' }), '2');
  await saved('of who is no actor', /isles = 2/);
  // An act that its seats decide.
  await add('an act', 'Close the strait');
  for (const one of ['North', 'South']) await pick(box('Parties'), one);
  await pick(box('Who begins it'), 'a majority in an assembly');
  await saved('by the assembly', /begins = \{.*assembly = "grand-council"/);
  await part('Question');
  await add('a question', 'And then?');
  await pick(box('Kind'), 'If nobody acts by a day');
  await pick(box('About which'), 'The lease ends');
  await saved('a question about it', /about = "lease-ends"/);
  await sound();
});

test('doubt, accounts and who passed it on by form', async () => {
  await part('Doubt');
  const slider = page.getByRole('slider', { name: /^How sure you are: .*patrols/i });
  await slider.focus();
  await page.keyboard.press('PageDown');
  await page.keyboard.press('PageDown');
  await saved('a doubt', /confidence = 0\.8/);
  await pick(page.getByRole('combobox', { name: /^Else: / }), 'it does not care');
  await saved('the rest', /otherwise = "indifferent"/);
  await pick(page.getByRole('combobox', { name: /^Else: / }), 'some of both');
  await saved('both', /otherwise = \{ contrary = 0\.1, indifferent = 0\.1 \}/);
  await fill(page.getByRole('textbox', { name: 'Add a type', exact: true }).first(), 'A hawkish North');
  await saved('a type', /\[\[actor\.n\.type\]\][\s\S]*name = "A hawkish North"/);
  await fill(page.getByRole('textbox', { name: 'Its chance' }), '1/5');
  await saved('its chance', /share = 0\.2/);
  await compose('What it wants', 'patrols');
  await saved('what it wants', /that = "n\.patrol"/);
  await compose('What it wants', 'not toll');
  await saved('and then', /that = "not n\.toll"/);
  // Claims that contradict each other, and a name for one of the accounts.
  await page
    .getByRole('button', { name: 'Open c01' })
    .or(page.locator('.source .cl').first())
    .first()
    .click();
  await page.locator('summary', { hasText: 'More of c01' }).click();
  const card = page.locator('.source .card');
  await pick(card.getByRole('combobox', { name: 'Contradicts' }), 'never sign');
  await saved('contradicts', /contradicts = \["c02"\]/);
  await fill(card.getByRole('textbox', { name: 'Passed on by, the last first' }), 'A. Reyes');
  await saved('heard', /heard = \["A\. Reyes"\]/);
  await fill(card.getByRole('textbox', { name: 'Grade, as B2' }), 'B2');
  await saved('grade', /grade = "B2"/);
  await card.getByText('Who speaks is not named').click();
  await saved('anonymous', /anonymous = true/);
  await add('a name of an account', 'As North tells it');
  await saved('an account', /\[reading\.[a-z-]+\]\ntitle = "As North tells it"/);
  await pick(box('Keeps'), 'North would sign');
  await saved('what it keeps', /keeps = \["c01"\]/);
  // What a name means without its grounds.
  await part('Names');
  await add('a name', 'calm');
  await compose('What it stands for', 'not patrols');
  await compose('Without its grounds', 'not mines');
  await saved('otherwise', /otherwise = "not s\.mine"/);
  await sound();
});

test('a wish of another type of an actor has all that a wish has: grounds, levels, how sure, its place', async () => {
  writeFileSync(file, start.replace('text = "Take a toll"', 'text = "Take a toll", levels = [10, 30]'));
  await until('the text follows', async () => (await editorText(page)).includes('levels'));
  await part('Doubt');
  await fill(page.getByRole('textbox', { name: 'Add a type', exact: true }).first(), 'A hawkish North');
  await saved('a type', /name = "A hawkish North"/);
  await fill(page.getByRole('textbox', { name: 'Its chance' }), '20 %');
  await saved('its chance', /share = 0\.2/);
  await compose('What it wants', 'patrols');
  await saved('what it wants', /that = "n\.patrol"/);
  await compose('What it wants', 'much toll');
  await saved('a wish over levels', /most = "n\.toll"/);
  const wants = page.getByRole('group', { name: 'What it wants', exact: true });
  const wish = wants.locator('ol > li');
  await until('two', async () => (await wish.count()) === 2);
  await wish.first().locator('.words').first().click();
  await pick(wish.first().getByRole('combobox', { name: /^Attach a claim/ }), 'North would sign');
  await saved(
    'on a claim',
    /that = "n\.patrol"\s*(, )?because = \["c01"\]|because = \["c01"\][^}]*that = "n\.patrol"/,
  );
  const slider = wish.first().getByRole('slider');
  await slider.focus();
  await page.keyboard.press('PageDown');
  await saved('how sure', /confidence = 0\.9/);
  await wish.first().getByText('In words for reasons, and a note').click();
  await fill(wish.first().getByRole('textbox', { name: 'In words, for reasons' }), 'it patrols the strait');
  await saved('in words', /says = "it patrols the strait"/);
  await wish
    .first()
    .getByRole('button', { name: /^Move down/ })
    .click();
  await saved('the second', /most = "n\.toll"[\s\S]*that = "n\.patrol"/);
  await wish
    .first()
    .getByRole('button', { name: /^Remove: As much/ })
    .click();
  await until('gone', () => !/most = "n\.toll"/.test(read()));
  assert.match(read(), /that = "n\.patrol"/);
  await sound();
});

test('what is said, what cannot be done, ties, tracks, bodies and what is expected by form', async () => {
  await part('Acts');
  await compose('Add a saying: what is done, asked or given', 'mines');
  await saved('a saying', /\[said\.[\w-]+\]/);
  // What is not known of it is not made up.
  assert.doesNotMatch(read(), /kind = "threat"|to = \["n"\]/);
  await pick(box('Kind'), 'threat');
  await saved('a threat', /\[said\.[\w-]+\][^[]*kind = "threat"/);
  await pick(box('To whom'), 'North');
  await saved('to whom', /to = \["n"\]/);
  // Who can do it says it, until another is chosen.
  assert.match(read(), /by = "s"[\s\S]*then = "s\.mine"|then = "s\.mine"[\s\S]*by = "s"/);
  await pick(box('Who says it'), 'North');
  await saved('of another', /by = "n"/);
  await page.getByRole('button', { name: 'Take out: North', exact: true }).click();
  await pick(box('To whom'), 'West');
  await saved('to another', /to = \["w"\]/);
  await compose('When', 'not pay');
  await saved('when', /if = "not w\.pay"/);
  await part('Actors');
  await page.getByText('More of: North').click();
  await page.getByRole('button', { name: 'Moves that it cannot make' }).click();
  await compose('Add a move taken away: From where', 'toll');
  await saved('a move taken away', /\[\[actor\.n\.cannot\]\]\nfrom = "n\.toll"\nto = "true"/);
  await part('Situation');
  await add('a track', 'Talks in the port');
  await saved('a track', /\[track\.talks-port\]\ntitle = "Talks in the port"/);
  await pick(box('Convenor'), 'West');
  await saved('its convenor', /convenor = "w"/);
  await pick(box('Parties'), 'North');
  await pick(box('Parties'), 'South');
  await saved('who talks', /parties = \["n", "s"\]/);
  await page.getByRole('button', { name: 'Add a tie' }).click();
  await saved('a tie', /\[\[tie\]\]/);
  assert.doesNotMatch(read(), /between|neutral/, 'between whom it is, and which, nobody said');
  await pick(box('Between 1'), 'North');
  await pick(box('Between 2'), 'South');
  await saved('between two', /between = \["n", "s"\]/);
  for (const kind of ['alliance', 'partnership', 'friendly', 'strained', 'hostile', 'neutral']) {
    await pick(box('Kind'), kind);
    await saved(kind, new RegExp(`\\[\\[tie\\]\\][^]*kind = "${kind}"`));
  }
  await pick(box('Between 2'), 'West');
  await saved('between others', /between = \["n", "w"\]/);
  await page.getByText('Mending').click();
  await saved('mending', /mending = true/);
  await add('an event', 'The summit');
  await page.getByText('Expected, not happened yet').click();
  await saved('expected', /expected = true/);
  await fill(page.getByRole('textbox', { name: 'When', exact: true }), '2026-05-01');
  await saved('its day', /on = "?2026-05-01/);
  await add('a document', 'The lease');
  await fill(page.getByRole('textbox', { name: 'Lapses' }), '2026-09-30');
  await saved('lapses', /lapses = "?2026-09-30/);
  await pick(box('Where it stands').or(box('Status')), 'suspended');
  await saved('suspended', /status = "suspended"/);
  await sound();
});
