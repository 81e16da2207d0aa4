// The small script that each page with code cells loads: it adds the buttons, and fetches the rest
// when a reader first uses one.

import { Cell } from "./cell.js";

const DWELL = 250; // ms on the Run button that tell a reader from one who passes by

const folder = new URL("../", import.meta.url).href;
const page = JSON.parse(document.getElementById("live-cells").textContent);
const shown = [...document.querySelectorAll("div.cell")].filter((element) =>
  element.querySelector(".cell_input pre"),
);
const cells = page.cells.map(({ code, lacks, binds = [], touches = [], uses = [] }, index) => {
  const element = code === undefined ? shown.shift() : null;
  const own = element?.querySelector(".cell_input pre").textContent.replace(/\n$/, "");
  const names = { binds, touches, uses };
  return new Cell({ number: index + 1, element, code: code ?? own, lacks, names });
});

let opened;
const notebook = () => {
  opened ??= import("./notebook.js").then(({ Notebook }) => new Notebook(cells, folder));
  opened.catch(() => {
    opened = undefined;
  });
  return opened;
};

/** Ask the notebook for something; without it, say so beside the cell. */
async function ask(cell, action) {
  let found;
  try {
    found = await notebook();
  } catch {
    cell.say("The page's script did not load. Check the network and try again.");
    return;
  }
  await found[action](cell);
}

for (const [index, cell] of cells.entries()) {
  if (!cell.buttons) continue;
  const { run, stop, above } = cell.buttons;
  const free = (button) => button.getAttribute("aria-disabled") !== "true";
  run.onclick = () => free(run) && ask(cell, "run");
  above.onclick = () => free(run) && ask(cell, "runAbove");
  stop.onclick = () => ask(cell, "stop");
  above.hidden = !cells.slice(0, index).some((each) => !each.lacks);
  let timer;
  const wait = () => {
    timer = setTimeout(ask, DWELL, cell, "prepare");
  };
  for (const begin of ["pointerenter", "focus"]) run.addEventListener(begin, wait);
  for (const end of ["pointerleave", "blur"]) run.addEventListener(end, () => clearTimeout(timer));
}
