// Runs bytecode_writer.py in Pyodide: node compile-wheels.mjs PYODIDE WRITER FOLDER JOBS
// JOBS is JSON, [{source, target, keep_source, strip_docs}] with file names in FOLDER.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [pyodideFolder, writer, folder, jobs] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${pyodideFolder}/pyodide.mjs`));
const python = await loadPyodide({ indexURL: pyodideFolder });
python.mountNodeFS("/wheels", folder);
python.runPython(readFileSync(writer, "utf-8"));
const write = python.globals.get("write_compiled");
for (const { source, target, ...options } of JSON.parse(jobs)) {
  write.callKwargs(`/wheels/${source}`, `/wheels/${target}`, options);
}
