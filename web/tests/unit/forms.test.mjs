// What forms compute: formulas as trees and words, three-way merges, steps back, addresses by key.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './modules.mjs';

const { parse, write, negated, names, choices } = await load('lib/formula.ts');
const { merge, merged } = await load('lib/merge.ts');
const { together } = await load('lib/together.ts');
const { patch, patched } = await load('lib/undo.ts');
const { at, keyed, parts, placed } = await load('lib/file.ts');

/** Numbers from a seed, so that a failure comes again. */
function random(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

test('a formula that is written is read as it was', () => {
  for (const [text, again] of [
    ['a.x', 'a.x'],
    ['not a.x and b.y', 'not a.x and b.y'],
    ['not (a.x and b.y)', 'not (a.x and b.y)'],
    ['(a.x or b.y) and c-1.z-2', '(a.x or b.y) and c-1.z-2'],
    ['a.x or b.y and c.z', 'a.x or b.y and c.z'],
    ['!a.x & b.y | c.z -> d.u <-> holds', 'not a.x and b.y or c.z implies d.u iff holds'],
    ['(a.x implies b.y) implies c.z', '(a.x implies b.y) implies c.z'],
    ['a.x implies b.y implies c.z', 'a.x implies b.y implies c.z'],
    ['true', 'true'],
  ])
    assert.equal(write(parse(text)), again, text);
  for (const text of ['', 'a.x b.y', 'and', 'a.x and', '(a.x', 'a.x)', 'not', 'a..x', '“x”'])
    assert.equal(parse(text), null, text);
  assert.equal(write(negated(parse('not a.x'))), 'a.x');
  assert.deepEqual(names(parse('a.x and not (b.y or holds)')), ['a.x', 'b.y', 'holds']);
  const draw = random(7);
  const tree = (depth) => {
    const kind = depth ? ['name', 'not', 'and', 'or', 'implies', 'iff'][draw(6)] : 'name';
    if (kind === 'name') return { kind, id: ['a.x', 'b.y', 'holds'][draw(3)] };
    if (kind === 'not') return { kind, of: tree(depth - 1) };
    return { kind, of: [tree(depth - 1), tree(depth - 1)] };
  };
  /** What it means: of each of the eight worlds whether it holds. */
  const table = (f, world) => {
    const t = (one) => table(one, world);
    return f.kind === 'name'
      ? world[['a.x', 'b.y', 'holds'].indexOf(f.id)]
      : f.kind === 'not'
        ? !t(f.of)
        : f.kind === 'and'
          ? f.of.every(t)
          : f.kind === 'or'
            ? f.of.some(t)
            : f.kind === 'implies'
              ? !t(f.of[0]) || t(f.of[1])
              : t(f.of[0]) === t(f.of[1]);
  };
  for (let round = 0; round < 500; round++) {
    const made = tree(4);
    const again = parse(write(made));
    for (let n = 0; n < 8; n++) {
      const world = [n & 1, n & 2, n & 4].map(Boolean);
      assert.equal(table(again, world), table(made, world), write(made));
    }
  }
});

test('of two changes of one list made at once each does what it says, and nothing else', () => {
  assert.deepEqual(together(['a'], ['a', 'b'], ['a', 'c']), ['a', 'b', 'c']);
  assert.deepEqual(together(['a', 'b', 'c'], ['b', 'c'], ['a', 'b']), ['b']);
  assert.deepEqual(together(['a', 'b', 'c'], ['a', 'b', 'c', 'd'], ['c', 'a', 'b']), ['c', 'a', 'b', 'd']);
  assert.deepEqual(together(['a', 'b', 'c'], ['a', 'c'], ['c', 'b', 'a']), ['c', 'a']);
  assert.equal(together(['a'], null, null), null);
  assert.deepEqual(together(['a'], null, ['a', 'b']), ['b']);
  assert.equal(together('a', 'b', 'c'), 'c');
  assert.deepEqual(together({ n: 1, s: 1 }, { n: 2, s: 1 }, { n: 1, w: 1 }), { n: 2, w: 1 });
  assert.deepEqual(together(null, { n: { x: 1 } }, { n: { y: 2 } }), { n: { x: 1, y: 2 } });
  const draw = random(11);
  const some = () =>
    Array.from({ length: draw(5) }, () => draw(9)).filter((x, n, all) => all.indexOf(x) === n);
  for (let round = 0; round < 2000; round++) {
    const [before, now, later] = [some(), some(), some()];
    if (draw(2)) for (const list of [before, now, later]) list.sort((x, y) => x - y);
    const made = together(before, now, later) ?? [];
    for (let x = 0; x < 9; x++) {
      const told = later.includes(x) !== before.includes(x) ? later.includes(x) : now.includes(x);
      assert.equal(
        made.filter((one) => one === x).length,
        told ? 1 : 0,
        JSON.stringify([before, now, later, made]),
      );
    }
  }
});

test('what is typed in words finds options, so and not so, in any script', () => {
  const words = [
    { id: 'union.strike', label: 'The union: Keep the boats tied up', actor: 0 },
    { id: 'gr.wait', label: 'Η Ελλάδα: Να περιμένει', actor: 1 },
  ];
  const found = (typed) => choices(words, typed, (label) => `not: ${label}`).map((one) => one.formula);
  assert.deepEqual(found('boats keep'), ['union.strike', 'not union.strike']);
  assert.deepEqual(found('not boats'), ['not union.strike', 'union.strike']);
  assert.deepEqual(found('ελλαδα'), ['gr.wait', 'not gr.wait']);
  assert.deepEqual(found('crews'), []);
});

test('a merge takes what one side changed and marks what both did', () => {
  const kinds = (...texts) => merge(...texts).map((piece) => piece.kind);
  const base = 'a\nb\nc\nd\ne';
  assert.deepEqual(kinds(base, base, base), ['same']);
  const clean = merge(base, 'a\nB\nc\nd\ne', 'a\nb\nc\nd\nE\nf');
  assert.equal(merged(clean, {}), 'a\nB\nc\nd\nE\nf');
  const both = merge(base, 'a\nmine\nc\nd\ne', 'a\ntheirs\nc\nd\ne');
  const at = both.findIndex((piece) => piece.kind === 'both');
  assert.ok(at >= 0);
  assert.equal(merged(both, {}), 'a\nmine\ntheirs\nc\nd\ne');
  assert.equal(merged(both, { [at]: 'mine' }), 'a\nmine\nc\nd\ne');
  assert.equal(merged(both, { [at]: 'theirs' }), 'a\ntheirs\nc\nd\ne');
  // The same change twice is one.
  assert.equal(merged(merge(base, 'a\nX\nc\nd\ne', 'a\nX\nc\nd\ne'), {}), 'a\nX\nc\nd\ne');
});

test('no line that anybody wrote is lost in a merge, whatever was changed', () => {
  const draw = random(3);
  const change = (lines, name) => {
    const out = [...lines];
    const written = [];
    for (let n = 0; n < 1 + draw(3); n++) {
      const at = draw(out.length + 1);
      const line = `${name} ${draw(1e6)}`;
      written.push(line);
      out.splice(at, draw(2), line);
    }
    return [out, written.filter((line) => out.includes(line))];
  };
  for (let round = 0; round < 400; round++) {
    const base = Array.from({ length: draw(12) }, (_, n) => `line ${n % 5}`);
    const [mine, ours] = change(base, 'mine');
    const [theirs, other] = change(base, 'theirs');
    const pieces = merge(base.join('\n'), mine.join('\n'), theirs.join('\n'));
    const text = merged(pieces, {}).split('\n');
    for (const line of [...ours, ...other]) assert.ok(text.includes(line), `${line} in ${text.join('|')}`);
    const side = (which) => merged(pieces, Object.fromEntries(pieces.map((_, n) => [n, which])));
    for (const line of ours) assert.ok(side('mine').split('\n').includes(line));
    // Nothing changed by one alone: the other's text.
    assert.equal(merged(merge(base.join('\n'), base.join('\n'), theirs.join('\n')), {}), theirs.join('\n'));
  }
});

test('texts too long to compare line by line are one change, and lose nothing', () => {
  const text = (x) => Array.from({ length: 2100 }, (_, n) => `${x}${n}`).join('\n');
  const lines = merged(merge(text('o'), text('a'), text('b')), {}).split('\n');
  for (const x of ['a', 'b']) for (const line of text(x).split('\n')) assert.ok(lines.includes(line));
});

test('steps lead there and back', () => {
  const draw = random(11);
  let text = 'The quay is for sale.';
  const back = [];
  const seen = [text];
  for (let n = 0; n < 300; n++) {
    const from = draw(text.length + 1);
    const next = text.slice(0, from) + ['x', '', 'αβ', '🜲\n'][draw(4)] + text.slice(from + draw(4));
    back.push(patch(next, text));
    text = next;
    seen.push(text);
  }
  while (back.length) {
    text = patched(text, back.pop());
    seen.pop();
    assert.equal(text, seen.at(-1));
  }
});

test('entries are named by key, and found where they stand now', () => {
  const file = {
    value: {
      rule: [{ never: 'a.x' }, { id: 'calm', never: 'b.y' }],
      actor: { b: { name: 'B', prefers: [{ that: 'a.x' }] }, a: { name: 'A' } },
    },
    keys: { rule: ['~aa', '=calm'], actor: ['b', 'a'], 'actor.b.prefers': ['~cc'] },
  };
  assert.deepEqual(at(file, 'rule[=calm].never'), 'b.y');
  assert.equal(at(file, 'rule[~gone].never'), undefined);
  assert.equal(keyed(file, 'rule[1].never'), 'rule[=calm].never');
  assert.equal(keyed(file, 'actor.b.prefers[0]'), 'actor.b.prefers[~cc]');
  assert.equal(placed(file, 'actor.b.prefers[~cc].that'), 'actor.b.prefers[0].that');
  assert.deepEqual(
    parts(file, 'actor').map((part) => part.address),
    ['actor.b', 'actor.a'],
  );
  assert.deepEqual(
    parts(file, 'rule').map((part) => part.address),
    ['rule[~aa]', 'rule[=calm]'],
  );
});

test('in a comment nothing is completed', async () => {
  const { isComment } = await load('lib/completion.ts');
  for (const [before, is] of [
    ['# wes', true],
    ['x = 1 # wes', true],
    ['says = "the # of w', false],
    ["says = 'the # of w", false],
    ['says = "\\" # w', false],
    ['says = "a" # w', true],
    ['that = "wes', false],
  ])
    assert.equal(isComment(before), is, before);
});

test('comparisons of levels and counts of votes are parts of formulas', () => {
  for (const text of [
    'us.tariff <= 30',
    'us.tariff = "very limited" and not act.cap',
    'not us.tariff > cn.tariff or a.b',
    'votes(house, a.sail, not b.mine) >= 51 implies act.cap = 2.5',
    'n.heat >= -5',
  ]) {
    const tree = parse(text);
    assert.ok(tree, text);
    assert.equal(write(tree), text);
  }
  for (const wrong of [
    'us.tariff <=',
    '= 30',
    'votes(house, a.b)',
    'votes(house',
    'a.b = )',
    '"limited"',
    '-5',
    'a, b',
  ])
    assert.equal(parse(wrong), null, wrong);
});

test('a share as people type it', async () => {
  const { shareFrom } = await load('lib/shares.ts');
  for (const [typed, share] of [
    ['0.3', 0.3],
    ['0,3', 0.3],
    ['.5', 0.5],
    ['30 %', 0.3],
    ['12.5%', 0.125],
    ['3/10', 0.3],
    ['1/3', 0.333333],
    ['0', 0],
    ['1', 1],
    ['2', null],
    ['120 %', null],
    ['-0.1', null],
    ['1/0', null],
    ['maybe', null],
    ['', null],
  ])
    assert.equal(shareFrom(typed), share, typed);
});
