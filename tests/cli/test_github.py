"""Inside a job of GitHub Actions: what the log obeys, the job's summary, outputs; and the
verdict as JSON. The service and the plan try to give orders to all of them."""

import json
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from plans import steady
from support.hostile import NAME, HostileService
from support.loadgate import BAD_INPUT, PASSED, REPO, THRESHOLD_MISSED, Loadgate
from support.markdown import Page
from test_text_reports import OUR_TAGS, needs_cmark

sys.path.append(str(REPO / "tests" / "action"))

from github_runner.commands import read_output, read_pairs  # noqa: E402

def in_yaml(text):
    return json.dumps(text.replace("$", "$$") + "\n::error::a second line")


PLAN = f"""
name: {in_yaml(NAME)}
target: http://127.0.0.1:1
stages:
  - {{ name: {in_yaml("stage " + NAME)}, for: 1s, users: 2 }}
scenarios:
  - name: visitor
    wait: 20ms
    tasks:
      - {{ get: /well, name: {in_yaml("=well " + NAME)} }}
      - {{ get: /broken, name: {in_yaml("broken " + NAME)} }}
thresholds:
  - p95 < 5s
  - error_rate < 1%
"""
LINE_OF_ERROR_RATE = PLAN.splitlines().index("  - error_rate < 1%") + 1


@dataclass
class Job:
    """A checkout, and the files that a runner gives to one step."""

    workspace: Path

    def __post_init__(self):
        self.summary, self.output = self.workspace / "summary", self.workspace / "output"
        self.summary.touch()
        self.output.touch()
        self.env = {"GITHUB_ACTIONS": "true", "CI": "true",
                    "GITHUB_WORKSPACE": str(self.workspace),
                    "GITHUB_STEP_SUMMARY": str(self.summary), "GITHUB_OUTPUT": str(self.output)}

    def outputs(self):
        return read_pairs(self.output)


@pytest.fixture(scope="module")
def missed(tmp_path_factory):
    """One run of a hostile plan on a hostile service, in a folder of the checkout."""
    job = Job(tmp_path_factory.mktemp("checkout"))
    folder = job.workspace / "perf"
    folder.mkdir()
    loadgate = Loadgate(folder)
    with HostileService() as service:
        outcome = loadgate.run("run", loadgate.plan(PLAN), "--host", service.url, env=job.env)
    assert outcome.code == THRESHOLD_MISSED, str(outcome)
    return loadgate, job, outcome


def obeyed(text):
    return [command.name for command in read_output(text).commands]


def test_a_missed_threshold_is_annotated_at_its_line(missed):
    _, _, outcome = missed
    [error] = read_output(outcome.stdout).annotations("error")
    assert error.properties["file"] == "perf/plan.yaml"
    assert error.properties["line"] == str(LINE_OF_ERROR_RATE)
    assert error.properties["title"] == "loadgate: threshold missed"
    assert error.data.startswith("error_rate < 1%: ")


def test_the_runner_obeys_nothing_that_is_not_ours(missed):
    _, _, outcome = missed
    commands = read_output(outcome.stdout).commands
    assert [command.name for command in commands] == ["group", "endgroup", "error"]
    assert commands[0].data == "Requests, services, failures"
    assert obeyed(outcome.stderr) == []


def test_the_verdict_is_in_no_fold(missed):
    _, _, outcome = missed
    before, _, _ = outcome.stdout.partition("::group::")
    assert "Threshold missed" in before
    assert "error_rate < 1%" in before
    assert "Run it again" in outcome.stdout.partition("::endgroup::")[2]


def test_no_fence_can_be_guessed(missed, tmp_path):
    loadgate, _, outcome = missed
    again = loadgate.run("report", "loadgate-results/result.json", "--out", tmp_path,
                         env=Job(tmp_path).env)
    tokens = {line for text in (outcome.stdout, again.stdout) for line in text.splitlines()
              if line.startswith("::stop-commands::")}
    assert len(tokens) == 2
    assert all(len(token) > 40 for token in tokens)


def test_later_steps_get_the_verdict_and_the_reports(missed):
    _, job, _ = missed
    outputs = job.outputs()
    assert outputs["verdict"] == "threshold-missed"
    for name, file in {"junit": "junit.xml", "html": "report.html", "json": "result.json",
                       "summary": "summary.md"}.items():
        assert outputs[name] == f"perf/loadgate-results/{file}"
        assert (job.workspace / outputs[name]).exists()


@needs_cmark
def test_the_summary_of_the_job_is_ours_alone(missed):
    loadgate, job, _ = missed
    text = job.summary.read_text()
    assert text.startswith((loadgate.out / "summary.md").read_text())
    assert text.startswith("## ✗ Threshold missed: ")
    page = Page(text)
    assert page.tags <= OUR_TAGS
    assert page.attributes <= {"align", "class", "lang"}
    # Letter by letter, as the plan has it.
    assert any(NAME in heading for heading in page.headings)
    assert any("broken " + NAME in cell for row in page.rows for cell in row)


