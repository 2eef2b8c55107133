// Who may talk to the server, what it touches, and what a case file can do to the page.
import assert from 'node:assert/strict';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { browser, cases, closeAll, flagship, open, serve, until, view } from './harness.mjs';

let folder;
let server;
before(async () => {
  folder = cases();
  server = await serve(folder.dir);
});
after(async () => {
  await closeAll();
  await server.stop();
  folder.remove();
});

/** A request with exactly these headers, and the token of the server under test unless it brings its own key. */
function ask(port, asked = {}) {
  const key = port === server.port && !asked.without ? { authorization: `Bearer ${server.token}` } : {};
  return send(port, { ...asked, headers: { ...key, ...asked.headers } });
}
function send(port, { method = 'GET', path = '/', headers = {}, body } = {}) {
  return new Promise((done, failed) => {
    const asking = request(
      {
        agent: false,
        host: '127.0.0.1',
        port,
        method,
        path,
        headers: { host: `127.0.0.1:${port}`, ...headers },
      },
      (answer) => {
        let text = '';
        answer.on('data', (chunk) => (text += chunk));
        answer.on('end', () => done({ status: answer.statusCode, headers: answer.headers, text }));
      },
    );
    // A body that is refused before it is read whole: the server may close while we still write, before its answer or
    // after it; then the request no longer listens, and only the connection is told.
    const closed = (error) =>
      ['EPIPE', 'ECONNRESET'].includes(error.code)
        ? done({ status: 'closed', headers: {}, text: '' })
        : failed(error);
    asking.on('error', closed);
    asking.on('socket', (socket) => socket.on('error', closed));
    asking.end(body);
  });
}
const json = { 'content-type': 'application/json' };
const get = (path, headers) => ask(server.port, { path, headers });
const post = (path, body, headers = {}) =>
  ask(server.port, {
    method: 'POST',
    path,
    headers: { ...json, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

test('other names for this machine are refused (DNS rebinding)', async () => {
  for (const host of [
    'evil.example',
    `evil.example:${server.port}`,
    `127.0.0.1:${server.port + 1}`,
    '127.0.0.1',
    `localhost.evil.example:${server.port}`,
    `10.0.0.1:${server.port}`,
  ]) {
    for (const path of [
      '/',
      '/api/v1/cases',
      `/api/v1/text?path=${flagship}`,
      `/api/v1/open?path=${flagship}`,
    ]) {
      const answer = await get(path, { host });
      assert.equal(answer.status, 421, `${host} ${path}`);
      assert.ok(!answer.text.includes('format = 1'));
    }
  }
  for (const host of [`127.0.0.1:${server.port}`, `localhost:${server.port}`])
    assert.equal((await get('/api/v1/cases', { host })).status, 200);
});

test('posts from other pages are refused', async () => {
  const body = { path: 'x/case.toml', text: 'x', base: null };
  for (const headers of [
    { origin: 'http://evil.example' },
    { origin: 'null' },
    { origin: `https://127.0.0.1:${server.port}` },
    { origin: `http://127.0.0.1:${server.port + 1}` },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])
    assert.equal((await post('/api/v1/save', body, headers)).status, 403, JSON.stringify(headers));
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])
    assert.equal((await post('/api/v1/save', body, { 'content-type': type })).status, 415, type);
  for (const path of ['/api/v1/cases', `/api/v1/open?path=${flagship}`])
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'http://evil.example' }])
      assert.equal((await get(path, headers)).status, 403, path);
  for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS'])
    assert.ok(
      (await ask(server.port, { method, path: '/api/v1/save', headers: json })).status >= 400,
      method,
    );
  assert.throws(() => folder.read('x/case.toml'), 'nothing was written');
});

