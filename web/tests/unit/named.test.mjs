// Names of outcomes in a case too large to list them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './modules.mjs';

const { nameOf, patternOf, common } = await load('lib/named.ts');
const { holds, parse } = await load('lib/formula.ts');

const known = {
  options: ['a.x', 'a.y', 'b.z', 'b.tariff > 10'].map((key) => ({ key })),
  definitions: [
    { id: 'both', formula: 'a.x and b.z' },
    { id: 'deep', formula: 'both or a.y' },
    { id: 'round', formula: 'round' },
  ],
  outcomes: [
    { id: 'high', name: 'High', formula: 'b.tariff > 10 and a.x' },
    { id: 'deal', name: 'Deal', formula: 'deep' },
    { id: 'rest', name: 'Rest', formula: 'true' },
  ],
};

test('the first outcome of the case that all of a pattern are has its name', () => {
  assert.equal(nameOf(known, 'YNYY'), 'High');
  assert.equal(nameOf(known, 'YNYN'), 'Deal');
  assert.equal(nameOf(known, 'NY-N'), 'Deal', 'whatever is open');
  assert.equal(nameOf(known, 'NNYN'), 'Rest');
});

test('where it depends on what is open, or on what is not known, there is no name', () => {
  assert.equal(nameOf(known, 'Y-NN'), null);
  assert.equal(nameOf(known, 'YNY-'), null, 'it may be the one before');
  const odd = (formula) => ({ ...known, outcomes: [{ id: 'o', name: 'Odd', formula }] });
  for (const formula of ['round', 'c.nobody', 'b.tariff = 20', 'a.x and and', null])
    assert.equal(nameOf(odd(formula), 'YYYY'), null, String(formula));
  assert.equal(nameOf(odd('a.x or c.nobody'), 'YNNN'), 'Odd', 'but not where that does not matter');
});

test('the number of a state as a pattern, however long; what patterns have in common', () => {
  assert.equal(patternOf('5', 4), 'YNYN');
  assert.equal(patternOf(String(2n ** 80n), 82), `${'N'.repeat(80)}YN`);
  assert.equal(common(['YN-Y', 'YYNY']), 'Y--Y');
});

test('a formula over what is known in part', () => {
  const of = (text, values) => holds(parse(text), (id) => values[id] ?? null);
  assert.equal(of('a implies b', { a: false }), true);
  assert.equal(of('a implies b', { b: true }), true);
  assert.equal(of('a implies b', { a: true }), null);
  assert.equal(of('a iff b', { a: true, b: false }), false);
  assert.equal(of('a iff b', { a: true }), null);
  assert.equal(of('not (a or b)', { a: true }), false);
  assert.equal(of('a and b', { a: false }), false);
});
