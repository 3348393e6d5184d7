// Brings in the states of the server. A browser opens six connections to a host, so many tabs that each wait for the next
// state would block one another: one tab, the leader, waits, and hands what it hears to the others. When the leader is
// closed, its lock is free and the next tab leads.
import { isSameServer } from './server.js';

const LONGEST_ANSWER = 30_000; // the server answers within 20 seconds
const FIRST_PAUSE = 300;
const LONGEST_PAUSE = 5_000;
const SILENCE = 50_000; // a leader that says nothing for so long is taken for hung

let channel = null;
let latest = null;
let isLost = false;
let heardAt = Date.now();
let report;
let wakeUp = () => {};

/** Calls `onState` with every new state and `onConnection` with whether the server can be reached. */
export function connect({ onState, onConnection }) {
  report = { onState, onConnection };
  if ('BroadcastChannel' in window && navigator.locks) {
    channel = new BroadcastChannel('bantin-desk');
    channel.onmessage = message => hear(message.data);
    navigator.locks.request('bantin-desk-leader', lead);
    setInterval(breakSilence, SILENCE / 3);
  } else {
    lead();
  }
  refresh();
  addEventListener('online', () => wakeUp());
  document.addEventListener('visibilitychange', () => wakeUp());
}

/** Fetches the state now, without waiting for a change. */
export async function refresh() {
  try {
    accept(await fetchState());
  } catch {
    // The leader finds out that the server is gone, and goes on trying.
  }
}

async function fetchState(after) {
  const query = after === undefined ? '' : `?after=${after}`;
  const response = await fetch(`/state${query}`, { signal: AbortSignal.timeout(LONGEST_ANSWER), cache: 'no-store' });
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}

/** Waits for states as long as this tab lives. */
async function lead() {
  let pause = FIRST_PAUSE;
  for (;;) {
    try {
      // After a failure at once: an answer that waits for a change would leave “lost” on the screen meanwhile.
      const state = await fetchState(isLost ? undefined : latest?.event);
      await setLost(false);
      pause = FIRST_PAUSE;
      accept(state);
      channel?.postMessage({ state });
    } catch {
      await setLost(true);
      await nap(pause);
      pause = Math.min(pause * 1.6, LONGEST_PAUSE);
    }
  }
}

async function setLost(lost) {
  if (lost === isLost) return;
  channel?.postMessage({ lost });
  await takeLost(lost);
}

async function takeLost(lost) {
  isLost = lost;
  report.onConnection(!lost);
  if (!lost) await reloadIfRestarted();
}

/** What another tab hands on. */
function hear(message) {
  heardAt = Date.now();
  if (message.state) accept(message.state);
  if (message.lost !== undefined && message.lost !== isLost) takeLost(message.lost);
}

/** States can come twice or out of order, from the leader and from a question of this tab's own. */
function accept(state) {
  heardAt = Date.now();
  if (latest && state.event === latest.event) return;
  if (latest && state.event < latest.event) { reloadIfRestarted(); return; }
  latest = state;
  report.onState(state);
}

async function reloadIfRestarted() {
  const same = await isSameServer().catch(() => true);
  if (!same) location.reload();
}

function breakSilence() {
  if (Date.now() - heardAt > SILENCE) refresh();
}

/** A pause that ends early when the tab is looked at or the network is back. */
function nap(time) {
  return new Promise(done => {
    const timer = setTimeout(done, time);
    wakeUp = () => { clearTimeout(timer); done(); };
  });
}
