// What the browser loads at once, gzip, in bytes: page, script and style, and the fonts of the Latin alphabet.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from './harness.mjs';

export const dist = join(root, 'crates/detente/web/dist');

export function sizes() {
  const page = readFileSync(join(dist, 'index.html'), 'utf8');
  const files = [
    'index.html',
    ...[...page.matchAll(/(?:src|href)="\/([^"]+)"/g)]
      .map((match) => match[1])
      .filter((name) => !/\.woff2?$/.test(name)),
  ];
  const gzip = (file) => gzipSync(readFileSync(join(dist, file))).length;
  const all = readdirSync(join(dist, 'assets'));
  const sum = (list) => list.reduce((a, b) => a + b, 0);
  return {
    files: files.length,
    scripts: sum(files.map(gzip)),
    // Every page needs them; they are compressed already.
    fonts: sum(
      all
        .filter((name) => /latin-(?!ext).*\.woff2$/.test(name))
        .map((name) => readFileSync(join(dist, 'assets', name)).length),
    ),
    onDemand: sum(
      all
        .filter((name) => /\.(js|css)$/.test(name) && !files.includes(`assets/${name}`))
        .map((name) => gzip(join('assets', name))),
    ),
  };
}
