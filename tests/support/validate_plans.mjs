// Holds plans against the JSON Schema as an editor does: the schema's file as argument, a
// JSON object of plan texts by name on standard input, on standard output for each what
// the schema says: null, or its complaint. What is no YAML is "YAML: ...".
import { readFileSync } from "node:fs";
import Ajv from "ajv";
import yaml from "js-yaml";

const schema = JSON.parse(readFileSync(process.argv[2], "utf8"));
const accepts = new Ajv({ strict: true, strictRequired: false, strictTypes: false, allErrors: true })
  .compile(schema);

const complaint = (text) => {
  let plan;
  try {
    plan = yaml.load(text, { schema: yaml.CORE_SCHEMA });
  } catch (error) {
    return `YAML: ${error.reason}`;
  }
  if (accepts(plan)) return null;
  return accepts.errors.map((error) => `${error.instancePath} ${error.message}`).join("; ");
};

const plans = JSON.parse(readFileSync(0, "utf8"));
const answers = Object.entries(plans).map(([name, text]) => [name, complaint(text)]);
process.stdout.write(JSON.stringify(Object.fromEntries(answers)));
