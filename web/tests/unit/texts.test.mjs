// Values that stay, claims that are attached, drafts that are kept, words of the page.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { caseOf } from './cases.mjs';
import { load } from './modules.mjs';

const { sharing } = await load('lib/sharing.ts');
const { places, supports } = await load('lib/attach.ts');
const { counted, figure, list, t } = await load('lib/strings.ts');

test('of a new value only what differs is new', () => {
  const old = { list: [{ a: 1 }, { b: 2 }], same: { x: [1, 2] } };
  const now = sharing(old, { list: [{ a: 1 }, { b: 3 }], same: { x: [1, 2] } });
  assert.notEqual(now, old);
  assert.equal(now.same, old.same);
  assert.equal(now.list[0], old.list[0]);
  assert.deepEqual(now.list[1], { b: 3 });
  assert.equal(sharing(old, structuredClone(old)), old);
  assert.deepEqual(sharing([1, 2, 3], [1, 2]), [1, 2]);
});

test('what a claim can be attached to, and what rests on it in a few words', () => {
  assert.deepEqual(
    places(caseOf()).map((place) => place.address),
    ['actor.a.option.open', 'actor.b.option.lift'],
  );
  assert.equal(
    supports(
      [
        { kind: 'wish', address: 'actor.a.prefers[2]' },
        { kind: 'rule', address: 'rule[0]' },
      ],
      caseOf().actors,
    ),
    'A 3, 1 rule',
  );
});

test('numbers and lists as they are read', () => {
  assert.equal(figure('20488192'), '20,488,192');
  assert.equal(figure('12345678901'), '1.2 × 10¹⁰');
  assert.equal(figure('1692794880'), '1.7 × 10⁹');
  assert.equal(figure('9960000000'), '1.0 × 10¹⁰');
  assert.equal(counted(1, 'outcome', 'outcomes'), '1 outcome');
  assert.equal(counted('21', 'outcome', 'outcomes'), '21 outcomes');
  assert.equal(list(['a', 'b', 'c']), 'a, b and c');
});

test('every list that is cut says how many it shows of how many', () => {
  const said = [
    t.answer.lastingShown(6, 16),
    t.answer.drawn(12, 40),
    t.answer.groupsDrawn(14, 20),
    t.answer.listed(40, 1000),
    t.answer.price.left(200, 350),
    t.palette.more(40, 300),
    t.print.rows(1000, 2048),
    t.shares.some(8, 11),
  ];
  const counts = [
    [6, 16],
    [12, 40],
    [14, 20],
    [40, 1000],
    [200, 350],
    [40, 300],
    [1000, 2048],
    [8, 11],
  ];
  said.forEach((text, n) => {
    for (const count of counts[n])
      assert.ok(text.includes(count.toLocaleString('en')), `${count} in: ${text}`);
  });
});

test('what the page does itself it does not send to a terminal for', () => {
  const said = (value) => {
    if (typeof value !== 'function') return value;
    try {
      return value(3, 7, 9);
    } catch {
      // It takes something else than numbers: its own text names what it says.
      return String(value);
    }
  };
  const all = JSON.stringify(t, (_, value) => said(value));
  const sent = all.match(/`detente [a-z]+/g)?.filter((command) => command !== '`detente serve') ?? [];
  assert.deepEqual(sent, []);
  for (const command of ['price', 'coalitions', 'sample', 'trust']) assert.ok(t.commands[command]);
});
