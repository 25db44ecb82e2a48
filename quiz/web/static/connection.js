// Wait until the site can be reached, and ask again, so that a dead connection loses nothing.

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 15000;

async function reachable(signal) {
  try {
    return (await fetch(new URL("../../readyz", import.meta.url), { method: "HEAD", cache: "no-store", signal })).ok;
  } catch {
    return false;
  }
}

function pause(milliseconds, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    for (const [target, event] of [[window, "online"], [signal, "abort"]]) {
      target.addEventListener(event, () => { clearTimeout(timer); resolve(); }, { once: true });
    }
  });
}

// Resolves to true once the site answers, to false where the signal aborted first.
export async function online(signal, tell) {
  let wait = FIRST_WAIT;
  while (!(await reachable(signal))) {
    if (signal.aborted) return false;
    tell();
    await pause(wait, signal);
    wait = Math.min(2 * wait, LONGEST_WAIT);
  }
  return !signal.aborted;
}

// Posts until a whole page has come back: no proxy can repeat a response that broke off midway.
export async function askForPage(address, body, signal, tell) {
  let wait = 0;
  for (;;) {
    try {
      const response = await fetch(address, { method: "POST", body: body(), signal });
      if ([502, 503, 504].includes(response.status)) throw new Error(String(response.status));
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      return { ok: response.ok, status: response.status, page };
    } catch (error) {
      if (signal.aborted) throw error;
      tell();
      if (wait) await pause(wait, signal);
      wait = Math.min(2 * wait || FIRST_WAIT, LONGEST_WAIT);
      await online(signal, tell);
    }
  }
}
