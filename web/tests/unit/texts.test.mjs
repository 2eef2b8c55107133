// Lines that differ, values that stay, claims that are attached, drafts that are kept, words of the page.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { caseOf } from './cases.mjs';
import { load } from './modules.mjs';

const { difference, hunks } = await load('lib/difference.ts');
const { sharing } = await load('lib/sharing.ts');
const { attach, detach, places, supports } = await load('lib/attach.ts');
const { counted, figure, list, t } = await load('lib/strings.ts');

test('lines that differ, with what stands around them', () => {
  const lines = difference('a\nb\nc\nd', 'a\nx\nc\nd\ne');
  const made = (kinds) =>
    lines
      .filter((line) => kinds.includes(line.kind))
      .map((line) => line.text)
      .join('\n');
  assert.equal(made(['same', 'del']), 'a\nb\nc\nd');
  assert.equal(made(['same', 'add']), 'a\nx\nc\nd\ne');
  assert.deepEqual(lines.map((line) => line.kind).filter((kind) => kind === 'same').length, 3);
  const long = Array.from({ length: 40 }, (_, n) => `line ${n}`);
  const parts = hunks(difference(long.join('\n'), long.with(20, 'new').join('\n')), 2);
  assert.equal(
    parts.filter((part) => part === null).length,
    2,
    'what is left out before and after is marked',
  );
  assert.equal(parts.filter(Boolean).length, 6);
  assert.deepEqual(hunks(difference('a', 'a')), [null]);
});

test('texts too long to compare line by line are one change, and lose nothing', () => {
  const [a, b] = ['a', 'b'].map((x) => Array.from({ length: 2100 }, (_, n) => `${x}${n}`).join('\n'));
  const lines = difference(a, b);
  assert.equal(lines.length, 4200);
  assert.equal(
    lines
      .filter((line) => line.kind === 'add')
      .map((line) => line.text)
      .join('\n'),
    b,
  );
});

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

test('claims are attached once, and the last one takes the key with it', () => {
  const option = { ...caseOf().options[0], claims: ['c1'] };
  const resting = { kind: 'option', option };
  assert.deepEqual(
    attach(resting, 'c1'),
    attach({ kind: 'option', option: { ...option, claims: [] } }, 'c1'),
  );
  assert.deepEqual(attach(resting, 'c2'), [
    { edit: 'set', address: 'actor.a.option.open.because', value: ['c1', 'c2'] },
  ]);
  assert.deepEqual(detach(resting, 'c1'), [{ edit: 'remove', address: 'actor.a.option.open.because' }]);
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
