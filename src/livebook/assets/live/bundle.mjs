// Bundles with esbuild: node bundle.mjs NODE_MODULES {entries, target}. Prints {stem: file name}.
import { createRequire } from "node:module";
import { basename, join, parse, resolve } from "node:path";

const [nodeModules, question] = process.argv.slice(2);
const { build } = createRequire(join(nodeModules, "package.json"))("esbuild");
const { entries, target } = JSON.parse(question);
const { metafile } = await build({
  entryPoints: entries,
  outdir: target,
  bundle: true,
  splitting: true,
  format: "esm",
  minify: true,
  target: "es2022",
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  metafile: true,
  logLevel: "error",
});
const names = Object.entries(metafile.outputs)
  .filter(([, { entryPoint }]) => entryPoint && entries.includes(resolve(entryPoint)))
  .map(([path, { entryPoint }]) => [parse(entryPoint).name, basename(path)]);
console.log(JSON.stringify(Object.fromEntries(names)));
