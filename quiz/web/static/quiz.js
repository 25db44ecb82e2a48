// The quiz, one statement at a time and one tap a statement. Without this script it is one long form.
import { Memory, isEmpty } from "./memory.js";
import { online } from "./connection.js";
import { openInPlace } from "./parties_say.js";

const find = (id) => document.getElementById(id);
const form = find("answers");
const statements = [...form.querySelectorAll(".statement")];
const memory = new Memory(form);
const words = Object.fromEntries(
  [...find("words").content.children].map((word) => [word.dataset.word, word.textContent]),
);
const OVERVIEW = statements.length;
const idOf = (statement) => statement.id.slice(2);
const radios = (statement) => [...statement.querySelectorAll(".choice input")];
const answerButtons = [...find("steps").querySelectorAll("[data-answer]")];
const [back, erase, next, overview, list, trouble] =
  ["back", "erase", "next", "overview", "list", "trouble"].map(find);

// What the voter said: id → "a.1c9f04". An answer to words that are changed or gone does not count; it
// is kept, so that the voter is told, until the statement is answered again.
let answers = {};
let outdated = {};
let double = new Set();
let now = 0;
let earlier = null;

function load() {
  const kept = memory.own();
  answers = {};
  outdated = {};
  for (const [id, value] of Object.entries(kept.answers ?? {})) {
    const statement = statements.find((each) => idOf(each) === id);
    const counts = statement && radios(statement).some((radio) => radio.value === value);
    (counts ? answers : outdated)[id] = value;
  }
  double = new Set((kept.double ?? []).filter((id) => id in answers));
}
function save() {
  memory.note({ answers: { ...outdated, ...answers }, double: [...double], content: form.elements.content.value });
}

const chosen = (statement) => radios(statement).find((radio) => radio.value === answers[idOf(statement)]);
const wordFor = (radio) => radio.nextElementSibling.textContent;
// Whether this statement was opened from the overview: then there is one way on, back to it.
const returning = () => now < OVERVIEW && history.state?.from === OVERVIEW;

function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

const dots = statements.map(() => make("i"));
find("progress").replaceChildren(...dots);

function drawProgress() {
  statements.forEach((statement, index) => {
    dots[index].className = [
      chosen(statement) && "answered",
      double.has(idOf(statement)) && "twice",
      index === now && "now",
      index < now && "passed",
    ].filter(Boolean).join(" ");
  });
}

function drawStep() {
  const radio = chosen(statements[now]);
  answerButtons.forEach((button, index) => {
    button.setAttribute("aria-pressed", String(radio === radios(statements[now])[index]));
  });
  back.disabled = now === 0;
  back.hidden = returning();
  erase.classList.toggle("away", !radio);
  if (returning()) next.textContent = words.overview;
  else next.textContent = radio ? words.next : words.skip;
}

function fetchAhead() {
  if (document.head.querySelector("[rel=prefetch]")) return;
  document.head.append(document.importNode(find("ahead").content, true));
}

function drawOverview() {
  find("answered").textContent = words.answered
    .replace("{count}", Object.keys(answers).length).replace("{all}", statements.length);
  list.replaceChildren(...statements.map((statement, index) => {
    const radio = chosen(statement);
    const proposal = statement.querySelector(".proposal").textContent;
    const button = make("button", { type: "button" },
      make("span", { textContent: proposal }),
      make("b", { textContent: radio ? wordFor(radio) : words.skipped }));
    button.addEventListener("click", () => go(index));
    if (!radio) return make("li", {}, button);
    const box = make("input", { type: "checkbox", checked: double.has(idOf(statement)) });
    box.addEventListener("change", () => {
      double[box.checked ? "add" : "delete"](idOf(statement));
      save();
      drawProgress();
    });
    const about = make("span", { className: "hidden", textContent: `: ${proposal}` });
    return make("li", {}, button, make("label", { className: "double" }, box, make("span", {}, words.double, about)));
  }));
}

// A tap counts once its step is painted, and the rest of a double click on the step before never does.
let painted = true;
let begun = true;
function whenPainted() {
  painted = begun = false;
  requestAnimationFrame(() => requestAnimationFrame(() => { painted = true; }));
  if (document.hidden) painted = true;
}
form.addEventListener("click", (event) => {
  begun ||= painted && event.detail <= 1;
  if (painted && begun) return;
  event.preventDefault();
  event.stopPropagation();
}, true);

let waiting = null;
function show(index, { focus = true } = {}) {
  now = Math.max(0, Math.min(index, OVERVIEW));
  const last = now === OVERVIEW;
  waiting?.abort();
  tell("");
  statements.forEach((statement, position) => statement.classList.toggle("now", position === now));
  overview.hidden = !last;
  find("steps").hidden = last;
  if (last) {
    drawOverview();
    fetchAhead();
  } else {
    drawStep();
  }
  drawProgress();
  memory.note({ at: now });
  window.scrollTo(0, 0);
  whenPainted();
  // The heading says which statement this is: one announcement a step.
  if (focus) (last ? overview.querySelector("h2") : statements[now].querySelector("h2")).focus({ preventScroll: true });
}

