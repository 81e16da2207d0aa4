// Lets readers tick the exercises that they have done, and shows how many. What is ticked is kept in
// this browser alone, under the exercises' numbers, so it lasts when pages move or a new version comes.
"use strict";
{
  const KEY = "livebook exercises done";

  function read() {
    try {
      return new Set(JSON.parse(localStorage.getItem(KEY)) ?? []);
    } catch {
      return new Set();
    }
  }

  /** Keep what is done; tell whether this browser lets us. */
  function write(done) {
    try {
      localStorage.setItem(KEY, JSON.stringify([...done].sort()));
      return true;
    } catch {
      return false;
    }
  }

  const numberOf = (exercise) => exercise.id.replace(/^exercise-/, "").replaceAll("-", ".");

  /** The box of one exercise; `set` ticks it from outside. */
  function addBox(exercise) {
    const number = numberOf(exercise);
    const label = document.createElement("label");
    label.className = "exercise-done";
    const box = document.createElement("input");
    box.type = "checkbox";
    box.checked = read().has(number);
    label.append(box, " Done");
    const said = document.createElement("span");
    said.className = "exercise-done-said";
    said.setAttribute("role", "status");
    const line = document.createElement("p");
    line.className = "exercise-done-line";
    line.append(label, " ", said);
    exercise.append(line);
    const keep = (checked) => {
      const done = read();
      done[checked ? "add" : "delete"](number);
      said.textContent = write(done) ? "" : "This browser keeps nothing, so the tick is lost when you leave.";
    };
    box.setAttribute("aria-label", `Exercise ${number} is done`);
    box.addEventListener("change", () => keep(box.checked));
    // A right verdict that comes while the page is open is the reader's own.
    new MutationObserver((changes) => {
      const came = changes.flatMap(({ addedNodes }) => [...addedNodes]);
      const right = came.some(
        (node) => node.nodeType === 1 && (node.matches(".verdict-right") || node.querySelector(".verdict-right")),
      );
      if (!right || box.checked) return;
      box.checked = true;
      keep(true);
      said.textContent ||= `Exercise ${number} is ticked as done.`;
    }).observe(exercise, { childList: true, subtree: true });
    window.addEventListener("storage", () => (box.checked = read().has(number)));
  }

  function show(table) {
    const done = read();
    for (const count of table.querySelectorAll(".progress-count")) {
      const numbers = count.dataset.exercises.split(" ");
      const ticked = numbers.filter((number) => done.has(number)).length;
      count.textContent = `${ticked} of ${numbers.length} exercises done`;
      const bar = count.nextElementSibling;
      bar.hidden = false;
      bar.value = ticked;
    }
  }

  function addForget(table) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "progress-forget";
    button.textContent = "Forget all ticks";
    button.addEventListener("click", () => {
      if (!window.confirm("Forget which exercises you have done, in this browser?")) return;
      write(new Set());
      show(table);
    });
    table.append(button);
  }

  for (const exercise of document.querySelectorAll("div.exercise[id^='exercise-']")) addBox(exercise);
  for (const table of document.querySelectorAll("div.exercise-progress")) {
    show(table);
    addForget(table);
    window.addEventListener("storage", () => show(table));
    window.addEventListener("pageshow", () => show(table));
  }
}
