"""The recipes for GitLab and Jenkins: their scripts are read by shellcheck, and the gates of both
are run on a merge request, with a loadgate that writes down how it was called."""

import os
import re
import subprocess

import pytest
import yaml
from github_runner.fake import FakeLoadgate
from github_runner.marketplace import git
from guide import Guide

GITLAB = yaml.safe_load(Guide("gitlab-ci.md").files[".gitlab-ci.yml"])["performance"]
JENKINSFILE = Guide("jenkins.md").files["Jenkinsfile"]
PLAN = {"loadgate.yaml": "name: shop\n"}


def gitlab_scripts():
    blocks = re.findall(r"^```yaml\n(.*?)^```$", Guide("gitlab-ci.md").text, re.M | re.S)
    for jobs in map(yaml.safe_load, blocks):
        for job in jobs.values():
            yield from ("\n".join(job[key]) for key in ("before_script", "script") if key in job)


def jenkins_scripts():
    return re.findall(r"'''(.*?)'''", Guide("jenkins.md").text, re.S)


@pytest.mark.parametrize("text", [*gitlab_scripts(), *jenkins_scripts()])
def test_shellcheck_finds_nothing_in_the_recipes(text):
    run = subprocess.run(["shellcheck", "--shell", "sh", "--exclude", "SC2148", "-"], input=text,
                         capture_output=True, text=True)
    assert run.returncode == 0, run.stdout


def jenkins_gate():
    """Its script for a change, with loadgate where the image of the test has it."""
    [gate] = [text for text in jenkins_scripts() if "--base-ref" in text]
    return gate.replace("/opt/loadgate/build/release/loadgate", "loadgate")


def merge_request(project, files):
    """A clone with the branch checked out, as both check out; base is where it began."""
    base = project.commit(files)
    project.commit({"app.py": "2\n"}, "change")
    project.commit({"app.py": "3\n", **PLAN}, "change")
    project.commit({"other": "main moves on\n"})
    git(project.folder, "switch", "--quiet", "change")
    git(project.folder, "fetch", "--quiet", "origin")
    return base


SCRIPTS = {"GitLab": ("\n".join(GITLAB["script"]), []), "Jenkins": (jenkins_gate(), ["--strict"])}


@pytest.mark.parametrize("who", SCRIPTS)
@pytest.mark.parametrize("files, whose", [(PLAN, "base"), ({"app.py": "1\n"}, "head")])
def test_a_merge_request_is_run_against_where_it_began(project, tmp_path, published, who, files, whose):
    fake = FakeLoadgate(tmp_path, published)
    base = merge_request(project, files)
    text, more = SCRIPTS[who]
    env = {**os.environ, "PATH": f"{fake.folder}:{os.environ['PATH']}",
           "CI_MERGE_REQUEST_DIFF_BASE_SHA": base, "CHANGE_TARGET": "main"}
    subprocess.run(["sh", "-e", "-c", text], cwd=project.folder, env=env, check=True)
    assert fake.arguments == ["duet", "loadgate.yaml", "--base-ref", base, "--plan-from", whose,
                              *more, "--out", "loadgate-results"]
    assert GITLAB["artifacts"]["reports"]["junit"] == "loadgate-results/junit.xml"


def run_gitlab(script, project, fake, **variables):
    env = {**os.environ, "PATH": f"{fake.folder}:{os.environ['PATH']}", **variables}
    subprocess.run(["sh", "-e", "-c", script], cwd=project.folder, env=env, check=True)


def test_merged_results_are_run_against_what_they_were_merged_with(project, tmp_path, published):
    fake = FakeLoadgate(tmp_path, published)
    began = merge_request(project, PLAN)
    target = git(project.folder, "rev-parse", "main")
    run_gitlab("\n".join(GITLAB["script"]), project, fake, CI_MERGE_REQUEST_DIFF_BASE_SHA=began,
               CI_MERGE_REQUEST_TARGET_BRANCH_SHA=target)
    assert fake.after("--base-ref") == target


def test_stored_runs_and_the_plan_are_those_of_the_branch_it_goes_to(project, tmp_path, published):
    [script] = [text for text in gitlab_scripts() if "rm -rf baselines" in text]
    fake = FakeLoadgate(tmp_path, published)
    base = project.commit({**PLAN, "baselines/shop/a.json": "{}\n"})
    project.commit({"loadgate.yaml": "name: easier\n", "baselines/shop/a.json": "[]\n",
                    "baselines/shop/b.json": "{}\n"}, "change")
    run_gitlab(script, project, fake, CI_MERGE_REQUEST_DIFF_BASE_SHA=base)
    assert fake.arguments == ["run", "loadgate.yaml", "--out", "loadgate-results"]
    assert fake.plan == PLAN["loadgate.yaml"]
    stored = project.folder / "baselines/shop"
    assert {path.name: path.read_text() for path in stored.iterdir()} == {"a.json": "{}\n"}


def test_stored_runs_may_be_the_first(project, tmp_path, published):
    [script] = [text for text in gitlab_scripts() if "rm -rf baselines" in text]
    fake = FakeLoadgate(tmp_path, published)
    base = project.commit({"app.py": "1\n"})
    project.commit({**PLAN, "baselines/shop/a.json": "[]\n"}, "change")
    run_gitlab(script, project, fake, CI_MERGE_REQUEST_DIFF_BASE_SHA=base)
    assert fake.plan == PLAN["loadgate.yaml"]
    assert not (project.folder / "baselines").exists()


def test_reports_are_kept_also_where_the_gate_fails():
    assert GITLAB["artifacts"]["when"] == "always"
    assert re.search(r"always \{\s+junit .*\s+archiveArtifacts ", JENKINSFILE)
