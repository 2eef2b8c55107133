// What the browser tests share: a copy of the cases, a server on it, a browser that reaches nothing else.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
export const binary = process.env.DETENTE_BIN ?? join(root, 'target/debug/detente');
/** The first edition of the flagship, without acts and readings: the stories have its numbers. */
export const flagship = 'south-caucasus-2023-solo/case.toml';
// No name resolves: the browser reaches this machine only. (To look at every request before it is sent would do the
// same, and make each of them 30 ms slower.)
const flags = [
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** How long anything is waited for: what is there sooner is not waited for longer, and a slow machine gets there. */
export const patience = Number(process.env.DETENTE_PATIENCE ?? 45_000);

/** A folder of its own with the cases of the catalogue. */
export function cases() {
  const dir = mkdtempSync(join(tmpdir(), 'detente-web-'));
  cpSync(join(root, 'cases'), dir, { recursive: true });
  return {
    dir,
    read: (path) => readFileSync(join(dir, path), 'utf8'),
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}

/** Where the tests' servers keep their tokens. */
const state = mkdtempSync(join(tmpdir(), 'detente-state-'));
process.on('exit', () => rmSync(state, { recursive: true, force: true }));
/** The tokens that were printed, by address. */
const tokens = new Map();

/** Starts `detente serve`; `base` is the address without its slash, `token` what was printed with it, `said` all of it. */
export async function serve(dir, { port = 0, args = [] } = {}) {
  assert.ok(existsSync(binary), `${binary} is not built`);
  const child = spawn(binary, ['serve', dir, '--no-open', '--port', String(port), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, XDG_STATE_HOME: state },
  });
  running.add(child);
  child.on('exit', () => running.delete(child));
  let said = '';
  const address = await new Promise((done, failed) => {
    const late = setTimeout(() => failed(new Error(`the server says nothing: ${said}`)), 20_000);
    child.stdout.on('data', (chunk) => {
      said += chunk;
      const found = /(http:\/\/\S+)/.exec(said);
      if (found && said.includes('Ctrl-C')) {
        clearTimeout(late);
        done(new URL(found[1]));
      }
    });
    child.stderr.on('data', (chunk) => (said += chunk));
    child.on('exit', (code) => failed(new Error(`the server ended with ${code}: ${said}`)));
  });
  const gone = new Promise((done) => child.on('exit', done));
  tokens.set(address.origin, address.searchParams.get('token'));
  return {
    base: address.origin,
    port: Number(address.port),
    token: address.searchParams.get('token'),
    said,
    pid: child.pid,
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      await gone;
    },
  };
}

let shared;
const running = new Set();
export async function browser() {
  shared ??= chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags });
  return shared;
}
/** Ends the browser, and the servers that a test which failed left behind: the run would wait for them. */
export async function closeAll() {
  for (const child of running) child.kill('SIGKILL');
  if (shared) await (await shared).close();
}

/** Asks the API of a server that was started here, as the page does: with the token. */
export const api = (base, path, init = {}) =>
  fetch(`${base}/api/v1${path}`, {
    ...init,
    headers: { authorization: `Bearer ${tokens.get(base)}`, ...init.headers },
  });
/** An address as the server prints it: with the token, which it takes out again. */
export const printed = (base, path = '/') =>
  `${base}${path}${path.includes('?') ? '&' : '?'}token=${tokens.get(base)}`;

const kinds = {
  html: 'text/html',
  js: 'text/javascript',
  css: 'text/css',
  woff2: 'font/woff2',
  svg: 'image/svg+xml',
};
/** With DETENTE_PAGE=FOLDER the page comes from that folder instead of the program: for who changes the page alone. The
 * headers of the server are missing then, so that the tests of security need the program. */
async function fromFolder(context, base) {
  const folder = process.env.DETENTE_PAGE;
  if (!folder) return;
  await context.route(`${base}/**`, (route) => {
    const { pathname, search } = new URL(route.request().url());
    if (pathname.startsWith('/api/') || search.includes('token=')) return route.fallback();
    const file = join(folder, pathname);
    const isFile = /\.\w+$/.test(pathname);
    if (isFile && !existsSync(file)) return route.fallback();
    const path = isFile ? file : join(folder, 'index.html');
    return route.fulfill({ path, contentType: kinds[path.split('.').at(-1)] ?? 'application/octet-stream' });
  });
}

/** A page in a context of its own, which enters as a user does: through the printed address. Errors of the page and
 * requests to anywhere else fail the test at `done`. */
export async function open(base, path = '/', { width = 1280, height = 800, dark = false, allow = [] } = {}) {
  const context = await (
    await browser()
  ).newContext({
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    acceptDownloads: true,
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await fromFolder(context, base);
  const wrong = [];
  const refused = [];
  const answers = [];
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (url.origin !== base && !['blob:', 'data:'].includes(url.protocol))
      wrong.push(`asked elsewhere: ${url}`);
  });
  const watch = (page) => {
    page.on('pageerror', (error) => wrong.push(`error: ${error.message}`));
    page.on('console', (message) => {
      const text = message.text();
      // Chromium styles a table on its way to the clipboard, and the page's policy speaks of that one style.
      const clipboard = text.includes("'sha256-9LKC/SuvugLF8nUfaSQXM/HiDPOfx+t59BqOtL0W3vE='");
      // Made of an older text: the page answers that by itself, and what comes of it a story sees in the file.
      const late = text.includes('status of 409');
      if (message.type() !== 'error' || clipboard || allow.some((pattern) => pattern.test(text))) return;
      if (late) refused.unshift('refused, and made again by the page:');
      else wrong.push(`console: ${text} (${message.location().url})`);
    });
    // What the server refused, and why: the console tells the number alone.
    page.on('response', (response) => {
      if (response.status() < 400) return;
      const { method, url } = { method: response.request().method(), url: response.url() };
      const told = (said) => refused.push(`${response.status()} ${method} ${url}\n  ${said.slice(0, 400)}`);
      answers.push(response.text().then(told, () => told('')));
    });
  };
  context.on('page', watch);
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  await page.goto(printed(base, path));
  if (process.env.DETENTE_PAGE) await page.goto(base + path);
  return {
    page,
    context,
    async done() {
      await Promise.all(answers);
      await context.close();
      assert.deepEqual(wrong, [], ['the page had errors', ...refused].join('\n'));
      if (refused[0]?.startsWith('refused')) console.log(refused.join('\n'));
    },
  };
}

export const view = (name, path = flagship, more = '') => `/${name}?case=${encodeURIComponent(path)}${more}`;

/** The text in the editor. */
export const editorText = (page) =>
  page
    .locator('.cm-content')
    .evaluate(
      (content) =>
        content.cmTile?.view.state.doc.toString() ??
        content.cmView?.view.state.doc.toString() ??
        content.textContent,
    );

/** Waits until `check` is true. */
export async function until(what, check, limit = patience) {
  const end = Date.now() + limit;
  let last;
  while (Date.now() < end) {
    try {
      if (await check()) return;
      last = undefined;
    } catch (error) {
      last = error;
    }
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`not within ${limit} ms: ${what}${last ? ` (${last.message})` : ''}`);
}

/** What a download holds. */
export async function downloaded(page, act) {
  const [download] = await Promise.all([page.waitForEvent('download'), act()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}
