// Runs a page's cells in the site's own Python, in Node: node run_page.mjs FOLDER [[number, code], ...]
// Prints JSON: the seconds and the error of each cell, and the numbers that the cells published.
import { pathToFileURL } from "node:url";
import { readFileSync } from "node:fs";
import { Python } from "../../src/livebook/assets/live/python.js";

// Published numbers go nowhere in a page; here they are gathered.
const GATHER = `
import calcbook.claims
published = {}
def _gather(name, text, *, value, **statement):
    published[name] = [text, calcbook.claims._plain(value)]
calcbook.claims._publish = _gather
`;

const [folder, cells] = process.argv.slice(2);
const site = JSON.parse(readFileSync(`${folder}/site.json`, "utf-8"));
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`));
let error = null;
const send = (text) => {
  const message = JSON.parse(text);
  if (message.kind === "error") error = message.text;
};
const files = site.files && new Uint8Array(readFileSync(`${folder}/${site.files}`)).buffer;
const options = { loadPyodide, folder: `${folder}/`, site, send, libraries: {}, files };
const python = await Python.start({ ...options, interrupt: null });
await python.run(0, GATHER);
const results = [];
for (const [number, code] of JSON.parse(cells)) {
  error = null;
  const start = performance.now();
  const ok = await python.run(number, code);
  results.push({ number, ok, seconds: (performance.now() - start) / 1000, error });
}
const published = python.pyodide.runPython("import json; json.dumps(published)");
console.log(JSON.stringify({ cells: results, published: JSON.parse(published) }));
