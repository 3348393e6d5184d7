// The pages by keyboard: Enter on the pages takes up the first line in view, the arrows go from line to line, Enter shows
// its source, Escape lets go. The focus itself is on the line, so a screen reader reads it.
import { focusLine } from './text.js';

export class Lines {
  constructor(scroller, { pick }) {
    this.scroller = scroller;
    this.pick = pick;
    scroller.addEventListener('keydown', event => this.press(event));
  }

  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const line = event.target.closest?.('.text > span');
    if (event.target === this.scroller && event.key === 'Enter') return this.take(event, this.firstInView());
    if (!line) return;
    if (event.key === 'Enter') { event.preventDefault(); this.pick(line); }
    else if (event.key === 'Escape') { event.stopPropagation(); this.take(event, this.scroller); }
    else if (event.key === 'ArrowDown') this.take(event, this.beside(line, 1));
    else if (event.key === 'ArrowUp') this.take(event, this.beside(line, -1));
    else if (event.key === 'Home') this.take(event, line.parentElement.firstElementChild);
    else if (event.key === 'End') this.take(event, line.parentElement.lastElementChild);
  }

  take(event, element) {
    event.preventDefault();
    if (!element) return;
    if (element === this.scroller) element.focus({ preventScroll: true });
    else focusLine(element);
    this.bringIn(element);
  }

  firstInView() {
    const view = this.scroller.getBoundingClientRect();
    return [...this.scroller.querySelectorAll('.text > span')].find(line => {
      const box = line.getBoundingClientRect();
      return box.top >= view.top && box.bottom <= view.bottom;
    });
  }

  /** The next or previous line, also on the next or previous page. */
  beside(line, step) {
    const next = step > 0 ? line.nextElementSibling : line.previousElementSibling;
    if (next) return next;
    const texts = [...this.scroller.querySelectorAll('.text')].filter(text => text.childElementCount);
    const text = texts[texts.indexOf(line.parentElement) + step];
    return step > 0 ? text?.firstElementChild : text?.lastElementChild;
  }

  bringIn(line) {
    if (line === this.scroller) return;
    const view = this.scroller.getBoundingClientRect();
    const box = line.getBoundingClientRect();
    if (box.top < view.top + 20 || box.bottom > view.bottom - 20)
      this.scroller.scrollTop += box.top - view.top - view.height / 3;
    if (box.left < view.left || box.right > view.right && box.width < view.width)
      this.scroller.scrollLeft += box.left - view.left - 20;
  }
}
