// Questions to the server of the desk. Actions carry the token that this page was given.

const TOKEN = document.querySelector('meta[name="bantin-token"]').content;

async function ask(path, query) {
  const response = await fetch(`${path}?${new URLSearchParams(query)}`);
  return response.ok ? response.json() : null;
}

/** The paragraph at a point of a page, or null. */
export const sourceAt = (page, x, y) => ask('/source', { page, x: x.toFixed(2), y: y.toFixed(2) });

/** Where a line of a file stands on the pages, or null. */
export const placeOf = (file, line) => ask('/place', { file, line });

export const listFixes = async () => (await ask('/fixes')) ?? [];

export async function mendAll() {
  const response = await act('/fix');
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
