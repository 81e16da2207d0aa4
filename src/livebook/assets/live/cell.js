// One code cell of the page: its buttons, its status, its code as the reader has it.

import { keep, recall } from "./kept.js";

const NO_STORE = "This browser keeps nothing, so the edit lasts until the page is left.";

function button(label, name, number) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = `live-button live-${name}`;
  element.textContent = label;
  element.setAttribute("aria-label", `${label}: cell ${number}`);
  return element;
}

export class Cell {
  /**
   * `element` is null for a cell that runs and is not shown; `lacks` says what it cannot do without,
   * `names` which names it binds, may change, and uses.
   */
  constructor({ number, element, code, lacks, names }) {
    Object.assign(this, { number, element, lacks, names, original: code, code });
    if (element) this.dress();
  }

  get edited() {
    return this.code !== this.original;
  }

  /** Add the bar with the buttons below the code. */
  dress() {
    this.input = this.element.querySelector(".cell_input");
    this.listing = this.input.querySelector(".highlight");
    this.bar = document.createElement("div");
    this.bar.className = "live-bar";
    this.bar.setAttribute("role", "group");
    this.bar.setAttribute("aria-label", `Code cell ${this.number}`);
    this.status = document.createElement("span");
    this.status.className = "live-status";
    this.status.setAttribute("role", "status");
    (this.element.querySelector(":scope > details") ?? this.input).after(this.bar);
    if (this.lacks) {
      this.status.append(...this.excuse());
      this.bar.append(this.status);
      return;
    }
    this.buttons = {
      run: button("Run", "run", this.number),
      stop: button("Stop", "stop", this.number),
      edit: button("Edit", "edit", this.number),
      reset: button("Reset", "reset", this.number),
      above: button("Run all above", "above", this.number),
    };
    this.bar.append(...Object.values(this.buttons), this.status);
    this.buttons.stop.hidden = true;
    this.buttons.edit.onclick = () => this.edit();
    this.buttons.reset.onclick = () => this.reset();
    const kept = recall(this.number, this.original);
    if (kept !== null) {
      this.code = kept;
      this.listing.querySelector("pre").textContent = kept;
      this.say("Your edit from an earlier visit");
    }
    this.showEdited();
  }

  /** Why the cell cannot run here, and where it can. */
  excuse() {
    const why = `Runs outside the browser only: it needs ${this.lacks}. `;
    const launch = document.querySelector("a[href*='/v2/gh/']");
    if (!launch) return [why];
    const link = document.createElement("a");
    link.href = launch.href;
    link.textContent = "Open the page on Binder";
    return [why, link];
  }

  say(text) {
    if (this.status) this.status.textContent = text;
  }

  /** Show that the cell waits, runs, or neither. */
  set state(state) {
    if (!this.buttons) return;
    const busy = state !== "idle";
    this.element.dataset.live = state;
    this.buttons.run.setAttribute("aria-disabled", busy);
    const focused = document.activeElement === this.buttons.stop;
    this.buttons.stop.hidden = !busy;
    if (focused && !busy) this.buttons.run.focus();
  }

  /** Show how far a download is; null takes the bar away. */
  progress(share) {
    if (!this.bar) return;
    if (share === null) {
      this.meter?.remove();
      this.meter = undefined;
      return;
    }
    if (!this.meter) {
      this.meter = document.createElement("progress");
      this.meter.className = "live-progress";
      this.meter.max = 1;
      this.meter.setAttribute("aria-label", "Download of Python");
      this.bar.append(this.meter);
    }
    this.meter.value = share;
  }

  async edit() {
    const details = this.element.querySelector(":scope > details");
    if (details) details.open = true;
    if (!this.editor) {
      this.buttons.edit.setAttribute("aria-disabled", "true");
      try {
        const { edit } = await import("./editor.js");
        this.open(edit);
      } catch {
        this.say("The editor did not load. Check the network and try again.");
        return;
      } finally {
        this.buttons.edit.removeAttribute("aria-disabled");
      }
    }
    this.editor.focus();
  }

  open(edit) {
    if (this.editor) return;
    const box = document.createElement("div");
    box.className = "highlight live-editor";
    this.listing.hidden = true;
    this.listing.after(box);
    this.editor = edit(box, {
      code: this.code,
      label: `Code of cell ${this.number}. Shift+Enter runs it, Escape leaves it.`,
      run: () => this.buttons.run.click(),
      leave: () => this.buttons.run.focus(),
      change: (code) => this.change(code),
    });
    this.editor.mark(this.failedLine ?? null);
  }

  /** Mark the line at which the last run failed, or none (null). */
  mark(line) {
    this.failedLine = line;
    this.editor?.mark(line);
  }

  change(code) {
    this.code = code;
    this.failedLine = null;
    const kept = keep(this.number, this.original, code);
    if (!kept && this.edited) this.say(NO_STORE);
    this.showEdited();
  }

  showEdited() {
    const { reset, run } = this.buttons;
    const focused = document.activeElement === reset;
    reset.hidden = !this.edited && !this.shows;
    if (focused && reset.hidden) run.focus();
  }

  /** Bring back the code and the output that the page came with. */
  reset() {
    this.change(this.original);
    this.editor?.set(this.original);
    this.listing.querySelector("pre").textContent = this.original;
    this.restoreOutput();
    this.say("The page's own code and output are back.");
    this.showEdited();
  }

  /** An empty box in the place of the page's output, which stays, hidden. */
  emptyBox() {
    this.restoreOutput();
    const box = document.createElement("div");
    box.className = "live-output";
    const outputs = [...this.element.querySelectorAll(":scope > .cell_output")];
    const caption = this.element.querySelector(":scope > .cell_output figcaption");
    if (caption) caption.before(box);
    else (outputs.at(-1) ?? this.bar).after(box);
    const rest = caption
      ? [...box.parentElement.children].filter((child) => child !== box && child !== caption)
      : outputs;
    for (const element of rest) element.hidden = true;
    this.shows = { box, hidden: rest };
    this.showEdited();
    return box;
  }

  restoreOutput() {
    if (!this.shows) return;
    this.shows.box.remove();
    for (const element of this.shows.hidden) element.hidden = false;
    this.shows = undefined;
  }
}
