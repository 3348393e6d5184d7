// What stands in the file at the place that was clicked: file, line, and the text as it was typed.
import { make, icon, byId } from './dom.js';
import { say, announce, issueLanguage } from './words.js';
import { toast } from './toast.js';
import { sourceAt, placeOf } from './server.js';
import { linkName } from './text.js';

export class Source {
  constructor(pages, { open, follow }) {
    this.pages = pages;
    this.open = open;
    this.follow = follow;
    this.panel = byId('source');
    this.body = byId('source-body');
    this.clearBoxes = () => {};
    this.asked = 0;
    this.shown = null;
    byId('close-source').addEventListener('click', () => this.close());
  }

  /** Shows the source of a point {page, x, y}. `links` are those printed there. */
  async pick(point, links = []) {
    const asked = this.asked += 1;
    this.unname();
    this.panel.setAttribute('aria-busy', 'true');
    const found = await sourceAt(point.page, point.x, point.y).catch(() => null);
    if (asked !== this.asked) return; // clicked elsewhere in the meantime
    this.point = point;
    this.links = links;
    this.fill(found, true);
  }

  /** The source changed: show what stands there now, without a word. */
  async renew() {
    if (!this.shown) return;
    const asked = this.asked;
    const { file, line, text, page } = this.shown;
    const place = await placeOf(file, line, { text: text.slice(0, 1500), page }).catch(() => null);
    const box = place?.boxes[0];
    if (asked !== this.asked) return;
    // What was picked is no longer there: no line would be the right one.
    if (!box) { this.close(); return; }
    const found = await sourceAt(place.page, box.x + box.width / 2, box.y + box.height / 2).catch(() => null);
    if (asked !== this.asked) return;
    if (found && found.file === file) this.fill(found, false);
    else this.close();
  }

  fill(found, speak) {
    this.clearBoxes();
    this.clearBoxes = () => {};
    this.shown = found;
    this.panel.hidden = false;
    this.panel.setAttribute('aria-busy', 'false');
    if (!found) {
      this.body.replaceChildren(make('p', { className: 'soft' }, say('source.none')), this.linkList());
      if (speak) announce(say('source.none'));
      return;
    }
    this.clearBoxes = this.pages.drawBoxes(found.boxes.map(box => ({ ...box, page: found.page })), 'box source-box');
    this.body.replaceChildren(this.heading(found), lines(found), this.buttons(found), this.linkList());
    this.panel.dataset.file = found.file;
    this.panel.dataset.line = found.line;
    this.panel.dataset.source = '';
    if (speak) announce(say('source.found', { file: found.file, line: found.line }));
  }

  /** Until the answer is there, the panel names no place: an old one would be wrong. */
  unname() {
    delete this.panel.dataset.source;
    delete this.panel.dataset.file;
    delete this.panel.dataset.line;
  }

  heading({ file, line, end_line: last }) {
    const place = last > line ? say('at.lines', { line, last }) : say('at.line', { line });
    return make('p', { className: 'where' }, make('strong', {}, file), ` · ${place}`);
  }

  buttons({ file, line }) {
    const copy = make('button', { type: 'button', className: 'button' }, icon('copy'), say('source.copy'));
    copy.addEventListener('click', () => copyPlace(`${file}:${line}`));
    const row = make('div', { className: 'buttons' });
    if (this.canOpen) {
      const open = make('button', { type: 'button', className: 'button strong', id: 'open-source' }, icon('edit'), say('open.editor'));
      open.addEventListener('click', () => this.open(file, line));
      row.append(open);
    }
    row.append(copy);
    return row;
  }

  linkList() {
    if (!this.links?.length) return '';
    return make('p', { className: 'links-here' }, say('source.link'), ' ', ...this.links.map(link => {
      const inside = link.href.startsWith('#page=');
      const anchor = make('a', { href: link.href, rel: 'noreferrer noopener', target: inside ? '' : '_blank' }, linkName(link));
      if (inside) anchor.addEventListener('click', event => this.follow(event, link));
      return anchor;
    }));
  }

  openShown() {
    if (this.shown && this.canOpen) this.open(this.shown.file, this.shown.line);
  }

  close() {
    if (this.panel.hidden) return false;
    const hadFocus = this.panel.contains(document.activeElement);
    this.asked += 1;
    this.shown = null;
    this.clearBoxes();
    this.unname();
    this.panel.hidden = true;
    if (hadFocus) byId('pages').focus({ preventScroll: true });
    return true;
  }
}

/** The lines as they stand in the file, each with its number. */
function lines({ line, text }) {
  const list = make('ol', { className: 'lines', start: line, lang: issueLanguage(), tabIndex: 0 });
  list.setAttribute('aria-label', say('source.text'));
  text.split('\n').forEach((one, index) => {
    list.append(make('li', { value: line + index }, make('span', {}, one || '\u00a0')));
  });
  return list;
}

async function copyPlace(place) {
  try {
    await navigator.clipboard.writeText(place);
    toast(say('source.copied', { place }));
  } catch {
    prompt(say('source.copy'), place); // a browser that does not let pages copy
  }
}
