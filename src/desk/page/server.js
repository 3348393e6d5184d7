// Questions to the server of the desk. Actions carry the token that this page was given.

const TOKEN = document.querySelector('meta[name="bantin-token"]').content;

async function ask(path, query) {
  const response = await fetch(`${path}?${new URLSearchParams(query)}`);
  return response.ok ? response.json() : null;
}

/** The paragraph at a point of a page, or null. */
export const sourceAt = (page, x, y) => ask('/source', { page, x: x.toFixed(2), y: y.toFixed(2) });

/** Where a line of a file stands on the pages, or null. `more`: the page that is wanted, the text that stood there. */
export const placeOf = (file, line, more = {}) => ask('/place', { file, line, ...more });

/** What can be fixed: `changes`, and the `digest` by which they are asked for. */
export const listFixes = async () => (await ask('/fixes')) ?? { digest: '', changes: [] };

/** Has done what was seen; null where the files have changed since. */
export async function mendAll(digest) {
  const response = await act('/fix', { digest });
  if (response.status === 409 && (await response.clone().json()).changed) return null;
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}

export async function openInEditor(file, line) {
  const response = await act('/open', { file, line });
  if (!response.ok) throw new Error(String(response.status));
}

function act(path, body) {
  return fetch(path, {
    method: 'POST',
    headers: { 'X-Bantin-Token': TOKEN, 'Content-Type': 'application/json' },
    body: body ? JSON.stringify(body) : undefined,
  });
}

/** Whether the server is still the one that gave out this page; one that was started anew has another token. */
export async function isSameServer() {
  const response = await fetch('/', { cache: 'no-store' });
  return (await response.text()).includes(TOKEN);
}
