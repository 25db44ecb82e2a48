// The result has an address like any other page. This sends the answers that lie in this tab and shows
// what comes back, so Back, Forward, reload, another language and a second visit show it again.
import { FROM_LINK, Memory, bodyOf, fromFragment } from "./memory.js";
import { FIRST_WAIT, longer, pause } from "./connection.js";

const main = document.getElementById("main");
const shell = document.getElementById("shell");
const words = Object.fromEntries(
  [...document.getElementById("shell-words").content.children].map((word) => [word.dataset.word, word.textContent]),
);
const { quizPage, resultPage } = shell.dataset;
document.documentElement.classList.add("js");

// The answers leave the address bar as soon as they are read.
function takeLink() {
  const linked = fromFragment(location.hash);
  if (!linked) return false;
  new Memory(shell, { fromLink: true }).note(linked);
  history.replaceState(null, "", resultPage + FROM_LINK);
  return true;
}
takeLink();
window.addEventListener("hashchange", () => takeLink() && location.reload());

const fromLink = location.search === FROM_LINK;
const memory = new Memory(shell);
const own = new Memory(shell, { fromLink: false });
const atHome = () => (own.count() ? resultPage : quizPage);
for (const link of document.querySelectorAll(".languages a")) link.search = location.search;

function tell(message) {
  const status = shell.querySelector("[role=status]");
  status.textContent = message;
  status.classList.add("told");
}

async function send() {
  for (let wait = FIRST_WAIT; ; wait = longer(wait)) {
    try {
      const response = await fetch(resultPage, { method: "POST", body: bodyOf(memory.read()) });
      if (response.status < 500 && response.status !== 429) return response;
    } catch {
      // No connection: as with a server that is too busy, it is tried again.
    }
    tell(words.offline);
    await pause(wait);
  }
}

// Answers from a link are not the voter's own: say so, what is gone, and the way to one's own.
function linkNotice(known) {
  const notice = document.importNode(document.getElementById("from-link").content, true);
  const gone = known ? Object.keys(memory.read().answers ?? {}).filter((id) => !known.has(id)) : [];
  notice.querySelector(".own").hidden = !own.count();
  if (gone.length) notice.querySelector(".gone").append(gone.join(", "));
  else notice.querySelector(".gone").remove();
  const leave = notice.querySelector("button");
  leave.textContent = own.count() ? words["to-own"] : words["to-quiz"];
  leave.addEventListener("click", () => {
    memory.leaveLink();
    location.replace(atHome());
  });
  return notice;
}

function statementsOf(page) {
  return new Set([...page.querySelectorAll("#answers input[name=double]")].map((box) => box.value));
}

const isNew = performance.getEntriesByType("navigation")[0]?.type === "navigate";
history.scrollRestoration = "manual";

async function show(page) {
  const notice = fromLink && linkNotice(statementsOf(page));
  document.title = page.title;
  main.replaceChildren(
    ...document.importNode(page.getElementById("main"), true).childNodes,
    document.importNode(page.getElementById("words"), true),
  );
  if (notice) main.prepend(notice);
  const title = main.querySelector("h1");
  title.tabIndex = -1;
  if (isNew && !location.hash) title.focus({ preventScroll: true });
  else if (!location.hash) window.scrollTo(0, memory.read().scroll ?? 0);
  await import("./result.js");
  memory.note({ seen: "result" });
}

function refuse(page) {
  const problems = page.querySelectorAll("#problems li");
  tell([...problems].map((problem) => problem.textContent).join(" ") || words.failed);
  shell.querySelector(".ways").hidden = false;
  if (fromLink) main.prepend(linkNotice(statementsOf(page)));
}

let left = "";
const kept = () => bodyOf(memory.read()).toString();
window.addEventListener("pagehide", () => {
  left = kept();
  if (memory.count()) memory.note({ scroll: window.scrollY });
});
// A page that the browser had put aside may show answers that were changed since.
window.addEventListener("pageshow", (event) => {
  if (event.persisted && kept() !== left) location.reload();
});

if (memory.count()) {
  const response = await send();
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  if (response.ok) await show(page);
  else refuse(page);
} else if (fromLink && memory.read().content) {
  tell(words.unreadable);
  main.prepend(linkNotice());
} else {
  location.replace(atHome());
}
