// While answers lie in this tab, every page offers the way back to where one was.
import { Memory } from "./memory.js";

const way = document.getElementById("resume");
const memory = new Memory(way, { fromLink: false });

function offer() {
  const { at, seen } = memory.read();
  const count = memory.count();
  way.hidden = !count;
  if (!count) return;
  const link = way.querySelector("a");
  const statement = seen !== "result" && at < Number(way.dataset.statements);
  link.href = seen === "result" ? way.dataset.resultPage : way.dataset.quizPage;
  link.textContent = seen === "result" ? way.dataset.toResult
    : statement ? way.dataset.toStatement.replace("{number}", at + 1) : way.dataset.toOverview;
  for (const begin of document.querySelectorAll(".begin")) begin.hidden = true;
  link.classList.toggle("primary", Boolean(document.querySelector(".begin")));
}

way.querySelector("button").addEventListener("click", () => {
  if (!window.confirm(way.dataset.sure)) return;
  memory.clear();
  offer();
  for (const begin of document.querySelectorAll(".begin")) begin.hidden = false;
  document.getElementById("main").focus();
});
window.addEventListener("pageshow", offer);
offer();
