// The bundle that is checked in is what the sources make, small enough, and its types are fresh.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from './harness.mjs';
import { sizes } from './sizes.mjs';

test('the bundle is fresh', () => {
  try {
    execFileSync(join(root, 'scripts/web-bundle'), ['--check'], { stdio: 'pipe' });
  } catch (error) {
    assert.fail(`${error.stdout}${error.stderr}`);
  }
});

test('the page names the version of the program', () => {
  const [, program] = /^\[workspace\.package\]\nversion = "([^"]+)"/m.exec(
    readFileSync(join(root, 'Cargo.toml'), 'utf8'),
  );
  assert.equal(JSON.parse(readFileSync(join(root, 'web/package.json'), 'utf8')).version, program);
});

test('what is loaded at once is under 600 kB gzip', () => {
  const { files, scripts, fonts } = sizes();
  assert.ok(files >= 3 && fonts > 0);
  assert.ok(scripts + fonts < 600_000, `${scripts} bytes, ${fonts} of fonts`);
});

test('the types of the page are those of the API', () => {
  const dir = mkdtempSync(join(tmpdir(), 'detente-types-'));
  const made = join(dir, 'api.d.ts');
  execFileSync(
    join(root, 'web/node_modules/.bin/openapi-typescript'),
    [join(root, 'schema/api.json'), '-o', made],
    { stdio: 'pipe', cwd: join(root, 'web') },
  );
  assert.equal(
    readFileSync(join(root, 'web/src/lib/api.d.ts'), 'utf8'),
    readFileSync(made, 'utf8'),
    'src/lib/api.d.ts is stale: run `npm run types` in web/',
  );
  rmSync(dir, { recursive: true });
});

test('the sources are sound: types, accessibility, unused styles', () => {
  try {
    execFileSync(join(root, 'web/node_modules/.bin/svelte-check'), ['--fail-on-warnings'], {
      stdio: 'pipe',
      cwd: join(root, 'web'),
    });
  } catch (error) {
    assert.fail(`${error.stdout}`);
  }
});

test('the sources are formatted', () => {
  try {
    execFileSync(join(root, 'web/node_modules/.bin/prettier'), ['--check', '.'], {
      stdio: 'pipe',
      cwd: join(root, 'web'),
    });
  } catch (error) {
    assert.fail(`${error.stdout}${error.stderr}Run \`npm run format\` in web/.`);
  }
});

test('the linter finds nothing', () => {
  try {
    execFileSync(join(root, 'web/node_modules/.bin/eslint'), ['--max-warnings', '0', '.'], {
      stdio: 'pipe',
      cwd: join(root, 'web'),
    });
  } catch (error) {
    assert.fail(`${error.stdout}${error.stderr}`);
  }
});

test('all texts of the interface are in one place', () => {
  // Words between tags or in labels that do not come from strings.ts.
  const wrong = [];
  for (const folder of ['components', 'pictures', 'views', '.'])
    for (const name of readdirSync(join(root, 'web/src', folder)).filter((file) =>
      file.endsWith('.svelte'),
    )) {
      const source = readFileSync(join(root, 'web/src', folder, name), 'utf8').replace(
        /<script[\s\S]*?<\/script>|<style[\s\S]*?<\/style>|<!--[\s\S]*?-->/g,
        '',
      );
      for (const match of source.matchAll(/(?:aria-label|title|placeholder)="([^"{]*[A-Za-z]{3}[^"{]*)"/g))
        wrong.push(`${name}: ${match[1]}`);
      for (const match of source.matchAll(/>([^<>{}]*[A-Za-z]{3}[^<>{}]*)</g))
        if (!/=>|[;()&]|kbd|^\s*document\./.test(match[1]) && !/^Ctrl K$/.test(match[1].trim()))
          wrong.push(`${name}: ${match[1].trim()}`);
    }
  // Sentences in quotation marks in the code beside them; formwords.ts has those of the forms, readingwords.ts those of
  // reading, forecastwords.ts those of forecasts.
  for (const name of readdirSync(join(root, 'web/src/lib')).filter(
    (file) =>
      /\.ts$/.test(file) &&
      !/^strings|^formwords|^problemwords|^readingwords|^forecastwords|\.d\.ts$/.test(file),
  )) {
    const source = readFileSync(join(root, 'web/src/lib', name), 'utf8').replace(
      /\/\*[\s\S]*?\*\/|\/\/.*$/gm,
      '',
    );
    for (const match of source.matchAll(/'([A-Z][a-z]+ [^'\n]*)'|new Error\('([^']*)'/g))
      wrong.push(`${name}: ${match[1] ?? match[2]}`);
  }
  assert.deepEqual(wrong, []);
});
