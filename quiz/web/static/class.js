// Board and phones follow the class by asking one small address that is the same for everyone.
// Asking slows down when nothing happens and stops in a hidden tab. Changes are shown by loading the
// page again, so there is one way to draw it; a pupil's own answers travel in the form.

// There is one board and many phones: the board keeps asking, so that it shows a new count within
// two seconds, though a cache on the way may be a second behind.
const board = !document.getElementById("seat");
const FASTEST = board ? 700 : 1000;
const SLOWEST = board ? 700 : 8000;
const PATIENCE = 10_000;

const find = (what) => document.querySelector(what);
document.documentElement.classList.add("js");
let wait = FASTEST;
let timer;
let sending = false;
let waited = 0; // until when the answer to a button of the board is waited for

// A pupil's page is fetched and put in place, so that without a connection what was chosen stays.
async function post(seat, action) {
  const body = new URLSearchParams(new FormData(seat));
  if (action) body.set("action", action);
  sending = true;
  try {
    const answer = await fetch(seat.getAttribute("action"), { method: "POST", body });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!fresh.getElementById("seat")) throw new Error(String(answer.status));
    find("main").replaceWith(fresh.querySelector("main"));
    document.title = fresh.title;
    const told = action && find("main [role=status], main [role=alert]:not([hidden])");
    if (told) {
      told.tabIndex = -1; // so that it is read out, and in sight
      told.focus();
    }
  } catch {
    const unsent = find("[data-unsent]");
    if (action && unsent) unsent.hidden = false;
  } finally {
    sending = false;
  }
}

document.addEventListener("submit", (event) => {
  const seat = event.target.closest("#seat");
  if (!seat && event.target.target !== "_blank") waited = Date.now() + PATIENCE;
  if (!seat) return;
  event.preventDefault();
  if (!sending) post(seat, event.submitter?.value);
});

// To load the board again would break off what a button of it asked for and is still waited for.
async function again() {
  const seat = document.getElementById("seat");
  if (!seat && Date.now() > waited) return location.reload();
  if (seat && !sending) await post(seat);
  wait = FASTEST;
  timer = setTimeout(ask, wait);
}

async function ask() {
  const place = find("[data-state]");
  if (document.hidden || !place) return;
  try {
    const answer = await fetch(place.dataset.state);
    if (answer.status === 404) return again();
    const now = await answer.json();
    if (now.version !== place.dataset.version) return again();
    let changed = false;
    for (const key of ["joined", "answered"]) {
      for (const element of document.querySelectorAll(`[data-${key}]`)) {
        if (element.textContent !== String(now[key])) {
          element.textContent = now[key];
          changed = true;
        }
      }
    }
    wait = changed ? FASTEST : Math.min(1.3 * wait, SLOWEST);
  } catch {
    wait = SLOWEST;
  }
  timer = setTimeout(ask, wait);
}

if (find("[data-state]")) {
  timer = setTimeout(ask, wait);
  document.addEventListener("visibilitychange", () => {
    clearTimeout(timer);
    wait = FASTEST;
    ask();
  });
}

// The board's keys: space closes, the right arrow goes on; not while a control has the focus.
document.addEventListener("keydown", (event) => {
  if (event.target.closest("button, a, input, summary") || event.altKey || event.ctrlKey || event.metaKey) return;
  const button = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === event.key);
  if (button) {
    event.preventDefault();
    button.click();
  }
});

// Opening a class: what is ticked, is meant.
document.addEventListener("change", (event) => {
  if (event.target.matches("[name=theme], [name=statement]")) find("[name=length][value=picked]").checked = true;
});

find("[data-action=print]")?.addEventListener("click", () => window.print());
