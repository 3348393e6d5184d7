// The findings of the check, one line a kind: a kind that occurs 55 times is one line that opens.
import { make, icon, byId, keepInStep } from './dom.js';
import { say, sayCount, number, issueLanguage } from './words.js';
import { excerpt, visible, change } from './excerpt.js';

const ORDER = { error: 0, warning: 1, info: 2 };
const OPEN_UP_TO = 3; // kinds with so few findings start open

export class Findings {
  constructor({ goTo, open }) {
    this.goTo = goTo;
    this.open = open;
  }

  show(state) {
    this.state = state;
    const groups = byCode(state.findings, state.codes);
    const editor = state.editor;
    keepInStep(byId('finding-groups'), groups.map(group => ({ ...group, editor })), {
      keyOf: group => group.code,
      create: group => createGroup(group),
      fill: (element, group) => this.fillGroup(element, group),
    });
    byId('all-well').hidden = state.findings.length > 0 || state.setting && state.version === 0;
    this.showCount(state.findings.length);
    byId('toggle-right').classList.toggle('bad', state.errors);
  }

  showCount(count) {
    const button = byId('toggle-right');
    byId('finding-count').textContent = number(count);
    button.setAttribute('aria-label', sayCount('bar.right', count));
    button.title = sayCount('bar.right', count);
    button.classList.toggle('none', count === 0);
  }

  fillGroup(element, group) {
    element.dataset.severity = group.severity;
    element.querySelector('.what').textContent = group.title;
    element.querySelector('.times').textContent = number(group.findings.length);
    element.querySelector('.times').setAttribute('aria-label', sayCount('findings.times', group.findings.length));
    element.querySelector('.times').setAttribute('role', 'img');
    element.querySelector('.tag').hidden = !group.fixable;
    element.querySelector('.tag').textContent = say('findings.fixable');
    element.querySelector('.kind').textContent = say(`severity.${group.severity}`);
    element.querySelector('.advice').textContent = group.advice;
    element.querySelector('.advice').hidden = !group.advice;
    keepInStep(element.querySelector('ul'), withFileNames(group), {
      keyOf: row => row.key,
      create: row => make('li', row.heads ? { className: 'file' } : { 'data-finding': true }),
      fill: (row, item) => item.heads ? row.replaceChildren(item.heads) : this.fillFinding(row, item, group),
    });
  }

  fillFinding(row, finding, group) {
    setData(row, finding);
    const message = capital(finding.message);
    const hints = finding.isAdvised ? [] : finding.hints;
    const parts = [make('span', { className: 'where' }, whereIs(finding)),
      message === group.title ? null : make('span', { className: 'message' }, message), quote(finding),
      ...hints.map(hint => make('span', { className: 'hint' }, hint))];
    const hasPlace = finding.page !== null || finding.file && finding.line;
    const main = hasPlace ? make('button', { type: 'button', className: 'finding' }, ...parts)
      : make('div', { className: 'finding' }, ...parts);
    if (hasPlace) main.addEventListener('click', () => this.goTo(finding));
    row.replaceChildren(main);
    if (this.state.editor && finding.file) row.append(this.editorButton(finding));
  }

  editorButton(finding) {
    const name = say('open.at', { file: finding.file, line: finding.line ?? 1 });
    const button = make('button', { type: 'button', className: 'tool small', 'aria-label': name, title: name }, icon('edit'));
    button.addEventListener('click', () => this.open(finding.file, finding.line ?? 1));
    return button;
  }
}

function createGroup(group) {
  const isFew = group.findings.length <= OPEN_UP_TO;
  return make('details', { className: 'group', open: isFew || group.severity === 'error', 'data-code': group.code },
    make('summary', {},
      make('span', { className: 'kind unseen' }), make('span', { className: 'what' }),
      make('span', { className: 'tag' }), make('span', { className: 'times' })),
    make('p', { className: 'advice hint' }), make('ul'));
}

/** Several findings in one file stand under its name; each then needs only its line and page. */
function withFileNames({ findings, advice }) {
  const times = new Map();
  for (const { file } of findings) times.set(file, (times.get(file) ?? 0) + 1);
  const rows = [];
  let last = null;
  for (const finding of findings) {
    const isUnder = finding.file && times.get(finding.file) > 1;
    if (isUnder && finding.file !== last) rows.push({ key: `file ${finding.file} ${rows.length}`, heads: finding.file });
    last = finding.file;
    rows.push({ ...finding, isUnder, isAdvised: advice !== '' });
  }
  return rows;
}

/** What all findings of a kind advise alike is said once. */
function sharedAdvice(findings) {
  const [first, ...others] = findings.map(finding => finding.hints.join(' '));
  return findings.length > 1 && others.every(advice => advice === first) ? capital(first) : '';
}

function setData(row, finding) {
  row.dataset.code = finding.code;
  setOrDrop(row, 'file', finding.file);
  setOrDrop(row, 'line', finding.line);
}

function setOrDrop(element, name, value) {
  if (value === null || value === undefined) delete element.dataset[name];
  else element.dataset[name] = value;
}

/** File, line and page of a finding in words. */
export function whereIs({ file, line, page, isUnder }) {
  const parts = [isUnder ? null : file, line ? say('at.line', { line }) : null, page ? say('at.page', { page }) : null];
  return parts.filter(Boolean).join(' · ') || say('at.issue');
}

function quote(finding) {
  if (!finding.text || !finding.line) return null;
  const mark = inner => finding.fix === null ? (inner ? [make('mark', {}, visible(inner))] : []) : change(inner, finding.fix);
  const end = finding.end_line > finding.line ? finding.text.length + 1 : finding.end_column;
  return make('span', { className: 'quote', lang: issueLanguage() }, ...excerpt(finding.text, finding.column, end, mark));
}

function byCode(findings, codes) {
  const groups = new Map();
  const seen = new Map();
  for (const finding of findings) {
    const place = `${finding.file} ${finding.line} ${finding.column}`;
    const id = `${finding.code} ${place}`;
    const times = (seen.get(id) ?? 0) + 1;
    seen.set(id, times);
    if (!groups.has(finding.code)) {
      const title = capital(codes?.[finding.code] ?? finding.message);
      groups.set(finding.code, { code: finding.code, severity: finding.severity, title, fixable: false, findings: [] });
    }
    const group = groups.get(finding.code);
    group.fixable ||= finding.fix !== null;
    group.findings.push({ ...finding, key: `${place} ${times}` });
  }
  for (const group of groups.values()) group.advice = sharedAdvice(group.findings);
  return [...groups.values()].sort((a, b) => (ORDER[a.severity] ?? 3) - (ORDER[b.severity] ?? 3));
}

export const capital = text => text.charAt(0).toUpperCase() + text.slice(1);
