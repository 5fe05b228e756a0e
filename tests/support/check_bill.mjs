// Holds a CycloneDX file against the schema of the version it names; exits 1 where it breaks it.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";

const folder = "node_modules/@cyclonedx/cyclonedx-library/res/schema";
const read = (file) => JSON.parse(readFileSync(file, "utf8"));
const schemas = readdirSync(folder).filter((name) => name.endsWith(".schema.json"));
const named = (start) => read(join(folder, schemas.find((name) => name.startsWith(start))));

const bill = read(process.argv[2]);
// Formats need packages of their own; structure and choices are what matters here.
const ajv = new Ajv({ strict: false, validateFormats: false });
ajv.addSchema(named("spdx"));
ajv.addSchema(named("jsf"));
const isRight = ajv.compile(named(`bom-${bill.specVersion}.`));
if (!isRight(bill)) {
  console.error(isRight.errors);
  process.exit(1);
}
