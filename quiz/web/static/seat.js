// A pupil's phone: own answers stay in this tab until the pupil goes, and what changes is fetched and
// put in place, so that without a connection what was chosen stays.
import { Memory } from "./memory.js";
import { Polling, ask, speak } from "./polling.js";

const find = (what) => document.querySelector(what);
const seat = () => document.getElementById("seat");
const name = seat()?.dataset.class;
let sending = false;
let waiting = ""; // what was pressed and could not be sent
const LATE = find("[data-words]")?.dataset.late ?? "";
let polling;

const memory = {
  key: `class:${name}`,
  read() {
    try {
      return JSON.parse(sessionStorage.getItem(this.key)) ?? {};
    } catch {
      return {};
    }
  },
  write(kept) {
    try {
      sessionStorage.setItem(this.key, JSON.stringify(kept));
    } catch {
      // Storage is off or full: the page itself still holds the answers.
    }
  },
};

// memory: {mine: {statement: letter}, unsent: {statement: letter}}
function own() {
  const found = {};
  for (const field of seat().querySelectorAll("input[name^='mine.']")) found[field.name.slice(5)] = field.value;
  return found;
}

// What is open, the server knows: an answer that it does not show was thrown away.
function remember() {
  const kept = memory.read();
  const mine = { ...kept.mine };
  for (const radio of seat().querySelectorAll("input[type=radio]")) delete mine[radio.name.slice(7)];
  memory.write({ ...kept, mine: { ...mine, ...own() } });
}

function carry() {
  const there = own();
  for (const [statement, letter] of Object.entries(memory.read().mine ?? {})) {
    if (!(statement in there)) seat().append(hidden(`mine.${statement}`, letter));
  }
}

function hidden(fieldName, value) {
  return Object.assign(document.createElement("input"), { type: "hidden", name: fieldName, value });
}

// What is asked at this moment: the same in another version was started again.
const question = () => seat().querySelector("input[type=radio]")?.name;

async function draw(action) {
  carry();
  const form = seat();
  const body = new URLSearchParams(new FormData(form));
  if (action) body.set("action", action);
  const before = form.dataset.version;
  const asked = question();
  sending = true;
  try {
    const response = await ask(form.getAttribute("action"), { method: "POST", body });
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    if (!fresh.getElementById("seat")) throw new Error(String(response.status));
    waiting = "";
    unseated = false;
    const chosen = [...form.querySelectorAll("input[type=radio]:checked")].map((one) => [one.name, one.value]);
    find("main").replaceWith(fresh.querySelector("main"));
    document.title = fresh.title;
    remember();
    const moved = seat().dataset.version !== before;
    if (!action && !moved) restore(chosen);
    showUnsent();
    const again = moved && asked === question() ? find("[data-again]") : null;
    if (again) again.hidden = false;
    const told = action && find("[data-told]");
    if (told) {
      told.tabIndex = -1; // so that it is read out, and in sight
      told.focus();
    } else if (moved) {
      const heading = find("main h1");
      heading.tabIndex = -1;
      heading.focus();
      speak(again ? again.textContent : document.title.split(" – ")[0]);
    }
    return true;
  } catch {
    const unsent = find("[data-unsent]");
    if (action && unsent) {
      unsent.hidden = false;
      waiting = action;
    }
    return false;
  } finally {
    sending = false;
  }
}

function restore(chosen) {
  for (const [field, value] of chosen) {
    const radio = seat().querySelector(`[name="${CSS.escape(field)}"][value="${value}"]`);
    if (radio) radio.checked = true;
  }
}

// At own pace each choice is sent as it is made. One that could not be sent waits in this tab.
// It is said once the choosing pauses: not on each arrow key.
const PAUSE = 700;
let saying;

function mark(statement, word) {
  const radio = seat().querySelector(`[name="answer.${CSS.escape(statement)}"]`);
  const note = radio?.closest("fieldset").querySelector(".sent");
  if (!note) return;
  note.hidden = false;
  note.textContent = find("[data-words]").dataset[word];
  clearTimeout(saying);
  if (word !== "sending") saying = setTimeout(() => speak(note.textContent), PAUSE);
}

function showUnsent() {
  if (!("own" in seat().dataset)) return;
  for (const [statement, letter] of Object.entries(memory.read().unsent ?? {})) {
    restore([[`answer.${statement}`, letter]]);
    mark(statement, "waiting");
  }
}

