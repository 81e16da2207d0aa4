// Python with the site's packages: starts Pyodide, loads what code imports, runs cells.

import { DownloadError } from "./downloads.js";

/** The packages of `site` that provide the names and all that they depend on. */
export function closure(site, names) {
  const found = new Set();
  const waiting = [...names];
  while (waiting.length) {
    const name = waiting.pop();
    if (found.has(name) || !site.packages[name]) continue;
    found.add(name);
    waiting.push(...site.packages[name].depends);
  }
  return [...found];
}

/** The package of `site` that provides a top-level module, or undefined. */
export function provider(site, module) {
  return Object.keys(site.packages).find((name) => site.packages[name].imports.includes(module));
}

/** The packages of `site` that pieces of code import, with all that they depend on. */
export function packagesOf(site, codes) {
  const statements = codes.flatMap((code) => [
    ...code.matchAll(/^[ \t]*(?:from[ \t]+(\w+)|import[ \t]+(.+))/gm),
  ]);
  const modules = statements.flatMap(([, one, several = ""]) =>
    one ? [one] : several.split(",").map((each) => each.trim().match(/^\w*/)[0]),
  );
  return closure(site, [...new Set(modules)].map((module) => provider(site, module)));
}

export class Python {
  /**
   * Start Pyodide.
   *
   * `folder` holds its files and ours; `send` takes the cells' messages, as JSON; `libraries` are
   * plotly.js's file names by what they draw; `interrupt` is a shared byte that stops a cell.
   */
  static async start({ loadPyodide, folder, site, send, libraries, interrupt, files }) {
    const pyodide = await loadPyodide({
      indexURL: folder,
      lockFileURL: folder + site.lock,
      stdLibURL: folder + site.library,
      packages: ["livebook"],
      env: { MPLBACKEND: "module://livebook.in_page.backend" },
    });
    if (files) pyodide.unpackArchive(files, "zip"); // into the working folder
    if (interrupt) pyodide.setInterruptBuffer(interrupt);
    const runner = pyodide.pyimport("livebook.in_page");
    runner.connect(send, JSON.stringify(libraries));
    return new Python(pyodide, runner, site, send);
  }

  constructor(pyodide, runner, site, send) {
    this.pyodide = pyodide;
    this.runner = runner;
    this.site = site;
    this.send = send;
  }

  /** Run a cell; a quiet one shows its errors only. True if it ran to its end. */
  async run(number, code, quiet = false) {
    await this.load(packagesOf(this.site, [code]));
    for (;;) {
      const { ok, missing } = JSON.parse(await this.runner.run_cell(number, code, quiet));
      const name = missing && provider(this.site, missing);
      if (!name || this.loaded(name)) {
        if (missing) this.send(JSON.stringify({ kind: "missing", module: missing }));
        return ok;
      }
      // A function imported it when it was called: no reading of the cell could tell.
      await this.load([name]);
      this.send(JSON.stringify({ kind: "clear" }));
    }
  }

  /** One state of a moving figure, as JSON. */
  draw(figure, index) {
    return this.runner.draw(figure, index);
  }

  loaded(name) {
    return Object.keys(this.pyodide.loadedPackages).some((key) => key.toLowerCase() === name);
  }

  async load(names) {
    const wanted = names.filter((name) => !this.loaded(name));
    if (!wanted.length) return;
    await this.pyodide.loadPackage(wanted, { messageCallback() {}, errorCallback() {} });
    const failed = wanted.filter((name) => !this.loaded(name));
    if (failed.length) throw new DownloadError(`${failed.join(", ")} could not be loaded`);
  }
}
