"""The action's own decisions: whose plan, whose baseline, which base, and what fails the job.
loadgate itself is a fake here."""

import re
import shutil

import pytest
from github_runner.fake import FakeLoadgate
from github_runner.marketplace import git
from github_runner.project import Project

PLAN, OTHER_PLAN = "name: shop\n", "name: shop  # easier\n"
FILES = {"loadgate.yaml": PLAN, "app.py": "1\n", "baselines/shop/a.json": "{}\n"}


@pytest.fixture
def fake(tmp_path, published):
    return FakeLoadgate(tmp_path, published)


def workflow(depth="2", env=None, more=(), **given):
    given = {"plan": "loadgate.yaml", **{key.replace("_", "-"): text for key, text in given.items()}}
    checkout = {"uses": "actions/checkout@0", "with": {"persist-credentials": "false",
                                                       "fetch-depth": depth}}
    gate = {"id": "gate", "name": "gate", "uses": "someone/loadgate@0", "with": given,
            "env": env or {}}
    return {"jobs": {"gate": {"steps": [checkout, gate, *more]}}}


def pull_request(project, changes, branch="change", files=None):
    project.commit(FILES if files is None else files)
    project.commit(changes, branch)


class Change:
    """A pull request that changes the service alone, in a repo nobody may fetch from again."""

    def __init__(self, folder, published, caches):
        self.project, self.fake = Project(folder, published, caches), FakeLoadgate(folder, published)
        pull_request(self.project, {"app.py": "2\n"})
        self.project.pull_request("change", actions=self.fake.actions)
        self.checked_out = None

    def gate(self, depth="2", env=None, is_private=True, **given):
        """As often as is asked for; what is checked out alike, is checked out once."""
        job = self.project.same_pull_request(actions=self.fake.actions, is_private=is_private)
        steps = workflow(depth, env, **given)
        if (depth, is_private) == ("2", True):
            if self.checked_out:
                del steps["jobs"]["gate"]["steps"][0]
                shutil.copytree(self.checked_out, job.workspace, dirs_exist_ok=True)
            else:
                job.run({"jobs": {"gate": {"steps": [steps["jobs"]["gate"]["steps"].pop(0)]}}})
                self.checked_out = shutil.copytree(job.workspace, job.folder / "checked-out")
        return job.run(steps)


@pytest.fixture(scope="module")
def one_change(tmp_path_factory, published, caches):
    return Change(tmp_path_factory.mktemp("change"), published, caches)


@pytest.fixture
def change(one_change):
    one_change.fake.forget()
    return one_change


def gate(project, fake, changes, **given):
    """The gate on a pull request with these changes."""
    pull_request(project, changes)
    job = project.pull_request("change", actions=fake.actions, is_private=True)
    return job.run(workflow(**given))


def titles(job):
    return [note.properties.get("title") for note in job.annotations]


def test_a_pull_request_is_run_against_the_branch_it_goes_to(change):
    job = change.gate()
    assert job.status == "success", job
    assert change.fake.arguments == ["duet", "loadgate.yaml", "--out", "loadgate-results", "--base-ref",
                              "origin/main"]
    outputs = job.step("gate").outputs
    assert outputs["verdict"] == "passed" and outputs["exit-code"] == "0"
    assert outputs["baseline-changed"] == "false"
    assert job.annotations == []
    assert list(job.artifacts) == ["loadgate-gate-loadgate-duet"]
    assert (job.artifacts["loadgate-gate-loadgate-duet"] / "junit.xml").exists()
    base = git(job.workspace, "rev-parse", "origin/main")
    assert base == git(change.project.folder, "rev-parse", "main")


def test_the_service_sees_the_users_environment_and_none_of_the_actions(change):
    mine = {"PASSWORD": "x", "MODE": "mine", "GATE_KEY": "y"}
    change.gate(env=mine)
    seen = change.fake.environment
    assert {name: seen.get(name) for name in mine} == mine
    assert [name for name in seen if name.startswith(("GATE_", "INPUT_"))] == ["GATE_KEY"]


