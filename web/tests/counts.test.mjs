// What data count stands below the timeline: imported by the command, drawn by the page, for eyes, ears and paper.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { binary, cases, closeAll, open, serve, view } from './harness.mjs';

after(closeAll);

/** Invented rows in the columns of ACLED: so many in each of three months. */
function table(months) {
  const head = 'event_id_cnty,event_date,event_type,actor1,actor2,location,fatalities';
  const rows = months.flatMap((count, month) =>
    Array.from(
      { length: count },
      (_, n) => `INV${month}${n},2022-0${month + 1}-0${n + 1},Battles,Azerbaijan,Armenia,Sarital,${n}`,
    ),
  );
  return [head, ...rows].join('\n');
}

test('imported counts are bars below the timeline, with their months in words', async () => {
  const folder = cases();
  const path = 'south-caucasus-2023/case.toml';
  const data = join(folder.dir, 'acled.csv');
  writeFileSync(data, table([4, 2, 1]));
  const done1 = spawnSync(binary, [
    'import',
    data,
    '--into',
    join(folder.dir, path),
    '--as',
    'counts',
    '--quiet',
  ]);
  assert.equal(done1.status, 0, done1.stderr.toString());
  const server = await serve(folder.dir);
  const { page, done } = await open(server.base, view('situation', path));
  const timeline = page.locator('svg[data-picture="When"]');
  await timeline.waitFor();
  const bars = timeline.locator('rect[data-month]');
  assert.equal(await bars.count(), 3);
  const heights = await bars.evaluateAll((all) => all.map((bar) => Number(bar.getAttribute('height'))));
  assert.deepEqual(
    heights.map((high) => Math.round((high / heights[0]) * 4)),
    [4, 2, 1],
    'as high as the counts',
  );
  const said = await timeline.getAttribute('aria-label');
  for (const words of [
    '7 events in 3 months',
    'January 2022: 4 events, 6 deaths',
    'March 2022: 1 event, 0 deaths',
  ])
    assert.ok(said.includes(words), `${words} is said: ${said}`);
  assert.ok((await timeline.textContent()).includes('7 events in 3 months, the most in January 2022: 4'));
  // What is counted is no dot with a name.
  assert.ok(!(await timeline.textContent()).includes('ACLED counts'));
  await page.emulateMedia({ media: 'print' });
  assert.equal(await bars.first().isVisible(), true, 'on paper too');
  await done();
  await server.stop();
});
