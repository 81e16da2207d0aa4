// Makes one stylesheet of many: node styles.mjs NODE_MODULES {theirs, ours, content, target, kept}.
// esbuild joins them with the fonts and pictures they name; PurgeCSS leaves out those rules of
// `theirs` whose words stand nowhere in `content`, except what begins with a word of `kept`.
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [nodeModules, question] = process.argv.slice(2);
const require = createRequire(join(nodeModules, "package.json"));
const { build, transform } = require("esbuild");
const { PurgeCSS } = require("purgecss");
const { theirs, ours, content, target, kept } = JSON.parse(question);

const OTHER_FONTS = /,\s*url\([^)]*\.(?:woff|ttf)["']?\)\s*format\([^)]*\)/g;

/** The sheets as one text, in this order; what they name goes into the folder. */
async function joined(sheets) {
  const { outputFiles } = await build({
    stdin: {
      contents: sheets.map((sheet) => `@import ${JSON.stringify(sheet)};`).join("\n"),
      loader: "css",
      resolveDir: target,
    },
    bundle: true,
    write: false,
    outdir: target,
    assetNames: "[name]-[hash]",
    loader: { ".woff2": "file", ".svg": "file", ".png": "file" },
    external: ["*.woff", "*.ttf"],
    logLevel: "error",
  });
  let text = "";
  for (const { path, contents, text: css } of outputFiles) {
    if (path.endsWith(".css")) text = css;
    else writeFileSync(path, contents);
  }
  return text.replaceAll(OTHER_FONTS, ""); // every browser takes woff2
}

const [{ css }] = await new PurgeCSS().purge({
  content,
  css: [{ raw: await joined(theirs) }],
  safelist: { greedy: kept.map((word) => new RegExp(`^${word}`)) },
});
const { code } = await transform(`${css}\n${await joined(ours)}`, { loader: "css", minify: true });
process.stdout.write(code);