@pytest.mark.parametrize("depth, is_private", [("0", True), ("1", False)])
def test_base_is_found_whatever_was_checked_out(change, depth, is_private):
    job = change.gate(depth=depth, is_private=is_private)
    assert job.status == "success", job
    assert change.fake.after("--base-ref") == "origin/main"
    assert git(job.workspace, "rev-parse", "origin/main") == git(change.project.folder, "rev-parse", "main")


def test_a_base_that_cannot_be_had_says_what_to_write(change):
    job = change.gate(depth="1", is_private=True)
    assert job.status == "failure" and not change.fake.was_called
    assert "`fetch-depth: 0`" in job.annotations[0].data
    assert job.step("gate").outputs["verdict"] == "bad-input"


def test_base_is_the_merged_commit_where_main_has_moved_on(project, fake):
    pull_request(project, {"app.py": "2\n"})
    job = project.pull_request("change", actions=fake.actions)
    merged_with = git(project.folder, "rev-parse", "--short", "main")
    project.commit({"app.py": "3\n"})
    job.run(workflow(depth="0"))
    assert fake.after("--base-ref") == merged_with


def test_base_is_what_was_merged_whatever_the_event_knew(project, fake):
    """Also where the merge is all that was checked out."""
    old = project.commit(FILES)
    project.commit({"more": ""})
    project.commit({"app.py": "2\n"}, "change")
    job = project.pull_request("change", actions=fake.actions)
    job.github["event"]["pull_request"]["base"]["sha"] = old
    job.run(workflow(depth="1"))
    assert fake.after("--base-ref") == "origin/main", job
    assert git(job.workspace, "rev-parse", "origin/main") == git(project.folder, "rev-parse", "main")


def test_base_beside_itself_is_no_duet(project, fake):
    """What pull_request_target checks out, where nothing is said."""
    pull_request(project, {"app.py": "2\n"})
    job = project.pull_request("change", actions=fake.actions)
    job.ref = "refs/heads/main"
    job.run(workflow())
    assert job.status == "failure" and not fake.was_called
    assert "the base branch, not the pull request" in job.annotations[0].data


def test_a_merge_queue_has_a_base_too(project, fake):
    base = project.commit(FILES)
    head = project.commit({"app.py": "2\n"})
    event = {"merge_group": {"base_sha": base, "head_sha": head}}
    project.job("merge_group", event, actions=fake.actions).run(workflow(depth="0"))
    assert base.startswith(fake.after("--base-ref"))


def test_without_a_pull_request_a_duet_asks_for_a_base(project, fake):
    project.commit(FILES)
    job = project.push(actions=fake.actions).run(workflow())
    assert job.status == "failure" and "--base-ref" in job.annotations[0].data
    job = project.push(actions=fake.actions).run(workflow(args="--base-ref HEAD"))
    assert job.status == "success", job
    assert fake.after("--base-ref") == "HEAD"


def test_a_pull_request_cannot_make_its_plan_easier(project, fake):
    job = gate(project, fake, {"loadgate.yaml": OTHER_PLAN})
    assert fake.plan == PLAN
    assert titles(job) == ["This pull request changes its plan"]
    assert job.annotations[0].properties["file"] == "loadgate.yaml"
    assert (job.workspace / "loadgate.yaml").read_text() == OTHER_PLAN, "it is put back"


def test_a_plan_may_count_where_the_workflow_says_so(project, fake):
    job = gate(project, fake, {"loadgate.yaml": OTHER_PLAN}, plan_from="head")
    assert fake.plan == OTHER_PLAN
    assert titles(job) == ["This pull request changes its plan"]


def test_a_plan_that_takes_in_others_is_guarded_with_them(project, fake):
    files = {"load/plan.yaml": "name: shop\ninclude:\n  - users.yaml\nvariables: { a: b.yaml }\n",
             "load/users.yaml": "old\n", "load/b.yaml": "old\n"}
    pull_request(project, {"load/users.yaml": "new\n", "load/b.yaml": "new\n"}, files=files)
    fake.ends(0, "cp load/users.yaml load/b.yaml $told/")
    job = project.pull_request("change", actions=fake.actions).run(workflow(plan="load/plan.yaml"))
    assert (fake.folder / "users.yaml").read_text() == "old\n"
    assert (fake.folder / "b.yaml").read_text() == "new\n", "only what is included"
    assert [note.properties["file"] for note in job.annotations] == ["load/users.yaml"]


