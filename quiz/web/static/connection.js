// A dead connection loses nothing: wait until the site can be reached, and say so meanwhile.

export const FIRST_WAIT = 1000;
const LONGEST_WAIT = 15000;

export const longer = (wait) => Math.min(2 * wait, LONGEST_WAIT);

// Wait, but not longer than until the browser is online again, or until nobody waits any more.
export function pause(wait, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, wait);
    const end = () => { clearTimeout(timer); resolve(); };
    window.addEventListener("online", end, { once: true });
    signal?.addEventListener("abort", end, { once: true });
  });
}

async function reachable(signal) {
  try {
    return (await fetch(new URL("../../healthz", import.meta.url), { method: "HEAD", cache: "no-store", signal })).ok;
  } catch {
    return false;
  }
}

// Returns whether the site can be reached; false once the signal has ended the waiting.
export async function waitUntilReachable(tell, signal) {
  for (let wait = FIRST_WAIT; !signal.aborted; wait = longer(wait)) {
    if (await reachable(signal)) return !signal.aborted;
    if (signal.aborted) break;
    tell();
    await pause(wait, signal);
  }
  return false;
}
