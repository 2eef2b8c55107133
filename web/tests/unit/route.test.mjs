// The address: what is written is read again, and what was cut short does no harm.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './modules.mjs';

const { asWritten, emptyRoute, isAsWritten, read, write, written } = await load('lib/route.ts');
const at = (address) => read(new URL(address, 'http://localhost'));

test('an address is read as it was written', () => {
  const route = {
    ...emptyRoute(),
    view: 'answer',
    path: 'a folder/case.toml',
    version: {
      ...asWritten(),
      variant: 'v',
      unavailable: ['a.open'],
      orders: [{ actor: 'a', order: [2, 1] }],
    },
    question: 'holds',
    columns: ['1', '12'],
    why: { state: '3', actor: 'a+b', to: '5' },
    pins: [{ state: '1', actor: 'a' }],
    filters: ['nash', 'is-deal'],
    sort: 'a',
    pane: 'text',
    after: '3',
    thing: 'claim.c1',
    places: { a: [10, 990] },
    beside: ['v', 'w'],
  };
  assert.deepEqual(at(write(route)), route);
  assert.deepEqual(at(write(emptyRoute())), emptyRoute());
  assert.equal(written(route.why), '3.a+b.5');
});

test('an address that was cut short or is wrong shows what can be shown', () => {
  assert.equal(at('/answer').view, 'home', 'no view without a case');
  assert.equal(at('/nowhere?case=x').view, 'home');
  const cut = at('/answer?case=x&try=%7B%22unavail&why=3&at=a.x.5~b.5000.-3');
  assert.ok(isAsWritten(cut.version));
  assert.equal(cut.why, null);
  assert.deepEqual(cut.places, { b: [1000, 0] });
});