@pytest.mark.parametrize("text", [
    "include: [users.yaml]\n", "include:\n- users.yaml\n", "include:\n  # who\n  - 'users.yaml' # x\n",
    '"include" : [\n  a.yaml,\n  "users.yaml"\n]\n', "include: [deep/more.yaml]\n",
])
def test_what_is_taken_in_is_guarded_however_it_is_written(project, fake, text):
    files = {"load/plan.yaml": f"name: shop\n{text}thresholds: [p95 < 1s]\n", "load/users.yaml": "old\n",
             "load/a.yaml": "", "load/deep/more.yaml": "include: [../users.yaml, more.yaml]\n"}
    pull_request(project, {"load/users.yaml": "new\n"}, files=files)
    fake.ends(0, "cp load/users.yaml $told/")
    job = project.pull_request("change", actions=fake.actions).run(workflow(plan="load/plan.yaml"))
    assert (fake.folder / "users.yaml").read_text() == "old\n", job
    assert (job.workspace / "load/users.yaml").read_text() == "new\n", "it is put back"


def link(project, name, target, branch):
    known = git(project.folder, "branch", "--list", branch)
    git(project.folder, "switch", "--quiet", *([branch] if known else ["--create", branch]))
    path = project.folder / name
    if path.is_dir():
        path.rmdir()
    path.symlink_to(target)
    project.commit({}, branch)


def test_a_folder_that_becomes_a_link_makes_no_plan_easier(project, fake):
    project.commit({"load/plan.yaml": PLAN})
    project.commit({"load/plan.yaml": None, "other/plan.yaml": OTHER_PLAN}, "change")
    link(project, "load", "other", "change")
    job = project.pull_request("change", actions=fake.actions).run(workflow(plan="load/plan.yaml"))
    assert fake.plan == PLAN and titles(job) == ["This pull request changes its plan"]
    assert (job.workspace / "other/plan.yaml").read_text() == OTHER_PLAN, "it is put back"


@pytest.mark.parametrize("given", [{"plan": "link.yaml"}, {"plan": "folder/loadgate.yaml"},
                                   {"mode": "run", "baseline": "folder"}])
def test_what_base_calls_a_link_is_refused(project, fake, given):
    project.commit({**FILES, "load/loadgate.yaml": PLAN})
    link(project, "link.yaml", "loadgate.yaml", "main")
    link(project, "folder", "load", "main")
    project.commit({"loadgate.yaml": OTHER_PLAN, "load/loadgate.yaml": OTHER_PLAN}, "change")
    job = project.pull_request("change", actions=fake.actions).run(workflow(**given))
    assert job.status == "failure" and not fake.was_called
    assert "is a link in the base branch" in job.annotations[-1].data
    head = project.same_pull_request(actions=fake.actions).run(workflow(plan_from="head", **given))
    assert head.status == "success", head


def test_a_plan_that_is_new_judges_itself(project, fake):
    pull_request(project, {"loadgate.yaml": PLAN}, files={"app.py": "1\n"})
    job = project.pull_request("change", actions=fake.actions).run(workflow())
    assert fake.plan == PLAN and titles(job) == ["A new plan"]


@pytest.mark.parametrize("how", ["deleted", "a link"])
def test_a_plan_that_is_taken_away_still_judges(project, fake, how):
    pull_request(project, {"loadgate.yaml": None})
    if how == "a link":
        git(project.folder, "switch", "--quiet", "change")
        (project.folder / "loadgate.yaml").symlink_to("app.py")
        project.commit({"more": ""}, "change")
    fake.ends(0, "cp app.py $told/app")
    project.pull_request("change", actions=fake.actions).run(workflow())
    assert fake.plan == PLAN
    assert (fake.folder / "app").read_text() == "1\n", "what the link names stays as it is"


def test_a_run_is_held_against_the_baseline_of_the_base_branch(project, fake):
    job = gate(project, fake, {"baselines/shop/a.json": "[]\n", "baselines/shop/b.json": "1\n"},
               mode="run")
    assert fake.baseline == {"a.json": "{}\n"}
    assert titles(job) == ["This pull request changes its baseline"]
    assert job.step("gate").outputs["baseline-changed"] == "true"


