// What leaves the page: pictures in files and in pixels, and paper.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
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

test('names of any length and direction stay inside the picture and beside each other; a table keeps their way', async () => {
  const folder = cases();
  const server = await serve(folder.dir);
  const long = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'.repeat(2);
  writeFileSync(
    join(folder.dir, 'names.toml'),
    `format = 1
[case]
title = "اتفاق السلام بين البلدين (2023)"
as_of = 2023-03-07
[actor.a]
name = "${long}"
[actor.a.option]
go = { text = "Go", assumption = true }
[[actor.a.prefers]]
that = "a.go"
assumption = true
[actor.b]
name = "حكومة الوحدة الوطنية (طرابلس)"
[actor.b.option]
stay = { text = "البقاء (2023)", assumption = true }
[[actor.b.prefers]]
that = "b.stay"
assumption = true
[actor.c]
name = "The long committee of many words which goes on ${'and on '.repeat(30)}"
[actor.c.option]
sit = { text = "Sit", assumption = true }
[[actor.c.prefers]]
that = "c.sit"
assumption = true
[status_quo]
on = []
`,
  );
  const { page, done } = await open(server.base, view('answer', 'names.toml'));
  await page.locator('svg.graph').waitFor();
  await page.getByRole('button', { name: 'Export' }).click();
  const dialog = page.getByRole('dialog');
  const row = dialog.locator('li', { hasText: 'Who moves it there' });
  const svg = (
    await downloaded(page, () => row.getByRole('button', { name: /SVG/ }).click())
  ).bytes.toString();
  const wrong = await page.evaluate((source) => {
    const drawn = new DOMParser().parseFromString(source, 'image/svg+xml').documentElement;
    drawn.querySelectorAll('style').forEach((style) => style.remove());
    const place = document.createElement('div');
    Object.assign(place.style, { position: 'fixed', left: '0', top: '0' });
    place.append(document.importNode(drawn, true));
    document.body.append(place);
    const whole = place.querySelector('svg').getBoundingClientRect();
    const boxes = [...place.querySelectorAll(':scope > svg > text')].map((text) => ({
      text: text.textContent,
      box: text.getBoundingClientRect(),
    }));
    place.remove();
    const found = boxes
      .filter(({ box }) => box.left < whole.left - 1 || box.right > whole.right + 1)
      .map(({ text }) => `out: ${text}`);
    boxes.forEach((a, n) =>
      boxes.slice(n + 1).forEach((b) => {
        const wide = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
        const high = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
        if (wide > 2 && high > 6) found.push(`over: ${a.text} and ${b.text}`);
      }),
    );
    return { found, count: boxes.length };
  }, svg);
  assert.deepEqual(wrong.found, []);
  assert.ok(wrong.count > 6);
  assert.match(svg, /direction="rtl"/);
  await dialog.getByRole('button', { name: 'Copy', exact: true }).first().click();
  await dialog.getByRole('button', { name: 'Copied' }).waitFor();
  const html = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    return (await item.getType('text/html')).text();
  });
  assert.match(html, /<td[^>]*dir="auto"[^>]*>[^<]*البقاء/);
  await done();
  await server.stop();
  folder.remove();
});
