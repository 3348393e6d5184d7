// What is wrong with the source, over the last good pages. It is not there at all while nothing is wrong.
import { make, icon, byId } from './dom.js';
import { say, sayCount } from './words.js';
import { excerpt, visible } from './excerpt.js';
import { capital } from './findings.js';

const SHOWN_AT_ONCE = 3;

export class Errors {
  constructor({ open }) {
    this.open = open;
    this.said = '';
  }

  show(state) {
    const errors = state.errors ? state.findings.filter(finding => finding.severity === 'error') : [];
    const said = JSON.stringify([state.errors, errors, state.pages.length > 0, state.editor]);
    document.body.classList.toggle('has-errors', state.errors);
    if (said === this.said) return; // saying the same again would only disturb
    this.said = said;
    byId('notice').replaceChildren(...(state.errors ? [this.panel(errors, state)] : []));
  }

  panel(errors, state) {
    const many = errors.length > 1;
    const body = make('div', { className: 'error-body', id: 'error-body' },
      make('p', { className: 'soft' }, say(state.pages.length ? 'error.last-good' : 'error.no-pages')),
      make('ul', {}, ...errors.slice(0, SHOWN_AT_ONCE).map(error => this.item(error, state))));
    if (errors.length > SHOWN_AT_ONCE) body.append(this.rest(errors.slice(SHOWN_AT_ONCE), state));
    body.tabIndex = 0;
    body.setAttribute('role', 'group');
    body.setAttribute('aria-labelledby', 'error-name');
    const heading = make('h2', { id: 'error-name' }, many ? sayCount('error.many', errors.length) : say('error.one'));
    return make('section', { className: 'error', 'data-error': true, role: 'alert' },
      make('div', { className: 'panel-head' }, heading, foldButton(body)), body);
  }

  item(error, state) {
    const where = make('p', { className: 'where' },
      error.file ? make('strong', {}, error.file) : say('at.issue'), error.line ? ` · ${say('at.line', { line: error.line })}` : '');
    if (state.editor && error.file) where.append(this.openButton(error));
    return make('li', {}, make('p', { className: 'message' }, capital(error.message)), where, sourceLine(error),
      ...error.hints.map(hint => make('p', { className: 'hint' }, capital(hint))));
  }

  openButton(error) {
    const button = make('button', { type: 'button', className: 'button' }, icon('edit'), say('open.editor'));
    button.addEventListener('click', () => this.open(error.file, error.line ?? 1));
    return button;
  }

  rest(errors, state) {
    return make('details', {}, make('summary', {}, sayCount('error.rest', errors.length)),
      make('ul', {}, ...errors.map(error => this.item(error, state))));
  }
}

/** The line of the file, numbered, with the place marked. */
function sourceLine(error) {
  if (!error.text || !error.line) return null;
  const end = error.end_line > error.line ? error.text.length + 1 : error.end_column;
  const mark = inner => inner ? [make('mark', {}, visible(inner))] : [];
  return make('p', { className: 'code' }, make('span', { className: 'line-number', 'aria-hidden': 'true' }, String(error.line)),
    make('code', {}, ...excerpt(error.text, error.column, end, mark, { before: 90, after: 110 })));
}

/** Folds the panel, for those who want to see the page below. */
function foldButton(body) {
  const button = make('button', { type: 'button', className: 'tool small', 'aria-expanded': 'true', 'aria-controls': 'error-body',
    'aria-label': say('error.fold'), title: say('error.fold') }, icon('fold'));
  button.addEventListener('click', () => {
    body.hidden = !body.hidden;
    button.setAttribute('aria-expanded', String(!body.hidden));
  });
  return button;
}
