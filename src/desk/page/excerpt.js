// A piece of a line of a file with the place in question marked. Columns count characters from 1, as people do, not the
// units of JavaScript.
import { make } from './dom.js';

const BEFORE = 36;
const AFTER = 44;

/** The line about a span, with `between` in place of the span. */
export function excerpt(text, column, endColumn, between, around = { before: BEFORE, after: AFTER }) {
  const letters = [...text];
  const start = Math.max(0, (column ?? 1) - 1);
  const end = Math.max(start, (endColumn ?? column ?? 1) - 1);
  const from = wordStart(letters, start - around.before);
  const to = wordEnd(letters, end + around.after);
  return [
    from > 0 ? '… ' : '', letters.slice(from, start).join(''),
    ...between(letters.slice(start, end).join('')),
    letters.slice(end, to).join(''), to < letters.length ? ' …' : '',
  ];
}

function wordStart(letters, at) {
  if (at <= 0) return 0;
  const space = letters.indexOf(' ', at);
  return space >= 0 && space - at < 12 ? space + 1 : at;
}

function wordEnd(letters, at) {
  if (at >= letters.length) return letters.length;
  const space = letters.lastIndexOf(' ', at);
  return space > 0 && at - space < 12 ? space : at;
}

/** What cannot be seen is named: a space as ␣, a hidden character by its number. */
export function visible(text) {
  const named = text.replace(/[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ue000-\uf8ff\ufeff\ufffd]/g,
    sign => `‹U+${sign.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}›`);
  return named.trim() === '' ? named.replace(/ /g, '␣').replace(/\u00a0/g, '⍽') : named;
}

/** Two texts that differ only in spaces show these. */
export function visiblePair(before, after) {
  const differInSpaces = before.replace(/\s/g, '') === after.replace(/\s/g, '');
  const show = text => differInSpaces ? visible(text).replace(/ /g, '␣') : visible(text);
  return [show(before), show(after)];
}

/** Both sides of a change: what goes and what comes. */
export function change(before, after) {
  const [old, fresh] = visiblePair(before, after);
  return [old ? make('del', {}, old) : '', fresh ? make('ins', {}, fresh) : ''];
}
