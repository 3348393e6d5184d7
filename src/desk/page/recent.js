// What the last edit changed: marked for a moment, and named where it is out of view. Nothing is scrolled by itself.
import { make, byId } from './dom.js';
import { say, announce } from './words.js';

const MARKED_FOR = 2_600;
const NAMED_FOR = 8_000;

export class Recent {
  constructor(pages, goTo) {
    this.pages = pages;
    this.goTo = goTo;
    this.clear = () => {};
    this.chip = null;
  }

  show(marks) {
    this.clear();
    const clear = this.pages.drawBoxes(marks, 'box changed-box');
    const timer = setTimeout(clear, MARKED_FOR);
    this.clear = () => { clearTimeout(timer); clear(); };
    if (marks.length) this.name(marks);
  }

  hide() {
    this.clear();
    this.chip?.remove();
  }

  name(marks) {
    const changed = [...new Set(marks.map(mark => mark.page))];
    announce(say('recent.changed', { pages: changed.join(', ') }));
    this.chip?.remove();
    clearTimeout(this.chipTimer);
    const seen = new Set(this.pages.seenNumbers());
    if (changed.some(number => seen.has(number))) return;
    const first = marks[0];
    this.chip = make('button', { type: 'button', className: 'chip' }, say('recent.elsewhere', { page: changed[0] }));
    this.chip.addEventListener('click', () => {
      this.chip.remove();
      this.goTo(first.page, first);
      this.show(marks);
    });
    byId('main').append(this.chip);
    this.chipTimer = setTimeout(() => this.chip.remove(), NAMED_FOR);
  }
}
