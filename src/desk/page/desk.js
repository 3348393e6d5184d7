// The desk: shows the pages of an issue while it is written. This file brings the parts together; each has its own file.
import { byId } from './dom.js';
import { fillWords, say, announce, number, setIssueLanguage } from './words.js';
import { toast } from './toast.js';
import { connect, refresh } from './connection.js';
import { placeOf, openInEditor } from './server.js';
import { Zoom } from './zoom.js';
import { TextLayers } from './text.js';
import { Pages } from './pages.js';
import { Rails } from './rails.js';
import { Findings } from './findings.js';
import { Errors } from './errors.js';
import { Source } from './source.js';
import { Mend } from './mend.js';
import { Pdf } from './pdf.js';
import { Recent } from './recent.js';
import { Lines } from './lines.js';
import { Layout } from './layout.js';
import { Keys } from './keys.js';

const FOUND_FOR = 3_000;
const TRY_AGAIN_AFTER = 250;
/** What a finding need not have. */
const BARE_FINDING = { file: null, line: null, page: null, fix: null, hints: [], text: '' };
const SLOW_AFTER = 300;
const TITLE_LINES = [2, 3, 4];

fillWords();
const scroller = byId('pages');
const zoom = new Zoom(scroller);
const texts = new TextLayers(scroller, followLink);
const pages = new Pages(scroller, texts, zoom);
const layout = new Layout();
const rails = new Rails(jump);
const findings = new Findings({ goTo: showFinding, open });
const errors = new Errors({ open });
const source = new Source(pages, { open, follow: followLink });
const mend = new Mend();
const pdf = new Pdf();
const recent = new Recent(pages, (page, box) => pages.goTo(page, box));
new Lines(scroller, { pick: pickLine });

let latest = null; // the newest state
let shownVersion = null;
let isShowing = false;
let isConnected = true;
let clearFound = () => {};
let statusTimer;

connect({
  onState: receive,
  onConnection: connected => { isConnected = connected; showStatus(); },
});

// ---- states ----

function receive(state) {
  state.findings = state.findings.map(finding => ({ ...BARE_FINDING, ...finding }));
  latest = state;
  setIssueLanguage(state.language);
  showPages(); // first: the browser fetches the pictures while the rest is brought up to date
  source.canOpen = state.editor;
  byId('title').textContent = state.title || state.issue;
  byId('title').lang = state.language;
  document.title = `${state.errors ? '⚠ ' : ''}${state.title || state.issue}`;
  errors.show(state);
  findings.show(state);
  mend.show(state);
  pdf.show(state);
  showStatus();
  if (state.errors) recent.hide();
}

/** Brings the pages up to the newest state; states that come in the meantime are taken together. */
async function showPages() {
  if (isShowing) return;
  isShowing = true;
  let state = null;
  while (state !== latest) {
    state = latest;
    try {
      await showState(state);
    } catch {
      // A picture is gone: a newer state is on its way, or the server is.
      await new Promise(done => setTimeout(done, TRY_AGAIN_AFTER));
      refresh();
      if (state === latest) break;
    }
  }
  isShowing = false;
}

async function showState(state) {
  const isFirst = shownVersion === null;
  const changed = await pages.show(state.pages, isFirst ? placeKept()?.page : undefined);
  if (isFirst && state.pages.length) restorePlace();
  if (state.version !== shownVersion) document.documentElement.dataset.version = state.version;
  rails.showThumbs(state.pages);
  rails.showArticles(state.articles, state.language);
  rails.setCurrent(pages.currentNumber());
  byId('blank').hidden = state.pages.length > 0 || state.errors;
  byId('blank').textContent = say('pages.first');
  if (!isFirst && state.version !== shownVersion) {
    if (changed.length) recent.show(state.marks);
    // A line may have moved in its file though no picture has changed.
    source.renew();
  }
  shownVersion = state.pages.length ? state.version : shownVersion;
  if (state === latest) showStatus();
}

function showStatus() {
  clearTimeout(statusTimer);
  const kind = !isConnected ? 'lost' : latest?.errors ? 'wrong' : !latest || latest.setting ? 'setting' : 'ready';
  // Setting takes a moment as a rule: only a longer one is worth a word.
  const delay = kind === 'setting' && shownVersion !== null ? SLOW_AFTER : 0;
  if (delay) statusTimer = setTimeout(writeStatus, delay, kind);
  else writeStatus(kind);
}

function writeStatus(kind) {
  const status = byId('status');
  if (kind === 'lost' && status.dataset.kind !== 'lost') announce(say('status.lost'));
  status.dataset.kind = kind;
  status.textContent = say(`status.${kind}`, { pages: number(latest?.pages.length ?? 0) });
  document.body.classList.toggle('lost', kind === 'lost');
}

// ---- jumping ----

/** Goes to a page, or to the title of an article. */
async function jump(page, { file } = {}) {
  if (layout.closeDrawers()) scroller.focus({ preventScroll: true });
  pages.goTo(page);
  announce(say('page.gone-to', { page }));
  if (file) await showTitle(page, file);
}

