// Lets the keyboard reach the displayed formulas that are wider than their box, and only those.
"use strict";
{
  const update = (entries) => {
    for (const { target } of entries) {
      const scrolls = target.scrollWidth > target.clientWidth + 1;
      target.toggleAttribute("data-scrolls", scrolls);
      if (scrolls) {
        target.tabIndex = 0;
        target.setAttribute("role", "group");
        target.setAttribute("aria-label", "Formula, scrolls sideways");
      } else {
        for (const name of ["tabindex", "role", "aria-label"]) target.removeAttribute(name);
      }
    }
  };
  const resized = new ResizeObserver(update);
  for (const box of document.querySelectorAll(".math-scroll")) resized.observe(box);
}