function go(index) {
  history.pushState({ at: index, from: now }, "");
  form.classList.add("moved");
  show(index);
}
function goBack() {
  painted = begun = false; // the step is shown once the browser has gone there
  history.back();
}
function forward() {
  if (returning()) goBack();
  else go(now + 1);
}
function record(number) {
  const id = idOf(statements[now]);
  answers[id] = radios(statements[now])[number].value;
  delete outdated[id];
  statements[now].querySelector(".changed").hidden = true;
  save();
  forward();
}
function tell(message) {
  trouble.textContent = message;
  trouble.hidden = !message;
}

answerButtons.forEach((button, number) => {
  button.addEventListener("click", () => record(number));
});
back.addEventListener("click", () => {
  if (history.state?.from === now - 1) goBack();
  else go(now - 1);
});
find("overview-back").addEventListener("click", () => history.state?.from === OVERVIEW - 1 ? goBack() : go(OVERVIEW - 1));
next.addEventListener("click", forward);
erase.addEventListener("click", () => {
  delete answers[idOf(statements[now])];
  double.delete(idOf(statements[now]));
  save();
  drawStep();
  drawProgress();
  statements[now].querySelector("h2").focus({ preventScroll: true });
});

// 1, 2 and 3 answer while the statement itself has focus, as it gets at each step.
const keys = find("keys");
const drawKeys = () => document.documentElement.classList.toggle("no-keys", !keys.checked);
keys.checked = memory.own().keys !== false;
keys.addEventListener("change", () => {
  memory.note({ keys: keys.checked });
  drawKeys();
});
drawKeys();
form.addEventListener("keydown", (event) => {
  if (!keys.checked || now === OVERVIEW || event.target !== statements[now].querySelector("h2")) return;
  if (event.altKey || event.ctrlKey || event.metaKey || event.repeat || !painted) return;
  const number = ["1", "2", "3"].indexOf(event.key);
  if (number >= 0) record(number);
});

// Where storage is blocked, as in some frames, the answers go with the form itself.
function sendForm() {
  for (const statement of statements) {
    for (const radio of radios(statement)) radio.checked = radio.value === answers[idOf(statement)];
    statement.querySelector("input[name=double]").checked = double.has(idOf(statement));
  }
  form.submit();
}

find("show-result").addEventListener("click", async () => {
  if (isEmpty({ answers })) {
    tell(words.none);
    return;
  }
  if (waiting && !waiting.signal.aborted) return;
  waiting = new AbortController();
  const { signal } = waiting;
  tell(words.working);
  if (!await online(signal, () => tell(words.offline))) return;
  memory.note({ arriving: true });
  if (isEmpty(memory.own())) sendForm();
  else location.assign(form.action);
});

function forget() {
  earlier = { answers, outdated, double };
  answers = {};
  outdated = {};
  double = new Set();
  memory.clear();
  find("cleared").hidden = false;
  drawOverview();
  drawProgress();
  find("undo").focus();
}
find("clear").addEventListener("click", forget);
find("undo").addEventListener("click", () => {
  ({ answers, outdated, double } = earlier);
  save();
  find("cleared").hidden = true;
  drawOverview();
  drawProgress();
  find("clear").focus();
});

// Another language: the tab's answers go along by themselves, in no address and no form.
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const address = event.submitter?.getAttribute("formaction");
  if (address) location.assign(address);
});

openInPlace(form, words);

// A shared link is looked at as a result; it leaves the answers of this tab alone.
function openLink() {
  if (memory.linked || location.hash.startsWith("#answers:")) location.replace(form.action + location.hash);
}
window.addEventListener("hashchange", openLink);
window.addEventListener("popstate", (event) => {
  if (event.state?.at !== undefined) show(event.state.at);
});
// A page that the browser had put aside may hold answers that were changed or cleared since.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  load();
  if (isEmpty({ answers }) && now === OVERVIEW) history.replaceState({ at: 0 }, "");
  show(history.state?.at ?? 0, { focus: false });
});

// What the server sent back (a form that was refused, or came without this script) counts for this tab.
form.autocomplete = "off";
if (form.querySelector(".choice input:checked")) memory.save(form);
for (const input of form.querySelectorAll("input[type=radio]:checked")) input.checked = false;
openLink();
load();
for (const statement of statements) {
  if (idOf(statement) in outdated) statement.querySelector(".changed").hidden = false;
}
document.documentElement.classList.add("stepping");
const problems = find("problems");
const wrong = problems && statements.findIndex((statement) => statement.querySelector(".problem"));
// A changed statement is shown first, but only once.
const told = new Set(memory.own().told);
const firstChanged = statements.findIndex((each) => idOf(each) in outdated && !told.has(idOf(each)));
memory.note({ told: Object.keys(outdated) });
const asked = statements.findIndex((statement) => `#${statement.id}` === location.hash);
let start = history.state?.at ?? memory.own().at ?? 0;
if (asked >= 0) start = asked;
else if (problems) start = wrong >= 0 ? wrong : OVERVIEW;
else if (firstChanged >= 0) start = firstChanged;
else if (isEmpty({ answers }) && start === OVERVIEW) start = 0;
history.replaceState({ ...history.state, at: start }, "");
show(start, { focus: start > 0 });
