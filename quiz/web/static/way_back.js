// While answers lie in this tab, every page offers the way back to the result or the statement.
import { Memory, isEmpty } from "./memory.js";

const way = document.getElementById("way-back");
function show() {
  const kept = new Memory(way).own();
  way.hidden = isEmpty(kept);
  for (const link of way.querySelectorAll("a")) link.hidden = link.dataset.to !== (kept.seen ? "result" : "quiz");
}
show();
window.addEventListener("pageshow", show);
