// The file that is open: undo, drafts, saving, and what somebody else saved meanwhile.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { load } from './modules.mjs';

const kept = new Map();
globalThis.localStorage = {
  getItem: (key) => kept.get(key) ?? null,
  setItem: (key, value) => kept.set(key, value),
  removeItem: (key) => kept.delete(key),
  key: (n) => [...kept.keys()][n] ?? null,
  get length() {
    return kept.size;
  },
};
const steps = new Map();
globalThis.sessionStorage = {
  getItem: (key) => steps.get(key) ?? null,
  setItem: (key, value) => steps.set(key, value),
};
// Without locks each page listens for itself.
Object.defineProperty(globalThis, 'navigator', { value: undefined, configurable: true });
globalThis.EventSource = class {
  addEventListener() {}
  close() {}
};
/** What the server says next to each route. */
let answers = {};
let asked = [];
globalThis.fetch = async (url, init) => {
  const route = /\/api\/v1(\/\w+)/.exec(url)[1];
  asked.push({ route, body: init ? JSON.parse(init.body) : null });
  const {
    status = 200,
    body,
    lost,
  } = answers[route]?.shift() ?? {
    status: 500,
    body: { message: 'nothing is expected' },
  };
  if (lost) throw new TypeError('the line is broken');
  return new Response(JSON.stringify(body), { status });
};
const { doc } = await load('lib/document.svelte.ts');
const { page } = await load('lib/page.svelte.ts');
const draft = () => {
  const name = [...kept.keys()].find((one) => one.startsWith('detente.draft.f1.x.toml'));
  const found = JSON.parse(kept.get(name) ?? 'null');
  if (found) delete found.at;
  return found;
};
const file = (text, revision, more = {}) => ({
  path: 'x.toml',
  text,
  revision,
  utf8: true,
  writable: true,
  folder: 'f1',
  ...more,
});
const saved = (revision) => ({ body: { outcome: 'saved', revision } });

beforeEach(async () => {
  answers = { '/save': [saved('late'), saved('late')] };
  await doc.flush();
  kept.clear();
  asked = [];
  answers = {};
  page.failure = null;
  doc.open('x.toml', file('one', 'r1'));
});

test('what is typed is kept at once, undone and done again', async () => {
  let told = 0;
  doc.onchange = () => told++;
  doc.setText('two');
  doc.setText('three');
  assert.deepEqual(draft(), { text: 'three', base: 'r1', from: 'one' });
  doc.undo();
  doc.undo();
  doc.undo();
  assert.deepEqual([doc.text, doc.undoable, doc.redoable], ['one', 0, 2]);
  doc.redo();
  assert.equal(doc.text, 'two');
  assert.equal(told, 5);
  doc.setText('other');
  assert.equal(doc.redoable, 0);
});

test('saving sends the revision that was written on, and the draft goes', async () => {
  answers['/save'] = [saved('r2')];
  doc.setText('two');
  await doc.flush();
  assert.deepEqual(asked, [{ route: '/save', body: { path: 'x.toml', text: 'two', base: 'r1' } }]);
  assert.deepEqual([doc.saveState, doc.revision, draft()], ['saved', 'r2', null]);
});

for (const [whose, text, left] of [
  ['ours', 'two', 'two'],
  ['theirs', 'theirs', 'theirs'],
]) {
  test(`the file was changed outside: nothing is overwritten, then ${whose} is taken`, async () => {
    answers['/save'] = [
      { status: 409, body: { outcome: 'changed', text: 'theirs', revision: 'r9' } },
      saved('r10'),
    ];
    doc.setText('two');
    await doc.flush();
    assert.deepEqual(doc.apart, { of: 'file', base: 'one', theirs: 'theirs', revision: 'r9' });
    assert.deepEqual([doc.text, draft()?.text], ['two', 'two']);
    doc.resolve(text);
    await doc.flush();
    assert.deepEqual([doc.text, doc.apart, doc.saveState, draft()], [left, null, 'saved', null]);
    assert.deepEqual(
      asked.slice(1).map((a) => a.body.base),
      whose === 'ours' ? ['r9'] : [],
    );
  });
}

