// Which outcomes the table lists, and in which order.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answer, caseOf, row } from './cases.mjs';
import { load } from './modules.mjs';

const { count, listed } = await load('lib/filters.ts');
const rows = [
  row(0, { ranks: [3, 1] }),
  row(1, { on: [0], ranks: [2, 1], stable: [0, 3], equilibrium: 0, leaves: [0, null] }),
  row(2, { on: [1], ranks: [1, 2], stable: [3, 2], equilibrium: 2 }),
  row(3, { on: [0, 1], ranks: [1, 2] }),
];
const all = answer(rows, { holds: [{ id: 'deal', outcomes: [3] }] });
const numbers = (names, sort = null) => listed(caseOf(), all, names, sort).rows.map(({ row }) => row.number);

test('each filter lets through what it says', () => {
  assert.deepEqual(numbers([]), ['0', '1', '2', '3']);
  assert.deepEqual(numbers(['nash']), ['0', '3']);
  assert.deepEqual(numbers(['stable']), ['0', '2', '3']);
  assert.deepEqual(numbers(['is-deal']), ['3']);
  assert.deepEqual(numbers(['not-deal', 'nash']), ['0']);
  assert.deepEqual(numbers(['go-a']), ['1']);
  assert.deepEqual(numbers(['held-b']), ['2']);
  assert.deepEqual(numbers(['on-a.open']), ['1', '3']);
  assert.deepEqual(numbers(['off-a.open']), ['0', '2']);
});

test('a filter that the case does not have hides nothing, and says nothing', () => {
  assert.deepEqual(numbers(['is-gone']), ['0', '1', '2', '3']);
  assert.deepEqual(listed(caseOf(), all, ['is-gone'], null).active, []);
});

test('sorted by an actor: best first, ties by number', () => {
  assert.deepEqual(numbers([], 'a'), ['2', '3', '1', '0']);
  assert.deepEqual(numbers([], 'nobody'), ['0', '1', '2', '3']);
});

test('counts are of what is listed', () => {
  const { all: filters } = listed(caseOf(), all, [], null);
  for (const filter of filters) assert.equal(count(all, [filter]), numbers([filter.id]).length, filter.id);
});
