// Paper is white, and nothing on it can be opened: a page is printed in the light theme, whichever
// one is read, with solutions and asides open.
"use strict";
{
  const root = document.documentElement;
  let read, folded;
  addEventListener("beforeprint", () => {
    read = root.dataset.theme;
    root.dataset.theme = "light";
    folded = [...document.querySelectorAll(":is(.solution, .sd-dropdown):not([open])")];
    for (const details of folded) details.open = true;
  });
  addEventListener("afterprint", () => {
    root.dataset.theme = read;
    for (const details of folded) details.open = false;
  });
}
