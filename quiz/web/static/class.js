// Class mode: what every one of its pages has, and then the board's part or the phone's.
import "./board.js";
import "./seat.js";

const find = (what) => document.querySelector(what);
document.documentElement.classList.add("js");

for (const button of document.querySelectorAll("[data-action=print]")) {
  button.addEventListener("click", () => window.print());
}

// A message or a question about what was just done is what to read first.
find("[data-told], #asked")?.focus();

// Opening a class: what is ticked, is meant.
document.addEventListener("change", (event) => {
  if (event.target.matches("[name=theme], [name=statement]")) find("[name=length][value=picked]").checked = true;
});

// Many joined at once: this phone asks again by itself.
const again = find("[data-retry]");
if (again) setTimeout(() => again.requestSubmit(), Number(again.dataset.retry));

// The key of a QR code stands behind the #, which a browser never sends.
const keyForm = find("[data-from-address]");
if (keyForm && location.hash.length > 1) {
  keyForm.querySelector("input").value = decodeURIComponent(location.hash.slice(1));
  history.replaceState(null, "", location.pathname);
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
      button.textContent = document.getElementById("spoken").textContent = button.dataset.copied;
    } catch {
      getSelection().selectAllChildren(document.getElementById(button.dataset.copy));
    }
  });
}
