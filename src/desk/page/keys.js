// The keys of the desk, and the dialog that lists them. Keys of one letter can be turned off: who dictates to the computer
// would press them by speaking.
import { make, byId } from './dom.js';
import { say } from './words.js';

const KEPT = 'bantin-desk-letters';

export class Keys {
  /** `actions` by name: see KEYS. */
  constructor(actions) {
    this.actions = actions;
    this.letters = recall();
    this.dialog = byId('help');
    byId('show-help').addEventListener('click', () => this.showHelp());
    byId('help-close').addEventListener('click', () => this.dialog.close());
    byId('letters').checked = this.letters;
    byId('letters').addEventListener('change', event => this.setLetters(event.target.checked));
    byId('help-keys').append(list());
    document.addEventListener('keydown', event => this.press(event));
  }

  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (document.querySelector('dialog[open]')) return;
    if (event.target.matches?.('input, textarea, select')) return;
    const key = KEYS.find(row => row.keys.includes(event.key));
    if (!key || !this.actions[key.action] || (key.letter && !this.letters)) return;
    if (key.action !== 'escape') event.preventDefault();
    this.actions[key.action]();
  }

  showHelp() {
    if (!this.dialog.open) this.dialog.showModal();
  }

  setLetters(on) {
    this.letters = on;
    try {
      localStorage.setItem(KEPT, String(on));
    } catch {
      // It holds until the page is closed.
    }
  }
}

const KEYS = [
  { keys: ['+', '='], show: ['+'], action: 'in' },
  { keys: ['-', '_'], show: ['−'], action: 'out' },
  { keys: ['0'], show: ['0'], action: 'actual' },
  { keys: ['w'], show: ['W'], action: 'width', letter: true },
  { keys: ['t'], show: ['T'], action: 'two', letter: true },
  { keys: ['n'], show: ['N'], action: 'next', letter: true },
  { keys: ['p'], show: ['P'], action: 'previous', letter: true },
  { keys: ['a'], show: ['A'], action: 'articles', letter: true },
  { keys: ['f'], show: ['F'], action: 'findings', letter: true },
  { keys: ['g'], show: ['G'], action: 'pages', letter: true },
  { keys: ['m'], show: ['M'], action: 'mend', letter: true },
  { keys: ['e'], show: ['E'], action: 'edit', letter: true },
  { keys: [], show: ['Enter'], action: 'enter' },
  { keys: [], show: ['↑', '↓'], action: 'arrows' },
  { keys: ['Escape'], show: ['Esc'], action: 'escape' },
  { keys: ['?'], show: ['?'], action: 'help' },
  { keys: [], show: ['Ctrl'], and: 'key.wheel-name', action: 'wheel' },
  { keys: [], show: ['Ctrl'], and: 'key.click-name', action: 'follow' },
];

function list() {
  return make('dl', {}, ...KEYS.map(({ show, and, action }) => make('div', {},
    make('dt', {}, ...show.map(name => make('kbd', {}, name)), and ? ` + ${say(and)}` : ''),
    make('dd', {}, say(`key.${action}`)))));
}

function recall() {
  try {
    return localStorage.getItem(KEPT) !== 'false';
  } catch {
    return true;
  }
}
