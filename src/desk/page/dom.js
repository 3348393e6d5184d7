// Small helpers for making elements. Text goes in as text and never as markup, so words of an article stay words.

const SVG = 'http://www.w3.org/2000/svg';

/** An element with its properties; a property with a dash is set as an attribute. */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.includes('-') || name === 'role' || name === 'for') element.setAttribute(name, value === true ? '' : value);
    else element[name] = value;
  }
  element.append(...children.filter(child => child !== null && child !== undefined));
  return element;
}

/** One of the drawings at the top of desk.html. */
export function icon(name) {
  const drawing = document.createElementNS(SVG, 'svg');
  drawing.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', `#icon-${name}`);
  drawing.append(use);
  return drawing;
}

export const byId = id => document.getElementById(id);

/**
 * Makes the children of `parent` match `items` and keeps every element whose key is still there, so that what is
 * focused, open or scrolled stays so. An element is filled again only where its item changed.
 */
export function keepInStep(parent, items, { keyOf, create, fill }) {
  const keys = new Set(items.map(keyOf));
  // What is gone goes first: what is moved loses the focus.
  for (const child of [...parent.children]) if (!keys.has(child.keptKey)) child.remove();
  const before = new Map([...parent.children].map(child => [child.keptKey, child]));
  let at = parent.firstElementChild;
  for (const item of items) {
    const key = keyOf(item);
    let element = before.get(key);
    if (element) before.delete(key);
    else element = Object.assign(create(item), { keptKey: key });
    const content = JSON.stringify(item);
    if (element.keptContent !== content) {
      fill(element, item);
      element.keptContent = content;
    }
    if (element === at) at = at.nextElementSibling;
    else parent.insertBefore(element, at);
  }
}
