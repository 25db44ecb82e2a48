// The result page: keep changed answers in this tab, follow a dot to its statement, print, share, clear.
import { Memory, toFragment } from "./memory.js";
import { sendWhenOnline } from "./connection.js";

const form = document.getElementById("answers");
const memory = new Memory(form);
const said = document.getElementById("kept");
document.documentElement.classList.add("js");
memory.save();
form.addEventListener("change", () => memory.save());

// Comparing again waits for a connection, as the quiz does; a download or another page does not.
const offline = document.getElementById("offline");
form.addEventListener("submit", (event) => {
  if (event.submitter?.hasAttribute("formaction")) return;
  event.preventDefault();
  sendWhenOnline(form, (trouble) => { offline.hidden = !trouble; });
});

// A page that the browser had put aside must not show answers that were cleared since.
window.addEventListener("pageshow", (event) => {
  if (event.persisted && !memory.read().answers) location.replace(form.dataset.home);
});

function reveal(target) {
  for (let parent = target?.parentElement; parent; parent = parent.parentElement) {
    if (parent.matches("details")) parent.open = true;
  }
  target?.scrollIntoView({ block: "start" });
}

window.addEventListener("hashchange", () => reveal(document.getElementById(decodeURIComponent(location.hash.slice(1)))));

// A dot stands for a row below it: the rows stand in the same order as the dots.
const ORDER = { same: "same", half: "half", opposite: "opposite" };
for (const outcome of document.querySelectorAll(".outcome")) {
  const row = outcome.querySelector(".dots");
  row?.addEventListener("click", (event) => {
    const use = event.target.closest("use");
    const kind = ORDER[use?.getAttribute("href").slice(1).replace("-2", "")];
    const group = kind && outcome.querySelector(`ul[data-kind="${kind}"]`);
    if (!group) return;
    const peers = [...row.querySelectorAll("use")].filter((dot) => dot.getAttribute("href").slice(1).startsWith(kind));
    reveal(group.children[Math.min(peers.indexOf(use), group.children.length - 1)]);
  });
}

async function copy(address, button) {
  try {
    await navigator.clipboard.writeText(address.href);
    said.textContent = button.dataset.copied;
  } catch {
    said.textContent = address.href;
  }
}

const actions = {
  print() {
    window.print();
  },
  link(button) {
    return copy(new URL(form.dataset.home, location.href), button);
  },
  share(button) {
    const address = new URL(form.dataset.quizPage, location.href);
    address.hash = toFragment(memory.read());
    return copy(address, button);
  },
  clear() {
    memory.clear();
    location.replace(form.dataset.home);
  },
};
for (const button of document.querySelectorAll("[data-action]")) {
  button.addEventListener("click", () => actions[button.dataset.action](button));
}