/** An article may begin far down its page. The first lines of the file are its title and what goes with it. */
async function showTitle(page, file) {
  for (const line of TITLE_LINES) {
    const place = await placeOf(file, line).catch(() => null);
    if (place?.page !== page || !place.boxes.length) continue;
    pages.goTo(page, place.boxes[0]);
    return;
  }
}

async function showFinding(finding) {
  if (layout.closeDrawers()) scroller.focus({ preventScroll: true });
  const place = finding.file && finding.line ? await placeOf(finding.file, finding.line, finding.page ? { page: finding.page } : {}).catch(() => null) : null;
  if (place) showFound(place);
  else if (finding.page) pages.goTo(finding.page);
  else toast(say('findings.not-printed'));
}

function showFound({ page, boxes }) {
  clearFound();
  pages.goTo(page, boxes[0]);
  const clear = pages.drawBoxes(boxes.map(box => ({ ...box, page })), 'box found-box');
  const timer = setTimeout(clear, FOUND_FOR);
  clearFound = () => { clearTimeout(timer); clear(); };
  announce(say('page.gone-to', { page }));
}

function goBy(step) {
  const next = pages.currentNumber() + step;
  if (next >= 1 && next <= (latest?.pages.length ?? 0)) jump(next);
}

// ---- pointing at the pages ----

scroller.addEventListener('click', clickPage);

/** As in a word processor: a click shows the source, Ctrl and a click follows the link. */
function clickPage(event) {
  const figure = event.target.closest('[data-page]');
  if (!figure || event.target.closest('a')) return;
  if (!getSelection().isCollapsed) return; // text is being selected
  if (event.detail === 0) pickLine(event.target); // a screen reader's click has no place of its own
  else if (event.ctrlKey || event.metaKey) followAt(figure, pages.pointOn(figure, event.clientX, event.clientY));
  else pick(figure, event.clientX, event.clientY);
}

function followAt(figure, { x, y }) {
  const isHere = ({ link }) => link.x <= x && x <= link.x + link.width && link.y <= y && y <= link.y + link.height;
  [...figure.querySelectorAll('.links a')].find(isHere)?.click();
}

function pick(figure, clientX, clientY) {
  const point = pages.pointOn(figure, clientX, clientY);
  source.pick(point, linksAt(figure, point));
}

function pickLine(line) {
  const box = line.getBoundingClientRect();
  pick(line.closest('[data-page]'), box.left + Math.min(box.width / 2, 60), box.top + box.height / 2);
}

function linksAt(figure, { x, y }) {
  return (figure.contents?.links ?? []).filter(link =>
    link.x <= x && x <= link.x + link.width && link.y <= y && y <= link.y + link.height);
}

function followLink(event, link) {
  const page = link.href.match(/^#page=(\d+)/)?.[1];
  if (!page) return; // the browser opens it in a tab of its own
  event.preventDefault();
  jump(Number(page));
}

async function open(file, line) {
  try {
    await openInEditor(file, line);
    toast(say('open.done', { file }));
  } catch {
    toast(say('open.failed'));
  }
}

// ---- keys ----

const keys = new Keys({
  in: () => zoom.choose('in'),
  out: () => zoom.choose('out'),
  actual: () => zoom.choose('actual'),
  width: () => zoom.choose('width'),
  two: () => zoom.choose('two'),
  next: () => goBy(1),
  previous: () => goBy(-1),
  articles: () => { layout.show('left'); (document.querySelector('[data-article]') ?? byId('articles')).focus(); },
  findings: () => { layout.show('right'); (document.querySelector('#finding-groups summary') ?? byId('findings')).focus(); },
  pages: () => scroller.focus({ preventScroll: true }),
  mend: () => mend.ask(),
  edit: () => source.openShown(),
  escape: () => source.close() || layout.closeDrawers(),
  help: () => keys.showHelp(),
});

// ---- where the reader is ----

let isScrolled = false;
scroller.addEventListener('scroll', () => {
  if (isScrolled) return;
  isScrolled = true;
  requestAnimationFrame(() => {
    isScrolled = false;
    rails.setCurrent(pages.currentNumber());
  });
}, { passive: true });

const PLACE = 'bantin-desk-place';

/** When the page is loaded again, it opens where it was left. */
addEventListener('pagehide', () => {
  const page = pages.currentNumber();
  const figure = pages.figure(page);
  if (!figure) return;
  const down = scroller.getBoundingClientRect().top - figure.getBoundingClientRect().top;
  try {
    sessionStorage.setItem(PLACE, JSON.stringify({ page, down: down / figure.clientHeight }));
  } catch {
    // Then it opens at the first page.
  }
});

function placeKept() {
  try {
    return JSON.parse(sessionStorage.getItem(PLACE));
  } catch {
    return null;
  }
}

function restorePlace() {
  const kept = placeKept();
  const figure = kept && pages.figure(kept.page);
  if (!figure) return;
  pages.goTo(kept.page);
  scroller.scrollTop += 12 + kept.down * figure.clientHeight;
}
