// Runs the page's cells in order: what a cell needs from above runs before it.

import { keepForOffline } from "./offline.js";
import { Output } from "./outputs.js";
import { History, plan } from "./plan.js";
import { Ended, Session } from "./session.js";

const megabytes = (bytes) => `${Math.max(Math.round(bytes / 1e6), 1)} MB`;

/** The innermost line of a cell that a traceback names, or null. */
function failedLine(traceback, number) {
  const named = [...traceback.matchAll(new RegExp(`Cell ${number}, line (\\d+)`, "g"))].at(-1);
  return named ? Number(named[1]) : null;
}

export class Notebook {
  /** `folder` is the address of our static files. */
  constructor(cells, folder) {
    this.cells = cells.filter((cell) => !cell.lacks);
    this.folder = folder;
    this.history = new History();
    this.queue = Promise.resolve();
    this.session = new Session(folder, {
      progress: (progress) => this.showProgress(progress),
      ended: () => this.history.clear(),
    });
  }

  showProgress({ loaded, total }) {
    if (!this.asking) return;
    this.asking.progress(Math.min(loaded / Math.max(total, 1), 1));
    if (loaded >= total && !this.session.started) this.asking.say("Starting Python …");
  }

  before(cell) {
    return this.cells.slice(0, this.cells.indexOf(cell));
  }

  /** Say what running the cell will load, before it does; after a first start it is all here. */
  async announce(cell) {
    const codes = plan(this.cells, cell, this.history).map((each) => each.code);
    if (this.session.known) {
      cell.say("Starting Python again …");
      return codes;
    }
    const [size, { elsewhere }] = await Promise.all([this.session.size(codes), this.session.site()]);
    const from = elsewhere ? `, most of it from ${elsewhere.host}` : "";
    const much = elsewhere ? "" : `, up to ${megabytes(size)}`;
    cell.say(`Loading Python, once${much}${from}`);
    return codes;
  }

  /** The reader is about to run the cell: have Python ready. */
  async prepare(cell) {
    if (this.session.alive || this.session.known || navigator.connection?.saveData) return;
    try {
      const codes = await this.announce(cell);
      await this.session.start(codes);
    } catch {
      // said when the cell is run
    }
  }

  /** Run a cell, and before it those above that it needs and that have not run as they stand. */
  run(cell) {
    return this.enqueue(cell, () => plan(this.cells, cell, this.history));
  }

  /** Run all cells above this one again. */
  runAbove(cell) {
    return this.enqueue(cell, () => this.before(cell));
  }

  enqueue(asking, list) {
    asking.state = "waits";
    if (this.asking) asking.say(`Waits for cell ${this.asking.number}`);
    const turn = (this.turn ??= {});
    this.queue = this.queue.then(() => this.runAll(asking, list(), turn));
    return this.queue;
  }

  async runAll(asking, cells, turn) {
    this.asking = asking;
    try {
      if (turn.stopped) throw new Ended("Stopped.");
      if (!this.session.ready) await this.announce(asking);
      await this.session.start(cells.map((cell) => cell.code));
      for (const cell of cells) {
        if (turn.stopped) throw new Ended("Stopped.");
        asking.say(cell === asking ? "Runs …" : `Runs cell ${cell.number} …`);
        const seconds = await this.runOne(cell, cell === asking);
        if (seconds === null) {
          if (cell !== asking) asking.say(`Did not run, for cell ${cell.number} above raised an error.`);
          else asking.say("Ended with an error");
          return;
        }
        cell.say(`Ran in ${seconds.toFixed(seconds < 9.95 ? 1 : 0)} s`);
      }
      if (!cells.includes(asking)) asking.say("All cells above have run.");
      keepForOffline(this.session);
    } catch (error) {
      asking.say(error instanceof Ended ? error.message : `This page has a fault: ${error.message}`);
    } finally {
      asking.progress(null);
      asking.state = "idle";
      this.asking = undefined;
    }
  }

  /** Run one cell; the seconds it took, or null if it raised an error. */
  async runOne(cell, asked) {
    const { code } = cell;
    const edited = this.cells.slice(0, this.cells.indexOf(cell) + 1).some((each) => each.edited);
    const quiet = !asked && !edited; // what it shows stands in the page already
    const output = cell.element && new Output(() => cell.emptyBox(), this.folder, this.session);
    if (!quiet) output?.clear();
    this.history.forget(cell);
    cell.state = "runs";
    cell.mark(null);
    const start = performance.now();
    const show = (message) => {
      if (message.kind === "error") cell.mark(failedLine(message.text, cell.number));
      if (message.kind === "clear") cell.mark(null); // it runs again, with what was missing
      output?.show(message);
    };
    try {
      const ok = await this.session.run(cell.number, code, quiet, show);
      if (ok && cell.code === code) this.history.note(cell, this.cells.indexOf(cell));
      return ok ? (performance.now() - start) / 1000 : null;
    } finally {
      cell.state = "idle";
    }
  }

  /** Stop what runs and what waits. */
  async stop(cell) {
    if (this.turn) this.turn.stopped = true;
    this.turn = undefined;
    cell.say("Stops …");
    await this.session.stop();
  }
}