@pytest.mark.parametrize("file", ["summary.md", "table.csv", "metrics.txt", "junit.xml",
                                  "report.html"])
def test_no_report_holds_an_escape(missed, file):
    loadgate, _, _ = missed
    text = (loadgate.out / file).read_bytes().decode()
    assert not set(text) & ({chr(code) for code in range(32)} - set("\t\n\r"))
    assert "\u202e" not in text


def test_no_cell_of_the_table_is_a_formula(missed):
    loadgate, _, _ = missed
    assert '"\'=well ::error' in (loadgate.out / "table.csv").read_text()


def test_a_stored_result_tells_the_job_again(missed, tmp_path):
    loadgate, _, _ = missed
    job = Job(tmp_path)
    stored = shutil.copy(loadgate.out / "result.json", tmp_path)
    outcome = Loadgate(tmp_path).run("report", stored, "--out", "again", env=job.env)
    assert outcome.code == PASSED, str(outcome)
    assert obeyed(outcome.stdout)[-1] == "error"
    assert job.outputs()["verdict"] == "threshold-missed"
    assert job.outputs()["exit-code"] == "0"
    assert job.summary.read_text() == (loadgate.out / "summary.md").read_text()


def test_report_behind_run_in_one_step_repeats_nothing(missed, tmp_path):
    loadgate, _, _ = missed
    job = Job(tmp_path)
    for folder in ("first", "second"):
        outcome = Loadgate(tmp_path).run("report", loadgate.out / "result.json", "--out", folder,
                                         env=job.env)
        assert outcome.code == PASSED, str(outcome)
    assert obeyed(outcome.stdout) == ["group", "endgroup"]
    assert job.summary.read_text() == (loadgate.out / "summary.md").read_text()
    assert job.outputs()["html"] == "second/report.html"


@pytest.mark.parametrize("arguments", [["run", "plan.yaml"], ["run", "plan.yaml", "--sped", "3"],
                                       ["compare", "nowhere", "nothing"], ["duet", "plan.yaml"]])
def test_bad_input_is_told_to_the_job(tmp_path, arguments):
    loadgate, job = Loadgate(tmp_path), Job(tmp_path)
    loadgate.plan("name: x\n::error::forged by a plan: 1\n  ::error::a: b\n")
    outcome = loadgate.run(*arguments, env=job.env)
    assert outcome.code == BAD_INPUT, str(outcome)
    assert job.outputs() == {"verdict": "bad-input", "exit-code": "64"}
    assert job.summary.read_text() == ""
    assert obeyed(outcome.stdout + outcome.stderr) == []


def test_other_commands_say_nothing_to_the_job_and_forge_nothing(tmp_path):
    loadgate, job = Loadgate(tmp_path), Job(tmp_path)
    with HostileService() as service:
        outcome = loadgate.run("try", loadgate.plan(PLAN), "--host", service.url, env=job.env)
    assert "forged" in outcome.stdout, str(outcome)
    assert obeyed(outcome.stdout) == obeyed(outcome.stderr) == []
    assert job.outputs() == {}


def test_a_summary_that_cannot_be_written_changes_no_verdict(missed, tmp_path):
    loadgate, _, _ = missed
    job = Job(tmp_path)
    outcome = Loadgate(tmp_path).run(
        "report", loadgate.out / "result.json", "--out", "again",
        env=job.env | {"GITHUB_STEP_SUMMARY": str(tmp_path / "missing" / "summary")})
    assert outcome.code == PASSED, str(outcome)
    assert "missing/summary" in outcome.stderr


def test_json_is_alone_on_standard_output(missed, tmp_path):
    loadgate, _, _ = missed
    job = Job(tmp_path)
    result = loadgate.out / "result.json"
    for env in ({}, job.env):
        outcome = Loadgate(tmp_path).run("compare", result, result, "--format", "json", env=env)
        verdict = json.loads(outcome.stdout)
        assert verdict["conclusion"] == "threshold missed"
        assert outcome.code == THRESHOLD_MISSED, str(outcome)
        assert "Threshold missed" in outcome.stderr
        assert "::group::" not in outcome.stderr
        assert obeyed(outcome.stdout) == []
    assert set(obeyed(outcome.stderr)) <= {"error", "warning", "notice"}
    assert job.outputs() == {"verdict": "threshold-missed", "exit-code": "2"}


def test_json_of_a_run_is_what_its_result_holds(loadgate, nginx):
    outcome = loadgate.run("run", loadgate.plan(steady()), "--host", nginx.url, "--format", "json",
                           "--junit-family", "xunit2", "--quiet")
    assert outcome.code == PASSED, str(outcome)
    assert json.loads(outcome.stdout) == loadgate.result()["verdict"]
    assert outcome.stderr == ""
    assert " file=" not in (loadgate.out / "junit.xml").read_text()


def test_json_is_nothing_where_there_is_no_verdict(loadgate):
    outcome = loadgate.run("run", loadgate.plan("name: x\n"), "--format", "json")
    assert outcome.code == BAD_INPUT
    assert outcome.stdout == ""
