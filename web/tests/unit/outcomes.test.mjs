// What the views read out of an answer.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { actor, answer, caseOf, row } from './cases.mjs';
import { load } from './modules.mjs';

const of = await load('lib/outcomes.ts');

test('a verdict: no reason to leave, held back, would leave, not known', () => {
  const rows = [
    row(0, { stable: [3, 2], leaves: [null, 1] }),
    row(1, { stable: [0, 0], leaves: [0, null], equilibrium: 0 }),
  ];
  const all = answer(rows);
  assert.deepEqual(
    [
      of.verdict(all, rows[0], 0),
      of.verdict(all, rows[0], 1),
      of.verdict(all, rows[1], 0),
      of.verdict(all, rows[1], 1),
      of.verdict(all, rows[1], 7),
    ],
    ['stay', 'held', 'go', 'unknown', 'unknown'],
  );
  assert.deepEqual(
    [of.conceptOf(all, rows[0], 0), of.conceptOf(all, rows[0], 1), of.conceptOf(all, rows[1], 0)],
    ['nash', 'seq', 'seq'],
  );
  assert.equal(of.bit(all, 'gmr'), 0, 'a concept that was not asked for is no bit');
});

test('columns: today and six that last when nobody chose, and how many more there are', () => {
  const rows = Array.from({ length: 17 }, (_, n) => row(n, n === 0 ? { equilibrium: 0 } : {}));
  const all = answer(rows);
  const shown = of.columns(all, []);
  assert.deepEqual(shown, [0, 1, 2, 3, 4, 5]);
  assert.deepEqual(
    of.notShown(all, shown),
    rows.slice(6).map((r) => r.number),
  );
});

test('columns: all that are chosen stand, however many, and none twice', () => {
  const all = answer(Array.from({ length: 30 }, (_, n) => row(n)));
  const chosen = Array.from({ length: 20 }, (_, n) => String(n + 5));
  assert.deepEqual(of.columns(all, [...chosen, '5', '99']), [0, ...chosen.map(Number)]);
  assert.equal(of.notShown(all, of.columns(all, chosen)).length, 9);
  const every = Array.from({ length: 30 }, (_, n) => String(n));
  assert.deepEqual(of.notShown(all, of.columns(all, every)), []);
});

test('columns: what is asked about stands there, lasting or not, and what shows the answer', () => {
  // Two options: a.open and b.lift; the case asks about both together, which does not last.
  const rows = [
    row(0),
    row(1, { on: [0] }),
    ...Array.from({ length: 9 }, (_, n) => row(n + 10)),
    row(2, { on: [1], equilibrium: 0 }),
    row(3, { on: [0, 1], equilibrium: 0 }),
    row(4, { on: [0, 1], equilibrium: 0, name: 'Deal', named: true }),
  ];
  const of_ = (id, more) => ({ id, kind: 'possible', states: [], ...more });
  const all = answer(rows, { questions: [of_('deal'), of_('open', { states: ['1'] }), of_('none')] });
  const known = caseOf({
    outcomes: [{ id: 'agreed', name: 'Deal', formula: 'deal' }],
    questions: [
      { id: 'deal', outcome: 'agreed' },
      { id: 'open', outcome: 'a.open and not b.lift' },
      { id: 'none', outcome: 'false' },
    ],
  });
  known.options.forEach((option) => (option.key = option.id));
  const named = rows.length - 1;
  assert.deepEqual(of.asked(all, known, null), [named], 'the first question, by the outcome that has a name');
  assert.deepEqual(of.asked(all, known, 'open'), [1, 1]);
  assert.deepEqual(of.asked(all, known, 'none'), []);
  assert.deepEqual(of.columns(all, [], of.asked(all, known, null)), [0, 1, 2, 3, 4, 5, named]);
  assert.deepEqual(of.columns(all, ['12'], of.asked(all, known, null)), [0, 4], 'what is chosen is chosen');
});

test('columns: a way out of what lasts to an outcome of another name', () => {
  const rows = [row(0), row(1, { equilibrium: 0, name: 'Deal' }), row(2, { equilibrium: 0, name: 'Deal' })];
  const moves = [
    { from: 0, to: 1, actors: [0, 1] },
    { from: 0, to: 2, actors: [0] },
  ];
  assert.deepEqual(of.columns(answer(rows, { moves, status_quo: null }), []), [0, 2]);
});

