// What all tests of the desk share: a desk on a copy of an issue, and a browser.
//   BANTIN=path/to/bantin   the command that is tested
//   DESK_ISSUE=folder       the issue that is copied, else the sample 2026-09 found above this folder
//   CHROMIUM=path           the browser, else the one of the system
import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile, readdir, rename, chmod } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));
const CHROMIUM = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

const playwright = await import('playwright-core').catch(() => null);
/** Why the tests cannot run here, or false: the value for node's `skip`. */
export const skip = whyNot();

function whyNot() {
  if (!playwright) return 'playwright-core is not installed';
  if (!CHROMIUM) return 'no Chromium on this machine';
  if (!process.env.BANTIN) return 'BANTIN does not name the command';
  return false;
}

export function sampleIssue() {
  if (process.env.DESK_ISSUE) return process.env.DESK_ISSUE;
  for (let folder = HERE; folder !== dirname(folder); folder = dirname(folder)) {
    const issue = join(folder, 'issues', '2026-09');
    if (existsSync(issue)) return issue;
  }
  throw new Error('no issue to test with');
}

/** A desk on a copy of the sample issue, ended with the test. `before` may change the copy first. */
export async function startDesk(t, { lang = 'vi', editor = null, before = async () => {}, issue = sampleIssue() } = {}) {
  const home = await mkdtemp(join(tmpdir(), 'desk-test-'));
  const folder = join(home, basename(issue));
  await cp(issue, folder, { recursive: true });
  await makeWritable(folder);
  await before(folder);
  const desk = { folder, lang, editor, ...await launch(folder, { lang, editor }) };
  desk.stop = () => stop(desk.process);
  desk.restart = async () => {
    await stop(desk.process);
    const port = new URL(desk.url).port;
    Object.assign(desk, await launch(folder, { lang, editor, port }));
  };
  t.after(async () => {
    await stop(desk.process);
    await rm(home, { recursive: true, force: true });
  });
  return desk;
}

async function makeWritable(folder) {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await makeWritable(path);
    else await chmod(path, 0o644);
  }
}

async function launch(folder, { lang, editor, port }) {
  const more = port ? ['--port', port] : [];
  const words = ['watch', folder, '--no-open', '--format', 'json', '--lang', lang, ...(editor ? ['--editor', editor] : []), ...more];
  const child = spawn(process.env.BANTIN, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) {
    const said = line.startsWith('{') ? JSON.parse(line) : {};
    if (said.watching) return { process: child, url: said.watching };
  }
  throw new Error('the desk did not start');
}

async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise(done => child.once('exit', done));
  child.kill('SIGINT');
  const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await ended;
  clearTimeout(timer);
}

/** One browser for a file of tests; node runs each file in a process of its own. */
let shared = null;
export async function browser() {
  shared ??= playwright.chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  return shared;
}
export const closeBrowser = async () => (await shared)?.close();

/** A tab that shows the first pages. What the page throws or complains of is kept in `tab.complaints`. */
export async function openTab(t, desk, { pages = true, ...options } = {}) {
  const context = options.context ?? await (await browser()).newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const tab = await context.newPage();
  tab.complaints = [];
  tab.on('pageerror', error => tab.complaints.push(String(error)));
  tab.on('console', message => {
    // A click beside all text is answered by 404, and a server that ended by nothing: the browser notes both.
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) tab.complaints.push(message.text());
  });
  if (!options.context) t.after(() => context.close());
  await tab.goto(desk.url);
  if (pages) await firstPagesShown(tab);
  return tab;
}

export const firstPagesShown = tab => tab.waitForFunction(() => {
  const image = document.querySelector('[data-page="1"] img');
  return image?.complete && image.naturalWidth > 0 && Number(document.documentElement.dataset.version) > 0
    && document.querySelector('[data-article]');
});

export const version = tab => tab.evaluate(() => Number(document.documentElement.dataset.version));

/** Waits until a later setting than `before` is shown. */
export const newerThan = (tab, before) =>
  tab.waitForFunction(known => Number(document.documentElement.dataset.version) > known, before);

/** Replaces text in a file of the issue, in one step as editors save: a new file that takes the old one's name. */
export async function edit(desk, file, change) {
  const path = join(desk.folder, file);
  const before = await readFile(path, 'utf8');
  const after = change(before);
  if (after === before) throw new Error(`the edit changes nothing in ${file}`);
  await writeFile(`${path}.saving`, after);
  await rename(`${path}.saving`, path);
  return before;
}

export async function articlesOf(desk) {
  return (await readdir(desk.folder)).filter(name => name.endsWith('.md')).sort();
}

/** The last paragraph of plain text of an article, by its line. */
export async function lastParagraph(desk, file) {
  const lines = (await readFile(join(desk.folder, file), 'utf8')).split('\n');
  const front = lines.indexOf('+++', 1);
  const at = lines.findLastIndex((line, index) => index > front && /^\p{Lu}[\p{L} ,]{30}/u.test(line));
  return { line: at + 1, text: lines[at] };
}

export async function state(desk) {
  return (await fetch(`${desk.url}state`)).json();
}

/** Numbers and hashes of the pages that a tab shows. */
export const hashes = tab => tab.$$eval('[data-page] img', images =>
  images.map(image => image.getAttribute('src').split('?')[1]));

export const root = createRequire(import.meta.url);
