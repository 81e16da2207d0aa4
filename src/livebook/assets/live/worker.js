// The worker that holds one page's Python. It answers each message `{id, ...}` with `{id, done}`.

import { DownloadError, Downloads } from "./downloads.js";
import { Python, closure } from "./python.js";

let starting; // promise of the Python
let current; // id of the message being answered
let folder;
let site;

const downloads = new Downloads(self.fetch.bind(self), (loaded, total) => {
  self.postMessage({ progress: { loaded, total } });
});
self.fetch = (resource, options) => downloads.answer(resource, options);

const send = (message) => self.postMessage({ id: current, message: JSON.parse(message) });

/** Begin all downloads at once: of Pyodide itself and of packages. */
function fetchPackages(names) {
  for (const name of closure(site, names)) {
    const { file_name: file, bytes } = site.packages[name];
    if (!fetchPackages.begun.has(name)) downloads.begin(new URL(file, folder).href, bytes);
    fetchPackages.begun.add(name);
  }
}
fetchPackages.begun = new Set();

async function start(message) {
  ({ folder, site } = message);
  for (const name of ["pyodide.asm.wasm", site.library]) {
    downloads.begin(folder + name, site.core[name]);
  }
  fetchPackages(["livebook"]);
  const files = site.files && downloads.answer(folder + site.files);
  const { loadPyodide } = await import(folder + "pyodide.mjs");
  const content = files && (await (await files).arrayBuffer());
  return Python.start({ ...message, loadPyodide, send, files: content });
}

const actions = {
  start(message) {
    starting = start(message);
    return starting.then(() => true);
  },
  async run({ number, code, quiet }) {
    return (await starting).run(number, code, quiet);
  },
  async draw({ figure, index }) {
    return (await starting).draw(figure, index);
  },
  addresses() {
    const imported = ["pyodide.mjs", "pyodide.asm.js"].map((name) => folder + name);
    return [...downloads.addresses, ...imported, `${folder}site.json`];
  },
};

async function answer({ id, action, ...message }) {
  current = id;
  downloads.broken = null;
  try {
    self.postMessage({ id, done: await actions[action](message) });
  } catch (error) {
    // Pyodide tells in words of its own what went wrong for want of a file.
    const download = error instanceof DownloadError || downloads.broken !== null;
    const fatal = action === "start" || Boolean(error.pyodide_fatal_error);
    const text = downloads.broken ?? String(error.message ?? error);
    self.postMessage({ id, failed: { text, download, fatal } });
  }
}

let queue = Promise.resolve();
self.onmessage = ({ data }) => {
  if (data.action === "fetch") fetchPackages(data.names);
  else queue = queue.then(() => answer(data));
};