test('a server that asks for its token: the text is kept, and saved when it answers again', async () => {
  answers['/save'] = [{ status: 401, body: {} }];
  doc.setText('two');
  await doc.save();
  assert.equal(doc.saveState, 'failed');
  assert.match(page.failure, /token/);
  assert.equal(draft().text, 'two');
  answers['/save'] = [saved('r2')];
  await doc.flush();
  assert.deepEqual([doc.saveState, page.failure, draft()], ['saved', null, null]);
});

test('a draft from before is offered, and saved when it is taken up', async () => {
  const kept1 = { text: 'mine', base: 'r1', from: 'one' };
  kept.set('detente.draft.f1.x.toml', JSON.stringify(kept1));
  answers['/save'] = [saved('r2')];
  doc.open('x.toml', file('one', 'r1'));
  assert.deepEqual([doc.text, doc.recovered?.text, doc.saveState], ['one', 'mine', 'saved']);
  assert.deepEqual(asked, [], 'nothing is saved that nobody asked for');
  doc.recover(true);
  await doc.flush();
  assert.deepEqual([doc.text, doc.saveState, doc.recovered], ['mine', 'saved', null]);
  // Where somebody else wrote since, both are brought together.
  kept.set('detente.draft.f1.x.toml', JSON.stringify(kept1));
  doc.open('x.toml', file('theirs', 'r5'));
  doc.recover(true);
  assert.deepEqual(doc.apart, { of: 'file', base: 'one', theirs: 'theirs', revision: 'r5' });
  assert.equal(doc.text, 'mine');
  doc.resolve('theirs');
  // Or it is let go.
  kept.set('detente.draft.f1.x.toml', JSON.stringify(kept1));
  doc.open('x.toml', file('theirs', 'r5'));
  doc.recover(false);
  assert.deepEqual([doc.text, draft()], ['theirs', null]);
});

test('a draft of another folder that is served at the same address is none of this one', () => {
  kept.set('detente.draft.f1.x.toml', JSON.stringify({ text: 'mine', base: 'r1' }));
  doc.open('x.toml', file('one', 'r1', { folder: 'f2' }));
  assert.deepEqual([doc.text, doc.recovered], ['one', null]);
});

test('steps back survive a reload, where the file is as it was left', async () => {
  answers['/save'] = [saved('r2'), saved('r3')];
  doc.setText('two');
  doc.setText('three');
  await doc.flush();
  doc.open('x.toml', file('three', 'r2'));
  assert.equal(doc.undoable, 2);
  doc.undo();
  doc.undo();
  assert.deepEqual([doc.text, doc.redoable], ['one', 2]);
  await doc.flush();
  doc.open('x.toml', file('somebody else', 'r9'));
  assert.deepEqual([doc.undoable, doc.redoable], [0, 0]);
});

const seen = (text, revision) => ({ revision, text, file: null });
const edited = (text, moved = []) => ({
  body: { text, revision: `of ${text}`, file: null, made: [], moved },
});
const stale = (revision) => ({ status: 409, body: { code: 'stale', message: 'stale', revision } });
const set = (address, value, expected) => [{ edit: 'set', address, value, expected }];

test('a change of a form is made of what the form was made of; of a newer text again, by what it names', async () => {
  answers = { '/edit': [stale('r7'), edited('both')], '/save': [saved('r8')] };
  doc.seen = seen('one', 'r1');
  doc.setText('typed meanwhile');
  assert.ok(await doc.edit(set('case.title', 'T', 'U')));
  const sent = asked.filter((one) => one.route === '/edit').map((one) => one.body);
  assert.deepEqual(
    sent.map((one) => [one.text, one.revision]),
    [
      ['typed meanwhile', 'r1'],
      ['typed meanwhile', 'r7'],
    ],
  );
  assert.deepEqual(sent[1].edits, set('case.title', 'T', 'U'));
  assert.equal(doc.text, 'both');
  await doc.flush();
});

