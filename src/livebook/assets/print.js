// Paper is white: a page is printed in the light theme, whichever one is read.
"use strict";
{
  const root = document.documentElement;
  let read;
  addEventListener("beforeprint", () => {
    read = root.dataset.theme;
    root.dataset.theme = "light";
  });
  addEventListener("afterprint", () => {
    root.dataset.theme = read;
  });
}