async function flush() {
  const kept = memory.read();
  for (const [statement, letter] of Object.entries(kept.unsent ?? {})) {
    const outcome = await send(statement, letter);
    if (outcome === "waiting") return;
    if (outcome === "unseated") {
      memory.write({ ...memory.read(), unsent: {} });
      unseated = true;
      return;
    }
    const now = memory.read();
    if (now.unsent[statement] !== letter) continue; // changed meanwhile; that choice is on its way
    delete now.unsent[statement];
    const changed = now.mine?.[statement] && now.mine[statement] !== letter;
    if (outcome === "sent") now.mine = { ...now.mine, [statement]: letter };
    memory.write(now);
    mark(statement, outcome === "late" ? "late" : changed ? "changed" : "sent");
    if (outcome === "sent") setOwn(statement, letter);
    else late = true;
  }
}

let late = false;
let unseated = false;
let flushing = Promise.resolve();
const flushSoon = () => (flushing = flushing.then(flush));

// The page of whoever has no seat any more says that the choice was not taken, and how to join again.
async function flushOrLeave() {
  await flushSoon();
  if (unseated && !sending) await draw("send");
}

async function send(statement, letter) {
  try {
    const body = new URLSearchParams({ [`answer.${statement}`]: letter, action: "choice" });
    const response = await ask(seat().getAttribute("action"), { method: "POST", body });
    if (response.status === 204) return "sent";
    return { 409: "late", 410: "unseated" }[response.status] ?? "waiting";
  } catch {
    return "waiting";
  }
}

function setOwn(statement, letter) {
  seat().querySelector(`[name="mine.${CSS.escape(statement)}"]`)?.remove();
  seat().append(hidden(`mine.${statement}`, letter));
  const result = document.getElementById("result");
  if (!result) return;
  result.querySelector(`[name="answer.${CSS.escape(statement)}"]`)?.remove();
}

if (seat()) {
  remember();
  carry();
  showUnsent();
  const lacking = Object.keys(own()).length > 0 && !document.getElementById("result") && !find(".choices");
  if (lacking) draw(); // the server draws what this tab remembers: own result, own answer in the chart
  polling = new Polling({
    place: () => (seat()?.dataset.state ? seat() : null),
    fastest: 800,
    slowest: 1400,
    counts: () => {
      if (Object.keys(memory.read().unsent ?? {}).length) flushOrLeave();
      if (waiting && !sending) draw(waiting);
      return false;
    },
    changed: async () => {
      if (sending) return;
      await flushSoon();
      if (!(await draw(waiting || (unseated ? "send" : "")))) throw new Error("not drawn");
      if (late) {
        late = false;
        const told = Object.assign(document.createElement("p"), { className: "problem" });
        told.textContent = LATE;
        find("main").prepend(told);
        speak(LATE);
      }
    },
  });
}


document.addEventListener("change", (event) => {
  const form = event.target.closest("#seat[data-own]");
  if (!form || event.target.type !== "radio") return;
  const statement = event.target.name.slice(7);
  const kept = memory.read();
  memory.write({ ...kept, unsent: { ...kept.unsent, [statement]: event.target.value } });
  mark(statement, "sending");
  flushOrLeave().then(() => {
    if (memory.read().unsent?.[statement]) mark(statement, "waiting");
  });
});

document.addEventListener("submit", async (event) => {
  if (event.target.dataset.leave) {
    sessionStorage.removeItem(`class:${event.target.dataset.leave}`);
    new Memory(event.target).clear(); // one's own result had put them there too
  }
  if (event.target.id === "result") {
    // What was chosen since the page was drawn belongs to the own result too.
    const revisions = new Map(event.target.dataset.revisions.trim().split(" ").map((one) => one.split("=")));
    if (revisions.size < 2 && !event.target.dataset.revisions) return;
    for (const field of event.target.querySelectorAll("[name^='answer.']")) field.remove();
    for (const [statement, letter] of Object.entries(memory.read().mine ?? own())) {
      event.target.append(hidden(`answer.${statement}`, `${letter}.${revisions.get(statement) ?? ""}`));
    }
  }
  if (event.target.id !== "seat") return;
  event.preventDefault();
  if (sending) return;
  await flushSoon();
  await draw(event.submitter?.value);
});
