// The board: follows the class, keys for a presenter's clicker, a clock.
import { Polling, speak } from "./polling.js";

const find = (what) => document.querySelector(what);
const stage = () => find(".stage[data-state]");
const PATIENCE = 10_000;
const SPOKEN = 10_000;

let waited = 0; // until when the answer to a button is waited for
let spoken = 0;
let toSay;

function counts(now) {
  const told = { joined: now.joined, answered: now.answered, done: now.done, begun: Math.max(0, now.answered - now.done) };
  let changed = false;
  for (const [name, number] of Object.entries(told)) {
    for (const element of document.querySelectorAll(`[data-${name}]`)) {
      if (element.textContent === String(number)) continue;
      element.textContent = number;
      changed = true;
    }
  }
  if (changed) {
    clearTimeout(toSay);
    const soon = spoken + SPOKEN - Date.now();
    if (soon > 0) toSay = setTimeout(sayCount, soon);
    else sayCount();
  }
  return changed;
}

function sayCount() {
  const line = find(".board-count");
  if (!line) return;
  spoken = Date.now();
  speak(line.textContent);
}

if (stage()) {
  new Polling({
    place: stage,
    fastest: 700,
    slowest: 700,
    counts,
    // To load the board again would break off what a button of it asked for and is still waited for.
    changed: async () => {
      if (Date.now() > waited) location.reload();
    },
  });
  document.addEventListener("submit", (event) => {
    if (event.target.target !== "_blank") waited = Date.now() + PATIENCE;
  });
}

// Keys, while no button or field has the focus. They can be turned off, and stay so in this browser.
const OFF = "class:keys-off";
const keys = find("[data-keys]");
if (keys) {
  try {
    keys.checked = localStorage.getItem(OFF) === null;
    keys.addEventListener("change", () => {
      if (keys.checked) localStorage.removeItem(OFF);
      else localStorage.setItem(OFF, "yes");
    });
  } catch {
    // Without storage the choice holds for this page.
  }
  document.addEventListener("keydown", (event) => {
    if (!keys.checked || event.repeat || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.target.closest("button, a, input, select, textarea, summary")) return;
    const name = event.key === " " ? "Space" : event.key;
    const button = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key.split(" ").includes(name));
    if (!button) return;
    event.preventDefault();
    const answered = find("[data-answered]");
    const closes = button.value === "close";
    if (closes && answered?.textContent === "0") return; // nothing to close yet
    button.click();
  });
}

// "More" opens over the board on a wide screen; it closes where one goes on elsewhere.
const more = find(".board-more");
if (more) {
  more.addEventListener("toggle", () => {
    if (more.open) more.scrollIntoView({ block: "nearest" });
  });
  more.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !more.open) return;
    more.open = false;
    more.querySelector("summary").focus();
  });
  for (const type of ["focusin", "pointerdown"]) {
    document.addEventListener(type, (event) => {
      if (!more.contains(event.target)) more.open = false;
    });
  }
}

// The clock runs in this tab, also while another view of the same statement is looked at.
const clock = find("[data-clock]");
if (clock) {
  const face = find(".clock-face");
  const stop = find("[data-seconds='0']");
  const name = `class:clock:${location.pathname}:${clock.dataset.clock}`;
  let until = Number(sessionStorage.getItem(name) ?? 0);
  let ticking;
  const tick = () => {
    const left = Math.max(0, Math.ceil((until - Date.now()) / 1000));
    face.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    face.hidden = stop.hidden = !until;
    if (!until || !left) clearInterval(ticking);
  };
  const start = () => {
    clearInterval(ticking);
    tick();
    if (until > Date.now()) ticking = setInterval(tick, 200);
  };
  for (const button of document.querySelectorAll("[data-seconds]")) {
    button.addEventListener("click", () => {
      const seconds = Number(button.dataset.seconds);
      until = seconds ? Date.now() + 1000 * seconds : 0;
      sessionStorage.setItem(name, String(until));
      start();
    });
  }
  start();
}
