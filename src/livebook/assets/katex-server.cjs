// Renders formulas with KaTeX, one JSON line in, one JSON line out.
// usage: node katex-server.cjs FOLDER-OF-KATEX MACROS-AS-JSON
// in: {"tex": "x^2", "display": false}    out: {"html": "..."} or {"error": "..."}
"use strict";

const [folder, macros] = process.argv.slice(2);
const katex = require(folder);
const lines = require("node:readline").createInterface({ input: process.stdin });

const SOURCE = /<annotation.*?<\/annotation>/gs; // the TeX again, which no reader is shown

function render({ tex, display }) {
  try {
    const html = katex.renderToString(tex, {
      displayMode: display,
      output: "htmlAndMathml",
      throwOnError: true,
      trust: false,
      // A character that KaTeX has no metrics for would be set with the wrong width.
      strict: (code) => (code === "unknownSymbol" ? "error" : "ignore"),
      macros: JSON.parse(macros),
    });
    return { html: html.replace(SOURCE, "") };
  } catch (error) {
    return { error: error.message };
  }
}

lines.on("line", (line) => {
  process.stdout.write(JSON.stringify(render(JSON.parse(line))) + "\n");
});
