// For everybody: axe finds nothing in both languages and both schemes, and the keyboard alone is enough.
import { test, after } from 'node:test';
import assert from 'node:assert/strict';
import { readFile, writeFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startDesk, openTab, closeBrowser, skip, root, state, edit, articlesOf } from './desk.mjs';

after(closeBrowser);

const axe = skip ? '' : await readFile(root.resolve('axe-core/axe.min.js'), 'utf8');

/** Some findings of several kinds, so that the panel is not empty. */
async function spoil(folder) {
  const name = (await readdir(folder)).filter(one => one.endsWith('.md')).sort()[1];
  const path = join(folder, name);
  await writeFile(path, `${(await readFile(path, 'utf8')).trimEnd()}\n\nÐoạn này  có lỗi , từ 2019- 2021, ðể thử… 1.1152 hồ sơ.\n`);
}

for (const lang of ['vi', 'en']) for (const colorScheme of ['light', 'dark'])
  test(`axe is content: ${lang}, ${colorScheme}`, { skip, timeout: 120_000 }, async t => {
    const desk = await startDesk(t, { lang, editor: 'true {file}:{line}', before: spoil });
    const tab = await openTab(t, desk, { colorScheme });
    await tab.locator('[data-page="2"] .text span').first().waitFor({ state: 'attached' });
    await isContent(tab, 'first view');
    await tab.evaluate(() => { for (const group of document.querySelectorAll('details')) group.open = true; });
    await clickText(tab);
    await isContent(tab, 'findings and source open');
    await tab.locator('#mend-all').click();
    await tab.locator('dialog#mend').waitFor();
    await isContent(tab, 'mend dialog');
    await tab.locator('#mend-no').click();
    await tab.locator('#show-help').click();
    await isContent(tab, 'help');
    await tab.locator('#help-close').click();
    await edit(desk, (await articlesOf(desk))[0], source => source.replace('title =', 'titel ='));
    await tab.locator('[data-error]').waitFor();
    await isContent(tab, 'an error over the pages');
    await tab.setViewportSize({ width: 360, height: 740 });
    await tab.locator('#toggle-left').click();
    await isContent(tab, 'narrow, left drawer');
    await tab.locator('#toggle-right').click();
    await isContent(tab, 'narrow, right drawer');
  });

test('the keyboard alone is enough', { skip }, async t => {
  const desk = await startDesk(t, { before: spoil });
  const tab = await openTab(t, desk);
  const focus = () => tab.evaluate(() => document.activeElement.id || document.activeElement.className || document.activeElement.localName);
  await tab.locator('[data-page="1"] .text span').first().waitFor({ state: 'attached' });

  await tab.keyboard.press('Tab');
  assert.equal(await tab.evaluate(() => document.activeElement.hash), '#pages', 'the first stop is a way past the bar');
  await tab.keyboard.press('Enter');
  assert.equal(await focus(), 'pages');

  await tab.keyboard.press('Enter');
  const first = await tab.evaluate(() => document.activeElement.textContent);
  await tab.keyboard.press('ArrowDown');
  await tab.keyboard.press('ArrowDown');
  assert.notEqual(await tab.evaluate(() => document.activeElement.textContent), first);
  for (let press = 0; press < 12 && await tab.locator('[data-source]').count() === 0; press += 1) {
    await Promise.all([tab.waitForResponse(response => response.url().includes('/source?')), tab.keyboard.press('Enter')]);
    await tab.waitForFunction(() => document.getElementById('source').getAttribute('aria-busy') === 'false');
    await tab.keyboard.press('ArrowDown');
  }
  assert.ok(await tab.locator('[data-source]').getAttribute('data-file'));
  await tab.keyboard.press('Escape');
  assert.equal(await focus(), 'pages');
  await tab.keyboard.press('Escape');
  assert.equal(await tab.locator('#source').isVisible(), false);

  await tab.keyboard.press('n');
  await tab.waitForFunction(() => document.querySelector('[data-thumb="2"]').getAttribute('aria-current') === 'true');
  await tab.keyboard.press('a');
  assert.ok(await tab.evaluate(() => document.activeElement.dataset.article));
  const { articles } = await state(desk);
  await tab.keyboard.press('Tab');
  await tab.keyboard.press('Enter');
  await tab.waitForFunction(page => document.querySelector(`[data-page="${page}"]`).getBoundingClientRect().top < innerHeight, articles[1].page);

  await tab.keyboard.press('f');
  assert.equal(await tab.evaluate(() => document.activeElement.localName), 'summary');
  await tab.keyboard.press('m');
  await tab.locator('dialog#mend').waitFor();
  await tab.keyboard.press('Escape');
  assert.equal(await tab.locator('dialog#mend').isVisible(), false);
  await tab.keyboard.press('?');
  await tab.locator('dialog#help').waitFor();
  await tab.keyboard.press('Escape');
  assert.equal(await tab.locator('dialog#help').isVisible(), false);
});

test('all controls can be reached by Tab and show where the focus is', { skip }, async t => {
  const desk = await startDesk(t, { before: spoil });
  const tab = await openTab(t, desk);
  const wanted = await tab.evaluate(() => {
    const all = [...document.querySelectorAll('button, a[href], summary, [tabindex="0"]')].filter(element => element.checkVisibility());
    all.forEach((element, index) => { element.stop = index; });
    return all.length;
  });
  const reached = new Set();
  for (let press = 0; press < wanted + 40 && reached.size < wanted; press += 1) {
    await tab.keyboard.press('Tab');
    const now = await tab.evaluate(() => {
      const element = document.activeElement;
      const style = getComputedStyle(element);
      return { stop: element.stop, isSeen: style.outlineStyle !== 'none' || element.closest('.skips') !== null, name: element.outerHTML.slice(0, 90) };
    });
    if (now.stop === undefined) continue;
    reached.add(now.stop);
    assert.ok(now.isSeen, `no focus to be seen on ${now.name}`);
  }
  assert.equal(reached.size, wanted);
});

async function clickText(tab) {
  const line = tab.locator('[data-page="1"] .text span').nth(3);
  await line.scrollIntoViewIfNeeded();
  await line.click();
  await tab.locator('[data-source]').waitFor();
}

async function isContent(tab, what) {
  await tab.evaluate(axe);
  const violations = await tab.evaluate(async () => (await window.axe.run(document)).violations
    .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(' | ')}`));
  assert.deepEqual(violations, [], what);
}
