// Wait until the site can be reached, so that a dead connection loses nothing.

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 15000;

async function reachable(signal) {
  try {
    return (await fetch(new URL("../../healthz", import.meta.url), { method: "HEAD", cache: "no-store", signal })).ok;
  } catch {
    return false;
  }
}

// Resolves to true once the site answers, to false where the signal aborted first.
export async function online(signal, tell) {
  let wait = FIRST_WAIT;
  while (!(await reachable(signal))) {
    if (signal.aborted) return false;
    tell();
    await new Promise((resolve) => {
      const timer = setTimeout(resolve, wait);
      for (const [target, event] of [[window, "online"], [signal, "abort"]]) {
        target.addEventListener(event, () => { clearTimeout(timer); resolve(); }, { once: true });
      }
    });
    wait = Math.min(2 * wait, LONGEST_WAIT);
  }
  return !signal.aborted;
}
