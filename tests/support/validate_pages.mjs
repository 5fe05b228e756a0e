// validate_pages.mjs PAGE.html…: what html-validate says of each, a line a finding.

import { basename } from "node:path";
import { FileSystemConfigLoader, HtmlValidate } from "html-validate";

const loader = new FileSystemConfigLoader({
  root: true,
  extends: ["html-validate:recommended", "html-validate:document"],
  rules: {
    "long-title": "off", // A title says the plan's name, however long.
    "no-trailing-whitespace": "off", // In bodies and headers that a server sent.
    "require-sri": "off", // Nothing is loaded but from the page's own server.
  },
});
const validator = new HtmlValidate(loader);
for (const file of process.argv.slice(2)) {
  const { results } = await validator.validateFile(file);
  for (const { messages } of results) {
    for (const { line, column, ruleId, message } of messages) {
      console.log(`${basename(file)}:${line}:${column}: ${ruleId}: ${message}`);
    }
  }
}
