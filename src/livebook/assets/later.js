// Lays out what later.css leaves for later, a little at a time while the browser is idle, so that no
// reader waits for the whole page. A link to another place of the page has the rest done at once:
// where it leads depends on the heights of all that lies between.
"use strict";
{
  const ENOUGH = 250; // elements that even a slow phone lays out within one twentieth of a second
  const waiting = [...document.querySelectorAll("article section > :not(section)")].filter(
    (block) => getComputedStyle(block).contentVisibility === "auto",
  );
  const cost = (block) =>
    block.matches("details:not([open])") ? 1 : block.getElementsByTagName("*").length + 1;

  function layOut(enough) {
    let sum = 0;
    while (waiting.length) {
      sum += cost(waiting[0]);
      if (sum > enough && sum > cost(waiting[0])) return;
      waiting.shift().style.contentVisibility = "visible";
    }
  }

  const next = () => requestAnimationFrame(() => requestIdleCallback(some));
  function some() {
    layOut(ENOUGH);
    if (waiting.length) next();
  }
  if (document.readyState === "complete") next();
  else addEventListener("load", next);

  addEventListener("click", ({ target }) => {
    if (target.closest("a")?.hash) layOut(Infinity);
  }, true);
}
