// Before the first paint: one statement at a time. Where quiz.js does not come or does not run (a cut
// connection, an old browser) the long form is there once all else has loaded.
{
  const { classList } = document.documentElement;
  classList.add("by-steps");
  window.addEventListener("load", () => classList.toggle("by-steps", classList.contains("stepping")));
}
