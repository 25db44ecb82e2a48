// "What do the parties say?" opens in place, and only when it is asked for, so it does not steer.

async function load(place, status, href, words) {
  if (place.dataset.loaded) return;
  place.dataset.loaded = "yes";
  status.textContent = words.loading;
  try {
    const response = await fetch(href);
    if (!response.ok) throw new Error(response.status);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    place.replaceChildren(document.importNode(page.getElementById("positions"), true));
    place.firstElementChild.removeAttribute("id");
    status.textContent = "";
  } catch {
    delete place.dataset.loaded;
    status.textContent = words.failed;
  }
}

export function openInPlace(form, words) {
  for (const paragraph of form.querySelectorAll(".parties-say")) {
    const link = paragraph.querySelector("a");
    const details = document.createElement("details");
    details.className = "more";
    const summary = document.createElement("summary");
    summary.textContent = link.textContent;
    const [status, place] = [document.createElement("div"), document.createElement("div")];
    status.setAttribute("role", "status"); // the list itself is not read out
    details.append(summary, status, place);
    details.addEventListener("toggle", () => details.open && load(place, status, link.href, words));
    paragraph.replaceWith(details);
  }
}
