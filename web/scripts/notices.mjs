// Writes NOTICES.txt: name, version, licence and licence text of everything that ends up in the bundle.
import { readdirSync, readFileSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const names = Object.entries(lock.packages)
  .filter(([path, entry]) => path.startsWith('node_modules/') && !entry.dev)
  .map(([path]) => path)
  .concat(['node_modules/svelte'])
  .filter((path, at, all) => all.indexOf(path) === at)
  .sort();
const parts = names.map((path) => {
  const about = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
  const file = readdirSync(path).find((name) => /^(licen[cs]e|ofl)/i.test(name));
  const text = file && existsSync(join(path, file)) ? readFileSync(join(path, file), 'utf8').trim() : '';
  return `${about.name} ${about.version} (${about.license})\n\n${text}\n`;
});
writeFileSync(
  '../crates/detente/web/NOTICES.txt',
  `What the workbench's page contains beside our own code.\n\n${parts.join(`\n${'-'.repeat(78)}\n\n`)}`,
);
