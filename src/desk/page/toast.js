// A short message at the foot of the pages, also read aloud, that goes by itself.
import { byId } from './dom.js';

const SHOWN_FOR = 5_000;
let timer;

export function toast(text) {
  clearTimeout(timer);
  byId('toast').textContent = text;
  timer = setTimeout(() => { byId('toast').textContent = ''; }, SHOWN_FOR);
}
