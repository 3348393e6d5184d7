// What a save does: the changed page, the place that stays, photos, errors, and very many saves.
import { test, after } from 'node:test';
import assert from 'node:assert/strict';
import { readdir, copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startDesk, openTab, closeBrowser, skip, state, edit, version, newerThan, hashes, articlesOf, lastParagraph } from './desk.mjs';

after(closeBrowser);

test('an edit changes its page and nothing else: place, zoom and focus stay', { skip }, async t => {
  const desk = await startDesk(t);
  const tab = await openTab(t, desk);
  const file = (await articlesOf(desk)).at(-1);
  const { text } = await lastParagraph(desk, file);
  await tab.keyboard.press('+');
  await tab.locator(`[data-article="${file}"]`).click();
  await tab.locator('#pages').evaluate(element => element.scrollBy(0, 37));
  const focused = await tab.evaluate(() => document.activeElement.dataset.article);
  const place = await placeOf(tab);
  const known = await hashes(tab);
  const before = await version(tab);
  await tab.evaluate(() => { for (const image of document.querySelectorAll('[data-page] img')) image.wasThere = true; });
  await edit(desk, file, source => source.replace(text, `Chữ mới. ${text}`));
  await newerThan(tab, before);
  const now = await hashes(tab);
  assert.notDeepEqual(now, known);
  const kept = await tab.$$eval('[data-page] img', images => images.map(image => Boolean(image.wasThere)));
  known.forEach((hash, index) => assert.equal(kept[index], hash === now[index], `page ${index + 1} is replaced only if it changed`));
  assert.deepEqual(await placeOf(tab), place);
  assert.equal(await tab.evaluate(() => document.activeElement.dataset.article), focused);
  await tab.waitForFunction(() => [...document.querySelectorAll('.text span')].some(line => line.textContent.includes('Chữ mới.')));
  assert.deepEqual(tab.complaints, []);
});

test('no page in view is ever without a finished picture', { skip }, async t => {
  const desk = await startDesk(t);
  const tab = await openTab(t, desk);
  const file = (await articlesOf(desk)).at(-1);
  const { text } = await lastParagraph(desk, file);
  await tab.locator(`[data-article="${file}"]`).click();
  await tab.waitForFunction(() => [...document.querySelectorAll('[data-page] img')].every(image => image.complete && image.naturalWidth));
  await tab.evaluate(() => {
    window.bare = 0;
    const look = () => {
      for (const page of document.querySelectorAll('[data-page]')) {
        const box = page.getBoundingClientRect();
        const image = page.querySelector('img');
        if (box.bottom > 60 && box.top < innerHeight && !(image?.complete && image.naturalWidth)) window.bare += 1;
      }
      requestAnimationFrame(look);
    };
    look();
  });
  let last = text;
  for (let round = 1; round <= 4; round += 1) {
    const before = await version(tab);
    const next = `Lượt ${round}. ${text}`;
    await edit(desk, file, source => source.replace(last, next));
    await newerThan(tab, before);
    last = next;
  }
  assert.equal(await tab.evaluate(() => window.bare), 0);
});

test('what the edit changed is marked for a moment', { skip }, async t => {
  const desk = await startDesk(t);
  const tab = await openTab(t, desk);
  const file = (await articlesOf(desk)).at(-1);
  const { text } = await lastParagraph(desk, file);
  await tab.evaluate(() => {
    window.marked = 0;
    new MutationObserver(() => { window.marked = Math.max(window.marked, document.querySelectorAll('.changed-box').length); })
      .observe(document.getElementById('pages'), { childList: true, subtree: true });
  });
  await edit(desk, file, source => source.replace(text, `Chữ mới. ${text}`));
  await tab.waitForFunction(() => window.marked > 0);
  await tab.waitForFunction(() => document.querySelectorAll('.changed-box').length === 0);
});

test('the place stays when pages are added and removed', { skip }, async t => {
  const desk = await startDesk(t);
  const tab = await openTab(t, desk);
  const [first] = await articlesOf(desk);
  const { text } = await lastParagraph(desk, first);
  const count = (await state(desk)).pages.length;
  await tab.locator('[data-thumb="2"]').click();
  await tab.locator('#pages').evaluate(element => element.scrollBy(0, 55));
  const place = await placeOf(tab);
  const source = await readFile(join(desk.folder, first), 'utf8');
  let before = await version(tab);
  await edit(desk, first, whole => whole.replace(text, Array(60).fill(text).join('\n\n')));
  await newerThan(tab, before);
  await tab.waitForFunction(known => document.querySelectorAll('[data-page]').length > known, count);
  assert.deepEqual(await placeOf(tab), place);
  before = await version(tab);
  await writeFile(join(desk.folder, first), source);
  await newerThan(tab, before);
  await tab.waitForFunction(known => document.querySelectorAll('[data-page]').length === known, count);
  assert.deepEqual(await placeOf(tab), place);
});