test('nothing outside the folder is read or written', async () => {
  const outside = cases();
  writeFileSync(join(outside.dir, 'secret.toml'), '[case]\ntitle = "secret"\n');
  symlinkSync(outside.dir, join(folder.dir, 'link'));
  symlinkSync(join(outside.dir, 'secret.toml'), join(folder.dir, 'linked.toml'));
  mkdirSync(join(folder.dir, '.hidden'), { recursive: true });
  writeFileSync(join(folder.dir, '.hidden/case.toml'), '[case]\ntitle = "hidden"\n');
  for (const path of [
    '../secret.toml',
    '..%2Fsecret.toml',
    '/etc/passwd',
    'link/secret.toml',
    'linked.toml',
    'a/../../secret.toml',
    '.hidden/case.toml',
    'south-caucasus-2023-solo/..%2f..%2fsecret.toml',
    'a%5C..%5Cb',
    '%00',
    'C:%5Cx',
    '',
  ]) {
    for (const route of ['text', 'open', 'summary', 'watch']) {
      const answer = await get(`/api/v1/${route}?path=${path}`);
      assert.ok(
        answer.status === 403 || answer.status === 404 || answer.status === 400,
        `${route} ${path}: ${answer.status}`,
      );
      assert.ok(!answer.text.includes('secret"') && !answer.text.includes('root:'));
    }
    const plain = decodeURIComponent(path);
    assert.ok(
      (await post('/api/v1/save', { path: plain, text: 'overwritten', base: null })).status >= 400,
      plain,
    );
  }
  for (const file of ['../../secret.toml', '/etc/passwd', '../linked.toml']) {
    const answer = await get(`/api/v1/source?path=${flagship}&file=${encodeURIComponent(file)}`);
    assert.ok(answer.status === 403 || !answer.text.includes('"found":true'), file);
  }
  assert.equal(outside.read('secret.toml'), '[case]\ntitle = "secret"\n');
  const list = JSON.parse((await get('/api/v1/cases')).text);
  for (const entry of list.entries) assert.ok(!/link|hidden/.test(entry.path), entry.path);
  // Titles of new cases and names of imports become folder names of plain letters.
  const made = JSON.parse(
    (await post('/api/v1/new', { title: '../../../evil <x>', template: 'empty', source: null })).text,
  );
  assert.match(made.path, /^[a-z0-9-]+\/case\.toml$/);
  outside.remove();
});

test('bodies and texts have limits', async () => {
  const refused = [413, 'closed'];
  assert.ok(
    refused.includes(
      (await post('/api/v1/save', `{"path":"big/case.toml","base":null,"text":"${'x'.repeat(13 << 20)}"}`))
        .status,
    ),
  );
  assert.ok(
    refused.includes(
      (await post('/api/v1/save', { path: 'big/case.toml', base: null, text: 'x'.repeat((4 << 20) + 1) }))
        .status,
    ),
  );
  assert.throws(() => folder.read('big/case.toml'));
  writeFileSync(join(folder.dir, 'huge.toml'), `[case]\n# ${'x'.repeat(5 << 20)}\n`);
  for (const route of ['text', 'open', 'summary'])
    assert.equal((await get(`/api/v1/${route}?path=huge.toml`)).status, 413, route);
  rmSync(join(folder.dir, 'huge.toml'));
  for (const body of ['{', '[]', '{"path":1}', 'null', '{"path":"a","text":"b","version":{"unknown":1}}']) {
    const answer = await post('/api/v1/live', body);
    assert.ok(answer.status >= 400 && answer.status < 500, `${body}: ${answer.status}`);
  }
});

test('every answer carries the strict policy, and the page has nothing inline', async () => {
  for (const path of ['/', '/answer', '/api/v1/cases', '/no/such.file', '/api/v1/nothing']) {
    const { headers } = await get(path);
    const policy = headers['content-security-policy'];
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /script-src 'self'/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.ok(!/unsafe|\*|https?:/.test(policy), policy);
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['referrer-policy'], 'no-referrer');
    assert.equal(headers['access-control-allow-origin'], undefined);
  }
  // What is announced with the page is the case of the address and nothing else.
  const link = async (query) => (await get(`/answer?${query}`)).headers.link;
  assert.equal(
    await link(`case=${encodeURIComponent(flagship)}&x=1`),
    `</api/v1/open?path=${encodeURIComponent(flagship)}>; rel=preload; as=fetch; crossorigin`,
  );
  for (const query of [
    '',
    'case=',
    'case=a>;rel=preload',
    'case=a,b',
    'case=http://evil.example/',
    'case=a;b',
    'case=a"b',
    'lowercase=a',
  ])
    assert.equal(await link(query), undefined, query);
  const { text } = await get('/');
  assert.ok(!/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/i.test(text), text);
});

test('it listens on this machine only, unless asked', async () => {
  const other = Object.values(networkInterfaces())
    .flat()
    .find((net) => net?.family === 'IPv4' && !net.internal);
  if (other) {
    const reached = await new Promise((done) => {
      const socket = connect({ host: other.address, port: server.port, timeout: 2000 });
      socket
        .on('connect', () => done(true))
        .on('error', () => done(false))
        .on('timeout', () => done(false));
    });
    assert.equal(reached, false, `reached under ${other.address}`);
  }
  assert.match(server.said, /Nothing leaves this machine/);
  const opened = await serve(folder.dir, { args: ['--host', '0.0.0.0'] });
  try {
    assert.ok(!opened.said.includes('Nothing leaves this machine'), opened.said);
    assert.match(opened.said, /over the network can reach this server[^]*The connection is not encrypted/);
    assert.ok(!opened.said.includes('0.0.0.0:'), 'every address that is printed works');
    const hosts = [...opened.said.matchAll(/http:\/\/([\d.]+):/g)].map(([, host]) => host);
    assert.equal(hosts[0], '127.0.0.1');
    for (const host of hosts) {
      const answer = await fetch(`http://${host}:${opened.port}/?token=${opened.token}`, {
        redirect: 'manual',
      });
      assert.equal(answer.status, 303, host);
    }
    await entered(opened);
  } finally {
    await opened.stop();
  }
});

