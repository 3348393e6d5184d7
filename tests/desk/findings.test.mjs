// The findings: one line a kind, to the place, and mending all.
import { test, after } from 'node:test';
import assert from 'node:assert/strict';
import { readFile, writeFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startDesk, openTab, closeBrowser, skip, state } from './desk.mjs';

after(closeBrowser);

const TIMES = 55;

/** Writes Ð and ð for the first 55 Đ and đ in the body of the longest article. */
async function spoil(folder) {
  const names = (await readdir(folder)).filter(name => name.endsWith('.md'));
  const texts = await Promise.all(names.map(name => readFile(join(folder, name), 'utf8')));
  const length = text => (text.match(/[Đđ]/g) ?? []).length;
  const at = texts.reduce((best, text, index) => length(text) > length(texts[best]) ? index : best, 0);
  let left = TIMES;
  const [, front, ...body] = texts[at].split('+++\n');
  const spoilt = body.join('+++\n').replace(/[Đđ]/g, letter => left-- > 0 ? { Đ: 'Ð', đ: 'ð' }[letter] : letter);
  await writeFile(join(folder, names[at]), `+++\n${front}+++\n${spoilt}`);
  return names[at];
}

test(`${TIMES} findings of a kind are one line that opens and leads to the place`, { skip }, async t => {
  let file;
  const desk = await startDesk(t, { before: async folder => { file = await spoil(folder); } });
  const tab = await openTab(t, desk);
  const group = tab.locator('details[data-code="eth-for-d"]');
  await group.waitFor();
  const count = (await state(desk)).findings.filter(finding => finding.code === 'eth-for-d').length;
  assert.ok(count >= 40, `${count}`);
  assert.equal(await tab.locator('[data-finding][data-code="eth-for-d"]').count(), count, 'they are there while the line is closed');
  assert.equal(await group.locator('[data-finding]').first().isVisible(), false);
  await group.locator('summary').click();
  const finding = group.locator('[data-finding]').nth(2);
  assert.equal(await finding.getAttribute('data-file'), file);
  assert.match(await finding.getAttribute('data-line'), /^\d+$/);
  await finding.locator('button').first().click();
  await tab.locator('.found-box').first().waitFor({ state: 'attached' });
  const shown = await tab.evaluate(() => {
    const box = document.querySelector('.found-box').getBoundingClientRect();
    return box.top > 0 && box.bottom < innerHeight;
  });
  assert.ok(shown, 'the place is in view');
});

test('mend all shows what will change, and changes it', { skip }, async t => {
  let file;
  const desk = await startDesk(t, { before: async folder => { file = await spoil(folder); } });
  const tab = await openTab(t, desk);
  await tab.locator('#mend-all').click();
  const dialog = tab.locator('dialog#mend');
  await dialog.waitFor();
  const rows = await dialog.locator('[data-fix]').count();
  assert.equal(rows, (await state(desk)).findings.filter(finding => (finding.fix ?? null) !== null).length);
  assert.match(await dialog.locator('[data-fix="eth-for-d"] del').first().textContent(), /^[Ðð]$/);
  assert.match(await dialog.locator('[data-fix="eth-for-d"] ins').first().textContent(), /^[Đđ]$/);
  assert.match(await readFile(join(desk.folder, file), 'utf8'), /[Ðð]/, 'nothing is changed before the answer');
  await tab.locator('#mend-yes').click();
  await dialog.waitFor({ state: 'hidden' });
  await tab.waitForFunction(() => !document.querySelector('[data-code="eth-for-d"]'));
  assert.doesNotMatch(await readFile(join(desk.folder, file), 'utf8'), /[Ðð]/);
  assert.equal(await tab.locator('#mend-all').isVisible(), false);
  assert.deepEqual(tab.complaints, []);
});

test('what is open and focused in the findings stays so when others come', { skip }, async t => {
  const desk = await startDesk(t, { before: spoil });
  const tab = await openTab(t, desk);
  const summary = tab.locator('details[data-code="eth-for-d"] summary');
  await summary.click();
  await summary.focus();
  const file = await tab.locator('[data-finding]').first().getAttribute('data-file');
  const path = join(desk.folder, file);
  await writeFile(path, `${(await readFile(path, 'utf8')).trimEnd()}\n\nMột đoạn  mới.\n`);
  await tab.locator('details[data-code="double-space"]').waitFor();
  assert.equal(await tab.locator('details[data-code="eth-for-d"]').evaluate(element => element.open), true);
  assert.equal(await tab.evaluate(() => document.activeElement.localName), 'summary');
});
