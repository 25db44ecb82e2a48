// Board and phones follow the class by asking one small address that is the same for everyone.
// Asking slows down when nothing happens and stops in a hidden tab. Changes are shown by loading the
// page again, so there is one way to draw it; a pupil's own answers travel in the form.

// There is one board and many phones: the board keeps asking, so that it shows a new count within
// two seconds, though a cache on the way may be a second behind.
const board = !document.getElementById("seat");
const FASTEST = board ? 700 : 1000;
const SLOWEST = board ? 700 : 8000;

const place = document.querySelector("[data-state]");
document.documentElement.classList.add("js");
let wait = FASTEST;
let timer;

function again() {
  const seat = document.getElementById("seat");
  if (seat) seat.submit();
  else location.reload();
}

async function ask() {
  if (document.hidden) return;
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

if (place) {
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
