// Home with five hundred cases: from the address to the list, and to an answer for each; the first time, and when the
// server has said them before. `node bench/home.mjs` prints it alone.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { closeAll, flagship, open, root, serve, until } from '../tests/harness.mjs';

export const many = 500;
/** As many rows are more than a screen of 800 pixels has. */
const screen = 12;

export async function home() {
  const dir = mkdtempSync(join(tmpdir(), 'detente-home-'));
  const text = readFileSync(join(root, 'cases', flagship), 'utf8');
  for (let n = 0; n < many; n++) {
    mkdirSync(join(dir, `case-${n}`));
    // Another title is another case: nothing is said of it before it is asked.
    writeFileSync(join(dir, `case-${n}/case.toml`), text.replace(/^title = ".*"$/m, `title = "Case ${n}"`));
  }
  const server = await serve(dir);
  const { page, done } = await open(server.base, '/', { allow: [/ERR_/] });
  await page.addInitScript(
    ([count, inSight]) => {
      window.seen = { answers: null, list: null };
      const drawn = (what) =>
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => (window.seen[what] ??= performance.now());
          port2.postMessage(null);
        });
      let list = false;
      const look = () => {
        const rows = document.querySelectorAll('.cases ol > li').length;
        // The list stands when the screen is full of it, and all answers when there is no more to come.
        if (!list && rows >= Math.min(count, inSight)) {
          list = true;
          drawn('list');
        }
        if (rows < count || document.querySelector('.cases .ans .tech')) return;
        watching.disconnect();
        drawn('answers');
      };
      const watching = new MutationObserver(look);
      watching.observe(document, { childList: true, subtree: true });
    },
    [many, screen],
  );
  const once = async () => {
    await page.goto(server.base);
    await until(
      'all answers',
      () => page.evaluate(() => window.seen?.answers !== null && window.seen?.list !== null),
      300_000,
    );
    return page.evaluate(() => window.seen);
  };
  // The page of `open` has asked already, of a server that knew nothing: that was the first time.
  await page.goto('about:blank');
  await server.stop();
  const fresh = await serve(dir, { port: server.port });
  const first = await once();
  const again = [];
  for (let n = 0; n < 10; n++) again.push(await once());
  await done();
  await fresh.stop();
  rmSync(dir, { recursive: true, force: true });
  return { first, again };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { first, again } = await home();
  const said = ({ list, answers }) => `list ${Math.round(list)} ms, answers ${Math.round(answers)} ms`;
  process.stdout.write(`${many} cases, first: ${said(first)}\n`);
  for (const one of again) process.stdout.write(`again: ${said(one)}\n`);
  await closeAll();
}