test('a new photo appears', { skip }, async t => {
  const desk = await startDesk(t);
  const tab = await openTab(t, desk);
  const file = (await articlesOf(desk)).at(-1);
  const { text } = await lastParagraph(desk, file);
  const photos = join(desk.folder, 'photos');
  const photo = (await readdir(photos)).find(name => name.endsWith('.jpg'));
  const before = await version(tab);
  const known = await hashes(tab);
  await copyFile(join(photos, photo), join(photos, 'anh-moi.jpg'));
  await edit(desk, file, source => source.replace(text, `${text}\n\n![Chú thích của ảnh mới.](photos/anh-moi.jpg "VL")`));
  await newerThan(tab, before);
  assert.notDeepEqual(await hashes(tab), known);
  await tab.waitForFunction(() => [...document.querySelectorAll('.text span')].some(line => line.textContent.includes('Chú thích của ảnh mới')));
});

test('an error stands over the last good pages until it is repaired', { skip }, async t => {
  const desk = await startDesk(t);
  const tab = await openTab(t, desk);
  const [file] = await articlesOf(desk);
  const known = await hashes(tab);
  const before = await version(tab);
  const good = await edit(desk, file, source => source.replace('title =', 'titel ='));
  const panel = tab.locator('[data-error]');
  await panel.waitFor();
  assert.equal(await panel.getAttribute('role'), 'alert');
  const words = await panel.innerText();
  assert.ok(words.includes(file) && words.includes('titel'), words);
  assert.match(words, /dòng\s2/);
  assert.deepEqual(await hashes(tab), known, 'the last good pages stay');
  assert.equal(await version(tab), before);
  assert.ok(await tab.locator(`[data-finding][data-file="${file}"]`).count() > 0);
  await writeFile(join(desk.folder, file), good);
  await panel.waitFor({ state: 'detached' });
  await tab.waitForFunction(() => !document.querySelector('.has-errors'));
  assert.deepEqual(tab.complaints, []);
});

test('an issue that begins with an error shows it, and its pages once it is repaired', { skip }, async t => {
  let file;
  const desk = await startDesk(t, {
    before: async folder => {
      file = (await readdir(folder)).filter(name => name.endsWith('.md')).sort()[0];
      const path = join(folder, file);
      await writeFile(path, (await readFile(path, 'utf8')).replace('title =', 'titel ='));
    },
  });
  const tab = await openTab(t, desk, { pages: false });
  await tab.locator('[data-error]').waitFor();
  await edit(desk, file, source => source.replace('titel =', 'title ='));
  await tab.locator('[data-error]').waitFor({ state: 'detached' });
  await tab.locator('[data-page="1"] img').waitFor();
});

test('500 quick saves end with the last text on the page and no more elements than before', { skip, timeout: 180_000 }, async t => {
  const desk = await startDesk(t);
  const tab = await openTab(t, desk);
  const file = (await articlesOf(desk)).at(-1);
  const { text } = await lastParagraph(desk, file);
  const path = join(desk.folder, file);
  const source = await readFile(path, 'utf8');
  await tab.waitForFunction(() => [...document.querySelectorAll('.text')].every(text => text.childElementCount > 0));
  const elements = await tab.evaluate(() => document.querySelectorAll('*').length);
  for (let save = 1; save <= 500; save += 1) await writeFile(path, source.replace(text, `Lần lưu ${save}. ${text}`));
  await tab.waitForFunction(() => [...document.querySelectorAll('.text span')].some(line => line.textContent.includes('Lần lưu 500.')), null, { timeout: 60_000 });
  await tab.waitForFunction(() => document.querySelectorAll('.changed-box').length === 0);
  const now = await tab.evaluate(() => document.querySelectorAll('*').length);
  assert.ok(now < elements * 1.2 + 200, `${elements} elements, then ${now}`);
  const { pages } = await state(desk);
  await tab.waitForFunction(wanted => [...document.querySelectorAll('[data-page] img')]
    .map(image => image.getAttribute('src').split('?')[1]).join() === wanted, pages.map(page => page.hash).join());
  assert.deepEqual(tab.complaints, []);
});

/** The first page in view and how far it is scrolled, in whole pixels. */
async function placeOf(tab) {
  return tab.evaluate(() => {
    const top = document.getElementById('pages').getBoundingClientRect().top;
    const page = [...document.querySelectorAll('[data-page]')].find(one => one.getBoundingClientRect().bottom > top);
    const box = page.getBoundingClientRect();
    return { page: page.dataset.page, top: Math.round(box.top), width: Math.round(box.width) };
  });
}
