// How large the pages are: fitted to the width, two side by side, or by hand. Remembered for the next time.
import { byId } from './dom.js';
import { say, number } from './words.js';
import { holdMiddle, holdPlace } from './anchor.js';

const PIXELS_A_POINT = 96 / 72;
const SMALLEST = 0.25;
const LARGEST = 8;
const STEP = 1.2;
const KEPT = 'bantin-desk-zoom';

export class Zoom {
  constructor(scroller) {
    this.scroller = scroller;
    this.mode = 'width';
    this.scale = PIXELS_A_POINT;
    this.widest = 595;
    Object.assign(this, recall());
    for (const button of document.querySelectorAll('[data-zoom]'))
      button.addEventListener('click', () => this.choose(button.dataset.zoom));
    scroller.addEventListener('wheel', event => this.turn(event), { passive: false });
    new ResizeObserver(() => this.fit()).observe(scroller);
  }

  /** One of: width, two, in, out, actual. */
  choose(what) {
    const restore = holdMiddle(this.scroller);
    if (what === 'width' || what === 'two') this.mode = what;
    else this.setScale({ in: this.scale * STEP, out: this.scale / STEP, actual: PIXELS_A_POINT }[what]);
    this.apply();
    restore();
    keep(this.mode, this.scale);
  }

  /** The widest page in points decides what fits. */
  setWidest(points) {
    if (points === this.widest) return;
    this.widest = points;
    this.apply();
  }

  /** Ctrl and the wheel: about the place under the pointer. */
  turn(event) {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const restore = holdPlace(this.scroller, event.clientX, event.clientY);
    this.setScale(this.scale * Math.exp(-event.deltaY * 0.0025));
    this.apply();
    restore();
    keep(this.mode, this.scale);
  }

  setScale(scale) {
    // Two pages stay two pages while their size changes by hand.
    this.mode = this.mode === 'two' || this.mode === 'free-two' ? 'free-two' : 'free';
    this.scale = Math.min(LARGEST, Math.max(SMALLEST, scale));
  }

  fit() {
    if (this.mode !== 'width' && this.mode !== 'two') return;
    const restore = holdMiddle(this.scroller);
    this.apply();
    restore();
  }

  apply() {
    if (this.mode === 'width' || this.mode === 'two') this.scale = this.fitted();
    this.scroller.classList.toggle('two', this.mode === 'two' || this.mode === 'free-two');
    this.scroller.style.setProperty('--scale', this.scale.toFixed(4));
    byId('percent').textContent = say('zoom.percent', { percent: number(this.scale / PIXELS_A_POINT * 100) });
    for (const button of document.querySelectorAll('[data-zoom][aria-pressed]'))
      button.setAttribute('aria-pressed', String(button.dataset.zoom === this.mode));
  }

  fitted() {
    const style = getComputedStyle(this.scroller);
    const room = this.scroller.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    const columns = this.mode === 'two' ? 2 : 1;
    const gap = (columns - 1) * (parseFloat(style.columnGap) || 0);
    return Math.min(LARGEST, Math.max(SMALLEST, (room - gap) / columns / this.widest));
  }
}

function recall() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT));
    if (['width', 'two', 'free', 'free-two'].includes(kept?.mode) && kept.scale > 0) return kept;
  } catch {
    // A browser that keeps nothing starts with the page fitted to the width.
  }
  return {};
}

function keep(mode, scale) {
  try {
    localStorage.setItem(KEPT, JSON.stringify({ mode, scale }));
  } catch {
    // See recall.
  }
}