/** Only the token opens the server, and the printed address brings it as often as it is opened. */
async function entered({ port, base, token }) {
  const ask = (path, headers = {}) => send(port, { path, headers });
  assert.match(token, /^[0-9a-f]{64}$/, 'a token is printed');
  for (const path of [
    '/',
    '/answer',
    '/api/v1/cases',
    `/api/v1/text?path=${flagship}`,
    '/?token=wrong',
    `/?token=${token.slice(1)}0`,
    `/api/v1/cases?token=${token}`,
  ])
    assert.equal((await ask(path)).status, 401, path);
  const save = await send(port, {
    method: 'POST',
    path: '/api/v1/save',
    headers: json,
    body: JSON.stringify({ path: 'x/case.toml', text: 'x', base: null }),
  });
  assert.equal(save.status, 401);
  assert.equal(JSON.parse(save.text).code, 'token');
  assert.throws(() => folder.read('x/case.toml'), 'nothing was written');
  for (const path of [`/?token=${token}`, `/?token=${token}`, `/answer?case=a&token=${token}`]) {
    const admitted = await ask(path);
    assert.equal(admitted.status, 303);
    assert.equal(admitted.headers.location, path.startsWith('/answer') ? '/answer?case=a' : '/');
    const cookie = admitted.headers['set-cookie'][0];
    assert.match(cookie, /^detente-[0-9a-f]{16}=[0-9a-f]{64}; HttpOnly; SameSite=Strict/);
    assert.equal((await ask('/api/v1/cases', { cookie: cookie.split(';')[0] })).status, 200);
  }
  assert.equal((await ask('/api/v1/cases', { authorization: `Bearer ${token}` })).status, 200);
  // In the browser: the address that was printed opens the workbench, and no other does.
  const refused = await (await browser()).newContext();
  const plain = await refused.newPage();
  assert.equal((await plain.goto(base)).status(), 401);
  await plain.getByText('open the address that `detente serve` printed').waitFor();
  await refused.close();
  const { page, done } = await open(base);
  await page.getByText('Armenia–Azerbaijan peace agreement, spring 2023').first().waitFor();
  assert.ok(!page.url().includes('token'));
  await done();
}

test('this machine too asks for the token, and it is the same after a restart', async () => {
  await entered(server);
  const again = await serve(folder.dir);
  assert.equal(again.token, server.token);
  await again.stop();
  // Another folder has another token under another name: its server does not log this one's pages out.
  const other = cases();
  const beside = await serve(other.dir);
  const name = async ({ port, token }) =>
    (await send(port, { path: `/?token=${token}` })).headers['set-cookie'][0].split('=')[0];
  assert.notEqual(beside.token, server.token);
  assert.notEqual(await name(beside), await name(server));
  await beside.stop();
  other.remove();
});

test('every error of the API is told as data, and only cases, sources and ledgers are written', async () => {
  const problem = async (answer, status, code) => {
    const { status: got, headers, text } = await answer;
    assert.equal(got, status, text);
    assert.match(headers['content-type'], /^application\/json/);
    const said = JSON.parse(text);
    assert.equal(said.code, code, text);
    assert.ok(said.message.length > 0 && !said.message.includes('os error'), text);
  };
  await problem(send(server.port, { path: '/api/v1/cases' }), 401, 'token');
  await problem(get('/api/v1/cases', { host: 'evil.example' }), 421, 'foreign');
  await problem(post('/api/v1/save', {}, { origin: 'http://evil.example' }), 403, 'foreign');
  await problem(get('/api/v1/nothing'), 400, 'bad_request');
  await problem(get('/api/v1/text'), 400, 'bad_request');
  await problem(get('/api/v1/save'), 405, 'method');
  await problem(post('/api/v1/save', '{'), 400, 'bad_request');
  await problem(post('/api/v1/save', '{"path":1}'), 422, 'bad_request');
  await problem(post('/api/v1/live', {}, { 'content-type': 'text/plain' }), 415, 'bad_request');
  await problem(get('/api/v1/text?path=no/such.toml'), 404, 'missing');
  for (const path of ['run.sh', 'page.html', 'a/Makefile', 'a/expected.toml']) {
    await problem(post('/api/v1/save', { path, text: '#!/bin/sh\n', base: null }), 403, 'not_written');
    assert.throws(() => folder.read(path), path);
  }
});