def test_a_duet_says_that_a_changed_baseline_is_nothing_to_it(project, fake):
    job = gate(project, fake, {"baselines/shop/a.json": "[]\n"})
    assert titles(job) == ["This pull request changes its baseline"]
    assert job.annotations[0].data.startswith("A duet reads no stored runs")
    assert "--baseline" not in fake.arguments


def test_a_baseline_that_archives_leave_out_is_taken_from_base_too(project, fake):
    files = {**FILES, ".gitattributes": "/baselines export-ignore\n"}
    pull_request(project, {"baselines/shop/a.json": "[]\n"}, files=files)
    job = project.pull_request("change", actions=fake.actions).run(workflow(mode="run"))
    assert fake.baseline == {"a.json": "{}\n"}, job


def test_an_untouched_baseline_is_read_where_it_is(change):
    job = change.gate(mode="run")
    assert change.fake.after("--baseline") == "baselines" and job.annotations == []


def test_a_first_baseline_in_a_pull_request_is_none_yet(project, fake):
    pull_request(project, {"baselines/shop/a.json": "{}\n"}, files={"loadgate.yaml": PLAN})
    job = project.pull_request("change", actions=fake.actions).run(workflow(mode="run"))
    assert fake.baseline == {}
    assert titles(job) == ["This pull request changes its baseline"]


def test_after_recording_the_baseline_has_changed(project, fake):
    project.commit(FILES)
    record = {"name": "record", "run": "echo 1 > baselines/shop/new.json"}
    steps = workflow(mode="run")
    steps["jobs"]["gate"]["steps"].insert(1, record)
    job = project.push(actions=fake.actions).run(steps)
    assert job.step("gate").outputs["baseline-changed"] == "true"


@pytest.mark.parametrize("code, fail_on, status", [
    (1, None, "failure"), (2, None, "failure"), (3, None, "failure"), (4, None, "success"),
    (1, "threshold-missed", "success"), (2, "regression\ninvalid-run", "success"),
    (1, "never", "success"), (64, "never", "failure"), (70, "never", "failure"),
    (4, "regression inconclusive", "failure"),
])
def test_fail_on_says_which_verdicts_fail_the_job(change, code, fail_on, status):
    change.fake.ends(code)
    given = {"fail_on": fail_on} if fail_on else {}
    job = change.gate(**given)
    assert job.status == status, job
    assert job.step("gate").outputs["exit-code"] == str(code)
    assert "loadgate-gate-loadgate-duet" in job.artifacts, "reports are kept in any case"
    assert ("--strict" in change.fake.arguments) == ("inconclusive" in (fail_on or ""))
    if code and status == "success":
        assert "does not name it" in job.annotations[0].data


def test_a_missed_threshold_fails_the_job_also_behind_a_regression(change):
    change.fake.ends(1, """echo '<failure type="threshold" message="p95">' > $out/junit.xml""")
    assert change.gate(fail_on="threshold-missed").status == "failure"


def test_what_the_binary_says_of_itself_is_passed_through(change):
    change.fake.ends(1, r"""printf 'verdict=regression\nexit-code=1\njunit<<E\n%s\nE\nhtml=h\njson=j\n' \
        $out/junit.xml >> $GITHUB_OUTPUT; echo '# slower' >> $GITHUB_STEP_SUMMARY
        echo '::error file=loadgate.yaml,line=3::p95 rose'""")
    job = change.gate()
    assert job.step("gate").outputs == {
        "verdict": "regression", "exit-code": "1", "junit": "loadgate-results/junit.xml",
        "html": "h", "json": "j", "baseline-changed": "false"}
    assert job.summary == "# slower\n"
    assert [note.data for note in job.annotations] == ["p95 rose"]


def test_args_are_words_as_in_a_shell_and_nothing_of_them_is_run(change):
    change.gate(args="--profile pr\n--var 'name=two words' --var \"x=$(touch pwned) `id` *\"")
    assert change.fake.arguments[4:10] == ["--profile", "pr", "--var", "name=two words", "--var",
                                    "x=$(touch pwned) `id` *"]