test('changes go one at a time, under the names that things have by then', async () => {
  answers = {
    '/edit': [edited('two', [['rule[~a]', 'rule[~b]']]), stale('of two'), edited('three')],
    '/save': [saved('r2'), saved('r3')],
  };
  doc.seen = seen('one', 'r1');
  const both = [doc.edit(set('rule[~a].never', 'x', 'y')), doc.edit(set('rule[~a].note', 'n', null))];
  assert.equal(doc.waiting.length, 2);
  await Promise.all(both);
  const sent = asked.filter((one) => one.route === '/edit').map((one) => one.body);
  assert.deepEqual(
    sent.map((one) => [one.text, one.edits[0].address]),
    [
      ['one', 'rule[~a].never'],
      ['two', 'rule[~b].note'],
      ['two', 'rule[~b].note'],
    ],
  );
  assert.deepEqual([doc.text, doc.waiting], ['three', []]);
  await doc.flush();
});

test('lists and tables that are added to faster than the page answers lose nothing', async () => {
  answers = {
    '/edit': ['two', 'three', 'four', 'five'].map((text) => edited(text)),
    '/save': ['r2', 'r3', 'r4', 'r5'].map((revision) => saved(revision)),
  };
  doc.seen = seen('one', 'r1');
  const address = 'actor.n.option.toll.levels';
  await Promise.all([
    doc.edit(set(address, [10], null)),
    doc.edit(set(address, [55], null)),
    doc.edit(set(address, [30], null)),
    doc.edit(set('deadline.lease.votes', { n: 1 }, null)),
  ]);
  const sent = asked.filter((one) => one.route === '/edit').map((one) => one.body.edits[0]);
  assert.deepEqual(
    sent.slice(0, 3).map((one) => [one.expected, one.value]),
    [
      [null, [10]],
      [[10], [10, 55]],
      [
        [10, 55],
        [10, 30, 55],
      ],
    ],
  );
  assert.deepEqual(sent[3].value, { n: 1 });
  await doc.flush();
});

test('a change that no longer fits is brought together by the reader, with both sides kept', async () => {
  const otherwise = { status: 409, body: { code: 'otherwise', message: 'it is X now', revision: 'r7' } };
  answers = { '/edit': [stale('r7'), otherwise, edited('one as the form has it')] };
  doc.seen = seen('one', 'r1');
  doc.setText('one as it is typed');
  assert.equal(await doc.edit(set('case.title', 'T', 'U')), null);
  assert.deepEqual(doc.apart, {
    of: 'form',
    base: 'one',
    mine: 'one as the form has it',
    theirs: 'one as it is typed',
    revision: null,
  });
  assert.deepEqual([doc.text, page.failure], ['one as it is typed', 'it is X now']);
  answers['/save'] = [saved('r3')];
  doc.resolve('one as both have it');
  await doc.flush();
  assert.deepEqual([doc.text, doc.apart], ['one as both have it', null]);
});

test('words typed while something else came to the same place stand beside it, and are never gone', async () => {
  const otherwise = () => ({
    status: 409,
    body: { code: 'otherwise', message: 'it is B now', revision: 'r2' },
  });
  // It fits neither the text nor what the form showed, which came under the hand that typed.
  answers = { '/edit': [otherwise(), otherwise(), edited('with A'), edited('with C')] };
  doc.seen = { revision: 'r2', text: 'with B', file: { value: { case: { title: 'B' } }, keys: {} } };
  doc.setText('with B');
  assert.equal(await doc.edit(set('case.title', 'C', 'A')), null);
  const sent = asked.filter((one) => one.route === '/edit').map((one) => one.body.edits[0]);
  assert.deepEqual(
    sent.slice(2).map((one) => [one.expected, one.value]),
    [
      ['B', 'A'],
      ['B', 'C'],
    ],
  );
  assert.deepEqual([doc.apart?.base, doc.apart?.mine, doc.apart?.theirs], ['with A', 'with C', 'with B']);
  answers['/save'] = [saved('r3')];
  doc.resolve('with C');
  await doc.flush();
  // Where the place itself is gone the words are said.
  answers = { '/edit': [otherwise(), otherwise(), otherwise()], '/save': [saved('r4')] };
  doc.seen = { revision: 'r2', text: 'with C', file: { value: {}, keys: {} } };
  assert.equal(await doc.edit(set('rule[~a].note', 'my note', 'x')), null);
  assert.match(page.failure, /it is B now.*my note/);
  page.failure = null;
});

