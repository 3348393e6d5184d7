// From a place on a page to the file and back.
import { test, after } from 'node:test';
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startDesk, openTab, closeBrowser, skip, state, articlesOf, lastParagraph } from './desk.mjs';

after(closeBrowser);

const WORDS = 200;
const ENOUGH = 0.95;

test(`a click on ${WORDS} random words shows the right file and line`, { skip, timeout: 240_000 }, async t => {
  const desk = await startDesk(t);
  const tab = await openTab(t, desk);
  const wanted = choose(await printedWords(desk), WORDS, 20_261_124);
  const wrong = [];
  for (const word of wanted) {
    const found = await clickWord(tab, desk, word);
    if (!(found.file === word.file && found.line <= word.line && word.line <= found.last))
      wrong.push(`${word.file}:${word.line} “${word.text}” on page ${word.page}: ${JSON.stringify(found)}`);
  }
  const share = 1 - wrong.length / wanted.length;
  t.diagnostic(`${(share * 100).toFixed(1)}% of ${wanted.length}`);
  for (const line of wrong) t.diagnostic(line);
  assert.ok(wanted.length >= WORDS * 0.9, 'there are enough words that are printed once');
  assert.ok(share >= ENOUGH, `${share}`);
});

test('the source is shown as it stands in the file, and its printed lines are marked', { skip }, async t => {
  const desk = await startDesk(t, { editor: 'true {file}:{line}' });
  const tab = await openTab(t, desk);
  const file = (await articlesOf(desk)).at(-1);
  const { line, text } = await lastParagraph(desk, file);
  const word = (await printedWords(desk)).find(one => one.file === file && one.line === line);
  const found = await clickWord(tab, desk, word);
  assert.deepEqual([found.file, found.line], [file, line]);
  const shown = await tab.locator('[data-source] .lines').innerText();
  assert.ok(shown.replace(/\s+/g, ' ').includes(text.slice(0, 60)), shown);
  assert.ok(await tab.locator('.source-box').count() > 0);
  const [request] = await Promise.all([
    tab.waitForRequest(one => one.url().endsWith('/open') && one.method() === 'POST'),
    tab.locator('#open-source').click(),
  ]);
  assert.deepEqual(request.postDataJSON(), { file, line });
  assert.equal((await request.response()).status(), 204);
  await tab.locator('#close-source').click();
  assert.equal(await tab.locator('[data-source]').count(), 0);
  assert.equal(await tab.locator('.source-box').count(), 0);
});

test('without an editor there is no button that opens one', { skip }, async t => {
  const desk = await startDesk(t);
  const tab = await openTab(t, desk);
  const [word] = await printedWords(desk);
  await clickWord(tab, desk, word);
  assert.equal((await state(desk)).editor, false);
  assert.equal(await tab.locator('#open-source').count(), 0);
});

/** Clicks a word and waits for the answer. */
async function clickWord(tab, desk, word) {
  const point = await tab.evaluate(({ page, x, y, width, height }) => {
    const pages = document.getElementById('pages');
    const figure = document.querySelector(`[data-page="${page}"]`);
    const place = () => {
      const box = figure.getBoundingClientRect();
      return { x: box.left + x / width * box.width, y: box.top + y / height * box.height };
    };
    const view = pages.getBoundingClientRect();
    pages.scrollTop += place().y - view.top - view.height / 2;
    return place();
  }, word);
  await Promise.all([
    tab.waitForResponse(response => response.url().includes('/source?')),
    tab.mouse.click(point.x, point.y),
  ]);
  await tab.waitForFunction(() => document.getElementById('source').getAttribute('aria-busy') === 'false');
  return tab.evaluate(() => {
    const { file, line } = document.getElementById('source').dataset;
    const lines = document.querySelectorAll('#source .lines li').length;
    return { file, line: Number(line), last: Number(line) + lines - 1 };
  });
}

/** Words of paragraphs that stand, with the word before and after them, in exactly one printed line. */
async function printedWords(desk) {
  const { pages } = await state(desk);
  const printed = new Map();
  for (const page of pages) {
    const { lines } = await (await fetch(`${desk.url}page/${page.number}.json?${page.hash}`)).json();
    for (const line of lines) for (const word of wordsOf(line.text)) {
      const middle = (word.from + word.to) / 2 / line.text.length;
      const place = { page: page.number, x: line.x + middle * line.width, y: line.y + line.height / 2, width: page.width, height: page.height };
      printed.set(word.key, [...(printed.get(word.key) ?? []), place]);
    }
  }
  const words = [];
  for (const file of await articlesOf(desk)) {
    const lines = (await readFile(join(desk.folder, file), 'utf8')).split('\n');
    const front = lines.indexOf('+++', 1);
    lines.forEach((text, index) => {
      if (index <= front || !/^\p{Lu}/u.test(text)) return;
      for (const word of wordsOf(text)) {
        const places = printed.get(word.key) ?? [];
        if (places.length === 1) words.push({ file, line: index + 1, text: word.key, ...places[0] });
      }
    });
  }
  return words;
}

function wordsOf(text) {
  const all = [...text.matchAll(/[\p{L}\p{N}]+/gu)];
  return all.slice(1, -1).map((match, index) => ({
    key: `${all[index][0]} ${match[0]} ${all[index + 2][0]}`, from: match.index, to: match.index + match[0].length }));
}

/** The same choice each time. */
function choose(all, count, seed) {
  const rest = [...all];
  const chosen = [];
  let state = seed;
  while (chosen.length < count && rest.length) {
    state = (state * 48_271) % 2_147_483_647;
    chosen.push(...rest.splice(state % rest.length, 1));
  }
  return chosen;
}
