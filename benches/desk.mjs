// How fast the desk follows a save, and what 500 saves cost in memory: BANTIN=target/release/bantin node benches/desk.mjs
//   DESK_ISSUE=folder   the issue, else the sample
import { test, after } from 'node:test';
import { readFile } from 'node:fs/promises';
import { startDesk, openTab, closeBrowser, skip, edit, version, newerThan, articlesOf, lastParagraph } from '../tests/desk/desk.mjs';

const SAVES = 500;

after(closeBrowser);

test('the desk after a save', { skip, timeout: 600_000 }, async t => {
  const desk = await startDesk(t);
  const tab = await openTab(t, desk);
  const file = (await articlesOf(desk)).at(-1);
  const { text } = await lastParagraph(desk, file);
  const times = [];
  let last = text;
  let early = 0;
  for (let round = 1; round <= SAVES; round += 1) {
    const before = await version(tab);
    const next = `Lượt ${round}. ${text}`;
    const start = performance.now();
    await edit(desk, file, source => source.replace(last, next));
    await newerThan(tab, before);
    times.push(performance.now() - start);
    last = next;
    if (round === 20) early = await memory(desk);
  }
  const late = await memory(desk);
  times.sort((a, b) => a - b);
  const at = share => times[Math.floor(share * (SAVES - 1))].toFixed(0);
  t.diagnostic(`from save to the changed page on screen: median ${at(0.5)} ms, 95 of 100 within ${at(0.95)} ms, longest ${at(1)} ms`);
  t.diagnostic(`memory: ${early.toFixed(0)} MB after 20 saves, ${late.toFixed(0)} MB after ${SAVES}: ${(late / early).toFixed(2)} times`);
});

/** What the command takes, in MB (Linux). */
async function memory(desk) {
  const status = await readFile(`/proc/${desk.process.pid}/status`, 'utf8').catch(() => '');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? NaN) / 1000;
}