test('a read-only file gets no save, and a file that is gone is not made anew unasked', async () => {
  doc.open('x.toml', file('one', 'r1', { writable: false }));
  doc.seen = seen('one', 'r1');
  assert.equal(await doc.edit(set('case.title', 'T', 'U')), null);
  doc.setText('two');
  await doc.save();
  assert.deepEqual([asked, draft()?.text], [[], 'two']);
  doc.open('x.toml', file('one', 'r1'));
  answers['/save'] = [{ status: 404, body: { code: 'missing', message: 'there is no file' } }];
  doc.setText('three');
  await doc.save();
  assert.equal(doc.gone, true);
  await doc.save();
  assert.equal(asked.filter((one) => one.route === '/save').length, 1);
  answers['/save'] = [saved('r5')];
  doc.writeAnew();
  await doc.flush();
  assert.deepEqual(asked.at(-1).body, { path: 'x.toml', text: 'three', base: null });
  assert.equal(doc.saveState, 'saved');
});

test('what was saved and not answered is no change of somebody else', async () => {
  answers = { '/save': [{ lost: true }] };
  doc.setText('two');
  await doc.save();
  assert.equal(doc.saveState, 'failed');
  doc.setText('two and more');
  answers['/save'] = [
    { status: 409, body: { outcome: 'changed', text: 'two', revision: 'r2' } },
    saved('r3'),
  ];
  await doc.flush();
  assert.deepEqual([doc.apart, doc.text, doc.revision, doc.saveState], [null, 'two and more', 'r3', 'saved']);
  assert.equal(asked.at(-1).body.base, 'r2');
});

test('two changes of one field that wait are one after the other, and no quarrel', async () => {
  answers = {
    '/edit': [{ lost: true }, edited('of U'), stale('of U'), edited('of V')],
    '/save': [saved('r2'), saved('r3')],
  };
  doc.seen = seen('one', 'r1');
  const both = [doc.edit(set('case.title', 'U', 'T')), doc.edit(set('case.title', 'V', 'T'))];
  // The first was not answered: the page says that changes wait.
  for (let n = 0; n < 100 && !doc.held; n++) await new Promise((done) => setTimeout(done, 5));
  assert.deepEqual([doc.held, doc.waiting.length], [true, 2]);
  assert.ok((await Promise.all(both)).every(Boolean));
  const sent = asked.filter((one) => one.route === '/edit').map((one) => one.body.edits[0]);
  assert.deepEqual(sent.at(-1), set('case.title', 'V', 'U')[0]);
  assert.deepEqual([doc.text, doc.waiting, doc.held, doc.apart], ['of V', [], false, null]);
  await doc.flush();
});

test('a thing that has its old address again after an undo is found there', async () => {
  answers = {
    '/edit': [edited('two', [['rule[~a]', 'rule[~b]']]), edited('three', [['rule[~a]', 'rule[~c]']])],
    '/save': [saved('r2'), saved('r3')],
  };
  doc.seen = seen('one', 'r1');
  await doc.edit(set('rule[~a].note', 'n', null));
  assert.deepEqual(doc.called(['rule[~b]', 'rule[~x]']), ['rule[~a]', 'rule[~x]']);
  doc.undo();
  doc.seen = seen('one', 'r1');
  await doc.edit(set('rule[~a].note', 'm', null));
  assert.equal(asked.filter((one) => one.route === '/edit').at(-1).body.edits[0].address, 'rule[~a].note');
  assert.deepEqual(doc.called(['rule[~c]']), ['rule[~a]'], 'the same thing on the screen');
  assert.equal(new Set(doc.called(['rule[~a]', 'rule[~b]', 'rule[~c]'])).size, 3, 'and each is one');
  await doc.flush();
});
