// The file that is open: undo, drafts, saving, and what somebody else saved meanwhile.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { load } from './modules.mjs';

const kept = new Map();
globalThis.localStorage = {
  getItem: (key) => kept.get(key) ?? null,
  setItem: (key, value) => kept.set(key, value),
  removeItem: (key) => kept.delete(key),
};
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
  const { status = 200, body } = answers[route]?.shift() ?? {
    status: 500,
    body: { message: 'nothing is expected' },
  };
  return new Response(JSON.stringify(body), { status });
};
const { doc } = await load('lib/document.svelte.ts');
const { page } = await load('lib/page.svelte.ts');
const draft = () => JSON.parse(kept.get('detente.draft.x.toml') ?? 'null');
const saved = (revision) => ({ body: { outcome: 'saved', revision } });

beforeEach(async () => {
  answers = { '/save': [saved('late'), saved('late')] };
  await doc.flush();
  kept.clear();
  asked = [];
  answers = {};
  page.failure = null;
  doc.open('x.toml', { path: 'x.toml', text: 'one', revision: 'r1', utf8: true });
});

test('what is typed is kept at once, undone and done again', async () => {
  let told = 0;
  doc.onchange = () => told++;
  doc.setText('two');
  doc.setText('three');
  assert.deepEqual(draft(), { text: 'three', base: 'r1' });
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
    assert.deepEqual(doc.conflict, { text: 'theirs', revision: 'r9' });
    assert.deepEqual([doc.text, draft()?.text], ['two', 'two']);
    doc.resolve(text);
    await doc.flush();
    assert.deepEqual([doc.text, doc.conflict, doc.saveState, draft()], [left, null, 'saved', null]);
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

test('a draft from before is taken up where nobody else wrote, and asked about where somebody did', async () => {
  kept.set('detente.draft.x.toml', JSON.stringify({ text: 'mine', base: 'r1' }));
  answers['/save'] = [saved('r2')];
  doc.open('x.toml', { path: 'x.toml', text: 'one', revision: 'r1', utf8: true });
  assert.equal(doc.text, 'mine');
  await doc.flush();
  assert.equal(doc.saveState, 'saved');
  kept.set('detente.draft.x.toml', JSON.stringify({ text: 'mine', base: 'r1' }));
  doc.open('x.toml', { path: 'x.toml', text: 'theirs', revision: 'r5', utf8: true });
  assert.deepEqual(doc.conflict, { text: 'theirs', revision: 'r5' });
  doc.resolve('theirs');
});
