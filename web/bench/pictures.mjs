// The five views of the workbench for the README, on the first edition of the flagship: docs/images/workbench-*.jpg.
import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { cases, closeAll, flagship, open, root, serve, view } from '../tests/harness.mjs';

const most = 200_000;
const views = {
  home: ['/', (page) => page.getByText('Up to date').nth(3).waitFor()],
  write: [
    view('write'),
    async (page) => {
      await page.getByRole('tab', { name: /Russia/ }).click();
      await page.locator('[data-row="actor.ru.prefers-2"] .tx').click();
      await page.locator('.source .hl').first().waitFor();
    },
  ],
  situation: [view('situation', flagship, '&thing=tie-2'), (page) => page.locator('.wt').waitFor()],
  answer: [
    view('answer', flagship, '&question=holds'),
    async (page) => {
      await page
        .locator('table.mx')
        .getByRole('button', { name: /^Azerbaijan is held back: Side deal/ })
        .click();
      await page.locator('.why .ev').first().waitFor();
    },
  ],
  whatif: [
    view('whatif', flagship, '&beside=no-guarantee'),
    async (page) => {
      await page.getByRole('switch', { name: /Assessments/ }).click();
      // Struck, no single wish moves the share by a point: the list is there, and empty.
      await page.locator('.mv').getByText('by less than 1 point').waitFor();
    },
  ],
};

const folder = cases();
const server = await serve(folder.dir);
try {
  for (const [name, [path, ready]] of Object.entries(views)) {
    const { page, done } = await open(server.base, path);
    await ready(page);
    await page.evaluate(() => document.fonts.ready);
    await page.mouse.move(640, 2);
    const file = `docs/images/workbench-${name}.jpg`;
    await page.screenshot({ path: join(root, file), type: 'jpeg', quality: 85 });
    await done();
    const bytes = statSync(join(root, file)).size;
    console.log(file, bytes, 'bytes');
    assert.ok(bytes < most, `${file} has more than ${most} bytes`);
  }
} finally {
  await closeAll();
  await server.stop();
  folder.remove();
}