@pytest.mark.parametrize("given, said", [
    ({"plan": ""}, "`plan` is missing"),
    ({"mode": "compare"}, "`mode: compare` is not known; write one of: duet run install"),
    ({"fail_on": "regresion"}, "`fail-on: regresion` is not known"),
    ({"fail_on": ""}, "write never"),
    ({"plan_from": "main"}, "`plan-from: main` is not known"),
    ({"report_dir": ""}, "`report-dir` is empty"),
    ({"version": "9.9.9"}, "knows no loadgate 9.9.9"),
    ({"args": "--var 'x"}, "a quote that does not end"),
])
def test_wrong_inputs_are_refused_before_anything_runs(change, given, said):
    job = change.gate(**given)
    assert job.status == "failure" and not change.fake.was_called, job
    assert len(job.annotations) == 1 and said in job.annotations[0].data, job
    outputs = job.step("gate").outputs
    assert outputs["verdict"] == "bad-input" and outputs["exit-code"] == "64"
    assert job.artifacts == {}


def test_install_alone_puts_the_binary_on_the_path(project, fake):
    project.commit(FILES)
    steps = workflow(mode="install", plan="", more=[{"name": "mine", "run": "loadgate validate x"}])
    job = project.push(actions=fake.actions).run(steps)
    assert job.status == "success", job
    assert fake.arguments == ["validate", "x"] and job.step("Run the gate").outcome == "skipped"


@pytest.mark.parametrize("upload, names", [
    ("false", []), ("true", ["loadgate-gate-loadgate-duet"]), ("my: <report>", ["my---report-"]),
])
def test_reports_are_uploaded_under_a_name_that_github_takes(change, upload, names):
    assert list(change.gate(upload=upload).artifacts) == names


def test_plans_of_one_name_have_an_artifact_each(project, fake):
    project.commit({"a/plan.yaml": PLAN, "b/plan.yaml": PLAN})
    other = {"name": "other", "uses": "someone/loadgate@0",
             "with": {"plan": "./b/plan.yaml", "args": "--base-ref HEAD"}}
    job = project.push(actions=fake.actions).run(
        workflow(plan="a/plan.yaml", args="--base-ref HEAD", more=[other]))
    assert list(job.artifacts) == ["loadgate-gate-a-plan-duet", "loadgate-gate-b-plan-duet"], job


def test_reports_of_an_earlier_run_are_not_uploaded_again(project, fake):
    files = {**FILES, "loadgate-results/result.json": "old"}
    pull_request(project, {"app.py": "2\n"}, files=files)
    (fake.folder / "act").write_text("exit 64\n")
    job = project.pull_request("change", actions=fake.actions).run(workflow())
    assert job.artifacts == {} and job.status == "failure"


def test_a_repo_in_a_folder_of_the_workspace_is_found(project, fake):
    pull_request(project, {"loadgate.yaml": OTHER_PLAN})
    steps = workflow(plan="shop/loadgate.yaml")
    steps["jobs"]["gate"]["steps"][0]["with"]["path"] = "shop"
    job = project.pull_request("change", actions=fake.actions).run(steps)
    assert job.status == "success", job
    assert fake.arguments[1] == "shop/loadgate.yaml" and fake.plan == PLAN


def test_names_of_branches_and_plans_are_text_and_nothing_else(project, fake):
    """What git allows in a branch; the plan's file and its folder may be called so too."""
    name = "x`id`${{github.token}}$(touch${IFS}pwned)<b>|&;'\"%0A,title=x"
    plan = f"{name.replace('/', '-')}/::error::{name}\n##[error]x.yaml"
    project.commit({plan: PLAN})
    project.commit({plan: OTHER_PLAN}, branch=name)
    job = project.pull_request(name, actions=fake.actions)
    job.env["PLAN"] = plan
    job.run(workflow(plan="${{ env.PLAN }}"))
    assert job.status == "success", job
    assert fake.arguments[1] == plan and fake.plan == PLAN
    [note] = job.annotations
    assert note.properties["file"] == plan and note.properties["title"] == "This pull request changes its plan"
    assert not list(job.folder.rglob("pwned"))
    [artifact] = job.artifacts
    assert re.fullmatch("[A-Za-z0-9._-]+", artifact)
