// Days and times look the same everywhere.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './modules.mjs';

const { moment, passed, time, today } = await load('lib/clock.ts');

test('one form of days and times, of twenty-four hours', () => {
  assert.equal(moment(new Date(2026, 10, 29, 21, 5)), '29 Nov 2026, 21:05');
  assert.equal(moment(new Date(2026, 0, 2, 0, 7)), '2 Jan 2026, 00:07');
  assert.equal(time(new Date(2026, 0, 2, 12, 30)), '12:30');
});

test('a day has passed on the next one, a month and a year when they have ended', () => {
  const now = today(new Date(2026, 10, 9, 23, 59));
  assert.equal(now, '2026-11-09');
  const all = ['2026-11-08', '2026-11-09', '2026-11-10', '2026-10', '2026-11', '2026-12', '2025', '2026'];
  assert.deepEqual(
    all.filter((on) => passed(on, now)),
    ['2026-11-08', '2026-10', '2025'],
  );
});
