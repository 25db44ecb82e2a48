// For a newspaper's page: turns a link to the quiz into a frame that is as high as what it shows.
// Until the quiz has answered in its frame, the link stays: where it may not be framed, and without
// JavaScript, the reader follows the link.
const home = new URL("./", document.currentScript.src);
for (const link of document.querySelectorAll("a.standpunt")) {
  if (!link.href.startsWith(home.href)) continue;
  const frame = document.createElement("iframe");
  frame.src = link.href;
  frame.title = link.textContent.trim();
  Object.assign(frame.style, { display: "block", width: "100%", height: "0", border: "0" });
  link.after(frame);
  addEventListener("message", (event) => {
    if (event.origin !== home.origin || event.source !== frame.contentWindow) return;
    const { height, top } = event.data?.standpunt ?? {};
    if (!Number.isFinite(height)) return;
    link.hidden = true;
    frame.style.height = `${height}px`;
    const at = frame.getBoundingClientRect().top + top;
    if (at < 0) window.scrollBy(0, at - 16); // the next statement starts where the last one ended
  });
}