test('what becomes of an outcome, in words', () => {
  const rows = [
    row(0),
    row(1, { stable: [0, 3], equilibrium: 0, leaves: [0, null], fate: 1 }),
    row(2, { stable: [3, 2], equilibrium: 2, leaves: [null, 0], fate: 2 }),
  ];
  const said = (n) => of.fate(answer(rows), String(n));
  assert.deepEqual(said(0), { verdict: 'stay', words: 'It lasts' });
  assert.deepEqual(said(1), { verdict: 'go', words: 'North goes' });
  assert.deepEqual(said(2), { verdict: 'held', words: 'South is kept' });
  assert.deepEqual(said(7), { verdict: 'gone', words: 'Gone' });
  const all = answer(rows);
  assert.equal(of.verdictWords(all, 'held', 1), 'South is kept');
  assert.deepEqual([of.lasts(all, rows[0]), of.lasts(all, rows[1])], ['Nash', 'left']);
});

test('whether the same lasts in large cases is known only of complete patterns', () => {
  const large = (patterns, complete = true) =>
    answer([], {
      cut: true,
      structure: [{ concept: 'nash', count: '2', fixed: [], patterns, patterns_complete: complete }],
    });
  assert.equal(of.sameStructure(large(['Y-']), large(['Y-'])), true);
  assert.equal(of.sameStructure(large(['Y-']), large(['N-'])), false);
  assert.equal(of.sameStructure(large(['Y-'], false), large(['Y-'], false)), false);
});

test('letters, numbers of patterns, brief names, what differs', () => {
  assert.deepEqual([of.letter(0), of.letter(25), of.letter(26)], ['A', 'Z', '27']);
  assert.equal(of.lowest('YN-Y'), '9');
  assert.equal(of.lowest('N'.repeat(70) + 'Y'), String(2n ** 70n));
  assert.deepEqual(
    [of.brief('Signed, as said (twice): hindered'), of.brief(': x')],
    ['Signed, as said (twice)', ': x'],
  );
  assert.deepEqual([...of.differing(row(0, { on: [0, 1] }), row(1, { on: [1, 2] }))].sort(), [0, 2]);
  assert.deepEqual(
    [of.badge(actor('az', 'Azerbaijan')), of.badge(undefined), of.actorClass(9)],
    ['Az', '?', 'ac-9'],
  );
});

test('what can be reached by best steps: the start, and no more than the arrows lead to', () => {
  const rows = [
    row(0, { leaves: [1, null] }),
    row(1, { leaves: [null, 2] }),
    row(2),
    row(3, { leaves: [0, null] }),
  ];
  assert.deepEqual([...of.reachable(answer(rows), 0)].sort(), [0, 1, 2]);
});

test('names that begin alike are told apart by how they go on', () => {
  const names = ['Sign, guarantee, at 4', 'Sign, guarantee, at 6', 'Sign', 'Wait'];
  assert.deepEqual(of.toldApart(names), ['… guarantee, at 4', '… guarantee, at 6', 'Sign', 'Wait']);
  assert.deepEqual(of.toldApart(names.slice(0, 2)), ['… at 4', '… at 6']);
  assert.deepEqual(of.toldApart(['Sign', 'Sign']), ['Sign', 'Sign']);
});

test('names that are the same are told apart by what is done in one and not in the other', async () => {
  const { unlike, unlikeOutcomes } = await load('lib/unlike.ts');
  assert.deepEqual(
    unlike(['A', 'B', 'A'], (n) => `no. ${n}`),
    ['A (no. 0)', 'B', 'A (no. 2)'],
  );
  const text = (option) => ['Open', 'Lift', 'Wait'][option];
  assert.deepEqual(unlikeOutcomes(['Deal', 'Deal', 'Deal', 'None'], [[0, 1], [0, 2], [0], []], text), [
    'Deal (Lift)',
    'Deal (Wait)',
    'Deal (not: Lift; not: Wait)',
    'None',
  ]);
});
