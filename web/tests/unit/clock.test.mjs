// Days and times look the same everywhere.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './modules.mjs';

const { moment, time } = await load('lib/clock.ts');

test('one form of days and times, of twenty-four hours', () => {
  assert.equal(moment(new Date(2026, 10, 29, 21, 5)), '29 Nov 2026, 21:05');
  assert.equal(moment(new Date(2026, 0, 2, 0, 7)), '2 Jan 2026, 00:07');
  assert.equal(time(new Date(2026, 0, 2, 12, 30)), '12:30');
});
