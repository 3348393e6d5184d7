// The pages of the bulletin. Each is a picture with layers over it: marks, text, links. A page whose hash is the same is
// left alone; another gets its new picture only when that can be drawn at once, so nothing ever flashes white.
import { make } from './dom.js';
import { say } from './words.js';
import { holdTop } from './anchor.js';
import { setBox, idle } from './text.js';

const LONGEST_DECODE = 8_000;
const MOST_AHEAD = 24; // in a longer issue, far pages are drawn when they are scrolled to
const NEAR_PAGES = 1; // pages above and below the view whose pictures are fetched before they are needed

export class Pages {
  constructor(scroller, texts, zoom) {
    this.scroller = scroller;
    this.texts = texts;
    this.zoom = zoom;
    this.sheets = new Map(); // page number -> sheet
  }

  /**
   * Shows these pages. Resolves when all that is in view stands there; rejects where a picture is gone. A picture takes the
   * browser 50 ms and more: those out of view are put in place at once and drawn afterwards.
   */
  async show(list, first = 1) {
    const seen = new Set(this.sheets.size ? this.seenNumbers() : [first]);
    const isSeen = page => seen.has(page.number);
    const isNear = page => [...seen].some(number => Math.abs(number - page.number) <= NEAR_PAGES);
    const changed = list.filter(page => this.sheets.get(page.number)?.figure.dataset.hash !== page.hash);
    const ready = new Map(await Promise.all(changed.filter(page => isSeen(page) && this.sheets.has(page.number))
      .map(async page => [page.number, await decoded(picture(page))])));
    const restore = holdTop(this.scroller);
    if (list.length) this.zoom.setWidest(Math.max(...list.map(page => page.width)));
    this.removeBeyond(list.length);
    for (const page of list) if (!this.sheets.has(page.number)) this.addSheet(page);
    for (const page of list) this.setSize(page);
    for (const page of changed) this.setPicture(page, ready.get(page.number) ?? picture(page, !isNear(page)));
    restore();
    this.texts.keepOnly(list.map(page => page.hash));
    await Promise.all(changed.filter(page => isSeen(page) && !ready.has(page.number))
      .map(page => decoded(this.sheets.get(page.number).figure.querySelector('img'))));
    this.loadRest(list.length);
    return changed.map(page => page.number);
  }

  /** Draws the pages out of view one after the other while nothing else is to be done, so that a jump finds them ready. */
  async loadRest(count) {
    if (count > MOST_AHEAD || this.isLoadingRest) return;
    this.isLoadingRest = true;
    const rest = () => [...this.sheets.values()].map(({ figure }) => figure.querySelector('img'))
      .find(image => image.loading === 'lazy');
    for (let image = rest(); image; image = rest()) {
      await idle();
      image.loading = 'eager';
      await decoded(image).catch(() => {}); // a newer picture is on its way
    }
    this.isLoadingRest = false;
  }

  /** Numbers of the pages of which a part is in view. */
  seenNumbers() {
    const view = this.scroller.getBoundingClientRect();
    return [...this.sheets].filter(([, { figure }]) => {
      const box = figure.getBoundingClientRect();
      return box.bottom > view.top && box.top < view.bottom;
    }).map(([number]) => number);
  }

  /** The page that the eye is on: the one at a third of the view. */
  currentNumber() {
    const view = this.scroller.getBoundingClientRect();
    const eye = view.top + view.height / 3;
    const passed = [...this.sheets].filter(([, { figure }]) => figure.getBoundingClientRect().top <= eye);
    if (!passed.length) return 1;
    const top = passed.at(-1)[1].figure.getBoundingClientRect().top;
    return passed.find(([, { figure }]) => figure.getBoundingClientRect().top === top)[0]; // the left one of two
  }

  removeBeyond(last) {
    for (const [number, { sheet, figure }] of this.sheets) {
      if (number <= last) continue;
      this.texts.forget(figure);
      sheet.remove();
      this.sheets.delete(number);
    }
  }

  addSheet(page) {
    const overlay = make('div', { className: 'overlay' },
      make('div', { className: 'boxes', 'aria-hidden': 'true' }), make('div', { className: 'text' }), make('div', { className: 'links' }));
    const figure = make('figure', { 'data-page': page.number }, overlay);
    const sheet = make('div', { className: 'sheet' }, figure, make('p', { className: 'folio', 'aria-hidden': 'true' }));
    this.sheets.set(page.number, { sheet, figure });
    this.scroller.append(sheet);
  }

  setSize(page) {
    const { sheet, figure } = this.sheets.get(page.number);
    figure.style.setProperty('--w', page.width);
    figure.style.setProperty('--h', page.height);
    sheet.querySelector('.folio').textContent = page.label;
  }

  setPicture(page, image) {
    const { figure } = this.sheets.get(page.number);
    const old = figure.querySelector('img');
    if (old) old.replaceWith(image);
    else figure.prepend(image);
    figure.dataset.hash = page.hash;
    figure.querySelector('.boxes').replaceChildren();
    this.texts.renew(figure);
  }

  figure(number) {
    return this.sheets.get(number)?.figure ?? null;
  }

  /** Goes to a page, or to a box on it, and leaves some room above. */
  goTo(number, box = null) {
    const figure = this.figure(number);
    if (!figure) return;
    const view = this.scroller.getBoundingClientRect();
    const place = figure.getBoundingClientRect();
    const { scale } = this.zoom;
    const room = box ? view.height / 4 : 12;
    this.scroller.scrollTop += place.top + (box ? box.y * scale : 0) - view.top - room;
    if (place.width > view.width)
      this.scroller.scrollLeft += place.left + (box ? box.x * scale - 40 : 0) - view.left;
  }

  /** Draws boxes over pages; the function that comes back takes them away. */
  drawBoxes(boxes, className) {
    const drawn = boxes.map(box => {
      const element = make('div', { className });
      setBox(element, box);
      this.figure(box.page)?.querySelector('.boxes').append(element);
      return element;
    });
    return () => drawn.forEach(element => element.remove());
  }

  /** A point of the window as a place on a page in points. */
  pointOn(figure, clientX, clientY) {
    const box = figure.getBoundingClientRect();
    return {
      page: Number(figure.dataset.page),
      x: (clientX - box.left) / box.width * Number(figure.style.getPropertyValue('--w')),
      y: (clientY - box.top) / box.height * Number(figure.style.getPropertyValue('--h')),
    };
  }
}

export const pageName = page => say('page.name', { page: page.label });

export const addressOf = page => `/page/${page.number}.svg?${page.hash}`;

function picture(page, lazy = false) {
  const image = make('img', { alt: pageName(page), draggable: false });
  if (lazy) image.loading = 'lazy';
  image.src = addressOf(page);
  return image;
}

/** Waits until a picture can be drawn without delay. A tab in the background may never decode: do not wait for ever. */
function decoded(image) {
  const late = new Promise(done => setTimeout(done, LONGEST_DECODE, image));
  return Promise.race([image.decode().then(() => image), late]);
}