test('a connection that trickles does not stay', { timeout: 120_000 }, async () => {
  const begun = Date.now();
  const closed = await new Promise((done) => {
    const socket = connect({ host: '127.0.0.1', port: server.port });
    socket.on('connect', () => socket.write('GET / HTTP/1.1\r\nHost: '));
    const drip = setInterval(() => socket.writable && socket.write('a'), 1000);
    socket
      .on('error', () => {})
      .on('close', () => {
        clearInterval(drip);
        done(Date.now());
      });
    socket.resume();
  });
  assert.ok(closed - begun < 60_000);
});

test('markup in any text of a case is shown as text', async () => {
  const evil = '<script>window.hit=1</script><img src=x onerror=\\"window.hit=1\\"><b>';
  const shown = evil.replaceAll('\\"', '"');
  const text = `format = 1
[case]
title = "${evil}title"
question = "${evil}question"
note = "${evil}"
as_of = 2024-01-01
[source.s]
title = "${evil}source"
author = "${evil}"
text = "text.txt"
[claim.c1]
source = "s"
at = "s1"
says = "${evil}claim"
speaker = "${evil}"
kind = "fact"
[actor.a]
name = "${evil}A"
option.x = { text = "${evil}option", because = ["c1"] }
[[actor.a.prefers]]
that = "a.x"
because = ["c1"]
[actor.b]
name = "B"
option.y = { text = "Do it", assumption = true }
[[actor.b.prefers]]
that = "both"
assumption = true
[define]
both = { that = "a.x and b.y", says = "${evil}both" }
[body.u]
name = "${evil}U"
members = ["a"]
[[tie]]
between = ["a", "b"]
kind = "friendly"
because = ["c1"]
[[event]]
on = 2023-05-05
title = "${evil}event"
[outcome.one]
name = "${evil}outcome"
on = "a.x"
[status_quo]
on = []
[question.q]
ask = "${evil}ask"
kind = "possible"
outcome = "both"
concept = "nash"
[variant.v]
title = "${evil}variant"
unavailable = ["b.y"]
`;
  mkdirSync(join(folder.dir, 'evil'));
  writeFileSync(join(folder.dir, 'evil/case.toml'), text);
  writeFileSync(join(folder.dir, 'evil/text.txt'), `${shown} Here is one. And two.`);
  const { page, done } = await open(server.base);
  await page.getByText(`${shown}title`).first().waitFor();
  for (const name of ['answer', 'write', 'situation', 'whatif']) {
    await page.goto(server.base + view(name, 'evil/case.toml', '&question=q&beside=v'));
    await page.locator('header .case', { hasText: `${shown}title` }).waitFor();
    await until('shown as text', async () =>
      (await page.locator('body').innerText()).includes('<script>window.hit=1</script>'),
    );
    if (name === 'answer') await page.locator('aside.why .title').waitFor();
    await page.waitForTimeout(300);
    assert.equal(await page.evaluate(() => window.hit), undefined, name);
    assert.equal(await page.locator('main script, main img').count(), 0, name);
    // And on paper, where the claims are written out.
    await page.emulateMedia({ media: 'print' });
    await page.locator('section.paper', { hasText: `${shown}claim` }).waitFor();
    assert.equal(await page.evaluate(() => window.hit), undefined, `${name} on paper`);
    await page.emulateMedia({ media: 'screen' });
  }
  // The picture on its own carries no markup of the case either.
  await page.goto(server.base + view('situation', 'evil/case.toml'));
  await page.locator('svg.map').waitFor();
  assert.equal(await page.locator('svg.map b, svg.map img, svg.map script').count(), 0);
  await done();
});

test('texts of any script and direction', async () => {
  mkdirSync(join(folder.dir, 'scripts'));
  writeFileSync(
    join(folder.dir, 'scripts/case.toml'),
    'format = 1\n[case]\ntitle = "נושא השיחות"\nquestion = "هل يمكن أن يصمد اتفاق؟"\n[actor.a]\nname = "אזרבייג׳ן"\noption.x = { text = "签署协议", assumption = true }\nprefers = [{ that = "a.x", assumption = true }]\n[actor.b]\nname = "Հայաստան"\noption.y = { text = "Подписать", assumption = true }\nprefers = [{ that = "b.y", assumption = true }]\n[status_quo]\non = []\n',
  );
  const { page, done } = await open(server.base, view('answer', 'scripts/case.toml'));
  const title = page.locator('h1.q');
  await title.getByText('هل يمكن أن يصمد اتفاق؟').waitFor();
  assert.equal(await title.evaluate((element) => getComputedStyle(element).direction), 'rtl');
  await page.locator('table.mx').getByRole('rowheader', { name: '签署协议' }).waitFor();
  await page.locator('table.mx').getByText('Հայաստան', { exact: true }).waitFor();
  await done();
});
