// What the server refuses, and text that would like to be markup.
import { test, after } from 'node:test';
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { connect } from 'node:net';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startDesk, openTab, closeBrowser, skip, edit, version, newerThan, articlesOf } from './desk.mjs';

after(closeBrowser);

test('foreign hosts, origins, methods, paths and tokens are refused', { skip }, async t => {
  const desk = await startDesk(t);
  const { port } = new URL(desk.url);
  const ask = (path, { method = 'GET', headers = {} } = {}) => send(port, path, method, headers);
  const own = `127.0.0.1:${port}`;
  assert.equal((await ask('/')).status, 200);
  assert.match((await ask('/')).headers['content-security-policy'], /default-src 'none'.*require-trusted-types-for 'script'/);

  for (const host of ['evil.example', `evil.example:${port}`, `127.0.0.1.evil.example:${port}`, '127.0.0.1:1', ''])
    for (const path of ['/', '/state', '/page/1.svg'])
      assert.equal((await ask(path, { headers: { Host: host } })).status, 403, `Host: ${host}`);
  for (const origin of ['http://evil.example', `https://${own}`, 'null', `http://${own}.evil.example`, 'http://127.0.0.1:1'])
    assert.equal((await ask('/state', { headers: { Origin: origin } })).status, 403, `Origin: ${origin}`);

  const token = (await ask('/')).body.match(/bantin-token" content="([^"]+)"/)[1];
  for (const wrong of [undefined, '', 'x', token.slice(1), `${token}x`]) {
    const headers = wrong === undefined ? {} : { 'X-Bantin-Token': wrong };
    for (const path of ['/fix', '/open']) isRefused(await ask(path, { method: 'POST', headers }), `POST ${path} with token ${wrong}`);
  }
  const foreign = { 'X-Bantin-Token': token, Origin: 'http://evil.example' };
  assert.equal((await ask('/fix', { method: 'POST', headers: foreign })).status, 403);
  for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE']) isRefused(await ask('/state', { method }), method);
  isRefused(await ask('/state', { method: 'POST', headers: { 'X-Bantin-Token': token } }), 'POST to what is no action');

  for (const path of ['/../issue.toml', '/issue.toml', '/..%2f..%2fetc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '/etc/passwd', '//etc/passwd',
    '/page/../issue.toml', '/page/0.svg', '/page/99999.svg', '/page/-1.svg', '/page/1.svg/../../x', '/pdf/email/../../x', '/pdf/other/x.pdf', '/desk.js%00.svg'])
    isRefused(await ask(path), path);
  for (const file of ['../../../../etc/passwd', '/etc/passwd', '..\\..\\x'])
    isRefused(await ask(`/place?file=${encodeURIComponent(file)}&line=1`), `place in ${file}`);
  assert.equal((await ask('/state')).headers['access-control-allow-origin'], undefined);
});

test('nonsense on the wire does not end the desk', { skip }, async t => {
  const desk = await startDesk(t);
  const { port } = new URL(desk.url);
  for (const bytes of ['\0\0\0\0', 'GET\r\n\r\n', `GET /${'a'.repeat(100_000)} HTTP/1.1\r\n\r\n`, 'POST /fix HTTP/1.1\r\nContent-Length: -5\r\n\r\n', 'GET / HTTP/9.9\r\n\r\n'])
    await throwAt(port, bytes);
  assert.equal((await send(port, '/state', 'GET', {})).status, 200);
});

test('text of an article stays text', { skip }, async t => {
  const desk = await startDesk(t);
  const tab = await openTab(t, desk);
  const [file] = await articlesOf(desk);
  const nasty = '<img src=x onerror=hacked=1><script>hacked=1</script>{{token}}';
  const before = await version(tab);
  await edit(desk, file, source => source.replace(/^title = .*$/m, `title = '${nasty}'`));
  await newerThan(tab, before);
  await tab.waitForFunction(([name, text]) => document.querySelector(`[data-article="${name}"] .title`).textContent === text, [file, nasty]);
  await tab.waitForFunction(() => [...document.querySelectorAll('.text span')].some(line => line.textContent.includes('<img')));
  assert.equal(await tab.evaluate(() => window.hacked), undefined);
  assert.equal(await tab.locator('img[src="x"]').count(), 0);
  await tab.reload();
  await tab.locator('[data-page="1"] img').waitFor();
  assert.equal(await tab.evaluate(() => window.hacked), undefined);
  assert.ok((await readFile(join(desk.folder, file), 'utf8')).includes(nasty));
  assert.deepEqual(tab.complaints, []);
});

function isRefused({ status, body }, what) {
  assert.ok(status >= 400 && status < 500, `${what}: ${status}`);
  assert.doesNotMatch(body, /root:|\[masthead\]/);
}

function send(port, path, method, headers) {
  return new Promise((done, fail) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers, setHost: !('Host' in headers) }, answer => {
      const parts = [];
      answer.on('data', part => parts.push(part));
      answer.on('end', () => done({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts).toString() }));
    });
    asked.on('error', fail);
    asked.end();
  });
}

function throwAt(port, bytes) {
  return new Promise(done => {
    const socket = connect(port, '127.0.0.1', () => socket.end(bytes));
    socket.setTimeout(2_000, () => socket.destroy());
    socket.on('data', () => {});
    socket.on('error', () => {});
    socket.on('close', done);
  });
}
