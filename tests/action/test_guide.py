"""docs/github-actions.md is followed to the letter: from an empty folder to a pull request that
fails, with only what stands there. The real binary, a real duet."""

import json
import subprocess

import pytest
import yaml
from github_runner.actions import script
from github_runner.marketplace import git
from github_runner.project import Project
from guide import Guide

GUIDE = Guide("github-actions.md")

# GitHub, for who types `gh repo create` and `gh pr create`.
GH = """#!/usr/bin/env bash
set -euo pipefail
case "$1 $2" in
  "repo create") git remote add origin {origin}; git push --quiet origin main ;;
  "pr create") git branch --show-current > {requests} ;;
  "auth setup-git") ;;
  *) exit 64 ;;
esac
"""


def workflow(name, **changes):
    text = GUIDE.files[f".github/workflows/{name}.yml"]
    for old, new in changes.get("instead", {}).items():
        assert old in text
        text = text.replace(old, new)
    return yaml.load(text, yaml.BaseLoader)


@pytest.fixture
def followed(tmp_path, published, caches, monkeypatch):
    """Steps 1 to 4: a repo with a service, a plan and a workflow, on GitHub."""
    origin, tools = tmp_path / "origin.git", tmp_path / "tools"
    tools.mkdir()
    git(tmp_path, "init", "--quiet", "--bare", origin)
    script(tools / "gh", GH.format(origin=origin, requests=tmp_path / "requests"))
    monkeypatch.setenv("PATH", str(tools), prepend=":")
    project = object.__new__(Project)
    project.__dict__.update(base=tmp_path, published=published, caches=caches, origin=origin,
                            folder=tmp_path / "my-service", _jobs=iter(range(1, 99)))
    create, push, project.change = GUIDE.commands("From an empty repo to a failing pull request")
    type_in(tmp_path, create)
    for name, text in GUIDE.files.items():
        path = project.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# {name}\n{text}")
    type_in(project.folder, push)
    return project


def type_in(folder, commands):
    subprocess.run(["bash", "-e"], input=commands, cwd=folder, text=True, check=True,
                   capture_output=True)


def test_the_guide_ends_in_a_pull_request_that_fails(followed):
    type_in(followed.folder, followed.change)
    branch = (followed.base / "requests").read_text().strip()
    job = followed.pull_request(branch, is_private=True).run(workflow("performance"))

    gate = job.step("OWNER/loadgate@COMMIT")
    assert gate.outcome == "failure" and gate.outputs["verdict"] == "regression", job
    assert gate.outputs["exit-code"] == "1"
    log = " ".join(job.log.split())
    assert "Regression: " in log and "GET /products" in log, job
    reports = job.artifacts["loadgate-gate-loadgate-duet"]
    assert {"report.html", "junit.xml", "result.json"} <= {one.name for one in reports.iterdir()}
    thresholds = json.loads((reports / "result.json").read_text())["verdict"]["thresholds"]
    assert {one["outcome"] for one in thresholds} == {"pass"}, "it is the comparison that sees it"
    assert "Regression" in job.summary
    assert [note for note in job.annotations if note.name == "error"]


def test_what_main_has_built_no_pull_request_builds_again(followed):
    job = followed.push().run(workflow("loadgate"))
    assert job.status == "success" and not job.artifacts, job
    followed.commit({"more.txt": ""}, "change")
    fails_early = workflow("performance", instead={"plan: loadgate.yaml": "plan: none.yaml"})
    job = followed.pull_request("change").run(fails_early)
    assert job.step("Install loadgate").outcome == "success", job
    assert job.step("Keep the build").outcome == "skipped"


def test_the_soak_runs_the_plan_for_as_long_as_it_says(followed):
    soak = workflow("performance-soak", instead={"--users 20": "--users 2", "45m": "2s"})
    job = followed.job("schedule", {}).run(soak)
    assert job.status == "success", job
    assert job.step("OWNER/loadgate@COMMIT").outputs["verdict"] == "passed"


def test_the_baseline_that_is_recorded_lands_in_a_pull_request(followed):
    """Its plan is made short: what counts is what becomes of the runs."""
    plan = (followed.folder / "loadgate.yaml").read_text().replace("for: 30s", "for: 1s")
    followed.commit({"loadgate.yaml": plan})
    record = workflow("performance-baseline", instead={"--runs 5": "--runs 1"})
    job = followed.job("workflow_dispatch", {})
    job.github["ref_name"] = "main"
    job.run(record)
    assert job.status == "success", job
    pushed = git(followed.folder, "ls-remote", "--heads", "origin")
    assert "refs/heads/performance-baseline-1" in pushed
    assert (followed.base / "requests").read_text().strip() == "performance-baseline-1"
    files = git(job.workspace, "show", "--name-only", "--format=", "HEAD").splitlines()
    assert len(files) == 1 and files[0].startswith("baselines/shop/")


def test_stored_runs_are_judged_by_two_machines(followed):
    """The first names no suspect where there is no baseline; so the second runs nothing."""
    plan = (followed.folder / "loadgate.yaml").read_text().replace("for: 30s", "for: 1s")
    followed.commit({"loadgate.yaml": plan})
    followed.commit({"more.txt": ""}, "change")
    stored = workflow("performance-stored")
    look = followed.pull_request("change").run(stored, "look")
    assert look.status == "success", look
    assert (look.artifacts["look"] / "suspects.json").exists()
    confirm = followed.pull_request("change")
    confirm.artifacts = look.artifacts
    confirm.run(stored, "confirm")
    assert confirm.status == "success", confirm
    assert "nothing to confirm" in confirm.log
