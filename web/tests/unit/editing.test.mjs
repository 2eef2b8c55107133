// The lines that are marked in the editor move along as one types.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './modules.mjs';

const { markedLines, setMarked } = await load('lib/editing.ts');
const { EditorState } = await import('@codemirror/state');

const marked = (state) => {
  const lines = [];
  const at = state.field(markedLines).iter();
  for (; at.value; at.next()) lines.push(state.doc.lineAt(at.from).text);
  return lines;
};

test('a stretch marks its lines, and they stay marked where they go', () => {
  let state = EditorState.create({ doc: 'one\ntwo\nthree\nfour', extensions: [markedLines] });
  assert.deepEqual(marked(state), []);
  state = state.update({ effects: setMarked.of({ from: 4, to: 13 }) }).state;
  assert.deepEqual(marked(state), ['two', 'three']);
  state = state.update({ changes: { from: 0, insert: 'zero\n' } }).state;
  assert.deepEqual(marked(state), ['two', 'three']);
  state = state.update({ effects: setMarked.of(null) }).state;
  assert.deepEqual(marked(state), []);
});

test('an empty stretch marks the line it stands in', () => {
  let state = EditorState.create({ doc: 'one\ntwo', extensions: [markedLines] });
  state = state.update({ effects: setMarked.of({ from: 5, to: 5 }) }).state;
  assert.deepEqual(marked(state), ['two']);
});
