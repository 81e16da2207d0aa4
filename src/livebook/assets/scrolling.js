// Lets the keyboard reach the boxes of the page that scroll by themselves, and only those. The theme
// does so too, but asks for each box's size right after it changed the one before, which lays the
// page out anew for each box; it is kept from that (livebook.light_scripts).
"use strict";
{
  const BOXES = "pre, .cell_output > .output, .pst-scrollable-table-container";
  const PAUSE = 300; // ms, in which a cell that runs writes more
  const main = document.getElementById("main-content");
  const update = (boxes) => {
    const scrolls = boxes.map(
      (box) => box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight,
    );
    boxes.forEach((box, index) => {
      const order = scrolls[index] ? 0 : -1;
      if (box.getAttribute("tabindex") !== String(order)) box.tabIndex = order;
    });
  };
  const resized = new ResizeObserver((entries) => update(entries.map(({ target }) => target)));
  const observe = (part) =>
    part.querySelectorAll(BOXES).forEach((box) => {
      if (!box.hasAttribute("tabindex")) box.tabIndex = 0; // until it is laid out and measured
      resized.observe(box);
    });
  const changed = new Set();
  let timer;
  new MutationObserver((changes) => {
    for (const { target } of changes) changed.add(target);
    clearTimeout(timer);
    timer = setTimeout(() => {
      for (const part of changed) {
        observe(part);
        const around = part.closest(BOXES);
        if (around) update([around]); // what it holds has grown, it has not
      }
      changed.clear();
    }, PAUSE);
  }).observe(main, { subtree: true, childList: true });
  observe(document);
}
