// The text of the pages, laid unseen over their pictures: it can be selected, found with Ctrl-F and read aloud. Every
// printed line is a span, stretched to the printed width. Links are there for the keyboard and for screen readers; a pointer
// goes through them to the text, else the text of a link could not be selected (see clickPage in desk.js).
import { make } from './dom.js';
import { say, issueLanguage } from './words.js';

const NEAR = '900px 0px';
const FAMILY = 'sans-serif';
const pen = document.createElement('canvas').getContext('2d');

/** Loads the text of pages near the view first, and of the others when there is nothing else to do. */
export class TextLayers {
  constructor(scroller, onLink) {
    this.onLink = onLink;
    this.known = new Map(); // hash -> promise of {lines, links}
    this.observer = new IntersectionObserver(entries => {
      for (const entry of entries) if (entry.isIntersecting) this.fill(entry.target);
    }, { root: scroller, rootMargin: NEAR });
  }

  /** The picture of this page is another one: its text is out of date. */
  renew(figure) {
    this.observer.unobserve(figure);
    this.observer.observe(figure);
    this.fillLater();
  }

  forget(figure) {
    this.observer.unobserve(figure);
    figure.isGone = true;
  }

  /** Keeps only what pages on show need, so that a long session does not grow. */
  keepOnly(hashes) {
    const needed = new Set(hashes);
    for (const hash of this.known.keys()) if (!needed.has(hash)) this.known.delete(hash);
  }

  /** The lines and links of a page as the server gave them. */
  contents(number, hash) {
    if (!this.known.has(hash)) {
      const loading = fetch(`/page/${number}.json?${hash}`).then(response => response.ok ? response.json() : null);
      loading.catch(() => null).then(contents => { if (!contents) this.known.delete(hash); });
      this.known.set(hash, loading);
    }
    return this.known.get(hash);
  }

  async fill(figure) {
    const { page, hash } = figure.dataset;
    if (figure.textHash === hash || figure.isGone) return;
    const contents = await this.contents(page, hash).catch(() => null);
    if (!contents || figure.dataset.hash !== hash || figure.textHash === hash) return;
    figure.textHash = hash;
    figure.contents = contents;
    this.lay(figure, contents);
  }

  lay(figure, { lines, links }) {
    const text = figure.querySelector('.text');
    const focused = [...text.children].indexOf(document.activeElement);
    text.lang = issueLanguage();
    text.replaceChildren(...lines.map(layLine));
    figure.querySelector('.links').replaceChildren(...mergeLinks(links).map(link => this.layLink(link)));
    if (focused >= 0) focusLine(text.children[Math.min(focused, text.children.length - 1)]);
  }

  layLink(link) {
    const inside = link.href.startsWith('#page=');
    const anchor = make('a', {
      href: link.href,
      'aria-label': linkName(link),
      target: inside ? '' : '_blank',
      rel: 'noreferrer noopener',
    });
    setBox(anchor, link);
    anchor.link = link;
    anchor.addEventListener('click', event => this.onLink(event, link));
    return anchor;
  }

  fillLater() {
    if (this.isLater) return;
    this.isLater = true;
    idle().then(async () => {
      this.isLater = false;
      for (const figure of document.querySelectorAll('[data-page]')) await this.fill(figure);
    });
  }
}

/** Waits until the browser has nothing better to do. */
export const idle = () => new Promise(done => window.requestIdleCallback ? requestIdleCallback(done, { timeout: 2_000 }) : setTimeout(done, 200));

/** Only the line that the keys are on takes the focus: a click on text leaves the arrow keys to scrolling. */
export function focusLine(line) {
  if (!line) return;
  line.tabIndex = -1;
  line.focus({ preventScroll: true });
  line.addEventListener('blur', () => line.removeAttribute('tabindex'), { once: true });
}

function layLine(line) {
  const span = make('span', { textContent: line.text });
  const size = line.height * 0.8;
  pen.font = `${size}px ${FAMILY}`;
  const natural = pen.measureText(line.text).width;
  span.style.left = `${line.x}px`;
  span.style.top = `${line.y}px`;
  span.style.height = `${line.height}px`;
  span.style.lineHeight = `${line.height}px`;
  span.style.fontSize = `${size}px`;
  if (natural > 0) span.style.transform = `scaleX(${line.width / natural})`;
  return span;
}

export function setBox(element, box) {
  element.style.left = `${box.x}px`;
  element.style.top = `${box.y}px`;
  element.style.width = `${box.width}px`;
  element.style.height = `${box.height}px`;
}

export function linkName(link) {
  const page = link.href.match(/^#page=(\d+)/)?.[1];
  if (page && (!link.title || link.title === link.href)) return say('link.to', { page });
  return link.title || link.href.replace(/^mailto:/, '');
}

/** One link printed in several pieces of one line is one link: fewer stops for the Tab key. */
function mergeLinks(links) {
  const merged = [];
  for (const link of links) {
    const last = merged.at(-1);
    const follows = last && last.href === link.href && Math.abs(last.y + last.height / 2 - link.y - link.height / 2) < 4
      && link.x - (last.x + last.width) < 12 && link.x >= last.x;
    if (!follows) { merged.push({ ...link }); continue; }
    const bottom = Math.max(last.y + last.height, link.y + link.height);
    last.width = Math.max(last.x + last.width, link.x + link.width) - last.x;
    last.y = Math.min(last.y, link.y);
    last.height = bottom - last.y;
  }
  return merged;
}
