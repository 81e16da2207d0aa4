// Lets the keyboard reach the displayed formulas that are wider than their box, and only those.
"use strict";
{
  const boxes = document.querySelectorAll(".math-scroll");
  const update = (box) => {
    const scrolls = box.scrollWidth > box.clientWidth + 1;
    box.toggleAttribute("data-scrolls", scrolls);
    if (scrolls) {
      box.tabIndex = 0;
      box.setAttribute("role", "group");
      box.setAttribute("aria-label", "Formula, scrolls sideways");
    } else {
      for (const name of ["tabindex", "role", "aria-label"]) box.removeAttribute(name);
    }
  };
  const resized = new ResizeObserver((entries) => entries.forEach(({ target }) => update(target)));
  for (const box of boxes) resized.observe(box);
  // A font that comes late makes formulas wider, and leaves their boxes as they are. Those that are
  // not laid out yet are measured when they are.
  const laidOut = (box) => box.checkVisibility({ contentVisibilityAuto: true });
  document.fonts.addEventListener("loadingdone", () => [...boxes].filter(laidOut).forEach(update));
}
