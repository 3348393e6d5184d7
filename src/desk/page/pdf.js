// The size of the e-mail PDF against its budget, and the PDFs to take away.
import { make, icon, byId } from './dom.js';
import { say, megabytes } from './words.js';

const PROFILES = ['email', 'print', 'archive'];

export class Pdf {
  constructor() {
    this.links = new Map(PROFILES.map(profile => [profile, this.link(profile)]));
    byId('downloads').append(...[...this.links.values()].map(link => make('li', {}, link)));
  }

  link(profile) {
    const link = make('a', { 'data-download': profile, title: say(`pdf.${profile}.for`) }, icon('down'), say(`pdf.${profile}`));
    link.addEventListener('click', event => this.take(event, link));
    return link;
  }

  show(state) {
    for (const [profile, link] of this.links) {
      link.href = `/pdf/${profile}/${encodeURIComponent(state.issue)}.pdf`;
      link.download = profile === 'email' ? `${state.issue}.pdf` : `${state.issue}-${profile}.pdf`;
    }
    this.showSize(state.size);
  }

  showSize(size) {
    const said = JSON.stringify(size);
    if (said === this.said) return;
    this.said = said;
    const place = byId('size');
    if (!size) {
      place.removeAttribute('data-size');
      place.replaceChildren(make('p', { className: 'soft' }, say('size.unknown')));
      return;
    }
    const over = size.bytes > size.budget;
    const values = { size: megabytes(size.bytes), budget: megabytes(size.budget) };
    place.dataset.size = size.bytes;
    place.dataset.budget = size.budget;
    place.classList.toggle('over', over);
    const meter = make('meter', { min: 0, max: size.budget, high: size.budget * 0.9, optimum: 0, value: Math.min(size.bytes, size.budget) });
    meter.setAttribute('aria-label', say('size.name'));
    place.replaceChildren(make('p', {}, say('size.of', values)), meter);
    if (over) place.append(make('p', { className: 'warning' }, say('size.over')));
    else if (size.lowered) place.append(make('p', { className: 'warning' }, say('size.lowered')));
  }

  /**
   * Making a PDF takes seconds and may fail: fetched here, so that both can be said. With Ctrl the browser does it alone.
   */
  async take(event, link) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (link.getAttribute('aria-disabled') === 'true') return;
    this.setBusy(link, true);
    this.tell(say('pdf.making'));
    try {
      const response = await fetch(link.href);
      if (!response.ok) throw new Error((await response.json().catch(() => ({}))).message);
      save(await response.blob(), link.download);
      this.tell(say('pdf.made', { name: link.download }));
    } catch (error) {
      this.tell(say('pdf.failed', { reason: error.message || say('lost.short') }), true);
    } finally {
      this.setBusy(link, false);
    }
  }

  setBusy(link, busy) {
    if (busy) link.setAttribute('aria-disabled', 'true');
    else link.removeAttribute('aria-disabled');
  }

  tell(text, failed = false) {
    byId('download-word').textContent = text;
    byId('download-word').classList.toggle('failed', failed);
  }
}

function save(blob, name) {
  const address = URL.createObjectURL(blob);
  make('a', { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
