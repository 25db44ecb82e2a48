// Send a form only once the site can be reached, so that a dead connection loses nothing.
// A real form submission follows: the result is a page of its own, never kept by this script.

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 15000;

async function reachable() {
  try {
    return (await fetch("/healthz", { method: "HEAD", cache: "no-store" })).ok;
  } catch {
    return false;
  }
}

export async function sendWhenOnline(form, tell) {
  if (form.dataset.sending) return;
  form.dataset.sending = "yes";
  let wait = FIRST_WAIT;
  while (!(await reachable())) {
    tell(true);
    await new Promise((resolve) => {
      const timer = setTimeout(resolve, wait);
      window.addEventListener("online", () => { clearTimeout(timer); resolve(); }, { once: true });
    });
    wait = Math.min(2 * wait, LONGEST_WAIT);
  }
  tell(false);
  delete form.dataset.sending;
  form.submit();
}
