// Many tabs, and a server that goes and comes back.
import { test, after } from 'node:test';
import assert from 'node:assert/strict';
import { startDesk, openTab, closeBrowser, skip, browser, edit, version, newerThan, articlesOf, lastParagraph, firstPagesShown } from './desk.mjs';

after(closeBrowser);

test('eight tabs are all up to date, and one alone waits at the server', { skip, timeout: 120_000 }, async t => {
  const desk = await startDesk(t);
  const context = await (await browser()).newContext({ viewport: { width: 1100, height: 700 } });
  t.after(() => context.close());
  const waiting = new Set();
  const tabs = [];
  for (let count = 0; count < 8; count += 1) tabs.push(await openTab(t, desk, { context }));
  tabs.forEach((tab, index) => tab.on('request', request => { if (request.url().includes('/state?after=')) waiting.add(index); }));
  const file = (await articlesOf(desk)).at(-1);
  const { text } = await lastParagraph(desk, file);
  await saveAndSee('Tám thẻ. ');
  assert.equal(waiting.size, 1, 'one tab leads');
  const [leader] = waiting;
  await tabs[leader].close();
  tabs.splice(leader, 1);
  await saveAndSee('Bảy thẻ. ');

  async function saveAndSee(words) {
    const before = await Promise.all(tabs.map(version));
    await edit(desk, file, source => source.replace(text, words + text));
    await Promise.all(tabs.map((tab, index) => newerThan(tab, before[index])));
  }
});

test('a server that ended is missed, and its successor is taken up', { skip, timeout: 60_000 }, async t => {
  const desk = await startDesk(t);
  const tab = await openTab(t, desk);
  await desk.stop();
  await tab.locator('#status[data-kind="lost"]').waitFor();
  assert.ok(await tab.locator('[data-page="1"] img').isVisible(), 'the pages stay');
  const token = await tab.locator('meta[name="bantin-token"]').getAttribute('content');
  await desk.restart();
  await tab.waitForFunction(old => document.querySelector('meta[name="bantin-token"]').content !== old, token);
  await firstPagesShown(tab);
  await tab.locator('#status[data-kind="ready"]').waitFor();
});

test('one answer that is lost is made up for at once, though nothing changes', { skip, timeout: 60_000 }, async t => {
  const desk = await startDesk(t);
  const tab = await openTab(t, desk);
  // Nothing more is to come once the PDF is weighed.
  await tab.locator('[data-size]').waitFor();
  let isFirst = true;
  await tab.route('**/state?*', route => {
    const fails = isFirst;
    isFirst = false;
    return fails ? route.abort() : route.continue();
  });
  // A change ends the question that is waiting; the next one fails.
  await edit(desk, (await articlesOf(desk)).at(-1), source => `${source}\nThêm một dòng.\n`);
  await tab.locator('#status[data-kind="lost"]').waitFor();
  const asked = tab.waitForRequest(request => new URL(request.url()).pathname === '/state' && !request.url().includes('after'));
  await asked;
  await tab.locator('#status[data-kind="ready"]').waitFor();
});
