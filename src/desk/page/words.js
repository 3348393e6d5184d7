// The words of the page in the language of the desk, and numbers as that language writes them.
import { byId } from './dom.js';

const words = JSON.parse(byId('words').textContent);
export const language = document.documentElement.lang;

let issueTongue = 'vi';

/** The language of the articles, which may be another than that of the desk. */
export const issueLanguage = () => issueTongue;

export function setIssueLanguage(tongue) {
  issueTongue = tongue;
}

/** The words for a key, with {name} replaced by values. */
export function say(key, values = {}) {
  const text = words[key];
  if (text === undefined) return key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** Words that go with a number; English has a form of its own for one. */
export function sayCount(key, count, values = {}) {
  const one = `${key}.one`;
  return say(count === 1 && words[one] ? one : key, { ...values, count: number(count) });
}

export function number(value, digits = 0) {
  return new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value);
}

/** A size as people say it: 1,2 MB. */
export function megabytes(bytes) {
  if (bytes < 100_000) return `${number(bytes / 1000)} kB`;
  return `${number(bytes / 1_000_000, 1)} MB`;
}

/** Fills the elements of desk.html that name their words. */
export function fillWords(root = document) {
  for (const element of root.querySelectorAll('[data-word]')) element.textContent = say(element.dataset.word);
  for (const element of root.querySelectorAll('[data-word-label]')) nameControl(element, say(element.dataset.wordLabel));
  for (const element of root.querySelectorAll('[data-word-title]')) element.title = say(element.dataset.wordTitle);
}

/** Names a control for screen readers, and shows the name of a button beside the pointer. */
export function nameControl(element, text) {
  element.setAttribute('aria-label', text);
  if (element.localName === 'button') element.title = text;
}

let announcer;

/** Says something to people who use a screen reader. */
export function announce(text) {
  announcer ??= byId('announce');
  announcer.textContent = text;
}
