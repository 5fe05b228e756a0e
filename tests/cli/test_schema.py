"""The JSON Schema refuses what a schema can see, and nothing that is right."""

import json
import re
import shutil
import subprocess

import pytest
from support.loadgate import PASSED, REPO

CASES = REPO / "tests/unit/reader"
SCHEMA = REPO / "configs/plan.schema.json"
MODULES = REPO / "tests/node_modules"
MARK = " [schema]"

# Added to a case that does not have them, as wrong_plans.h does.
RIGHT = {
    "name": "shop",
    "target": "http://127.0.0.1:8000",
    "stages": "[{ for: 1m, users: 5 }]",
    "scenarios": "[{ tasks: [{ get: /home }] }]",
}


def completed(claim, plan):
    if "(whole)" in claim:
        return plan
    for key, value in RIGHT.items():
        if not re.search(f"^{key}:", plan, re.MULTILINE) and f"(without {key}" not in claim:
            plan += f"{key}: {value}\n"
    return plan


def cases(name):
    """Plans by claim."""
    text = (CASES / name).read_text()
    found = {}
    for case in re.split("^=== ", text, flags=re.MULTILINE)[1:]:
        claim, _, rest = case.partition("\n")
        assert claim not in found, claim
        plan = re.split(r"^\+\+\+\n", rest, maxsplit=1, flags=re.MULTILINE)[0]
        found[claim] = completed(claim, plan)
    return found


def examples(reference):
    """Every example of the reference in a plan around it, by table.key."""
    wraps = dict(line.split(" | ", 1) for line in (CASES / "example_wraps.txt").read_text()
                 .splitlines() if not line.startswith("#"))
    found, table = {}, None
    for line in reference.splitlines():
        if line.startswith("### Keys: "):
            table = line.removeprefix("### Keys: ").replace(" ", "_")
        elif line.startswith("| `"):
            cells = re.split(r"(?<!\\)\|", line)
            key, example = cells[1].strip(" `"), cells[-2].strip()[1:-1].replace("\\|", "|")
            wrap = wraps.get(f"{table}.{key}", wraps.get(f"{table}.*")).replace("\\n", "\n")
            found[f"{table}.{key}"] = completed("", wrap.replace("%", example) + "\n")
    return found


def complaints(plans):
    """What the schema says about each plan; None where it accepts it."""
    if not shutil.which("node"):
        pytest.skip("node is not installed")
    for package in ("ajv", "js-yaml"):
        if not (MODULES / package).exists():
            pytest.skip(f"{package} is not installed: run npm install in tests/")
    run = subprocess.run(["node", REPO / "tests/support/validate_plans.mjs", SCHEMA],
                         input=json.dumps(plans), capture_output=True, text=True, timeout=60)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def test_the_schema_in_configs_is_what_loadgate_prints(loadgate):
    outcome = loadgate.run("schema")
    assert outcome.code == PASSED, str(outcome)
    assert outcome.stdout == SCHEMA.read_text()


def test_the_reference_in_the_documentation_is_what_loadgate_prints(loadgate):
    outcome = loadgate.run("schema", "--reference")
    assert outcome.code == PASSED, str(outcome)
    assert outcome.stdout in (REPO / "docs/plan.md").read_text()


def documented():
    """Whole plans of the documentation."""
    blocks = {}
    for path in [REPO / "README.md", *REPO.glob("docs/*.md")]:
        for text in re.findall(r"^```yaml\n(name: .*?)^```$", path.read_text(), re.M | re.S):
            if "\nstages:" in text:
                blocks[f"{path.name} {len(blocks)}"] = text
    return blocks


def test_the_schema_accepts_every_right_plan():
    plans = cases("right_plans.txt") | documented()
    plans |= {path.name: path.read_text() for path in REPO.glob("configs/*.yaml")}
    assert {name: said for name, said in complaints(plans).items() if said is not None} == {}


def test_the_plans_in_the_documentation_are_right(loadgate):
    shutil.copy(REPO / "configs/traffic.json", loadgate.folder)
    (loadgate.folder / "people.csv").write_text("name\nada\n")
    plans = documented()
    assert plans
    for name, text in plans.items():
        outcome = loadgate.run("validate", loadgate.plan(text))
        assert outcome.code == PASSED, f"{name}: {outcome}"


def test_the_schema_accepts_every_example_of_the_reference(loadgate):
    plans = examples(loadgate.run("schema", "--reference").stdout)
    assert len(plans) > 90
    assert {name: said for name, said in complaints(plans).items() if said is not None} == {}


def test_the_schema_refuses_the_wrong_plans_that_are_marked_and_no_others():
    plans = cases("wrong_plans.txt")
    assert len(plans) >= 150
    refused = {claim for claim, said in complaints(plans).items()
               if said is not None and not said.startswith("YAML: ")}
    marked = {claim for claim in plans if claim.endswith(MARK)}
    assert sorted(refused ^ marked) == []
    assert len(marked) >= 80


def test_every_key_has_a_description_and_an_example():
    schema = json.loads(SCHEMA.read_text())
    for name, table in [("plan", schema), *schema["definitions"].items()]:
        assert table["additionalProperties"] is False, name
        for key, entry in table["properties"].items():
            assert entry["description"] and entry["examples"], f"{name}.{key}"


def test_editors_find_the_schema_of_every_example_plan():
    for path in REPO.glob("configs/*.yaml"):
        first = path.read_text().splitlines()[0]
        assert first == "# yaml-language-server: $schema=plan.schema.json", path.name
