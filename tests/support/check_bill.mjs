// Holds a CycloneDX file against the schema of the version it names; exits 1 where it breaks it.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";

const folder = "node_modules/@cyclonedx/cyclonedx-library/res/schema";
const read = (file) => JSON.parse(readFileSync(file, "utf8"));
const names = readdirSync(folder);

const bill = read(process.argv[2]);
// Formats need packages of their own; structure and choices are what matters here.
const ajv = new Ajv({ strict: false, validateFormats: false });
// They refer to each other by the names of their files.
for (const name of names.filter((one) => /^(spdx|jsf|cryptography).*\.json$/.test(one))) {
  ajv.addSchema(read(join(folder, name)), `http://cyclonedx.org/schema/${name}`);
}
const named = names.find((one) => one.startsWith(`bom-${bill.specVersion}.`) && one.endsWith(".json"));
const isRight = ajv.compile(read(join(folder, named)));
if (!isRight(bill)) {
  console.error(isRight.errors);
  process.exit(1);
}
