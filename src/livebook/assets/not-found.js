// Reads the wrong address: shows it, searches for its words, and names the page most like it.
"use strict";
{
  const root = document.documentElement.dataset.content_root;
  const inside = (path) => (path.startsWith(root) ? path.slice(root.length) : path);
  const words = (path) => path.toLowerCase().match(/\p{L}{3,}/gu)?.filter(
    (word) => !["book", "html", "htm", "index", "ipynb"].includes(word)) ?? [];
  const alike = (a, b) => a === b || (Math.min(a.length, b.length) > 4
    && (a.startsWith(b) || b.startsWith(a)));
  let path = location.pathname;
  try { path = decodeURIComponent(path); } catch { /* it is shown as it is */ }
  document.querySelector(".not-found-address").textContent = path;
  const wrong = words(inside(path));
  const last = words(path.split("/").findLast(Boolean) ?? "");  // a search finds all its words or none
  document.querySelector("#not-found-words").value = (last.length ? last : wrong).join(" ");
  let best, most = 0;
  for (const link of document.querySelectorAll(".not-found-pages a")) {
    const own = words(`${inside(link.getAttribute("href"))} ${link.textContent}`);
    const shared = wrong.filter((word) => own.some((other) => alike(word, other))).length;
    const share = shared - own.length / 100;  // of two, the page that is said in fewer words
    if (shared && share > most) [best, most] = [link, share];
  }
  if (best) {
    const guess = document.querySelector(".not-found-guess");
    Object.assign(guess.querySelector("a"), { href: best.href, textContent: best.textContent });
    guess.hidden = false;
  }
}
