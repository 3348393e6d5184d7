// The two sides: columns on a wide window, drawers over the pages on a narrow one.
import { byId } from './dom.js';

const NARROW = matchMedia('(max-width: 900px)');
const KEPT = 'bantin-desk-sides';
const SIDES = ['left', 'right'];

export class Layout {
  constructor() {
    this.wide = recall();
    for (const side of SIDES) {
      byId(`toggle-${side}`).addEventListener('click', () => this.set(side, byId(side).hidden));
      document.querySelector(`[data-close="${side}"]`).addEventListener('click', () => this.set(side, false));
    }
    for (const link of document.querySelectorAll('.skips a')) link.addEventListener('click', event => this.skip(event, link));
    NARROW.addEventListener('change', () => this.start());
    this.start();
  }

  get isNarrow() {
    return NARROW.matches;
  }

  start() {
    for (const side of SIDES) this.apply(side, this.isNarrow ? false : this.wide[side]);
  }

  set(side, open) {
    if (this.isNarrow) {
      for (const other of SIDES) if (other !== side) this.apply(other, false);
    } else {
      this.wide[side] = open;
      keep(this.wide);
    }
    const hadFocus = byId(side).contains(document.activeElement);
    this.apply(side, open);
    if (this.isNarrow && open) document.querySelector(`[data-close="${side}"]`).focus();
    else if (hadFocus && !open) byId(`toggle-${side}`).focus();
  }

  apply(side, open) {
    byId(side).hidden = !open;
    byId(`toggle-${side}`).setAttribute('aria-expanded', String(open));
  }

  show(side) {
    if (byId(side).hidden) this.set(side, true);
  }

  /** After a jump on a narrow window the page should be seen. True where something was closed. */
  closeDrawers() {
    if (!this.isNarrow) return false;
    const open = SIDES.filter(side => !byId(side).hidden);
    open.forEach(side => this.set(side, false));
    return open.length > 0;
  }

  skip(event, link) {
    event.preventDefault();
    if (link.dataset.open) this.show(link.dataset.open);
    byId(link.hash.slice(1)).focus();
  }
}

function recall() {
  try {
    return { left: true, right: true, ...JSON.parse(localStorage.getItem(KEPT)) };
  } catch {
    return { left: true, right: true };
  }
}

function keep(sides) {
  try {
    localStorage.setItem(KEPT, JSON.stringify(sides));
  } catch {
    // A browser that keeps nothing opens both sides again.
  }
}
