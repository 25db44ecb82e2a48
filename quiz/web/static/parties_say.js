// "What do the parties say?" opens in place, and only when it is asked for, so it does not steer.

async function load(place, href, words) {
  if (place.dataset.loaded) return;
  place.dataset.loaded = "yes";
  place.textContent = words.loading;
  try {
    const response = await fetch(href);
    if (!response.ok) throw new Error(response.status);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    place.replaceChildren(document.importNode(page.getElementById("positions"), true));
    place.firstElementChild.removeAttribute("id");
  } catch {
    delete place.dataset.loaded;
    place.textContent = words.failed;
  }
}

export function openInPlace(form, words) {
  for (const paragraph of form.querySelectorAll(".parties-say")) {
    const link = paragraph.querySelector("a");
    const details = document.createElement("details");
    details.className = "more";
    const summary = document.createElement("summary");
    summary.textContent = link.textContent;
    const place = document.createElement("div");
    place.setAttribute("role", "status");
    details.append(summary, place);
    details.addEventListener("toggle", () => details.open && load(place, link.href, words));
    paragraph.replaceWith(details);
  }
}
