// What leaves the page: pictures in files and in pixels, and paper.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { cases, closeAll, downloaded, open, serve, view } from './harness.mjs';

after(closeAll);

test('what leaves a dark page can be read: pictures in files keep their labels and fonts, paper is white', async () => {
  const folder = cases();
  const server = await serve(folder.dir);
  const path = 'south-caucasus-2023/case.toml';
  const { page, done } = await open(server.base, view('situation', path), { dark: true });
  await page.locator('svg[data-picture]').nth(1).waitFor();
  await page.getByRole('button', { name: 'Export' }).click();
  const row = page.getByRole('dialog').locator('li', { hasText: /^When/ });
  const svg = (
    await downloaded(page, () => row.getByRole('button', { name: /SVG/ }).click())
  ).bytes.toString();
  const words = await page.evaluate((source) => {
    const parsed = new DOMParser().parseFromString(source, 'image/svg+xml');
    return [...parsed.querySelectorAll('text')].map((one) => ({
      text: one.textContent.trim(),
      halo: !['', 'none'].includes(one.getAttribute('stroke') ?? ''),
      order: one.getAttribute('paint-order'),
      family: one.getAttribute('font-family'),
    }));
  }, svg);
  const labels = words.filter((one) => one.halo);
  assert.ok(labels.length > 4);
  for (const one of labels) assert.match(one.order, /^stroke/, `${one.text} lies over its halo`);
  for (const one of words) assert.match(one.family, /,/, `${one.text} has a font to stand in`);
  assert.ok(
    words.some((one) => one.text.startsWith('As of')),
    'the line of the day is in the legend',
  );
  const png = await downloaded(page, () => row.getByRole('button', { name: /PNG/ }).click());
  // Of the first label, drawn by the page in its own font, the picture has nearly every point.
  const share = await page.evaluate(
    async ({ data, label }) => {
      const image = new Image();
      const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
      image.src = URL.createObjectURL(new Blob([bytes], { type: 'image/png' }));
      await image.decode();
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [image.width, image.height];
      const context = canvas.getContext('2d', { willReadFrequently: true });
      context.drawImage(image, 0, 0);
      const all = context.getImageData(0, 0, image.width, image.height).data;
      const lit = (data, at) => data[4 * at] > 150 && data[4 * at + 1] > 150 && data[4 * at + 2] > 150;
      const one = document.createElement('canvas');
      const pen = one.getContext('2d', { willReadFrequently: true });
      pen.scale(2, 2);
      pen.font = `500 11.5px ${getComputedStyle(document.documentElement).getPropertyValue('--cond')}`;
      const wide = Math.ceil(2 * pen.measureText(label).width);
      one.width = wide;
      one.height = 40;
      pen.scale(2, 2);
      pen.font = `500 11.5px ${getComputedStyle(document.documentElement).getPropertyValue('--cond')}`;
      pen.fillStyle = '#fff';
      pen.fillText(label, 0, 14);
      const drawn = pen.getImageData(0, 0, wide, 40).data;
      const points = [];
      for (let n = 0; n < wide * 40; n++)
        if (drawn[4 * n + 3] > 200) points.push([n % wide, Math.floor(n / wide)]);
      let best = 0;
      for (let y = 0; y < image.height - 40; y++)
        for (let x = 0; x < image.width - wide; x++) {
          if (!lit(all, (y + points[0][1]) * image.width + x + points[0][0])) continue;
          let hit = 0;
          for (const [dx, dy] of points) if (lit(all, (y + dy) * image.width + x + dx)) hit++;
          best = Math.max(best, hit / points.length);
        }
      return best;
    },
    { data: png.bytes.toString('base64'), label: labels[0].text },
  );
  assert.ok(share > 0.9, `${labels[0].text}: ${share}`);
  await page.keyboard.press('Escape');
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  const paper = await page.evaluate(() => {
    const style = getComputedStyle(document.documentElement);
    return ['--paper', '--mark-wash', '--a1', 'color-scheme'].map((name) =>
      style.getPropertyValue(name).trim(),
    );
  });
  assert.deepEqual(paper, ['#fff', '#fff1be', '#12493c', 'light']);
  await done();
  await server.stop();
  folder.remove();
});
