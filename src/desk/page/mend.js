// "Mend all": shows first what would change in the files, then has it changed.
import { make, byId } from './dom.js';
import { say, sayCount, issueLanguage } from './words.js';
import { toast } from './toast.js';
import { listFixes, mendAll } from './server.js';
import { excerpt, change } from './excerpt.js';

export class Mend {
  constructor() {
    this.dialog = byId('mend');
    byId('mend-all').addEventListener('click', () => this.ask());
    byId('mend-no').addEventListener('click', () => this.dialog.close());
    byId('mend-yes').addEventListener('click', () => this.mend());
  }

  show(state) {
    const count = state.findings.filter(finding => finding.fix !== null).length;
    byId('mend-all').hidden = count === 0;
    byId('mend-all').textContent = sayCount('mend.all', count);
  }

  async ask() {
    if (byId('mend-all').hidden || this.dialog.open) return;
    byId('mend-failed').textContent = '';
    if (!await this.fill()) { toast(say('mend.failed')); return; }
    this.dialog.showModal();
    byId('mend-list').scrollTop = 0;
    byId('mend-yes').focus();
  }

  /** Lists what would change; whether anything would. */
  async fill() {
    const { digest, changes: fixes } = await listFixes().catch(() => ({ digest: '', changes: [] }));
    if (!fixes.length) return false;
    this.digest = digest;
    byId('mend-intro').textContent = sayCount('mend.intro', fixes.length, { files: new Set(fixes.map(fix => fix.file)).size });
    byId('mend-list').replaceChildren(...byFile(fixes).flatMap(fileOfFixes));
    byId('mend-yes').textContent = sayCount('mend.yes', fixes.length);
    return true;
  }

  async mend() {
    byId('mend-yes').disabled = true;
    try {
      const done = await mendAll(this.digest);
      if (!done) {
        // Only what was seen is changed: show what it is now.
        if (await this.fill()) byId('mend-failed').textContent = say('mend.changed');
        else this.dialog.close();
        return;
      }
      this.dialog.close();
      toast(sayCount('mend.done', done.mended));
    } catch {
      byId('mend-failed').textContent = say('mend.failed');
    } finally {
      byId('mend-yes').disabled = false;
    }
  }
}

function fileOfFixes([file, fixes]) {
  return [
    make('h3', {}, file, ' ', make('span', { className: 'soft' }, sayCount('mend.places', fixes.length))),
    make('ul', {}, ...fixes.map(fixRow)),
  ];
}

function fixRow(fix) {
  return make('li', { 'data-fix': fix.code },
    make('span', { className: 'where' }, say('at.line', { line: fix.line })),
    make('span', { className: 'quote', lang: issueLanguage() },
      ...excerpt(fix.text, fix.column, fix.end_column, () => change(fix.before, fix.after))));
}

function byFile(fixes) {
  const files = new Map();
  for (const fix of fixes) files.set(fix.file, [...(files.get(fix.file) ?? []), fix]);
  return [...files];
}
