// Which reason is asked for, and what is said of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answer, caseOf, row } from './cases.mjs';
import { load } from './modules.mjs';

const of = await load('lib/reasons.ts');
const { actors } = caseOf();
const exit = {
  actors: [0, 1],
  minimal: true,
  to: '3',
  name: 'Deal',
  title: 'They would go.',
  goes: 'They go to it.',
  gains: [
    { actor: 0, place: 1, says: 'North gains', words: 'Open', claims: ['c1'], assumption: false },
    { actor: 1, place: 1, says: 'South gains', words: 'Lift', claims: ['c1'], assumption: true },
  ],
  steps: [
    { actor: 0, to: '1', name: '', on: [0], off: [2] },
    { actor: 1, to: '3', name: '', on: [1, 2], off: [] },
  ],
};

test('without an address: the first column that lasts, an actor that is held back', () => {
  const left = { equilibrium: 0, stable: [0, 3] };
  const all = answer([row(0, left), row(1, { stable: [3, 2], leaves: [null, 0] })]);
  assert.deepEqual(of.targetOf(all, actors, null, []), {
    number: '1',
    name: 'Outcome 1',
    actor: 1,
    concept: 'seq',
    joint: null,
    to: null,
  });
  assert.equal(
    of.targetOf(all, actors, { state: '9', actor: 'a' }, []),
    null,
    'an outcome that is not there',
  );
});

test('in a large case any outcome can be asked about, by number', () => {
  const all = answer([], { cut: true, structure: [{ patterns: ['NY'] }] });
  assert.equal(of.targetOf(all, actors, null, []).number, '2');
  assert.equal(of.targetOf(all, actors, { state: '77', actor: 'b' }, []).actor, 1);
});

test('a joint improvement: the one that is meant, else one to the same end', () => {
  const target = of.targetOf(answer([row(0)]), actors, { state: '0', actor: 'b+a', to: '3' }, []);
  assert.equal(of.exitOf({ exits: [exit] }, target), exit);
  assert.ok(of.isMeant(exit, target));
  assert.equal(of.exitOf({ exits: [{ ...exit, to: '2' }] }, target), null);
  assert.deepEqual(of.net(exit), { on: [0, 1], off: [] }, 'what is turned off and on again does not count');
  const reason = { target, view: null, exit };
  assert.deepEqual(of.claimsOf(reason), ['c1']);
  assert.deepEqual(of.assumptionsOf(reason, actors), ['South: Lift']);
  assert.equal(
    of.plain(reason),
    'They would go.\nThey go to it.\nNorth gains: Open\nSouth gains: Lift\n[c1]',
  );
});
