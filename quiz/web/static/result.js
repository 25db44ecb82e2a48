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
  for (let part = target; part; part = part.parentElement) {
    if (part.matches("details")) part.open = true;
  }
  target?.scrollIntoView({ block: "start" });
}

window.addEventListener("hashchange", () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  reveal(target?.closest(".evidence > li") ?? target);
});

// A dot stands for a row below it: the rows stand in the same order as the dots. Where no position
// was found there is no row; such a dot leads to the voter's own answer to that statement.
const SIZE = 16;
function places(use) {
  const [kind, many] = use.getAttribute("href").slice(1).split("-");
  const doubled = many === "2";
  return { kind, size: doubled ? 2 * SIZE : SIZE, number: doubled ? 1 : Number(many?.slice(1) ?? 1), start: Number(use.getAttribute("x")) };
}
function dotAt(row, x) {
  const runs = [...row.querySelectorAll("use")].map(places);
  const found = runs.find(({ start, size, number }) => x >= start && x < start + size * number);
  if (!found) return null;
  const before = runs.filter(({ kind, start }) => kind === found.kind && start < found.start);
  const number = before.reduce((sum, run) => sum + run.number, 0) + Math.floor((x - found.start) / found.size);
  return { kind: found.kind, number };
}
const yours = [...form.querySelectorAll(".answered")];
const parties = [...document.querySelectorAll(".outcome")]
  .map(({ id, firstElementChild }) => ({ id, name: firstElementChild.querySelector(".party-name").textContent.trim() }))
  .sort((one, other) => one.name.localeCompare(other.name, document.documentElement.lang));
function element(name, ...content) {
  const made = document.createElement(name);
  made.append(...content);
  return made;
}

// Which parties stand on which side of a statement, by name: as said in their rows above, with links to these.
function sides(statement) {
  const words = [...yours[statement].querySelectorAll(".choice")].map((choice) => choice.textContent.trim());
  const found = new Map([...words, form.dataset.silent].map((word) => [word, []]));
  for (const { id, name } of parties) {
    const position = document.getElementById(`${id}.${statement + 1}`);
    const link = element("a", name);
    link.href = `#${position?.id}`;
    found.get(position?.textContent ?? form.dataset.silent).push(position ? link : name);
  }
  const list = element("dl");
  list.className = "sides";
  for (const [word, names] of found) {
    const joined = names.flatMap((name, at) => (at ? [", ", name] : [name]));
    if (names.length) list.append(element("div", element("dt", word), element("dd", ...joined)));
  }
  return list;
}
for (const [statement, answered] of yours.entries()) {
  answered.addEventListener("toggle", () => answered.append(sides(statement)), { once: true });
}

function silent(outcome) {
  const rows = yours.filter((row, number) => !document.getElementById(`${outcome.id}.${number + 1}`)
    && row.querySelector("input[type=radio][checked]"));
  const doubled = (row) => row.querySelector("input[name=double]").defaultChecked;
  return [...rows.filter(doubled), ...rows.filter((row) => !doubled(row))];
}
for (const outcome of document.querySelectorAll(".outcome")) {
  const row = outcome.querySelector(".dots");
  row?.addEventListener("click", (event) => {
    const box = row.getBoundingClientRect();
    const along = (event.clientX - box.left) / box.width;
    const turned = getComputedStyle(row).direction === "rtl" ? 1 - along : along;
    const dot = dotAt(row, turned * row.viewBox.baseVal.width);
    if (!dot) return;
    const rows = outcome.querySelector(`ul[data-kind="${dot.kind}"]`)?.children ?? silent(outcome);
    reveal(rows[dot.number]);
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
