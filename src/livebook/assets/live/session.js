// The page's Python as the page sees it: one worker, asked one thing after the other.

import { closure, packagesOf } from "./python.js";

const PATIENCE = 2000; // ms a cell has to stop by itself before its worker is ended

/** An answer that will not come; `text` is a sentence for the reader. */
export class Ended extends Error {}

export class Session {
  /** `tell` hears of `progress`, and of `ended` when the variables are gone. */
  constructor(folder, tell) {
    this.folder = folder;
    this.tell = tell;
    this.asked = new Map(); // id -> {resolve, reject, hear}
    this.count = 0;
  }

  /** What the site has for Python, and how large it is. */
  site() {
    this.description ??= (async () => {
      const answer = await fetch(`${this.folder}python/site.json`, { cache: "no-cache" });
      if (!answer.ok) throw new Error(`site.json: the server answered ${answer.status}`);
      return answer.json();
    })().catch((error) => {
      this.description = undefined;
      throw new Ended(`Python cannot be reached: ${error.message}. Check the network and run again.`);
    });
    return this.description;
  }

  /** Bytes that running these pieces of code makes the browser load, at most. */
  async size(codes) {
    const site = await this.site();
    const names = closure(site, [...packagesOf(site, codes), "livebook"]);
    const sizes = names.map((name) => site.packages[name].bytes);
    return [...Object.values(site.core), ...sizes].reduce((sum, bytes) => sum + bytes, 0);
  }

  /** Start Python, unless it is there, and the downloads of what the code imports. */
  async start(codes) {
    if (typeof WebAssembly !== "object" || typeof Worker !== "function") {
      throw new Ended(
        "This browser cannot run Python: WebAssembly is missing or switched off. " +
          "The page and its figures work without it.",
      );
    }
    const site = await this.site();
    if (!this.worker) {
      this.worker = new Worker(new URL(site.worker, `${this.folder}live/`), { type: "module" });
      this.worker.onmessage = ({ data }) => this.hear(data);
      this.worker.onerror = () => this.end("Python could not start in this browser.");
      const shared = self.crossOriginIsolated && new Uint8Array(new SharedArrayBuffer(1));
      this.interrupt = shared || null;
      const { folder, interrupt } = this;
      const { libraries } = site;
      const python = `${folder}python/`;
      this.ready = this.ask({ action: "start", folder: python, site, libraries, interrupt });
      this.ready.then(
        () => {
          this.started = this.known = true; // `known` outlasts the worker
        },
        () => {}, // whoever waits for it hears of it
      );
    }
    const names = closure(site, packagesOf(site, codes));
    this.worker.postMessage({ action: "fetch", names });
    return this.ready;
  }

  /** Whether there is a Python whose variables a cell could use. */
  get alive() {
    return Boolean(this.worker);
  }

  /** Run a cell; a quiet one shows its errors only. True if it ran to its end. */
  async run(number, code, quiet, hear) {
    await this.start([code]);
    this.running = this.ask({ action: "run", number, code, quiet }, hear);
    return this.running;
  }

  /** The addresses that Python was loaded from. */
  addresses() {
    return this.ask({ action: "addresses" });
  }

  /** One state of a moving figure that a cell has shown. */
  async draw(figure, index) {
    return JSON.parse(await this.ask({ action: "draw", figure, index }));
  }

  ask(message, hear = () => {}) {
    if (!this.worker) return Promise.reject(new Ended("Python was stopped: run the cell again."));
    const id = (this.count += 1);
    return new Promise((resolve, reject) => {
      this.asked.set(id, { resolve, reject, hear });
      this.worker.postMessage({ id, ...message });
    });
  }

  hear({ id, progress, message, done, failed }) {
    if (progress) this.tell.progress(progress);
    const asker = this.asked.get(id);
    if (!asker) return;
    if (message) return asker.hear(message);
    this.asked.delete(id);
    if (!failed) return asker.resolve(done);
    const text = failed.download
      ? `A download broke off: ${failed.text}. Check the network and run again.`
      : `Python broke down, perhaps for want of memory: ${failed.text}`;
    asker.reject(new Ended(text));
    if (failed.fatal) this.end(text);
  }

  /** Stop what runs. Without shared memory only the end of the worker stops it. */
  async stop() {
    if (this.interrupt && this.running) {
      this.interrupt[0] = 2; // SIGINT
      const stopped = this.running.then(() => true, () => true);
      const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, false));
      if (await Promise.race([stopped, late])) return;
    }
    this.end("Stopped. The variables are gone; running a cell runs those above it again.");
  }

  end(text) {
    this.worker?.terminate();
    this.worker = this.ready = this.running = undefined;
    this.started = false;
    for (const { reject } of this.asked.values()) reject(new Ended(text));
    this.asked.clear();
    this.tell.ended(text);
  }
}
